"""The names of newspapers and broadcasters, told by their words: "The Harbour Post", "Volkszeitung", "北星新聞"."""

from __future__ import annotations

from functools import lru_cache

from assets.cleaned.documents.characters import has_digit, is_cased
from assets.cleaned.documents.phrases import line_key, phrases

_MOST_WORDS = 6
_LEAST_COMPOUND = 5  # letters of a word that may end a compound: "Volkszeitung"


def names_house(text: str) -> bool:
    """Whether a few words are written as the name of a newspaper or a broadcaster is; a section of one is none."""
    words = line_key(text).split()
    if not 1 <= len(words) <= _MOST_WORDS or has_digit(text) or (is_cased(text) and not text[0].isupper()):
        return False
    if not any(map(_is_house_word, words)) or (len(words) == 1 and words[0] in phrases().words_of("house")):
        return False
    return not all(_is_common(word) for word in words)


def _is_house_word(word: str) -> bool:
    return word in phrases().words_of("house") or word.endswith(_compound_ends())


@lru_cache(maxsize=1)
def _compound_ends() -> tuple[str, ...]:
    """The words that end longer ones: of scripts without blanks or capitals, and long ones of others."""
    words = phrases().words_of("house")
    return tuple(sorted(word for word in words if len(word) >= _LEAST_COMPOUND or word[0] > "\u2fff"))


def _is_common(word: str) -> bool:
    """Whether a word may as well stand in the name of a section or a desk: "World News", "News Desk"."""
    return any(phrases().is_line(reason, word) for reason in ("navigation", "organisation", "role"))
