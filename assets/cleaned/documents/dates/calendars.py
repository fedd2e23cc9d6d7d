"""Days in the calendars that news is dated by, and the day near another that a weekday or a bare month means."""

from __future__ import annotations

from datetime import date, timedelta

import jdatetime

_FIRST_YEAR, _LAST_YEAR = 1000, 2100


def weekday_near(base: date, weekday: int, modifier: int | None) -> date:
    """News names the latest such day up to the day of writing, unless a word says otherwise."""
    if modifier == 1:
        return base + timedelta(days=(weekday - base.weekday() - 1) % 7 + 1)
    if modifier == 0:
        return base + timedelta(days=weekday - base.weekday())
    back = (base.weekday() - weekday) % 7
    return base - timedelta(days=back or (7 if modifier == -1 else 0))


def weekday_ahead(base: date, weekday: int) -> date:
    """The first such day from the day of writing on, as news names what is yet to come."""
    return base + timedelta(days=(weekday - base.weekday()) % 7)


def day_near(base: date, day: int, month: int, weekday: int | None) -> date | None:
    """The year of a day written without one: near the base, sooner past than future, on its weekday."""
    candidates = [d for year in (base.year - 1, base.year, base.year + 1) if (d := day_of(year, month, day))]
    agreeing = [d for d in candidates if weekday is None or d.weekday() == weekday]
    return min(agreeing or candidates, key=lambda d: _distance((d - base).days), default=None)


def _distance(days: int) -> int:
    return -days if days <= 0 else 2 * days


def month_near(base: date, month: int, modifier: int | None) -> date:
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


def day_of(year: int, month: int, day: int) -> date | None:
    """A day of the Gregorian calendar; None if there is none such."""
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
