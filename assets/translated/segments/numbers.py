"""Numbers of a sentence in whatever numeral script, as values that can be compared across languages.

Digits of any script, grouped or with decimals in either convention, dates and times as their parts. Words for numbers
come from vocabulary. Comparing a sentence with its translation belongs here; what a difference costs does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import get_month_names

_DATE = re.compile(r"(?<!\d)(\d{1,4})([./\-])(\d{1,2})\2(\d{2,4})(?!\d)")
_TIME = re.compile(r"(?<!\d)(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?!\d)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f'’.,٬]\d{3})+(?:[.,٫]\d{1,2})?(?![\d.,]?\d)")
_DECIMAL = re.compile(r"\d+[.,٫]\d+")
_WHOLE = re.compile(r"\d+")
# What a figure is multiplied by in languages that count in ten thousands, or in lakhs.
_UNITS = {
    "万": 1e4, "萬": 1e4, "만": 1e4, "亿": 1e8, "億": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12,
    "千万": 1e7, "百万": 1e6, "लाख": 1e5, "करोड़": 1e7, "لاکھ": 1e5, "کروڑ": 1e7,
}  # fmt: skip
_WITH_UNIT = re.compile(rf"(\d[\d,]*(?:\.\d+)?) ?({'|'.join(sorted(_UNITS, key=len, reverse=True))})")
_ROMAN = re.compile(r"\b(?=[IVXLC]{2,})(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})(?:e|er|ème|th)?\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORD = re.compile(r"[^\W\d_]+")
_SCALES = (1e3, 1e6, 1e9, 1e12)
_AFTERNOON = re.compile(r"\bp\.?\s?m\b", re.IGNORECASE)
# Words for small numbers are so many, in so many forms, that a small figure in the English needs no proof.
_LARGEST_UNPROVEN = 12


@dataclass(frozen=True)
class NumberDifference:
    """What a translation did to the numbers: those of the source that are gone, and those that nothing supports."""

    lost: tuple[str, ...]
    added: tuple[str, ...]


def figures(text: str) -> list[float]:
    """Every number written in digits, of any script, in order of kind; dates and times give each of their parts."""
    text = ascii_digits(text)
    found: list[float] = []
    for pattern, read in (
        (_WITH_UNIT, _with_unit),
        (_DATE, _parts),
        (_TIME, _parts),
        (_GROUPED, _grouped),
        (_DECIMAL, _decimal),
        (_WHOLE, _parts),
    ):
        for match in pattern.finditer(text):
            found += read(match)
        text = pattern.sub(" ; ", text)
    return found


def ascii_digits(text: str) -> str:
    """The text with the digits of every script written 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def number_words(text: str, words: Mapping[str, float]) -> set[float]:
    """Values that the number words of a text may stand for: each word, and runs of them added and multiplied."""
    values: set[float] = set()
    total = current = 0.0
    for word in _WORD.findall(text.casefold()):
        value = words.get(word)
        if value is None:
            if word != "and":
                total = current = 0.0
            continue
        if value >= 1000:
            total, current = total + (current or 1) * value, 0.0
        elif value == 100:
            current = (current or 1) * value
        else:
            current += value
        # Partial sums count too: the words may be parts of a list rather than of one number.
        values |= {value, current, total + current}
    return values - {0.0}


def compare_numbers(
    source: str, english: str, source_words: Mapping[str, float], english_words: Mapping[str, float]
) -> NumberDifference:
    """Which numbers of `source` the English lost, and which of the English's the source does not support.

    Tolerated: another numeral script or convention of grouping, months as names, years in two digits, the twelve-hour
    clock, scale words (5 million for 5,000,000), number words on either side, Roman numerals.
    """
    theirs, ours = figures(source), figures(english)
    written_out = number_words(english, english_words)
    afternoon = bool(_AFTERNOON.search(english))
    months = _months_named(english)
    lost = [
        value
        for value in dict.fromkeys(theirs)
        if not _matched(value, [*ours, *written_out])
        and not (value in months or (afternoon and value - 12 in ours) or value == 0)
    ]
    if len(theirs) < len(ours) or not theirs:
        lost += [value for value in _source_words(source, source_words) if not _matched(value, [*ours, *written_out])]
    support = [*theirs, *number_words(source, source_words), *_roman(source)]
    largest = _LARGEST_UNPROVEN if source_words else 100
    added = [v for v in dict.fromkeys(ours) if v > largest and not _matched(v, support) and v + 12 not in theirs]
    return NumberDifference(tuple(map(_shown, lost)), tuple(map(_shown, added)))


def _source_words(source: str, words: Mapping[str, float]) -> list[float]:
    """Values of number words that stand alone: where several follow each other they mean something together."""
    tokens = _WORD.findall(source.casefold())
    alone: list[float] = []
    for position, token in enumerate(tokens):
        neighbours = tokens[max(position - 1, 0) : position] + tokens[position + 1 : position + 2]
        if token in words and not any(n in words or n.lstrip("و") in words for n in neighbours):
            alone.append(words[token])
    return alone


def _matched(value: float, candidates: Iterable[float]) -> bool:
    for other in candidates:
        if value == other:
            return True
        low, high = sorted((value, other))
        if low and any(abs(low * scale - high) < high * 1e-9 for scale in _SCALES) and high >= 1000:
            return True
        if 1900 <= high < 2100 and low == high % 100:
            return True
    return False


def _months_named(english: str) -> set[float]:
    lowered = english.casefold()
    return {number for number, pattern in _month_patterns() if pattern.search(lowered)}


@lru_cache(maxsize=1)
def _month_patterns() -> list[tuple[float, re.Pattern[str]]]:
    wide, short = (get_month_names(width, locale="en") for width in ("wide", "abbreviated"))
    names = [(number, f"{wide[number]}|{short[number]}".casefold()) for number in range(1, 13)]
    return [(float(number), re.compile(rf"\b(?:{pattern})\b")) for number, pattern in names]


def _roman(text: str) -> list[float]:
    values = []
    for match in _ROMAN.finditer(text):
        digits = [_ROMAN_VALUES[c] for group in match.groups() for c in group]
        following = [*digits[1:], 0][: len(digits)]
        values.append(float(sum(-one if one < two else one for one, two in zip(digits, following, strict=True))))
    return [value for value in values if value]


def _parts(match: re.Match[str]) -> list[float]:
    return [float(group) for group in match.groups() or (match.group(),) if group and group.isdigit()]


def _with_unit(match: re.Match[str]) -> list[float]:
    return [round(float(match.group(1).replace(",", "")) * _UNITS[match.group(2)], 6)]


def _grouped(match: re.Match[str]) -> list[float]:
    text = match.group()
    tail = re.search(r"[.,٫](\d{1,2})$", text)
    whole = text[: tail.start()] if tail else text
    digits = re.sub(r"\D", "", whole)
    return [float(f"{digits}.{tail.group(1)}" if tail else digits)]


def _decimal(match: re.Match[str]) -> list[float]:
    whole, fraction = re.split(r"[.,٫]", match.group(), maxsplit=1)
    return [float(f"{whole}.{fraction}")]


def _shown(value: float) -> str:
    return f"{value:g}" if value < 1e6 or value % 1 else f"{value:.0f}"
