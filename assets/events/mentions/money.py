"""Sums of money as a sentence states them: a number, the word that scales it, and the currency beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.events.mentions.language import compiled_language
from assets.events.mentions.lexicon import Lexicon, Match
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.text import Token
from assets.vocabulary.arms import arms_languages, load_arms_kinds, load_arms_words

_NUMBER = re.compile(r"^\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+$|^\d+(?:[.,]\d+)?$")
_GROUPED = re.compile(r"^\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+$")


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole units of its currency (ISO 4217), and the tokens that state it."""

    amount: float
    currency: str
    positions: range


@dataclass(frozen=True, slots=True)
class MoneyWord:
    """What a pattern of `arms.toml` means: its part (scale, currency, equipment, …) and which, or the factor."""

    part: str
    value: str | int


def money_in(sentence: Sentence) -> Money | None:
    """The first sum of money in a sentence; None where there is none, or the language has no words for money."""
    code = sentence.language.code
    if code not in arms_languages():
        return None
    found = _lexicon(code).find(sentence.analyses)
    currencies = {m.start: m for m in found if m.meaning.part == "currency"}
    if not currencies:
        return None
    scales = {m.start: int(m.meaning.value) for m in found if m.meaning.part == "scale"}
    numbers = {position: match.meaning.value for position, match in sentence.numbers.items()}
    return find_money(sentence.tokens, scales, currencies, numbers)


def find_money(
    tokens: Sequence[Token],
    scales: Mapping[int, int],
    currencies: Mapping[int, Match[MoneyWord]],
    number_words: Mapping[int, float],
) -> Money | None:
    """The first number with a currency beside it. The mappings say what was found at which token."""
    for position in range(len(tokens)):
        value = number_at(tokens, position, number_words)
        if value is None:
            continue
        factor, following = 1, position + 1
        if following in scales:
            factor, following = scales[following], following + 1
        for near in (position - 1, following, following + 1):
            currency = currencies.get(near)
            if currency is not None:
                return Money(value * factor, str(currency.meaning.value), range(position - 1, currency.end))
    return None


def number_at(tokens: Sequence[Token], position: int, number_words: Mapping[int, float]) -> float | None:
    """The number that stands at a token, or None; a four-digit number of our times is a year, more likely."""
    text = tokens[position].text
    if position in number_words:
        value = number_words[position]
        return float(value) if value > 1 else None  # "one" is the article in many languages
    if not _NUMBER.match(text) or (len(text) == 4 and text[:2] in ("19", "20")):
        return None
    if _GROUPED.match(text):
        return float(re.sub(r"\D", "", text))
    return float(text.replace(",", "."))


@lru_cache(maxsize=16)
def _lexicon(language: str) -> Lexicon[MoneyWord]:
    lexicon: Lexicon[MoneyWord] = Lexicon(compiled_language(language).morphology)
    words = load_arms_words(language)
    for pattern, value in words.scale.items():
        lexicon.add(pattern, MoneyWord("scale", value))
    for table in (load_arms_kinds().currency, words.currency):
        for currency, patterns in table.items():
            for pattern in patterns:
                lexicon.add(pattern, MoneyWord("currency", currency))
    return lexicon
