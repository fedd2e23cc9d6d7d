"""Good translations damaged on purpose, one kind of damage at a time, to see which the quality estimate catches."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from benchmarks.parallel_text import Pair

_NEGATION = re.compile(r"\b(?:not|never) |\bno (?=\w+)|n['’]t\b", re.IGNORECASE)
_NOBODY = re.compile(r"\bnobody\b", re.IGNORECASE)
_ANY = re.compile(r"\bany\b")
_NUMBER = re.compile(r"\d+")

Damage = Callable[[Sequence[Pair], int], str | None]


def _wrong_number(pairs: Sequence[Pair], index: int) -> str | None:
    return _NUMBER.sub(lambda m: str(int(m.group()) * 3 + 17), pairs[index].english, count=1)


def _swapped_actors(pairs: Sequence[Pair], index: int) -> str | None:
    return pairs[index].swapped or None


def _no_negation(pairs: Sequence[Pair], index: int) -> str | None:
    """The negation taken out, and what cannot stand without it put right, so that the English stays fluent."""
    without = _NOBODY.sub("somebody", _NEGATION.sub("", pairs[index].english))
    return _ANY.sub("an", without) if without != pairs[index].english else None


def _another_sentence(pairs: Sequence[Pair], index: int) -> str | None:
    return pairs[random.Random(index).randrange(len(pairs))].english


def _cut_off(pairs: Sequence[Pair], index: int) -> str | None:
    words = pairs[index].english.split()
    return " ".join(words[: len(words) // 2]) if len(words) >= 12 else None


def _half(pairs: Sequence[Pair], index: int) -> str | None:
    half = _cut_off(pairs, index)
    return f"{half.rstrip(',;:')}." if half else None


def _repeated(pairs: Sequence[Pair], index: int) -> str | None:
    words = pairs[index].english.split()
    return " ".join([*words, *words[-3:] * 3]) if len(words) >= 4 else None


def _more_added(pairs: Sequence[Pair], index: int) -> str | None:
    another = _another_sentence(pairs, index)
    return f"{pairs[index].english} {another}" if another != pairs[index].english else None


def _untranslated(pairs: Sequence[Pair], index: int) -> str | None:
    return pairs[index].source


KINDS: dict[str, Damage] = {
    "wrong number": _wrong_number,
    "actors swapped": _swapped_actors,
    "negation dropped": _no_negation,
    "another sentence": _another_sentence,
    "half dropped": _half,
    "cut off half-way": _cut_off,
    "end repeated": _repeated,
    "more invented": _more_added,
    "left untranslated": _untranslated,
}
"""What is done to a translation, by name."""


def damaged(kind: str, pairs: Sequence[Pair]) -> list[tuple[Pair, str]]:
    """The pairs that this kind of damage can be done to, each with its damaged English; the same ones each time."""
    done = [(pair, KINDS[kind](pairs, index)) for index, pair in enumerate(pairs)]
    return [(pair, english) for pair, english in done if english and english != pair.english]
