"""A sentence as tokens with character offsets. What a token means is the lexicon's business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c\u200d"  # accents apart, Arabic vowels, tatweel, joiners
_DIRECTION = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # shown by nothing, no tokens
_TOKEN = re.compile(
    rf"\d+(?:[.,٫٬]\d+)*|(?:[^\W\d_]|(?<=\w)[{_MARKS}])+(?:['’ʼ](?:[^\W\d_]|[{_MARKS}])+)?|[^\w\s{_DIRECTION}]|_",
)
_POSSESSIVE = re.compile(r"['’ʼ]s$", re.IGNORECASE)
_ELISION = re.compile(r"^(?:l|d|n|s|j|m|c|t|qu|jusqu|lorsqu|puisqu)['’ʼ]", re.IGNORECASE)


class Token(NamedTuple):
    """One word, number or mark, half-open offsets into the sentence."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether the token is made of letters."""
        return self.text[0].isalpha()


def tokenise(sentence: str, language: str) -> list[Token]:
    """The tokens of a sentence in order. English possessives and Romance elisions are tokens of their own."""
    return list(_tokens(sentence, language))


def _tokens(sentence: str, language: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(sentence):
        text, start, end = match.group(), match.start(), match.end()
        if ("'" in text or "’" in text or "ʼ" in text) and language != "tr":
            split = _split_at(text)
            if split:
                yield Token(text[:split], start, start + split)
                yield Token(text[split:], start + split, end)
                continue
        yield Token(text, start, end)


def _split_at(text: str) -> int:
    if possessive := _POSSESSIVE.search(text):
        return possessive.start()
    if elision := _ELISION.match(text):
        return elision.end()
    return 0
