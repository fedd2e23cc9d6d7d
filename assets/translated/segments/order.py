"""Do two actors stand in each other's places? Told from where a sentence and its English name them.

Translators keep who is named first, unless something explains the change: a passive, a speaker who moves to the end,
clauses that change places. Where nothing does, the parts were exchanged. That needs no verb to be understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, groupby

from assets.translated.segments.agreement import NamedActor
from assets.translated.segments.meaning import Vectors, is_dense
from assets.translated.segments.words import translation_words

ENGLISH = "en"

Encode = Callable[[Sequence[str]], Vectors]

# Sectors that stand for too many words ("jets", "ministry", "people") to be followed beside a country.
_VAGUE = frozenset({"GOV", "MIL", "CVL", "EDU", "LEG", "SOC", "BUS", "MED", "JUD", "ELI"})
# Named as often for the place where they sit; without cases on both sides that is not told apart.
_BUILDINGS = frozenset({"GOV", "LEG"})
_NEVER_FOLLOWED = frozenset({"SOC"})
_BY_THE_WAY = frozenset({"place", "origin", "topic"})
# How like an actor's words must be to those of the other language, and how much more so than any words elsewhere.
_LEAST_LIKENESS = 0.6
_LEAST_LEAD = 0.1
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
CLAUSE_MARK = re.compile(r"[,;:،؛，；：、]")
_JOINT = frozenset({"between", "with"})
# How much nearer the first clause of one side lies to the second of the other before they count as moved.
_CLAUSES_MOVED = -0.1


@dataclass(frozen=True)
class _Placed:
    """One actor on both sides, by its first mention; `others` are where else it is named, by side."""

    source: NamedActor
    english: NamedActor
    others: tuple[tuple[int, ...], tuple[int, ...]]
    fronted: tuple[int, int] = (0, 0)

    @property
    def keeps_its_case(self) -> bool:
        return bool(self.source.case) and self.source.case == self.english.case

    @property
    def is_a_moved_speaker(self) -> bool:
        speaks = self.english.speaks or self.english.attributed or self.english.possessed
        return (
            self.english.attributed
            or (self.english.speaks and self.source.possessed)
            or (self.source.attributed and speaks)
        )

    @property
    def is_a_place(self) -> bool:
        return "place" in (self.source.case, self.english.case)


def parts_are_exchanged(
    source: str,
    english: str,
    theirs: Sequence[NamedActor],
    ours: Sequence[NamedActor],
    encode: Encode | None,
    language: str,
    agreed: Set[frozenset[str]] = frozenset(),
) -> bool:
    """Whether two actors of the source have changed places in the English, and nothing explains it.

    `encode` gives sentence vectors, which tell clauses that moved; without it moved clauses count as an explanation.
    Whoever is `agreed` to do the same to the other on both sides has not changed places.
    """
    fronted = _fronted(source, language), _fronted(english, ENGLISH)
    views = [_told_apart(theirs, ours), *([by_sector] if (by_sector := _by_sector(theirs, ours)) else [])]
    return any(
        _are_inverted(one, other)
        and frozenset((one.source.who, other.source.who)) not in agreed
        and not _is_explained(one, other)
        and not _clauses_moved(source, english, one, other, encode, view, language)
        for view in views
        for one, other in combinations(_placed(*view, fronted), 2)
        if _can_be_followed(one, other)
    )


def counterparts(
    source: str, theirs: Sequence[NamedActor], english: str, ours: Sequence[NamedActor], encode: Encode
) -> list[NamedActor]:
    """Actors of the English that the source was not seen to name, where its words of the same meaning stand.

    It serves the other way round as well.

    Nothing for one that no words, or words in two places, could mean.
    """
    known = {actor.who for actor in theirs}
    wanted = {actor.who: actor for actor in reversed(ours) if actor.who not in known | _BUILDINGS}
    runs = list(_runs_of_words(source)) if wanted else []
    if not runs:
        return []
    texts = [source[start:end] for start, end in runs] + [english[a.start : a.end] for a in wanted.values()]
    vectors = encode(texts)
    found = []
    for actor, vector in zip(wanted.values(), vectors[len(runs) :], strict=True):
        likenesses = vectors[: len(runs)] @ vector
        best = int(likenesses.argmax())
        start, end = runs[best]
        elsewhere = [
            float(value) for value, run in zip(likenesses, runs, strict=True) if run[1] <= start or run[0] >= end
        ]
        is_taken = any(start < known.end and known.start < end for known in theirs)
        leads = likenesses[best] - max(elsewhere, default=-1.0) >= _LEAST_LEAD
        if likenesses[best] >= _LEAST_LIKENESS and leads and not is_taken:
            marks = [mark.end() for mark in CLAUSE_MARK.finditer(source, 0, start)]
            clause = max(marks, default=0)
            found.append(NamedActor(actor.who, start, end, actor.is_country, clause_start=clause))
    return found


def _runs_of_words(text: str) -> Iterator[tuple[int, int]]:
    """Runs of one to three words; of two to five characters in a script without spaces."""
    if is_dense(text):
        for start in range(len(text)):
            for end in range(start + 2, min(start + 5, len(text)) + 1):
                if text[start:end].isalnum():
                    yield start, end
        return
    words = list(_WORD.finditer(text))
    for first, word in enumerate(words):
        for last in words[first : first + 3]:
            yield word.start(), last.end()


def order_is_kept(
    source: str, english: str, theirs: Sequence[NamedActor], ours: Sequence[NamedActor], language: str
) -> bool:
    """Whether two actors or more are named on both sides, in one order but for moved speakers, and no passive."""
    theirs, ours = _told_apart(theirs, ours)
    shared = _placed(theirs, ours, (_fronted(source, language), _fronted(english, ENGLISH)))
    stayed = [placed for placed in shared if not placed.is_a_moved_speaker]
    pairs = list(combinations(stayed, 2))
    return bool(pairs) and not any(
        _is_order_changed(*pair) or _is_passive_once(*pair) or _is_converse(*pair) for pair in pairs
    )


def speakers_are_exchanged(theirs: Sequence[NamedActor], ours: Sequence[NamedActor]) -> bool:
    """Whether one who surely says the rest of the source says nothing in the English, and another named says it."""
    shared = _placed(theirs, ours)
    silenced = [p for p in shared if p.source.attributed and not _may_speak(p.english)]
    heard = [p for p in shared if p.english.attributed or p.english.speaks]
    return bool(silenced) and any(not _may_speak(p.source) for p in heard)


def _may_speak(actor: NamedActor) -> bool:
    return actor.speaks or actor.attributed or actor.possessed


def _told_apart(
    theirs: Sequence[NamedActor], ours: Sequence[NamedActor]
) -> tuple[Sequence[NamedActor], Sequence[NamedActor]]:
    """The actors, those of one country by their sectors where both sides name the same two or more (army, rebels)."""
    before, after = _sectors(theirs), _sectors(ours)
    split = {who for who, sectors in before.items() if len(sectors) > 1 and "" not in sectors}
    split = {who for who in split if before[who] == after.get(who)}
    if not split:
        return theirs, ours

    def apart(actor: NamedActor) -> NamedActor:
        return replace(actor, who=f"{actor.who}-{actor.sector}") if actor.who in split else actor

    return [apart(actor) for actor in theirs], [apart(actor) for actor in ours]


def _by_sector(
    theirs: Sequence[NamedActor], ours: Sequence[NamedActor]
) -> tuple[Sequence[NamedActor], Sequence[NamedActor]] | None:
    """The actors by their sectors, in news of one country: "Peru's opposition" may be "the opposition" in English."""
    countries = {actor.who for actor in (*theirs, *ours) if actor.is_country and actor.sector}
    if len(countries) != 1:
        return None

    def of_sector(actor: NamedActor) -> NamedActor:
        return replace(actor, who=actor.sector, is_country=False) if actor.sector else actor

    return [of_sector(actor) for actor in theirs], [of_sector(actor) for actor in ours]


def _sectors(actors: Sequence[NamedActor]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for actor in actors:
        if actor.is_country:
            found.setdefault(actor.who, set()).add(actor.sector)
    return found


def _fronted(text: str, language: str) -> int:
    """Where an adjunct or clause that was put before its sentence ends ("After talks with Mali, "); 0 for none."""
    found = _fronting(language).match(text)
    return found.end() if found else 0


@lru_cache(maxsize=64)
def _fronting(language: str) -> re.Pattern[str]:
    words = "|".join(translation_words(language).fronting)
    return re.compile(rf"\W*(?:{words})(?!\w)[^,،;:.]*[,،]" if words else r"(?!)", re.IGNORECASE)


def _placed(
    theirs: Sequence[NamedActor], ours: Sequence[NamedActor], fronted: tuple[int, int] = (0, 0)
) -> list[_Placed]:
    before, after = _mentions(theirs), _mentions(ours)
    return [
        _Placed(
            before[who][0],
            after[who][0],
            (tuple(a.start for a in before[who][1:]), tuple(a.start for a in after[who][1:])),
            fronted,
        )
        for who in before
        if who in after
    ]


def _mentions(actors: Sequence[NamedActor]) -> dict[str, list[NamedActor]]:
    """Where each actor is named, in order; by the way, as a place or as who said it, only where nothing else is."""
    found: dict[str, list[NamedActor]] = {}
    for actor in sorted(actors, key=lambda a: a.start):
        found.setdefault(actor.who, []).append(actor)
    return {who: [a for a in named if not _is_by_the_way(a)] or named for who, named in found.items()}


def _is_by_the_way(actor: NamedActor) -> bool:
    return actor.attributed or actor.case in _BY_THE_WAY


def _are_inverted(one: _Placed, other: _Placed) -> bool:
    """Whether the one named first is named second in the English, also with what was put first in its usual place."""
    return _is_order_inverted(one, other, (0, 0)) and _is_order_inverted(one, other, one.fronted)


def _is_order_changed(one: _Placed, other: _Placed) -> bool:
    """Whether they are named in another order, as they stand or with what was put first in its usual place."""
    return _is_order_inverted(one, other, (0, 0)) or _is_order_inverted(one, other, one.fronted)


def _is_order_inverted(one: _Placed, other: _Placed, fronted: tuple[int, int]) -> bool:
    """Whether the one named first is named second in the English; in a longer sequence of both, all along.

    The English may name one of them once more, as where it writes out a pronoun. What stands before `fronted` counts
    as standing at the end.
    """
    theirs = _sequence((one.source.start, *one.others[0]), (other.source.start, *other.others[0]), fronted[0])
    ours = _sequence((one.english.start, *one.others[1]), (other.english.start, *other.others[1]), fronted[1])
    return [not is_one for is_one in theirs] == ours[: len(theirs)] and len(ours) <= len(theirs) + 1


def _sequence(one: tuple[int, ...], other: tuple[int, ...], fronted: int) -> list[bool]:
    """The mentions of two actors in order, True for the first actor's; a run of the same counts once."""
    places = [*((p < fronted, p, True) for p in one), *((p < fronted, p, False) for p in other)]
    order = [is_one for _, _, is_one in sorted(places)]
    return [is_one for is_one, _ in groupby(order)]


def _can_be_followed(one: _Placed, other: _Placed) -> bool:
    countries = [placed.source.is_country for placed in (one, other)]
    if all(countries):
        return True
    if one.is_a_place or other.is_a_place or {one.source.who, other.source.who} & _NEVER_FOLLOWED:
        return False
    return not any(countries) or (other if countries[0] else one).source.who not in _VAGUE


def _is_explained(one: _Placed, other: _Placed) -> bool:
    if one.is_a_moved_speaker or other.is_a_moved_speaker:
        return True
    cases = (one.source.case, one.english.case, other.source.case, other.english.case)
    if cases[0] and len(set(cases)) == 1:
        return True
    if any(
        a.keeps_its_case and a.source.case not in (b.source.case, b.english.case) for a, b in _both_ways(one, other)
    ):
        return True
    joint = ({one.source.case, other.source.case}, {one.english.case, other.english.case})
    return any(side <= _JOINT for side in joint) or _is_passive_once(one, other)


def _is_passive_once(one: _Placed, other: _Placed) -> bool:
    """Whether one side names one of them as the agent of a passive, and the other side none ("from" may be both)."""
    theirs, ours = (one.source.case, other.source.case), (one.english.case, other.english.case)
    is_either = any((placed.source.case, placed.english.case) == ("agent", "origin") for placed in (one, other))
    return ("agent" in theirs) != ("agent" in ours) and not is_either


def _is_converse(one: _Placed, other: _Placed) -> bool:
    """Whether one that something comes to on one side is where it comes from on the other ("receives from Peru")."""
    return any({"target", "origin"} == {placed.source.case, placed.english.case} for placed in (one, other))


def _both_ways(one: _Placed, other: _Placed) -> tuple[tuple[_Placed, _Placed], tuple[_Placed, _Placed]]:
    return (one, other), (other, one)


def _clauses_moved(
    source: str,
    english: str,
    one: _Placed,
    other: _Placed,
    encode: Encode | None,
    actors: tuple[Sequence[NamedActor], Sequence[NamedActor]],
    language: str,
) -> bool:
    """Whether the two stand in clauses of their own on both sides, and the clauses have changed places."""
    cuts = _cut(source, language, one.source, other.source), _cut(english, ENGLISH, one.english, other.english)
    if cuts[0] is None or cuts[1] is None:
        return False
    if _is_told_behind(source, language, one.source, other.source) and _is_told_behind(
        english, ENGLISH, one.english, other.english
    ):
        return False  # "X denied that Y …": what follows "that" stands behind on both sides
    if encode is None:
        return True
    texts = []
    for text, cut, named in zip((source, english), cuts, actors, strict=True):
        nameless = _without(text, named)
        texts += [nameless[:cut], nameless[cut:]]
    first, second, english_first, english_second = encode(texts)
    kept = first @ english_first + second @ english_second
    moved = first @ english_second + second @ english_first
    return bool(kept - moved < _CLAUSES_MOVED)


def _cut(text: str, language: str, one: NamedActor, other: NamedActor) -> int | None:
    """Where the clause of the later one begins, or None where both stand in one clause."""
    first, second = sorted((one, other), key=lambda actor: actor.start)
    marks = [mark.start() for mark in _clause_marks(language).finditer(text, first.end, second.start)]
    if second.clause_start > first.start:
        marks.append(second.clause_start)
    return max(marks, default=None)


def _is_told_behind(text: str, language: str, one: NamedActor, other: NamedActor) -> bool:
    """Whether the later one stands behind a word such as "that", which opens no clause that could stand first."""
    first, second = sorted((one, other), key=lambda actor: actor.start)
    return bool(_that(language).search(text, first.end, second.start))


@lru_cache(maxsize=64)
def _that(language: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, translation_words(language).that))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _clause_marks(language: str) -> re.Pattern[str]:
    marks = "|".join(
        rf"\w+{re.escape(mark[1:])}" if mark.startswith("-") else re.escape(mark)
        for mark in translation_words(language).clause_marks
    )
    return re.compile(rf"(?<!\w)(?:{marks})(?!\w)" if marks else r"(?!)", re.IGNORECASE)


def _without(text: str, actors: Sequence[NamedActor]) -> str:
    """The text with the actors' words blanked, so that they do not speak for the clause they were put into."""
    letters = list(text)
    for actor in actors:
        letters[actor.start : actor.end] = " " * (actor.end - actor.start)
    return "".join(letters)
