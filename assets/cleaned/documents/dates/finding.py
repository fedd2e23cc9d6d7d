"""Finding dates in running text: numbers, month names, Hijri months, and words relative to a known day.

Used on whole pages (to find when they were published) and, thousands of times a second, on single sentences (to date
an event). What each expression of a language means is read in `matching.py`; here neighbours are joined and the
base day is applied. Choosing which of a page's dates is its publication is the work of `publication.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assets.cleaned.documents.dates.calendars import day_near, weekday_ahead, weekday_near
from assets.cleaned.documents.dates.matching import Hit, matcher_of
from assets.cleaned.documents.dates.patterns import FOLD, MARKS


@dataclass(frozen=True)
class FoundDate:
    """A date named in a text.

    `start` and `end` are half-open character offsets. `value` is the day, or the first day of the month or year;
    `precision` is year, month, day or minute. `basis` is stated (the text says it all) or relative (the base day was
    needed). `written` is the day on which the text must have been written, where the expression names both a day
    relative to it and its date ("yesterday, Monday, 17 February 2025"). `ahead` is what a bare weekday means where
    it is said of what is yet to come.
    """

    start: int
    end: int
    value: date
    precision: str
    basis: str
    written: date | None = None
    ahead: date | None = None


def find_dates(text: str, language: str, base: date | None = None) -> list[FoundDate]:
    """Every date that `text` names, in order, without overlaps.

    `base` is the day the text was written, known to the day; without it, relative words ("yesterday", "last
    September", weekdays, days without a year) are left out. Of a range the first day is given. Hijri dates are
    converted by the tabular calendar and may be a day off.
    """
    matcher = matcher_of(language)
    folded = text.translate(FOLD)
    positions: list[int] | None = None
    if MARKS.search(folded):
        positions = [i for i, c in enumerate(folded) if not MARKS.match(c)]
        folded = "".join(folded[i] for i in positions)
    if not matcher.may_hold_date(folded):
        return []
    hits = matcher.hits(folded, base)
    found = [f for group in _grouped(hits, folded, matcher.gap) if (f := _resolved(group, base)) is not None]
    if positions is None:
        return found
    return [replace(f, start=positions[f.start], end=positions[f.end - 1] + 1) for f in found]


# Joining neighbours, and the base day


_JOINED_KINDS = frozenset({"day", "relative_day", "weekday"})


def _grouped(hits: list[Hit], text: str, gap: re.Pattern[str]) -> list[list[Hit]]:
    """Hits that tell one day together: "gestern, Dienstag, 4. März 2025"."""
    groups: list[list[Hit]] = []
    for hit in hits:
        if groups and _may_join(groups[-1], hit) and gap.fullmatch(text, groups[-1][-1].end, hit.start):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _may_join(group: list[Hit], hit: Hit) -> bool:
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


def _resolved(group: list[Hit], base: date | None) -> FoundDate | None:
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
    ahead = weekday_ahead(base, hit.weekday) if hit.modifier is None else None
    return FoundDate(start, end, weekday_near(base, hit.weekday, hit.modifier), "day", "relative", ahead=ahead)


def _resolved_date(
    hit: Hit, start: int, end: int, weekday: int | None, offset: int | None, base: date | None
) -> FoundDate | None:
    value, basis = hit.value, hit.basis
    if value is None and hit.month_day and base is not None:
        value, basis = day_near(base, *hit.month_day, weekday), "relative"
    if value is None:
        return None
    written = value - timedelta(days=offset) if offset is not None and basis == "stated" else None
    return FoundDate(start, end, value, hit.precision, basis, written)
