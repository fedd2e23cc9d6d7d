"""Words for equipment, stages of a transfer and sums of money in a language, as typed values.

The kinds of equipment and the currency signs are in `any/arms.toml`. Matching them in a text is not done here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from assets.vocabulary.files import (
    VocabularyError,
    VocabularyModel,
    languages_with,
    read_vocabulary_file,
    vocabulary_file,
)

Words = tuple[str, ...]
Stage = Literal["offered", "negotiated", "ordered", "delivered", "used"]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]


class Weapons(VocabularyModel):
    """Kinds that an attack can be made with."""

    kinds: tuple[str, ...]


class ArmsKinds(VocabularyModel):
    """`any/arms.toml`."""

    kinds: dict[str, str]
    weapons: Weapons
    currency: dict[Currency, Words]


class Buying(VocabularyModel):
    """Words whose subject is who gets, not who gives."""

    words: Words = ()


class Expected(VocabularyModel):
    """Words that tell of goods that they are yet to come."""

    words: Words = ()


class ArmsWords(VocabularyModel):
    """A language's `arms.toml`; words are patterns as in the other vocabularies."""

    equipment: dict[str, Words]
    stage: dict[Stage, Words]
    expected: Expected = Expected()
    buys: Buying = Buying()
    scale: dict[str, int] = Field(default_factory=dict)
    currency: dict[Currency, Words] = Field(default_factory=dict)


@lru_cache(maxsize=1)
def load_arms_kinds() -> ArmsKinds:
    """The kinds of equipment and cooperation. Raises VocabularyError when the file is missing or wrong."""
    return read_vocabulary_file(vocabulary_file("any", "arms.toml"), ArmsKinds)


@lru_cache(maxsize=16)
def load_arms_words(language: str) -> ArmsWords:
    """The words of a language (ISO 639-1). Raises VocabularyError when its file is wrong or names unknown kinds."""
    path = vocabulary_file(language, "arms.toml")
    words = read_vocabulary_file(path, ArmsWords)
    if unknown := set(words.equipment) - set(load_arms_kinds().kinds):
        raise VocabularyError(f"{path}: equipment {sorted(unknown)} is not among the kinds in any/arms.toml")
    return words


@lru_cache(maxsize=1)
def arms_languages() -> tuple[str, ...]:
    """Languages that have words for equipment."""
    return tuple(sorted(code for code in languages_with("arms.toml") if code != "any"))
