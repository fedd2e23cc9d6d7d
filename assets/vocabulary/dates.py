"""Date words of one language: CLDR's names of months and weekdays, and the folder's `dates.toml`.

A language without a folder gets what CLDR knows. Only reading and typing belong here; what the words mean for a text
is decided in `assets/cleaned/documents/dates/matching.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError

from assets.vocabulary.files import languages_with, shown, vocabulary_file

_UNITS = ("day", "week", "month", "year")


@dataclass(frozen=True)
class DateWords:
    """The date words of a language. Every mapping goes from a word as written to its number.

    `solar_months` are those of the Iranian calendar. `buddhist_years` says that years may be counted 543 ahead.
    `eras` goes from the name of a reign to the year before its first.
    """

    language: str
    numeric_order: str = "dmy"
    month_case: str = "any"
    weekday_case: str = "any"
    prefixes: str = ""
    months: Mapping[str, int] = field(default_factory=dict)
    month_abbreviations: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    hijri_months: Mapping[str, int] = field(default_factory=dict)
    solar_months: Mapping[str, int] = field(default_factory=dict)
    buddhist_years: bool = False
    eras: Mapping[str, int] = field(default_factory=dict)
    ambiguous_weekdays: frozenset[str] = frozenset()
    ambiguous_months: frozenset[str] = frozenset()
    days: Mapping[str, int] = field(default_factory=dict)
    weeks: Mapping[str, int] = field(default_factory=dict)
    relative_months: Mapping[str, int] = field(default_factory=dict)
    relative_years: Mapping[str, int] = field(default_factory=dict)
    modifiers_before: Mapping[str, int] = field(default_factory=dict)
    modifiers_after: Mapping[str, int] = field(default_factory=dict)
    ago: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed_ago: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    day_suffixes: tuple[str, ...] = ()
    day_articles: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
    gap_words: tuple[str, ...] = ()
    time_words: tuple[str, ...] = ()
    time_after: tuple[str, ...] = ()
    time_am: tuple[str, ...] = ()
    time_pm: tuple[str, ...] = ()
    range_words: tuple[str, ...] = ()
    month_prepositions: tuple[str, ...] = ()
    month_postpositions: tuple[str, ...] = ()
    year_after: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    hijri_marks: tuple[str, ...] = ()
    numeric_marks: tuple[tuple[str, str, str], ...] = ()


@lru_cache(maxsize=256)
def date_words(language: str) -> DateWords:
    """The date words of `language` (ISO 639-1). For `und` and unknown codes, only the signs of any language.

    Raises ValueError, naming the file, where a `dates.toml` cannot be read.
    """
    data = _read(language)
    months, abbreviations, weekdays = _cldr_names(language)
    extra_months = _inverted(data.get("months"))
    # A name with a dot or of at most four letters is an abbreviation wherever CLDR has a longer one.
    for name, number in extra_months.items():
        target = abbreviations if name.endswith(".") or (len(name) <= 4 and name.isascii()) else months
        target.setdefault(name, number)
    weekdays |= _inverted(data.get("weekdays"))
    modifiers = data.get("modifiers", {})
    return DateWords(
        language=language,
        numeric_order=data.get("numeric_order", "dmy"),
        month_case=data.get("month_case", "any"),
        weekday_case=data.get("weekday_case", "any"),
        prefixes=data.get("prefixes", ""),
        months=months,
        month_abbreviations=abbreviations,
        weekdays=weekdays,
        hijri_months=_inverted(data.get("hijri")),
        solar_months=_inverted(data.get("solar")),
        buddhist_years=bool(data.get("buddhist_years", False)),
        eras=dict(_read("any").get("eras", {})),
        ambiguous_months=frozenset(data.get("ambiguous_months", ())),
        ambiguous_weekdays=frozenset(data.get("ambiguous_weekdays", ())),
        days=_inverted(data.get("days")),
        weeks=_inverted(data.get("weeks")),
        relative_months=_inverted(data.get("relative_months")),
        relative_years=_inverted(data.get("relative_years")),
        modifiers_before=_modifiers(modifiers, "before"),
        modifiers_after=_modifiers(modifiers, "after"),
        ago={unit: tuple(data.get("ago", {}).get(unit, ())) for unit in _UNITS},
        fixed_ago=_fixed_ago(data.get("fixed_ago", {})),
        numbers=_inverted(data.get("numbers")),
        numeric_marks=tuple((m[0], m[1], m[2]) for m in _read("any").get("numeric_marks", ())),
        **{name: tuple(data.get(name, ())) for name in _LISTS},
    )


_LISTS = (
    *("day_suffixes", "day_articles", "joiners", "gap_words", "time_words", "time_after", "time_am", "time_pm"),
    *("range_words", "month_prepositions", "month_postpositions", "year_after", "years", "hijri_marks"),
)


def date_languages() -> tuple[str, ...]:
    """Languages whose folder holds a `dates.toml`, in alphabetical order."""
    return tuple(code for code in languages_with("dates.toml") if len(code) == 2)


def _read(language: str) -> dict[str, Any]:
    if not language.isalpha():
        return {}
    path = vocabulary_file(language, "dates.toml")
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{shown(path)} is not valid TOML: {error}") from error


def _cldr_names(language: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Months in full, months abbreviated, and weekdays (Monday is 0), as CLDR writes them."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}, {}, {}
    months: dict[str, int] = {}
    abbreviations: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        months |= {name: number for number, name in locale.months[context]["wide"].items()}
        weekdays |= {name: number for number, name in locale.days[context]["wide"].items()}
        for number, name in locale.months[context]["abbreviated"].items():
            abbreviations[name] = number
    # Some locales "abbreviate" to the bare number of the month.
    named = {name: number for name, number in months.items() if not any(c.isdigit() for c in name)}
    short = {n: number for n, number in abbreviations.items() if n not in named and not any(c.isdigit() for c in n)}
    return named, short, weekdays


def _inverted(table: Mapping[str, list[str]] | None) -> dict[str, int]:
    return {word: int(number) for number, words in (table or {}).items() for word in words}


def _modifiers(table: Mapping[str, list[str]], side: str) -> dict[str, int]:
    values = {"last": -1, "this": 0, "next": 1}
    return {word: value for name, value in values.items() for word in table.get(f"{name}_{side}", ())}


def _fixed_ago(table: Mapping[str, list[str]]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for key, words in table.items():
        unit, number = key.split()
        found |= {word: (unit, int(number)) for word in words}
    return found
