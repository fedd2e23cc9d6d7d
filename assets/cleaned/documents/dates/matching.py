"""What a match of a language's date pattern names: a day, month, year or weekday, or days from the day of writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assets.cleaned.documents.dates.calendars import (
    day_of,
    hijri_to_gregorian,
    month_near,
    shifted_month,
    solar_to_gregorian,
)
from assets.cleaned.documents.dates.patterns import DIGIT, WORD, DatePatterns, key_of
from assets.vocabulary.dates import DateWords, date_words

_FIRST_BUDDHIST_YEAR, _BUDDHIST_YEARS_AHEAD = 2400, 543
_FIRST_OF_1900 = 69  # of the years of two digits, as POSIX reads them
_CLOCK_BEFORE = re.compile(r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?:\s?[A-Z]{2,4})?[\s,|•·–-]{1,3}$")


@dataclass(frozen=True)
class Hit:
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


class DateMatcher(DatePatterns):
    """Finds and reads the expressions of one language."""

    def __init__(self, words: DateWords) -> None:
        super().__init__(words)
        self._handlers: Mapping[str, Callable[[re.Match[str], date | None], Hit | None]] = {
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

    def hits(self, text: str, base: date | None) -> list[Hit]:
        """Expressions in order; a match that turns out to be no date is skipped."""
        found: list[Hit] = []
        position = 0
        while (match := self._pattern.search(text, position)) is not None:
            hit = self._handlers[match.lastgroup or ""](match, base)
            position = hit.end if hit else max(match.start() + 1, _end_of_token(text, match.start()))
            if hit:
                found.append(hit)
        return found

    def _iso(self, m: re.Match[str], base: date | None) -> Hit | None:
        value = self._dated(int(m["iso_y"]), int(m["iso_m"]), int(m["iso_d"]))
        if value is None:
            return None
        hijri = value.year != int(m["iso_y"]) and not self._solar
        return Hit(m.start(), m.end(), "day", value, "minute" if m["iso_t"] else "day", hijri=hijri)

    def _numeric(self, m: re.Match[str], base: date | None) -> Hit | None:
        a, b, year = int(m["num_a"]), int(m["num_b"]), int(m["num_y"])
        if len(m["num_y"]) == 2:
            if len(m["num_a"]) + len(m["num_b"]) < 4 and m["num_s"] != "/":
                return None  # 1.2.25 is as likely a version or a section
            year += 1900 if year >= _FIRST_OF_1900 else 2000
        day, month = (b, a) if self._words.numeric_order == "mdy" and m["num_s"] != "." else (a, b)
        if month > 12:
            day, month = month, day
        value = self._dated(year, month, day)
        if value and base and value > base + timedelta(days=31) and (other := day_of(year, day, month)):
            value = other if other <= base else value
        if value is None:
            return None
        return self._with_clock(m, Hit(m.start(), m.end(), "day", value, "minute" if m["num_t"] else "day"))

    def _marked(self, m: re.Match[str], base: date | None) -> Hit | None:
        day = m["mark_d"]
        year = int(m["mark_y"]) if m["mark_y"] else self._eras[m["mark_e"]] + int(m["mark_n"].replace("元", "1"))
        value = day_of(year, int(m["mark_m"]), int(day or 1))
        return Hit(m.start(), m.end(), "day" if day else "month", value, "day" if day else "month") if value else None

    def _day_month(self, m: re.Match[str], base: date | None) -> Hit | None:
        name = key_of(m["dmy_w"])
        month, day, year = self._months[name], int(m["dmy_r"] or m["dmy_d"]), m["dmy_y"]
        precision = "minute" if m["dmy_t"] else "day"
        start = m.start() + (1 if m[0][:1].isspace() or not m[0][:1].isdigit() else 0)
        if self._is_hijri(name, m["dmy_h"], year):
            value = hijri_to_gregorian(int(year), month, day) if year else None
            return Hit(start, m.end(), "day", value, precision, hijri=True) if value else None
        if name in self._solar:
            value = solar_to_gregorian(int(year), month, day) if year else None
            return Hit(start, m.end(), "day", value, precision, hijri=True) if value else None
        if name in self._hijri or not self._case_fits(m, "dmy_w", self._words.month_case, numbered=True):
            return None
        if year is None:
            if not 1 <= day <= 31:
                return None
            return Hit(start, m.end(), "day", None, precision, month_day=(day, month))
        value = self._dated(int(year), month, day)
        return self._with_clock(m, Hit(start, m.end(), "day", value, precision)) if value else None

    def _dated(self, year: int, month: int, day: int) -> date | None:
        """A day whose year is counted as the language's countries count."""
        if self._solar and 1250 <= year <= 1500:
            return solar_to_gregorian(year, month, day)
        if self._counts_hijri and 1340 <= year <= 1480:
            return hijri_to_gregorian(year, month, day)
        if self._words.buddhist_years and year >= _FIRST_BUDDHIST_YEAR:
            year -= _BUDDHIST_YEARS_AHEAD
        return day_of(year, month, day)

    def _is_hijri(self, name: str, mark: str | None, year: str | None) -> bool:
        if year is None:
            return False
        return name in self._hijri and (bool(mark) or 1300 <= int(year) <= 1500)

    def _month_first(self, m: re.Match[str], base: date | None) -> Hit | None:
        name = key_of(m["mon_w"])
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
                return Hit(start, m.end(), "day", None, precision, month_day=(int(m["mon_d"]), month))
            value = day_of(int(m["mon_y"]), month, int(m["mon_d"]))
            return self._with_clock(m, Hit(start, m.end(), "day", value, precision)) if value else None
        if m["mon_my"]:
            value = self._dated(int(m["mon_my"]), month, 1)
            return Hit(start, m.end(), "month", value, "month") if value else None
        return self._bare_month(m, start, name, month, base)

    def _bare_month(self, m: re.Match[str], start: int, name: str, month: int, base: date | None) -> Hit | None:
        modifier_word = m["mon_b"] or m["mon_a"]
        if base is None or (name in self._short and not modifier_word):
            return None
        if name in self._ambiguous and not modifier_word and not self._has_preposition(m):
            return None
        modifier = self._modifiers[key_of(modifier_word)] if modifier_word else None
        end = m.end("mon_a") if m["mon_a"] else m.end("mon_w")
        return Hit(start, end, "month", month_near(base, month, modifier), "month", "relative")

    def _has_preposition(self, m: re.Match[str]) -> bool:
        before = m.string[max(m.start("mon_w") - 30, 0) : m.start("mon_w")]
        glued = m.start() < m.start("mon_w") and not m["mon_b"]  # a prefix letter: "in" written together
        return bool(
            glued
            or (self._words.month_prepositions and self._preposition.search(before))
            or (self._words.month_postpositions and self._postposition.match(m.string, m.end("mon_w")))
        )

    def _weekday(self, m: re.Match[str], base: date | None) -> Hit | None:
        if not self._case_fits(m, "wd_w", self._words.weekday_case, numbered=False):
            return None
        if m["wd_w"] in self._words.ambiguous_weekdays:
            return None  # written small it is another word: Turkish "pazar", a market
        word = m["wd_b"] or m["wd_a"]
        modifier = self._modifiers[key_of(word)] if word else None
        start = m.start("wd_b") if m["wd_b"] else m.start("wd_w")
        return Hit(start, m.end(), "weekday", weekday=self._weekdays[key_of(m["wd_w"])], modifier=modifier)

    def _relative_day(self, m: re.Match[str], base: date | None) -> Hit | None:
        return Hit(m.start("rel_d_w"), m.end(), "relative_day", offset=self._relative["rel_d"][key_of(m["rel_d_w"])])

    def _relative_span(self, m: re.Match[str], base: date | None) -> Hit | None:
        name = m.lastgroup or ""
        count = self._relative[name][key_of(m[f"{name}_w"])]
        return self._shifted(m, {"rel_w": "week", "rel_m": "month", "rel_y": "year"}[name], count, base)

    def _ago(self, m: re.Match[str], base: date | None) -> Hit | None:
        unit = next(u for u in self._words.ago if self._words.ago[u] and m[f"ago_{u}"])
        digits = DIGIT.search(m[0])
        if digits:
            count = int("".join(c for c in m[0] if c.isdigit()))
        else:
            count = next((self._numbers[w] for w in WORD.findall(key_of(m[0])) if w in self._numbers), 0)
        return self._shifted(m, unit, -count, base) if count else None

    def _fixed(self, m: re.Match[str], base: date | None) -> Hit | None:
        unit, count = self._fixed_ago[key_of(m["fix_w"])]
        return self._shifted(m, unit, -count, base)

    def _shifted(self, m: re.Match[str], unit: str, count: int, base: date | None) -> Hit | None:
        """A whole unit before or after the base. A week is known only to the month it falls in."""
        if unit == "day":
            return Hit(m.start(), m.end(), "relative_day", offset=count)
        if base is None:
            return None
        if unit == "year":
            value = day_of(base.year + count, 1, 1)
            return Hit(m.start(), m.end(), "year", value, "year", "relative") if value else None
        value = shifted_month(base, count) if unit == "month" else (base + timedelta(weeks=count)).replace(day=1)
        return Hit(m.start(), m.end(), "month", value, "month", "relative")

    def _year(self, m: re.Match[str], base: date | None) -> Hit | None:
        digits = re.search(r"(?:1\d|20)\d\d", m[0])
        value = day_of(int(digits[0]), 1, 1) if digits else None
        return Hit(m.start("year_w"), m.end(), "year", value, "year") if value else None

    @staticmethod
    def _with_clock(m: re.Match[str], hit: Hit) -> Hit:
        """Take in a clock time that stands right before a date."""
        if hit.precision != "day" or m.string[max(hit.start - 1, 0) : hit.start].strip(" ,|•·–-"):
            return hit
        clock = _CLOCK_BEFORE.search(m.string, max(hit.start - 16, 0), hit.start)
        if clock is None:
            return hit
        return Hit(clock.start(), hit.end, hit.kind, hit.value, "minute", hit.basis)

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


@lru_cache(maxsize=64)
def matcher_of(language: str) -> DateMatcher:
    """The matcher of a language, which is made once."""
    return DateMatcher(date_words(language))
