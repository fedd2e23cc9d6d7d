"""Finding dates in running text: numbers, month names, Hijri months, and words relative to a known day.

Used on whole pages (to find when they were published) and, thousands of times a second, on single sentences (to date
an event). The words of each language come from `assets/vocabulary`; this module holds what a date is in any language.
Choosing which of a page's dates is its publication is the work of `publication.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import jdatetime

from assets.vocabulary.dates import DateWords, date_words

_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_FIRST_BUDDHIST_YEAR, _BUDDHIST_YEARS_AHEAD = 2400, 543

# Characters folded one to one before matching: digits of other scripts, variants of alef, odd spaces, apostrophes.
_FOLD = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙أإآٱىی\u00a0\u2009\u202f\u2007’ʼ",
    "0123456789" * 4 + "اااا" + "يي" + " " * 4 + "''",
)
# Arabic diacritics, tatweel and direction marks stand inside words without changing them.
_MARKS = re.compile("[\u0640\u064b-\u0655\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class FoundDate:
    """A date named in a text.

    `start` and `end` are half-open character offsets. `value` is the day, or the first day of the month or year;
    `precision` is year, month, day or minute. `basis` is stated (the text says it all) or relative (the base day was
    needed). `written` is the day on which the text must have been written, where the expression names both a day
    relative to it and its date ("yesterday, Monday, 17 February 2025").
    """

    start: int
    end: int
    value: date
    precision: str
    basis: str
    written: date | None = None


@dataclass(frozen=True)
class _Hit:
    """One expression before neighbours are joined and the base day is applied."""

    start: int
    end: int
    kind: str  # day, month, year, relative_day, weekday
    value: date | None = None
    precision: str = "day"
    basis: str = "stated"
    month_day: tuple[int, int] | None = None  # a day whose year is not written
    offset: int | None = None  # days from the day of writing
    weekday: int | None = None
    modifier: int | None = None
    hijri: bool = False


def find_dates(text: str, language: str, base: date | None = None) -> list[FoundDate]:
    """Every date that `text` names, in order, without overlaps.

    `base` is the day the text was written, known to the day; without it, relative words ("yesterday", "last
    September", weekdays, days without a year) are left out. Of a range the first day is given. Hijri dates are
    converted by the tabular calendar and may be a day off.
    """
    matcher = _matcher(language)
    folded = text.translate(_FOLD)
    positions: list[int] | None = None
    if _MARKS.search(folded):
        positions = [i for i, c in enumerate(folded) if not _MARKS.match(c)]
        folded = "".join(folded[i] for i in positions)
    if not matcher.may_hold_date(folded):
        return []
    hits = matcher.hits(folded, base)
    found = [f for group in _grouped(hits, folded, matcher.gap) if (f := _resolved(group, base)) is not None]
    if positions is None:
        return found
    return [
        FoundDate(positions[f.start], positions[f.end - 1] + 1, f.value, f.precision, f.basis, f.written)
        for f in found
    ]


# Joining neighbours, and the base day


_JOINED_KINDS = frozenset({"day", "relative_day", "weekday"})


def _grouped(hits: list[_Hit], text: str, gap: re.Pattern[str]) -> list[list[_Hit]]:
    """Hits that tell one day together: "gestern, Dienstag, 4. März 2025"."""
    groups: list[list[_Hit]] = []
    for hit in hits:
        if groups and _may_join(groups[-1], hit) and gap.fullmatch(text, groups[-1][-1].end, hit.start):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _may_join(group: list[_Hit], hit: _Hit) -> bool:
    """Whether a hit can tell the same day as the group before it: no kind twice, nothing that contradicts."""
    last = group[-1]
    if not {hit.kind, last.kind} <= _JOINED_KINDS or hit.start - last.end > 24:
        return False
    if any(h.kind == hit.kind and h.hijri == hit.hijri for h in group):
        return False
    dated = next((h.value for h in (*group, hit) if h.value), None)
    if hit.kind == "relative_day":
        return dated is None  # "on 17 February 2025, yesterday …" begins another clause
    weekday = next((h.weekday for h in (*group, hit) if h.weekday is not None), None)
    return dated is None or weekday is None or dated.weekday() == weekday


def _resolved(group: list[_Hit], base: date | None) -> FoundDate | None:
    start, end = group[0].start, group[-1].end
    weekday = next((h.weekday for h in group if h.kind == "weekday"), None)
    offset = next((h.offset for h in group if h.kind == "relative_day"), None)
    # The Gregorian date is the surer one where a Hijri one stands beside it.
    dated = sorted((h for h in group if h.value or h.month_day), key=lambda h: (h.hijri, h.value is None))
    if dated:
        return _resolved_date(dated[0], start, end, weekday, offset, base)
    if base is None:
        return None
    if offset is not None:
        return FoundDate(start, end, base + timedelta(days=offset), "day", "relative")
    hit = group[0]
    if hit.weekday is None:
        return None
    return FoundDate(start, end, _weekday_near(base, hit.weekday, hit.modifier), "day", "relative")


def _resolved_date(
    hit: _Hit, start: int, end: int, weekday: int | None, offset: int | None, base: date | None
) -> FoundDate | None:
    value, basis = hit.value, hit.basis
    if value is None and hit.month_day and base is not None:
        value, basis = _day_near(base, *hit.month_day, weekday), "relative"
    if value is None:
        return None
    written = value - timedelta(days=offset) if offset is not None and basis == "stated" else None
    return FoundDate(start, end, value, hit.precision, basis, written)


def _weekday_near(base: date, weekday: int, modifier: int | None) -> date:
    """News names the latest such day up to the day of writing, unless a word says otherwise."""
    if modifier == 1:
        return base + timedelta(days=(weekday - base.weekday() - 1) % 7 + 1)
    if modifier == 0:
        return base + timedelta(days=weekday - base.weekday())
    back = (base.weekday() - weekday) % 7
    return base - timedelta(days=back or (7 if modifier == -1 else 0))


def _day_near(base: date, day: int, month: int, weekday: int | None) -> date | None:
    """The year of a day written without one: near the base, sooner past than future, on its weekday."""
    candidates = [d for year in (base.year - 1, base.year, base.year + 1) if (d := _date(year, month, day))]
    agreeing = [d for d in candidates if weekday is None or d.weekday() == weekday]
    return min(agreeing or candidates, key=lambda d: _distance((d - base).days), default=None)


def _distance(days: int) -> int:
    return -days if days <= 0 else 2 * days


def _month_near(base: date, month: int, modifier: int | None) -> date:
    """The first day of the month meant by a bare month name."""
    if modifier == -1:
        return date(base.year if month < base.month else base.year - 1, month, 1)
    if modifier == 1:
        return date(base.year if month > base.month else base.year + 1, month, 1)
    if modifier == 0:
        return date(base.year, month, 1)
    years = (base.year - 1, base.year, base.year + 1)
    months = [(_months_apart(base, year, month), year) for year in years]
    return date(min((-m if m <= 0 else 3 * m, year) for m, year in months)[1], month, 1)


def _months_apart(base: date, year: int, month: int) -> int:
    return (year - base.year) * 12 + month - base.month


def shifted_month(base: date, months: int) -> date:
    """The first day of the month that lies `months` after the base's."""
    index = base.year * 12 + base.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _date(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def hijri_to_gregorian(year: int, month: int, day: int) -> date | None:
    """A Hijri date by the tabular (civil) calendar, which may be a day off the sighted one. None if it is no date.

    Source: Reingold and Dershowitz, Calendrical Calculations, "The Islamic calendar".
    """
    if not (1 <= month <= 12 and 1 <= day <= 30 and 1300 <= year <= 1500):
        return None
    epoch = 227015  # ordinal of 1 Muharram 1 AH
    ordinal = day + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + epoch - 1
    return date.fromordinal(ordinal)


def solar_to_gregorian(year: int, month: int, day: int) -> date | None:
    """A date of the Iranian solar calendar; None if it is no date of the years 1250 to 1500."""
    if not 1250 <= year <= 1500:
        return None
    try:
        return jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None


# The patterns of a language


_FIRST_OF_1900 = 69  # of the years of two digits, as POSIX reads them
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
_CLOCK_BEFORE = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?:\s?[A-Z]{2,4})?[\s,|•·–-]{1,3}$")


class _Matcher:
    """The compiled patterns of one language."""

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
        self._handlers: Mapping[str, Callable[[re.Match[str], date | None], _Hit | None]] = {
            "iso": self._iso,
            "num": self._numeric,
            "mark": self._marked,
            "dmy": self._day_month,
            "mon": self._month_first,
            "wd": self._weekday,
            "rel_d": self._relative_day,
            "rel_w": self._relative_span,
            "rel_m": self._relative_span,
            "rel_y": self._relative_span,
            "ago": self._ago,
            "fix": self._fixed,
            "year": self._year,
        }

    def may_hold_date(self, text: str) -> bool:
        """A cheap look that spares most sentences the full pattern."""
        if _DIGIT.search(text):
            return True
        return not self._triggers.isdisjoint(_WORD.findall(text.lower()))

    def hits(self, text: str, base: date | None) -> list[_Hit]:
        """Expressions in order; a match that turns out to be no date is skipped."""
        found: list[_Hit] = []
        position = 0
        while (match := self._pattern.search(text, position)) is not None:
            hit = self._handlers[match.lastgroup or ""](match, base)
            position = hit.end if hit else max(match.start() + 1, _end_of_token(text, match.start()))
            if hit:
                found.append(hit)
        return found

    # building

    def _trigger_words(self) -> frozenset[str]:
        words = self._words
        phrases: list[str] = [*self._months, *self._weekdays, *self._fixed_ago]
        phrases += [p for table in self._relative.values() for p in table]
        phrases += [_fold(template).replace("{n}", " ") for templates in words.ago.values() for template in templates]
        triggers: set[str] = set()
        for phrase in phrases:
            parts = _WORD.findall(phrase.lower())
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

    # reading a match

    def _iso(self, m: re.Match[str], base: date | None) -> _Hit | None:
        value = self._dated(int(m["iso_y"]), int(m["iso_m"]), int(m["iso_d"]))
        if value is None:
            return None
        hijri = value.year != int(m["iso_y"]) and not self._solar
        return _Hit(m.start(), m.end(), "day", value, "minute" if m["iso_t"] else "day", hijri=hijri)

    def _numeric(self, m: re.Match[str], base: date | None) -> _Hit | None:
        a, b, year = int(m["num_a"]), int(m["num_b"]), int(m["num_y"])
        if len(m["num_y"]) == 2:
            if len(m["num_a"]) + len(m["num_b"]) < 4 and m["num_s"] != "/":
                return None  # 1.2.25 is as likely a version or a section
            year += 1900 if year >= _FIRST_OF_1900 else 2000
        day, month = (b, a) if self._words.numeric_order == "mdy" and m["num_s"] != "." else (a, b)
        if month > 12:
            day, month = month, day
        value = self._dated(year, month, day)
        if value and base and value > base + timedelta(days=31) and (other := _date(year, day, month)):
            value = other if other <= base else value
        if value is None:
            return None
        return self._with_clock(m, _Hit(m.start(), m.end(), "day", value, "minute" if m["num_t"] else "day"))

    def _marked(self, m: re.Match[str], base: date | None) -> _Hit | None:
        day = m["mark_d"]
        year = int(m["mark_y"]) if m["mark_y"] else self._eras[m["mark_e"]] + int(m["mark_n"].replace("元", "1"))
        value = _date(year, int(m["mark_m"]), int(day or 1))
        return (
            _Hit(m.start(), m.end(), "day" if day else "month", value, "day" if day else "month") if value else None
        )

    def _day_month(self, m: re.Match[str], base: date | None) -> _Hit | None:
        name = _key(m["dmy_w"])
        month, day, year = self._months[name], int(m["dmy_r"] or m["dmy_d"]), m["dmy_y"]
        precision = "minute" if m["dmy_t"] else "day"
        start = m.start() + (1 if m[0][:1].isspace() or not m[0][:1].isdigit() else 0)
        if self._is_hijri(name, m["dmy_h"], year):
            value = hijri_to_gregorian(int(year), month, day) if year else None
            return _Hit(start, m.end(), "day", value, precision, hijri=True) if value else None
        if name in self._solar:
            value = solar_to_gregorian(int(year), month, day) if year else None
            return _Hit(start, m.end(), "day", value, precision, hijri=True) if value else None
        if name in self._hijri or not self._case_fits(m, "dmy_w", self._words.month_case, numbered=True):
            return None
        if year is None:
            if not 1 <= day <= 31:
                return None
            return _Hit(start, m.end(), "day", None, precision, month_day=(day, month))
        value = self._dated(int(year), month, day)
        return self._with_clock(m, _Hit(start, m.end(), "day", value, precision)) if value else None

    def _dated(self, year: int, month: int, day: int) -> date | None:
        """A day whose year is counted as the language's countries count."""
        if self._solar and 1250 <= year <= 1500:
            return solar_to_gregorian(year, month, day)
        if self._counts_hijri and 1340 <= year <= 1480:
            return hijri_to_gregorian(year, month, day)
        if self._words.buddhist_years and year >= _FIRST_BUDDHIST_YEAR:
            year -= _BUDDHIST_YEARS_AHEAD
        return _date(year, month, day)

    def _is_hijri(self, name: str, mark: str | None, year: str | None) -> bool:
        if year is None:
            return False
        return name in self._hijri and (bool(mark) or 1300 <= int(year) <= 1500)

    def _month_first(self, m: re.Match[str], base: date | None) -> _Hit | None:
        name = _key(m["mon_w"])
        month = self._months[name]
        if name in self._hijri or name in self._solar:
            return None
        numbered = bool(m["mon_d"] or m["mon_my"])
        if not self._case_fits(m, "mon_w", self._words.month_case, numbered=numbered):
            return None
        start = m.start("mon_b") if m["mon_b"] else m.start("mon_w")
        if m["mon_d"] and (m["mon_y"] or self._words.numeric_order == "mdy"):
            precision = "minute" if m["mon_t"] else "day"
            if not m["mon_y"]:
                return _Hit(start, m.end(), "day", None, precision, month_day=(int(m["mon_d"]), month))
            value = _date(int(m["mon_y"]), month, int(m["mon_d"]))
            return self._with_clock(m, _Hit(start, m.end(), "day", value, precision)) if value else None
        if m["mon_my"]:
            value = self._dated(int(m["mon_my"]), month, 1)
            return _Hit(start, m.end(), "month", value, "month") if value else None
        return self._bare_month(m, start, name, month, base)

    def _bare_month(self, m: re.Match[str], start: int, name: str, month: int, base: date | None) -> _Hit | None:
        modifier_word = m["mon_b"] or m["mon_a"]
        if base is None or (name in self._short and not modifier_word):
            return None
        if name in self._ambiguous and not modifier_word and not self._has_preposition(m):
            return None
        modifier = self._modifiers[_key(modifier_word)] if modifier_word else None
        end = m.end("mon_a") if m["mon_a"] else m.end("mon_w")
        return _Hit(start, end, "month", _month_near(base, month, modifier), "month", "relative")

    def _has_preposition(self, m: re.Match[str]) -> bool:
        before = m.string[max(m.start("mon_w") - 30, 0) : m.start("mon_w")]
        glued = m.start() < m.start("mon_w") and not m["mon_b"]  # a prefix letter: "in" written together
        return bool(
            glued
            or (self._words.month_prepositions and self._preposition.search(before))
            or (self._words.month_postpositions and self._postposition.match(m.string, m.end("mon_w")))
        )

    def _weekday(self, m: re.Match[str], base: date | None) -> _Hit | None:
        if not self._case_fits(m, "wd_w", self._words.weekday_case, numbered=False):
            return None
        if m["wd_w"] in self._words.ambiguous_weekdays:
            return None  # written small it is another word: Turkish "pazar", a market
        word = m["wd_b"] or m["wd_a"]
        modifier = self._modifiers[_key(word)] if word else None
        start = m.start("wd_b") if m["wd_b"] else m.start("wd_w")
        return _Hit(start, m.end(), "weekday", weekday=self._weekdays[_key(m["wd_w"])], modifier=modifier)

    def _relative_day(self, m: re.Match[str], base: date | None) -> _Hit | None:
        return _Hit(m.start("rel_d_w"), m.end(), "relative_day", offset=self._relative["rel_d"][_key(m["rel_d_w"])])

    def _relative_span(self, m: re.Match[str], base: date | None) -> _Hit | None:
        name = m.lastgroup or ""
        count = self._relative[name][_key(m[f"{name}_w"])]
        return self._shifted(m, {"rel_w": "week", "rel_m": "month", "rel_y": "year"}[name], count, base)

    def _ago(self, m: re.Match[str], base: date | None) -> _Hit | None:
        unit = next(u for u in self._words.ago if self._words.ago[u] and m[f"ago_{u}"])
        digits = _DIGIT.search(m[0])
        if digits:
            count = int("".join(c for c in m[0] if c.isdigit()))
        else:
            count = next((self._numbers[w] for w in _WORD.findall(_key(m[0])) if w in self._numbers), 0)
        return self._shifted(m, unit, -count, base) if count else None

    def _fixed(self, m: re.Match[str], base: date | None) -> _Hit | None:
        unit, count = self._fixed_ago[_key(m["fix_w"])]
        return self._shifted(m, unit, -count, base)

    def _shifted(self, m: re.Match[str], unit: str, count: int, base: date | None) -> _Hit | None:
        """A whole unit before or after the base. A week is known only to the month it falls in."""
        if unit == "day":
            return _Hit(m.start(), m.end(), "relative_day", offset=count)
        if base is None:
            return None
        if unit == "year":
            value = _date(base.year + count, 1, 1)
            return _Hit(m.start(), m.end(), "year", value, "year", "relative") if value else None
        value = shifted_month(base, count) if unit == "month" else (base + timedelta(weeks=count)).replace(day=1)
        return _Hit(m.start(), m.end(), "month", value, "month", "relative")

    def _year(self, m: re.Match[str], base: date | None) -> _Hit | None:
        digits = re.search(r"(?:1\d|20)\d\d", m[0])
        value = _date(int(digits[0]), 1, 1) if digits else None
        return _Hit(m.start("year_w"), m.end(), "year", value, "year") if value else None

    @staticmethod
    def _with_clock(m: re.Match[str], hit: _Hit) -> _Hit:
        """Take in a clock time that stands right before a date."""
        if hit.precision != "day" or m.string[max(hit.start - 1, 0) : hit.start].strip(" ,|•·–-"):
            return hit
        clock = _CLOCK_BEFORE.search(m.string, max(hit.start - 16, 0), hit.start)
        if clock is None:
            return hit
        return _Hit(clock.start(), hit.end, hit.kind, hit.value, "minute", hit.basis)

    @staticmethod
    def _case_fits(m: re.Match[str], group: str, case: str, *, numbered: bool) -> bool:
        """Whether a name is written as the language writes months and weekdays; names of people are not."""
        word = m[group]
        if case == "any" or numbered or not word[0].isalpha():
            return True
        if case == "capitalised":
            return word[0].isupper()
        return word[0].islower() or m.start() == 0


def _end_of_token(text: str, start: int) -> int:
    """Where the word or number that starts at `start` ends, so that a refused match is not tried again inside it."""
    if start < len(text) and text[start].isdigit():
        end = start
        while end < len(text) and text[end].isdigit():
            end += 1
        return end
    return start + 1


def _fold(word: str) -> str:
    return _MARKS.sub("", word.translate(_FOLD)).lower()


def _key(written: str) -> str:
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


@lru_cache(maxsize=64)
def _matcher(language: str) -> _Matcher:
    return _Matcher(date_words(language))
