"""Which parts of words two texts share: how a headline is known to tell of a story, in any language."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache

from assets.cleaned.documents.phrases import line_key

_GRAM = 4


@lru_cache(maxsize=256)
def grams(text: str) -> frozenset[str]:
    """Runs of four letters within the words of a text: alike for inflected forms of a word, in any language."""
    found: set[str] = set()
    for word in line_key(text).split():
        if len(word) <= _GRAM:
            found.add(word)
        else:
            found.update(word[i : i + _GRAM] for i in range(len(word) - _GRAM + 1))
    return frozenset(found)


def shared(text: str, others: Set[str]) -> float:
    """Share (0 to 1) of a text's grams that are among `others`."""
    own = {gram for gram in grams(text) if len(gram) >= 3}
    return len(own & others) / len(own) if own else 0.0
