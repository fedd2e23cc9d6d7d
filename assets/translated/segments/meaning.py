"""Does the English mean what its source means? Told by sentence vectors that many languages share.

A likeness alone depends on style and language; so the English is also
compared with what it could be instead: a translation of only a part of the source, one with something added, one with
the negation dropped or put in. Where such a variant lies nearer, it is the better explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assets.translated.segments.vectors import Encoded, Span, encode, read

# With fewer words a part is too short to mean anything by itself.
_LEAST_WORDS = 8
_HALVES = ((0, 1, 2), (1, 2, 2))
_THIRDS = ((0, 2, 3), (1, 3, 3))
_MOST_VARIANTS = 3
_NEGATION = re.compile(r"\b(?:not|never) |\b(?:no|neither|nor) (?=\w)|n['’]t\b|\bcannot\b", re.IGNORECASE)
_POSITIVE = {"cannot": "can", "nobody": "somebody", "nothing": "something", "none": "some", "without": "with"}
_POSITIVE_WORD = re.compile(rf"\b(?:{'|'.join(_POSITIVE)})\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"(?<!^)\b(?!(?:hundred|indeed|united|red)\b)[a-z]{2,}ed\b")
_VERB_BY_ENDING = re.compile(r"(?<=\w )[a-z]{3,}s\b")
_ARTICLE = re.compile(r"\b(?:a|an|any|some)\b")


@dataclass(frozen=True)
class Likeness:
    """Cosines, -1 to 1. `whole` compares source and English; the others tell how much nearer a variant lies.

    `source_part`: the English to a part of the source. `english_part`: a part of the English to the source.
    `negated`: the English with a negation put in. `affirmed`: the English with its negation taken out. None where
    there is no such variant.
    """

    whole: float
    source_part: float | None = None
    english_part: float | None = None
    negated: float | None = None
    affirmed: float | None = None


def likeness(source: str, english: str) -> Likeness:
    """How near the English lies to its source, and what would lie nearer."""
    theirs, ours = read(source), read(english)
    whole = float(theirs.whole @ ours.whole)
    affirmed = without_negation(english)
    negated = [] if affirmed else list(with_negation(english))
    return Likeness(
        whole,
        _highest(theirs.of_parts(parts(theirs, _HALVES + _THIRDS)) @ ours.whole - whole),
        _highest(ours.of_parts(parts(ours, _HALVES)) @ theirs.whole - whole),
        _highest(encode(negated) @ theirs.whole - whole),
        _highest(encode([affirmed] if affirmed else []) @ theirs.whole - whole),
    )


def parts(text: Encoded, cuts: Sequence[tuple[int, int, int]]) -> list[Span]:
    """Runs of words, cut from some fraction to some fraction (first, last, of); none of a short sentence."""
    words = len(text.words)
    if words < _LEAST_WORDS:
        return []
    return [(words * first // of, words * last // of) for first, last, of in cuts]


def without_negation(english: str) -> str | None:
    """The English with every negation taken out, or None where there is none."""
    bare = _NEGATION.sub(lambda m: "can" if m.group().lower() == "cannot" else "", english)
    bare = _POSITIVE_WORD.sub(lambda m: _POSITIVE[m.group().lower()], bare)
    return bare if bare != english else None


def with_negation(english: str) -> Iterator[str]:
    """The English with a negation put in at one of a few places where it could have stood."""
    places = [(m.end(), " not", 0) for m in _AUXILIARY.finditer(english)][:1]
    places += [(m.start(), "did not ", 0) for m in _PAST.finditer(english)][:1]
    places += [(m.start(), "no", len(m.group())) for m in _ARTICLE.finditer(english)][:1]
    places = places or [(m.start(), "does not ", 0) for m in _VERB_BY_ENDING.finditer(english)][:2]
    for position, word, replaced in (places or [(0, "not ", 0)])[:_MOST_VARIANTS]:
        yield english[:position] + word + english[position + replaced :]


def _highest(values: NDArray[np.float32]) -> float | None:
    return float(values.max()) if len(values) else None
