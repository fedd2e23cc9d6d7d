"""The words of a language for dates as one pattern: its alternatives, and the numbers that its words stand for.

The words come from `assets/vocabulary`; what a match means is decided in `matching.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assets.vocabulary.dates import DateWords

# Characters folded one to one before matching: digits of other scripts, variants of alef, odd spaces, apostrophes.
FOLD = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙أإآٱىی\u00a0\u2009\u202f\u2007’ʼ",
    "0123456789" * 4 + "اااا" + "يي" + " " * 4 + "''",
)
# Arabic diacritics, tatweel and direction marks stand inside words without changing them.
MARKS = re.compile("[\u0640\u064b-\u0655\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
WORD = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"\d")

_BEFORE = r"(?<![^\W_])"
_AFTER = r"(?![^\W_])"
_ISO = (
    r"(?<![\w./:-])(?P<iso_y>\d{4})(?P<iso_s>[-/.])(?P<iso_m>\d{1,2})(?P=iso_s)(?P<iso_d>\d{1,2})(?!\d)"
    r"(?P<iso_t>(?:T|\s{1,2}|,\s)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?Z|\s?[+-]\d{2}:?\d{2})?)?"
)
_NUMERIC = (
    r"(?<![\w./:-])(?P<num_a>\d{1,2})(?P<num_s>[./-])(?:\s(?=\d{1,2}\.))?(?P<num_b>\d{1,2})(?P=num_s)\s?"
    r"(?P<num_y>\d{4}|\d{2})(?![\d/]|-(?!\d{1,2}:\d\d)|\.\d)"
)


class DatePatterns:
    """The compiled patterns of one language, and its words with what they mean."""

    def __init__(self, words: DateWords) -> None:
        self._words = words
        other_calendars = {**words.solar_months, **words.hijri_months}
        self._months = _folded({**other_calendars, **words.month_abbreviations, **words.months})
        self._solar = set(_folded(words.solar_months)) - set(_folded(words.months))
        self._eras = {_fold(name): year for name, year in words.eras.items()}
        self._hijri = set(_folded(words.hijri_months)) - set(_folded(words.months))
        self._counts_hijri = any("\u0600" <= name[0] <= "\u06ff" for name in self._hijri)
        self._short = set(_folded(words.month_abbreviations)) - set(_folded(words.months))
        self._ambiguous = {_fold(w) for w in words.ambiguous_months}
        self._weekdays = _folded(words.weekdays)
        self._relative = {
            "rel_d": _folded(words.days),
            "rel_w": _folded(words.weeks),
            "rel_m": _folded(words.relative_months),
            "rel_y": _folded(words.relative_years),
        }
        self._modifiers = {**_folded(words.modifiers_before), **_folded(words.modifiers_after)}
        self._numbers = _folded(words.numbers)
        self._fixed_ago = {_fold(word): value for word, value in words.fixed_ago.items()}
        self._triggers = self._trigger_words()
        self._preposition = re.compile(rf"{_BEFORE}(?:{_any(words.month_prepositions)})[\s-]+$", re.IGNORECASE)
        self._postposition = re.compile(rf"\s+(?:{_any(words.month_postpositions)}){_AFTER}", re.IGNORECASE)
        gap_words = (*words.gap_words, *words.day_articles)
        self.gap = re.compile(rf"[\s,،()/:–—-]*(?:(?:{_any(gap_words)})[\s,،:]*){{0,2}}", re.IGNORECASE)
        self._pattern = re.compile("|".join(self._branches()), re.IGNORECASE)

    def may_hold_date(self, text: str) -> bool:
        """A cheap look that spares most sentences the full pattern."""
        if DIGIT.search(text):
            return True
        return not self._triggers.isdisjoint(WORD.findall(text.lower()))

    def _trigger_words(self) -> frozenset[str]:
        words = self._words
        phrases: list[str] = [*self._months, *self._weekdays, *self._fixed_ago]
        phrases += [p for table in self._relative.values() for p in table]
        phrases += [_fold(template).replace("{n}", " ") for templates in words.ago.values() for template in templates]
        triggers: set[str] = set()
        for phrase in phrases:
            parts = WORD.findall(phrase.lower())
            if parts:
                triggers.add(max(parts, key=len))
        return frozenset(triggers | {prefix + t for prefix in words.prefixes for t in triggers})

    def _branches(self) -> Iterable[str]:
        """Alternatives of the pattern. The last named group to close in each tells which one matched."""
        w = self._words
        before = _BEFORE + (f"[{w.prefixes}]?" if w.prefixes else "")
        yield rf"{_ISO}(?P<iso>)"
        yield rf"{_NUMERIC}{self._time('num_t')}(?P<num>)"
        yield from self._marked_branch()
        if self._months:
            yield from self._month_branches(before)
        mods_before, mods_after = _any(_fold_all(w.modifiers_before)), _any(_fold_all(w.modifiers_after))
        if self._weekdays:
            yield (
                rf"{before}(?:(?P<wd_b>{mods_before})\s+)?(?P<wd_w>{_any(self._weekdays)}){_AFTER}"
                rf"(?:\s+(?P<wd_a>{mods_after}){_AFTER})?(?P<wd>)"
            )
        for name, table in self._relative.items():
            if table:
                yield rf"{before}(?P<{name}_w>{_any(table)}){_AFTER}(?P<{name}>)"
        yield from self._ago_branches(before)
        if w.years:
            templates = (_template(template, "{year}", r"(?:1\d|20)\d\d") for template in w.years)
            yield rf"{before}(?P<year_w>{'|'.join(templates)})(?![^\W_]|[.,]\d|[/-]\d{{1,2}}[/-]\d)(?P<year>)"

    def _marked_branch(self) -> Iterable[str]:
        if not self._words.numeric_marks:
            return
        year, month, day = ("".join(marks) for marks in zip(*self._words.numeric_marks, strict=True))
        yield (
            rf"(?<!\d)(?:(?P<mark_e>{_any(self._eras)})\s?(?P<mark_n>\d{{1,3}}|元)|(?P<mark_y>\d{{4}}))\s?[{year}]"
            rf"\s?(?P<mark_m>\d{{1,2}})\s?[{month}]"
            rf"(?:\s?(?P<mark_d>\d{{1,2}})\s?[{day}])?(?P<mark>)"
        )

    def _month_branches(self, before: str) -> Iterable[str]:
        w = self._words
        month = rf"(?:{_any(self._months)})"
        dual = rf"(?:\s?[/(]\s?{month}\)?)?"
        suffix = rf"(?:{_any(w.day_suffixes)})?"
        joiner = rf"(?:(?:{_any(w.joiners)})\s+)?"
        marks = rf"(?:\s?(?P<{{}}>{_any(_fold_all(w.hijri_marks))}){_AFTER})?"
        after_year = rf"(?:\s?(?:{_any(w.year_after)}){_AFTER})?"
        span = rf"(?:[-–—/]|\s(?:{_any(w.range_words)})\s)"
        yield (
            rf"(?<![\w.,:/])[{w.prefixes or ' '}]?(?:(?P<dmy_r>\d{{1,2}}){suffix}\.?\s?{span}\s?)?"
            rf"(?P<dmy_d>\d{{1,2}}){suffix}\.?"
            rf"[\s-]{{0,2}}{joiner}(?P<dmy_w>{month}){_AFTER}{dual}"
            rf"(?:[\s,،.-]{{0,3}}{joiner}(?P<dmy_y>\d{{4}})(?!\d){marks.format('dmy_h')}{after_year})?"
            rf"{self._time('dmy_t')}(?P<dmy>)"
        )
        mods_before, mods_after = _any(_fold_all(w.modifiers_before)), _any(_fold_all(w.modifiers_after))
        yield (
            rf"{before}(?:(?P<mon_b>{mods_before})\s+)?(?P<mon_w>{month}){_AFTER}{dual}"
            rf"(?:\.?\s+(?P<mon_d>\d{{1,2}}){suffix}(?:\s?[-–—]\s?\d{{1,2}})?(?![\d:]|[.,]\d)(?:,?\s+(?P<mon_y>\d{{4}})(?!\d))?"
            rf"{self._time('mon_t')}"
            rf"|\.?[\s,،/-]{{1,2}}{joiner}(?P<mon_my>\d{{4}})(?!\d){marks.format('mon_h')}{after_year}"
            rf"|\s+(?P<mon_a>{mods_after}){_AFTER})?(?P<mon>)"
        )

    def _time(self, name: str) -> str:
        """A clock time after a date; it only tells that the minute is known."""
        w = self._words
        words = _any(_fold_all((*w.time_words,)))
        halves = _any(_fold_all((*w.time_am, *w.time_pm, *w.time_after)))
        return (
            rf"(?P<{name}>[\s,،|•·–—-]{{1,4}}(?:(?:{words})[\s:]{{1,2}})?\d{{1,2}}(?::\d{{2}}(?::\d{{2}})?|[h.]\d{{2}}(?=\s?(?:{halves})|h?\b(?!\.\d)))"
            rf"(?:\s?(?:{halves}){_AFTER})?)?"
        )

    def _ago_branches(self, before: str) -> Iterable[str]:
        w = self._words
        number = rf"(?:\d{{1,3}}|{_any(self._numbers)})"
        parts = [
            rf"(?P<ago_{unit}>{'|'.join(_template(template, '{n}', number) for template in templates)})"
            for unit, templates in w.ago.items()
            if templates
        ]
        if parts:
            yield rf"{before}(?:{'|'.join(parts)}){_AFTER}(?P<ago>)"
        if self._fixed_ago:
            yield rf"{before}(?P<fix_w>{_any(self._fixed_ago)}){_AFTER}(?P<fix>)"


def _fold(word: str) -> str:
    return MARKS.sub("", word.translate(FOLD)).lower()


def key_of(written: str) -> str:
    """A word as the tables have it, from as the (folded) text has it."""
    return re.sub(r"\s+", " ", written).lower()


def _folded(table: Mapping[str, int]) -> dict[str, int]:
    return {_fold(word): number for word, number in table.items()}


def _fold_all(words: Iterable[str]) -> list[str]:
    return [_fold(word) for word in words]


def _template(template: str, placeholder: str, pattern: str) -> str:
    """A template of the vocabulary ("{n} days ago") as a pattern."""
    head, tail = (_fold(part) for part in template.split(placeholder))
    return f"{_literal(head)}{pattern}{_literal(tail)}"


def _literal(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s+")


def _any(words: Iterable[str]) -> str:
    """An alternation of words, longest first; one that never matches if there are none."""
    ordered = sorted({_fold(word) for word in words}, key=len, reverse=True)
    return "|".join(map(_literal, ordered)) or r"(?!)"
