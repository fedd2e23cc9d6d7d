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
from functools import lru_cache
from itertools import combinations
from math import exp
from pathlib import Path

import numpy as np

from assets.translated.segments.agreement import NamedActor, Reading
from assets.translated.segments.alignment import Alignment, Link
from assets.translated.segments.paired_actors import ActorPair, PairedSentence
from assets.translated.segments.vectors import Span
from assets.translated.segments.words import translation_words
from assets.vocabulary.files import VocabularyModel, read_vocabulary_file

# Within how many words neighbours speak for a place, and in a wider view.
_NEAR, _WIDE = 2.5, 6.0
_CLOSE, _FAR = 3, 9
_NAMES_CLOSE = 6
_FIRST_WORDS, _START_ACTOR = 2, 3
_SURE = 0.7
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
    sentence = PairedSentence(alignment, language, theirs or Reading(), ours or Reading())
    for one, other in combinations(sentence.candidates, 2):
        if not (one.first < other.last and other.first < one.last) and not sentence.is_one_phrase(one, other):
            yield one, other, _signs(ActorPair(sentence, one, other))


def _signs(pair: ActorPair) -> dict[str, float]:
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


def _order(pair: ActorPair) -> dict[str, float]:
    """Are the two named in the other order, as they stand and with what is put first in its usual place?"""
    fronted = pair.sentence.fronted
    as_it_stands = pair.other.place < pair.one.place
    theirs = [(start < fronted[0], start) for start in pair.source_starts]
    ours = [(start < fronted[1], start) for start in pair.english_starts]
    in_place = (theirs[0] < theirs[1]) != (ours[0] < ours[1])
    return {"inverted": float(as_it_stands and in_place), "half_inverted": float(as_it_stands != in_place)}


def _actors(pair: ActorPair, *, of_english: bool) -> tuple[NamedActor | None, NamedActor | None]:
    actor = pair.sentence.actor
    return actor(pair.one, of_english=of_english), actor(pair.other, of_english=of_english)


Actors = tuple[NamedActor | None, NamedActor | None]


def _explanations(pair: ActorPair, english: Actors, source: Actors) -> dict[str, float]:
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


def _readings(pair: ActorPair, english: Actors) -> dict[str, float]:
    """What the event coder tells of the two."""
    who = [actor.who if actor else "" for actor in english]
    both = frozenset(who) if all(who) and who[0] != who[1] else None
    return {
        "read_alike": float(both in pair.sentence.agreed),
        "read_reversed": float(both in pair.sentence.reversed),
        "part_changed": float(any(one in pair.sentence.changed for one in who)),
    }


def _distances(pair: ActorPair, english: Actors) -> dict[str, float]:
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


def _share_between(pair: ActorPair) -> float:
    """Of the words between the two, the share that stands between them in the source as well."""
    inside = [link for link in pair.sentence.neighbours if pair.one.word < link.word < pair.other.word]
    low, high = sorted((pair.one.place, pair.other.place))
    return sum(low < link.place < high for link in inside) / len(inside) if inside else 0.5


def _surroundings(pair: ActorPair) -> dict[str, float]:
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


def _fit(pair: ActorPair, reach: float) -> tuple[float, float]:
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


def _halves_in_order(pair: ActorPair) -> float:
    """1 where the words on the one's side come first in the source as well, -1 where the halves changed places."""
    middle = (pair.one.word + pair.other.word) / 2
    first = [link.place for link in pair.sentence.neighbours if link.word < middle and link.word != pair.one.word]
    second = [link.place for link in pair.sentence.neighbours if link.word > middle and link.word != pair.other.word]
    return float(np.sign(np.median(second) - np.median(first))) if first and second else 0.0


def _fit_of_blanks(pair: ActorPair) -> float:
    """How much better the blanks that the two leave fit as they stand than exchanged."""
    theirs, ours = pair.sentence.blanks
    one, other = (
        np.mean([theirs[n] for n in range(link.first, link.last)], axis=0) for link in (pair.one, pair.other)
    )
    kept, crossed = ours[pair.one.word], ours[pair.other.word]
    return float(one @ kept + other @ crossed - one @ crossed - other @ kept)


def _marked(pair: ActorPair, is_passive: float) -> dict[str, float]:
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


def _mark(sentence: PairedSentence, link: Link) -> str:
    """The part that the source marks an actor with: subject, object, or "" where nothing tells."""
    words, source = translation_words(sentence.language), sentence.text.source
    rest = source[sentence.text.theirs.words[link.last - 1][0] :]
    before = source[slice(*sentence.text.theirs.words[link.first - 1])] if link.first else ""
    if before in words.object_before:
        return "object"
    marks = (("subject", words.subject_marks), ("object", words.object_marks))
    return next((part for part, patterns in marks if any(_compiled(p).match(rest) for p in patterns)), "")


def _is_between(marks: Sequence[int], places: Span) -> bool:
    low, high = sorted(places)
    return any(low < mark < high for mark in marks)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
