"""How many were killed and hurt, and how many people took part or were affected, as a sentence states it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.sentence import Sentence

_REACH = 6  # words between a number and the word that tells what became of the people it counts
_COUNTED_REACH = 3  # words between a number and the people it counts: "5,000 angry young farmers"
_GROUPED = re.compile(r"^\d{1,3}(?:[.,٬]\d{3})+$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def casualties(sentence: Sentence) -> tuple[int | None, int | None]:
    """The least numbers of dead and injured that the sentence states, null where it states none."""
    numbers = _numbers(sentence)
    taken: set[int] = set()
    counts: dict[str, int | None] = {"dead": None, "injured": None}
    words = [(m, kind) for kind in counts for m in sentence.signs.get(f"casualty.{kind}", ())]
    starts = {kind: {m.start for m, other in words if other != kind} for kind in counts}
    for match, kind in sorted(words, key=lambda pair: pair[0].start):
        others = {p for p in numbers if p + 1 in starts[kind]}  # "five killed and eight wounded"
        position = _nearest(sentence, numbers, match.start, match.end, taken | others)
        if position is not None and counts[kind] is None:
            counts[kind] = numbers[position]
            taken.add(position)
    return counts["dead"], counts["injured"]


def people_counted(sentence: Sentence, parties: Iterable[Actor], trigger_start: int) -> int | None:
    """The number of people that stands before one of the parties, or right before the trigger ("thousands marched").

    Null where the sentence states none; sums, shares and numbers that count casualties' words are none.
    """
    numbers = {p: value for p, value in _numbers(sentence).items() if value > 1 and not _is_measure(sentence, p)}
    for party in parties:
        before = [p for p in numbers if 0 < party.start - p <= _COUNTED_REACH]
        inside = [p for p in numbers if party.start <= p < party.end]
        same = [p for p in (*inside, *before) if sentence.clauses[p] == sentence.clauses[party.start]]
        if same:
            return numbers[max(same)]
    return next((numbers[p] for p in (trigger_start - 1, trigger_start - 2) if p in numbers), None)


def _numbers(sentence: Sentence) -> dict[int, int]:
    numbers = _composed(sentence)
    for position, token in enumerate(sentence.tokens):
        if token.text[0].isdigit() and not _YEAR.match(token.text):
            value = _value(token.text)
            if value is not None:
                numbers[position] = value
    return numbers


def _composed(sentence: Sentence) -> dict[int, int]:
    """Numbers in words, each at its last word: "yirmi beş" is 25, "iki yüz elli" 250, "خمسة وعشرين" 25."""
    composed: dict[int, int] = {}
    for match in sorted(sentence.numbers.values(), key=lambda m: m.start):
        value, last = match.meaning.value, match.end - 1
        before = composed.pop(match.start - 1, None)
        if before is None:
            composed[last] = value
        elif value >= 100 and before < value:
            composed[last] = before * value
        else:
            composed[last] = before + value
    return composed


def _value(text: str) -> int | None:
    if _GROUPED.match(text):
        text = re.sub(r"[.,٬]", "", text)
    return int(text) if text.isdigit() and len(text) <= 7 else None


def _nearest(sentence: Sentence, numbers: dict[int, int], start: int, end: int, taken: set[int]) -> int | None:
    """The number that counts the word at tokens `[start, end)`: the nearest, one before it before one after it."""
    candidates = [p for p in numbers if p not in taken and not _is_measure(sentence, p)]
    before = [p for p in candidates if p < start and start - p <= _REACH]
    after = [p for p in candidates if p >= end and p - end <= _REACH]
    if before and after and sentence.clauses[before[-1]] != sentence.clauses[start]:
        return min(after)
    if before and after:
        return max(before) if start - max(before) <= min(after) - end else min(after)
    return max(before) if before else min(after, default=None)


def _is_measure(sentence: Sentence, position: int) -> bool:
    """Whether the number is a share or a sum of money rather than a count of people."""
    neighbours = sentence.tokens[max(position - 1, 0) : position + 2]
    return any(t.text in "%٪$€£" for t in neighbours if len(t.text) == 1)
