"""Have two actors of a sentence changed places in its English? How much speaks for it, as a number.

Words are found again by alignment, so actors need no vocabulary. For every two that an English sentence names, signs
are gathered: are they named in the other order; do a passive, a moved speaker or a moved clause explain it; do the
words around each of them, and the places they leave when they are blanked, still fit; what does the event coder read;
do particles, endings and prepositions show their parts. A logistic model weighs them (`exchanged.toml`, fitted by
`python -m benchmarks.exchanged`). What counts as an alarm is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import exp
from pathlib import Path

import numpy as np

from assets.translated.segments.agreement import NamedActor, Reading, agreed_pairs, parts_changed, reversed_pairs
from assets.translated.segments.alignment import Alignment, Link
from assets.translated.segments.vectors import Span, Vectors, is_dense, read
from assets.translated.segments.words import translation_words
from assets.vocabulary.files import VocabularyModel, read_vocabulary_file

ENGLISH = "en"
CLAUSE_MARK = re.compile(r"[,;:،؛，；：、—–()]")
# How sure a link must be for an actor's word, and for a word around it.
_LEAST_STRENGTH, _LEAST_LEAD = 0.35, 0.02
_NEIGHBOUR_STRENGTH, _NEIGHBOUR_LEAD = 0.5, 0.05
# A determiner stands this near before a noun; "and" joins names within this many words.
_DETERMINER_REACH = 3
_JOINED_REACH = 4
_PREPOSITION_REACH = 4
_SPEAKER_REACH = 3
# Within how many words neighbours speak for a place, and in a wider view.
_NEAR, _WIDE = 2.5, 6.0
_CLOSE, _FAR = 3, 9
_NAMES_CLOSE = 6
_FIRST_WORDS, _START_ACTOR = 2, 3
_SURE = 0.7
_BLANK = "X"
_JOINING = frozenset({"and", "or", "nor"})
_NOTHING = -8.0


class ExchangeModel(VocabularyModel):
    """`exchanged.toml`: the weight of each sign, and the intercept."""

    intercept: float
    weight: Mapping[str, float]


@lru_cache(maxsize=1)
def exchange_model() -> ExchangeModel:
    """The weights in force. Raises VocabularyError when the file is wrong."""
    return read_vocabulary_file(Path(__file__).with_name("exchanged.toml"), ExchangeModel)


def evidence_of_exchange(alignment: Alignment, language: str, theirs: Reading | None, ours: Reading | None) -> float:
    """The logarithm of the odds that two actors of the source stand in each other's places, for the likeliest two.

    `theirs` and `ours` are what the event coder reads on either side, if it reads that language.
    """
    model = exchange_model()
    odds = [
        model.intercept + sum(model.weight[name] * value for name, value in signs.items())
        for signs in signs_of_pairs(alignment, language, theirs, ours)
    ]
    return max(odds, default=_NOTHING)


def signs_of_pairs(
    alignment: Alignment, language: str, theirs: Reading | None, ours: Reading | None
) -> Iterator[dict[str, float]]:
    """The signs for every two actors of the English that could have changed places, by name."""
    for _, _, signs in pairs_with_signs(alignment, language, theirs, ours):
        yield signs


def pairs_with_signs(
    alignment: Alignment, language: str, theirs: Reading | None, ours: Reading | None
) -> Iterator[tuple[Link, Link, dict[str, float]]]:
    """The same beside the links of the two, for whoever fits the weights."""
    sentence = _Sentence(alignment, language, theirs or Reading(), ours or Reading())
    for one, other in combinations(sentence.candidates, 2):
        if not (one.first < other.last and other.first < one.last) and not sentence.is_one_phrase(one, other):
            yield one, other, _signs(_Pair(sentence, one, other))


class _Sentence:
    """What is looked up once for all pairs of a sentence."""

    def __init__(self, alignment: Alignment, language: str, theirs: Reading, ours: Reading) -> None:
        self.text, self.language = alignment, language
        self.theirs, self.ours = theirs, ours
        self.english = translation_words(ENGLISH)
        self.words = alignment.words
        self.neighbours = [
            link
            for link in alignment.links
            if alignment.tells(link.word) and link.strength >= _NEIGHBOUR_STRENGTH and link.lead >= _NEIGHBOUR_LEAD
        ]
        self.candidates = [link for link in alignment.links if self._may_act(link)]
        self.fronted = _fronted(alignment.source, language), _fronted(alignment.english, ENGLISH)
        self.marks = _marks(alignment.source, language), _marks(alignment.english, ENGLISH)
        self.agreed = agreed_pairs(theirs.events, ours.events)
        self.reversed = reversed_pairs(theirs.events, ours.events)
        self.changed = parts_changed(theirs.events, ours.events)
        self.blanks = _blanks(alignment, self.candidates)

    def _may_act(self, link: Link) -> bool:
        if link.strength < _LEAST_STRENGTH or link.lead < _LEAST_LEAD or not self.words[link.word]:
            return False
        if not self.text.tells(link.word):
            return False
        start, _ = self.text.english_span(link.word)
        is_named = any(c.isalpha() and c.isupper() for c in self.text.english[start : start + 2])
        return is_named or self._is_determined(link.word) or self.actor(link, of_english=True) is not None

    def _is_determined(self, word: int) -> bool:
        """Whether a determiner or a number stands before the word, with nothing but telling words between."""
        for before in range(word - 1, max(word - 1 - _DETERMINER_REACH, -1), -1):
            text = self.words[before] or self.text.english[slice(*self.text.english_span(before))]
            if text in self.english.determiners or text.isdigit():
                return True
            if text in self.english.nameless:
                return False
        return False

    def is_one_phrase(self, one: Link, other: Link) -> bool:
        """Whether nothing but "of" or a determiner stands between two words, or "and" joins them."""
        between = [word for word in self.words[one.word + 1 : other.word] if word]
        if all(word == "of" or word in self.english.determiners for word in between):
            return True
        joined = any(word in _JOINING for word in between) and not any(word in self.english.parts for word in between)
        only = all(word in self.english.determiners or word in self.english.nameless for word in between)
        return joined and only and other.word - one.word <= _JOINED_REACH

    def actor(self, link: Link, *, of_english: bool) -> NamedActor | None:
        """The actor that the coder read at a link's words."""
        start, end = self.text.english_span(link.word) if of_english else self.text.source_span(link)
        actors = self.ours.actors if of_english else self.theirs.actors
        return next((actor for actor in actors if actor.start < end and start < actor.end), None)

    def part(self, word: int) -> str:
        """What the preposition before an English actor makes of it, "" where none stands there."""
        for before in reversed(self.words[max(word - _PREPOSITION_REACH, 0) : word]):
            if before in self.english.parts:
                return self.english.parts[before]
            if not before or (before in self.english.nameless and before not in self.english.determiners):
                return ""
        return ""

    def is_beside_saying(self, word: int) -> bool:
        near = self.words[max(word - _SPEAKER_REACH, 0) : word + _SPEAKER_REACH + 1]
        return any(other in self.english.saying for other in near)

    def is_converse_between(self, one: Link, other: Link) -> bool:
        """Whether words between tell that the second acts on the first ("came under attack from")."""
        return bool(_any_of(self.english.converse).search(self._between(one, other)))

    def is_passive_between(self, one: Link, other: Link) -> bool:
        """Whether a passive stands between, with its agent or without."""
        return bool(_any_of(self.english.passive).search(self._between(one, other)))

    def _between(self, one: Link, other: Link) -> str:
        return self.text.english[self.text.english_span(one.word)[1] : self.text.english_span(other.word)[0]]

    def receives_between(self, one: int, other: int) -> bool:
        """Whether a verb such as "receive" stands between, of which another language may say "give"."""
        return any(word in self.english.receiving for word in self.words[one + 1 : other])

    def is_said_at_the_end(self, start: int) -> bool:
        """Whether a character stands behind the last comma, in a part that tells who said the rest."""
        comma = self.text.english.rfind(",")
        last = re.findall(r"\w+", self.text.english[comma:].casefold()) if comma >= 0 else ()
        return start > comma >= 0 and any(word in self.english.saying for word in last)


@dataclass(frozen=True)
class _Pair:
    """Two actors of a sentence, `one` named before `other` in the English."""

    sentence: _Sentence
    one: Link
    other: Link

    @property
    def english_starts(self) -> Span:
        text = self.sentence.text
        return text.english_span(self.one.word)[0], text.english_span(self.other.word)[0]

    @property
    def source_starts(self) -> Span:
        text = self.sentence.text
        return text.source_span(self.one)[0], text.source_span(self.other)[0]


def _signs(pair: _Pair) -> dict[str, float]:
    order = _order(pair)
    inverted = order["inverted"]
    english, source = _actors(pair, of_english=True), _actors(pair, of_english=False)
    explained = _explanations(pair, english, source)
    read_otherwise = _readings(pair, english)
    plain = inverted and not any(
        explained[name]
        for name in ("clauses", "saying", "passive_once", "keeps_its_part", "place", "said_at_the_end")
    )
    around = _surroundings(pair)
    alone = {
        **order,
        **read_otherwise,
        **_marked(pair, explained["agent"]),
        "passive_in_order": (1 - inverted) * explained["passive_once"],
        "parts_crossed": float(_parts_crossed(english, source)),
        **around,
    }
    distance = _distances(pair, english)
    both_actors = float(all(english))
    combined = {
        **{
            f"inverted_{name}": inverted * value
            for name, value in {**explained, **distance}.items()
            if name != "agent"
        },
        **{f"inverted_{name}": inverted * around[name] for name in ("wide", "moved", "blanks", "unsure")},
        "inverted_actors": inverted * both_actors,
        "inverted_plain": float(plain),
        "inverted_plain_actors": float(plain) * both_actors,
    }
    return {**alone, **combined}


def _order(pair: _Pair) -> dict[str, float]:
    """Are the two named in the other order, as they stand and with what is put first in its usual place?"""
    fronted = pair.sentence.fronted
    as_it_stands = pair.other.place < pair.one.place
    theirs = [(start < fronted[0], start) for start in pair.source_starts]
    ours = [(start < fronted[1], start) for start in pair.english_starts]
    in_place = (theirs[0] < theirs[1]) != (ours[0] < ours[1])
    return {"inverted": float(as_it_stands and in_place), "half_inverted": float(as_it_stands != in_place)}


def _actors(pair: _Pair, *, of_english: bool) -> tuple[NamedActor | None, NamedActor | None]:
    actor = pair.sentence.actor
    return actor(pair.one, of_english=of_english), actor(pair.other, of_english=of_english)


Actors = tuple[NamedActor | None, NamedActor | None]


def _explanations(pair: _Pair, english: Actors, source: Actors) -> dict[str, float]:
    """What could explain another order; `agent` only says that the English is a passive with its agent."""
    sentence = pair.sentence
    parts = sentence.part(pair.one.word), sentence.part(pair.other.word)
    ours, theirs = [_case(actor) for actor in english], [_case(actor) for actor in source]
    converse = sentence.is_converse_between(pair.one, pair.other)
    agents = "agent" in ours or parts[1] == "agent" or converse, "agent" in theirs
    in_clauses = (
        _is_between(sentence.marks[1], pair.english_starts),
        _is_between(sentence.marks[0], pair.source_starts),
    )
    start = pair.english_starts[1]
    return {
        "agent": float(agents[0]),
        "passive_once": float(agents[0] != agents[1]),
        "passive_twice": float(all(agents)),
        "clauses": float(all(in_clauses)),
        "saying": float(any(sentence.is_beside_saying(link.word) for link in (pair.one, pair.other))),
        "speaker": float(any(map(_may_speak, english)) and any(map(_may_speak, source))),
        "said_at_the_end": float(sentence.is_said_at_the_end(start)),
        "place": float("place" in (*parts, *ours, *theirs)),
        "partner": float(parts[1] == "partner"),
        "origin": float(parts[1] == "origin"),
        "converse": float(converse),
        "passive": float(sentence.is_passive_between(pair.one, pair.other)),
        "receives": float(sentence.receives_between(pair.one.word, pair.other.word)),
        "keeps_its_part": float(any(case and case == other for case, other in zip(ours, theirs, strict=True))),
    }


def _case(actor: NamedActor | None) -> str:
    return actor.case if actor else ""


def _may_speak(actor: NamedActor | None) -> bool:
    return actor is not None and (actor.attributed or actor.speaks or actor.possessed)


def _parts_crossed(english: Actors, source: Actors) -> bool:
    """Whether what marks the one on one side marks the other on the other."""
    ours, theirs = [_case(actor) for actor in english], [_case(actor) for actor in source]
    return any(ours[a] and theirs[1 - a] == ours[a] and theirs[a] != ours[a] for a in (0, 1))


def _readings(pair: _Pair, english: Actors) -> dict[str, float]:
    """What the event coder tells of the two."""
    who = [actor.who if actor else "" for actor in english]
    both = frozenset(who) if all(who) and who[0] != who[1] else None
    return {
        "read_alike": float(both in pair.sentence.agreed),
        "read_reversed": float(both in pair.sentence.reversed),
        "part_changed": float(any(one in pair.sentence.changed for one in who)),
    }


def _distances(pair: _Pair, english: Actors) -> dict[str, float]:
    sentence, words = pair.sentence, pair.other.word - pair.one.word
    there = abs(pair.other.place - pair.one.place)
    starts = pair.english_starts
    names = [
        bool(actor and actor.is_country) or sentence.text.english[start : start + 1].isupper()
        for actor, start in zip(english, starts, strict=True)
    ]
    one_clause = not _is_between(sentence.marks[1], starts)
    return {
        "near": float(min(there, words) <= _CLOSE),
        "far": float(max(there, words) >= _FAR),
        "one_name": float(sum(names) == 1),
        "close_names": float(all(names) and words <= _NAMES_CLOSE and one_clause),
        "at_the_start": float(pair.one.word <= _FIRST_WORDS),
        "actor_at_the_start": float(pair.one.word <= _START_ACTOR and english[0] is not None),
        "verb_between": _share_between(pair),
    }


def _share_between(pair: _Pair) -> float:
    """Of the words between the two, the share that stands between them in the source as well."""
    inside = [link for link in pair.sentence.neighbours if pair.one.word < link.word < pair.other.word]
    low, high = sorted((pair.one.place, pair.other.place))
    return sum(low < link.place < high for link in inside) / len(inside) if inside else 0.5


def _surroundings(pair: _Pair) -> dict[str, float]:
    """Do the words around the two stand around them in the source as well?"""
    near, _ = _fit(pair, _NEAR)
    wide, most = _fit(pair, _WIDE)
    return {
        "near": float(np.clip(near, -1, 1)),
        "wide": wide / (most + 0.1),
        "moved": _halves_in_order(pair),
        "blanks": _fit_of_blanks(pair),
        "unsure": _SURE - min(pair.one.strength, pair.other.strength),
    }


def _fit(pair: _Pair, reach: float) -> tuple[float, float]:
    """How much the same words are near the same one of the two on both sides, and how much it could be."""
    one, other = pair.one, pair.other
    fit = most = 0.0
    for link in pair.sentence.neighbours:
        if link.word in (one.word, other.word) or min(abs(link.place - p) for p in (one.place, other.place)) < 0.5:
            continue
        theirs = exp(-abs(link.place - one.place) / reach) - exp(-abs(link.place - other.place) / reach)
        ours = exp(-abs(link.word - one.word) / reach) - exp(-abs(link.word - other.word) / reach)
        fit += theirs * ours
        most += abs(theirs * ours)
    return fit, most


def _halves_in_order(pair: _Pair) -> float:
    """1 where the words on the one's side come first in the source as well, -1 where the halves changed places."""
    middle = (pair.one.word + pair.other.word) / 2
    first = [link.place for link in pair.sentence.neighbours if link.word < middle and link.word != pair.one.word]
    second = [link.place for link in pair.sentence.neighbours if link.word > middle and link.word != pair.other.word]
    return float(np.sign(np.median(second) - np.median(first))) if first and second else 0.0


def _fit_of_blanks(pair: _Pair) -> float:
    """How much better the blanks that the two leave fit as they stand than exchanged."""
    theirs, ours = pair.sentence.blanks
    one, other = (
        np.mean([theirs[n] for n in range(link.first, link.last)], axis=0) for link in (pair.one, pair.other)
    )
    kept, crossed = ours[pair.one.word], ours[pair.other.word]
    return float(one @ kept + other @ crossed - one @ crossed - other @ kept)


def _blanks(alignment: Alignment, candidates: Sequence[Link]) -> tuple[dict[int, Vectors], dict[int, Vectors]]:
    """The vectors around each place of a candidate, all of them blanked, by word of source and English."""
    theirs = sorted({number for link in candidates for number in range(link.first, link.last)})
    ours = [link.word for link in candidates]
    return (
        _around_blanks(alignment.source, alignment.theirs.words, theirs),
        _around_blanks(alignment.english, alignment.ours.words, ours),
    )


def _around_blanks(text: str, words: Sequence[Span], blanked: Sequence[int]) -> dict[int, Vectors]:
    if not blanked:
        return {}
    joint = "" if is_dense(text) else " "
    pieces: list[str] = []
    starts: dict[int, int] = {}
    for number, (start, end) in enumerate(words):
        if number in blanked:
            piece = f" {_BLANK} " if not joint else _BLANK
            starts[number] = sum(map(len, pieces)) + len(joint) * len(pieces) + piece.index(_BLANK)
        else:
            piece = text[start:end]
        pieces.append(piece)
    encoded = read(joint.join(pieces))
    by_start = {start: number for number, (start, _) in enumerate(encoded.words)}
    places = [by_start.get(starts[number], 0) for number in blanked]
    spans = [(max(place - 1, 0), min(place + 2, len(encoded.words))) for place in places]
    return dict(zip(blanked, encoded.of_words(spans), strict=True))


def _marked(pair: _Pair, is_passive: float) -> dict[str, float]:
    """What particles, endings and prepositions of the source show, where the English has no passive."""
    sentence = pair.sentence
    one, other = (_mark(sentence, link) for link in (pair.one, pair.other))
    active = not is_passive
    begins = active and not sentence.part(pair.one.word)
    behind = sentence.part(pair.other.word)
    return {
        "marks_crossed": float(begins and (one, other) == ("object", "subject")),
        "marks_kept": float(begins and (one, other) == ("subject", "object")),
        "object_begins": float(begins and one == "object"),
        "subject_behind": float(bool(behind) and behind != "agent" and other == "subject"),
    }


def _mark(sentence: _Sentence, link: Link) -> str:
    """The part that the source marks an actor with: subject, object, or "" where nothing tells."""
    words, source = translation_words(sentence.language), sentence.text.source
    rest = source[sentence.text.theirs.words[link.last - 1][0] :]
    before = source[slice(*sentence.text.theirs.words[link.first - 1])] if link.first else ""
    if before in words.object_before:
        return "object"
    marks = (("subject", words.subject_marks), ("object", words.object_marks))
    return next((part for part, patterns in marks if any(_compiled(p).match(rest) for p in patterns)), "")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=8)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)" if patterns else r"(?!)", re.IGNORECASE)


def _is_between(marks: Sequence[int], places: Span) -> bool:
    low, high = sorted(places)
    return any(low < mark < high for mark in marks)


def _marks(text: str, language: str) -> list[int]:
    """Where clauses end or begin."""
    return [found.start() for pattern in (CLAUSE_MARK, _clause_words(language)) for found in pattern.finditer(text)]


@lru_cache(maxsize=64)
def _clause_words(language: str) -> re.Pattern[str]:
    words = translation_words(language)
    marks = "|".join(
        rf"\w+{re.escape(mark[1:])}" if mark.startswith("-") else re.escape(mark)
        for mark in (*words.clause_marks, *(words.that if language == ENGLISH else ()))
    )
    return re.compile(rf"(?<!\w)(?:{marks})(?!\w)" if marks else r"(?!)", re.IGNORECASE)


def _fronted(text: str, language: str) -> int:
    """Where an adjunct or clause that was put before its sentence ends ("After talks with Mali, "); 0 for none."""
    found = _fronting(language).match(text)
    return found.end() if found else 0


@lru_cache(maxsize=64)
def _fronting(language: str) -> re.Pattern[str]:
    words = "|".join(translation_words(language).fronting)
    return re.compile(rf"\W*(?:{words})(?!\w)[^,،;:.]*[,،]" if words else r"(?!)", re.IGNORECASE)
