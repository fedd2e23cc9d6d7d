"""Choosing the day a page was published from the clues it gives, and saying how it was found.

Never today's date for want of a better one, never a copyright year, never the date of an event or of another story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from assets.cleaned.documents.dates.finding import find_dates
from assets.cleaned.documents.page import DateClue

# Surest first: what the page says of itself for machines, then what was given with it, then what it shows; the day of
# an update only where no other is told.
_BASES = ("json_ld", "meta", "hint", "time_tag", "script", "url", "visible", "relative", "modified")
_PRECISIONS = ("year", "month", "day", "minute")
_EARLIEST = date(1990, 1, 1)
_HINT_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?P<clock>[T\s]\d{1,2}:?\d{2})?")
_HINT_MONTH = re.compile(r"\s*(\d{4})[-/.](\d{1,2})\s*$")
_HINT_YEAR = re.compile(r"\s*(\d{4})\s*$")
_HINT_EPOCH = re.compile(r"\s*(\d{10}|\d{13})(?:\.\d+)?\s*$")

UNDATED = "none: no date in markup, address, visible lines or text"


def clue_of_hint(hint: str | None, language: str = "en") -> DateClue | None:
    """A date given with the document (`2024-06`, `2023-11-09T17:25+0000`, `18 June 2024`, Unix seconds) as a clue."""
    if not hint:
        return None
    clue = _timestamp_clue(hint, "hint")
    if clue:
        return clue
    for code in dict.fromkeys((language, "en")):
        found = [f for f in find_dates(hint, code) if f.basis == "stated"]
        if found:
            return DateClue(found[0].value, found[0].precision, "hint")
    return None


def clue_of_stamp(value: object, basis: str, language: str = "en") -> DateClue | None:
    """A date written in markup as a clue of the given basis, or None if it is none."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return None
    clue = _timestamp_clue(value[:80], basis)
    if clue:
        return clue if clue.precision in ("day", "minute") else None
    for code in dict.fromkeys((language, "en")):
        found = [f for f in find_dates(value[:80], code) if f.basis == "stated" and f.precision in ("day", "minute")]
        if found:
            return DateClue(found[0].value, found[0].precision, basis)
    return None


def _timestamp_clue(text: str, basis: str) -> DateClue | None:
    try:
        if match := _HINT_EPOCH.match(text):
            seconds = int(match[1][:10])
            return DateClue((datetime(1970, 1, 1) + timedelta(seconds=seconds)).date(), "minute", basis)
        if match := _HINT_DAY.match(text):
            value = date(int(match[1]), int(match[2]), int(match[3]))
            instant, is_local = _instant(text) if match["clock"] else (None, True)
            return DateClue(value, "minute" if match["clock"] else "day", basis, instant, is_local)
        if match := _HINT_MONTH.match(text):
            return DateClue(date(int(match[1]), int(match[2]), 1), "month", basis)
        if match := _HINT_YEAR.match(text):
            return DateClue(date(int(match[1]), 1, 1), "year", basis)
    except ValueError:
        return None
    return None


def _instant(stamp: str) -> tuple[datetime | None, bool]:
    """The moment that a stamp with a zone names, in UTC, and whether the zone is another than UTC."""
    try:
        moment = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return None, True
    offset = moment.utcoffset()
    if offset is None:
        return None, True
    return (moment - offset).replace(tzinfo=None), bool(offset)


def local_day(chosen: DateClue, clues: Sequence[DateClue]) -> DateClue:
    """A clue in UTC as the page's own zone tells it: by a stamp of the same moment, or by the day that it shows.

    A day that the page shows counts if it is the one before or after, and the hour in UTC allows it.
    """
    if chosen.instant is None or chosen.is_local:
        return chosen
    same = (c for c in clues if c.is_local and c.instant and abs(c.instant - chosen.instant) < timedelta(minutes=2))
    if twin := next(same, None):
        return replace(twin, basis=chosen.basis)
    # Zones lie from twelve hours behind UTC to fourteen before it.
    allowed = {chosen.value - timedelta(days=1)} if chosen.instant.hour < 12 else set()
    allowed |= {chosen.value + timedelta(days=1)} if chosen.instant.hour >= 10 else set()
    shown = [c.value for c in clues if c.basis == "visible" and c.precision in ("day", "minute")]
    if shown and chosen.value not in shown and shown[0] in allowed:
        return replace(chosen, value=shown[0])
    return chosen


def choose_published(
    clues: Sequence[DateClue], received: date, undated_because: str | None = None
) -> tuple[date | None, str | None, str]:
    """The publication day with its precision and basis, or (None, None, "none: …").

    The surest clue decides. A coarse one ("2024-06") is refined by the surest finer clue that agrees with it, and a
    day gets its minute from any clue of the same day. Clues later than `received` or before 1990 are no publication.
    """
    usable = sorted((c for c in clues if is_plausible(c, received)), key=_rank)
    if not usable:
        return None, None, undated_because or _refused(clues) or UNDATED
    chosen = usable[0]
    while finer := next((c for c in usable if _refines(c, chosen)), None):
        chosen = finer
    chosen = local_day(chosen, usable)
    return chosen.value, chosen.precision, chosen.basis


def _refused(clues: Sequence[DateClue]) -> str | None:
    """What is wrong with the surest of clues that are all implausible."""
    if not clues:
        return None
    clue = min(clues, key=_rank)
    fault = "lies before the web" if clue.value < _EARLIEST else "lies after the day of receipt"
    return f"none: the date given by {clue.basis}, {clue.value.isoformat()}, {fault}"


def _rank(clue: DateClue) -> tuple[int, int]:
    # A hint of the month alone is a weak witness against any full day.
    coarse = clue.precision in ("year", "month")
    basis = _BASES.index(clue.basis) if clue.basis in _BASES else len(_BASES)
    return (0 if not coarse or clue.basis == "hint" else 1, basis)


def is_plausible(clue: DateClue, received: date) -> bool:
    """Whether a page can have come out then: not before the web, not after it was received."""
    return _EARLIEST <= clue.value <= received + timedelta(days=2)


def _refines(finer: DateClue, coarse: DateClue) -> bool:
    if _PRECISIONS.index(finer.precision) <= _PRECISIONS.index(coarse.precision):
        return False
    return agrees(finer.value, coarse)


def agrees(day: date, clue: DateClue) -> bool:
    """Whether a day lies in what a clue names: its year, its month, or its day."""
    if day.year != clue.value.year:
        return False
    if clue.precision == "year":
        return True
    return day.month == clue.value.month and (clue.precision == "month" or day.day == clue.value.day)


def clues_in_lead(paragraphs: Sequence[str], language: str, coarse: Iterable[DateClue]) -> list[DateClue]:
    """Clues in the first paragraphs: a dateline before the first sentence, and "yesterday, Monday, 17 February 2025".

    `coarse` are clues of a month or year, against which a dateline without a year can be read.
    """
    clues: list[DateClue] = []
    if paragraphs:
        clues += _dateline(paragraphs[0], language, list(coarse))
    for paragraph in paragraphs[:3]:
        for found in find_dates(paragraph[:1500], language):
            if found.written is not None:
                clues.append(DateClue(found.written, "day", "relative"))
    return clues


_DATELINE_END = re.compile(r"\s*(?:\([^)]{2,40}\)\s*)?[,،]?\s*(?:\([^)]{2,40}\)\s*)?(?:[-–—:/]|\.\s[-–—])\s*")
_LONGEST_DATELINE = 60


def _dateline(paragraph: str, language: str, coarse: list[DateClue]) -> list[DateClue]:
    """The date of "BAMAKO, 18 February 2025 (AFP) – …"."""
    head = paragraph[: _LONGEST_DATELINE + 40]
    base = coarse[0].value if coarse else None
    for code in dict.fromkeys((language, "en")):
        for found in find_dates(head, code, base):
            if (
                found.start > 40
                or not _DATELINE_END.match(head, found.end)
                or found.precision not in ("day", "minute")
            ):
                continue
            if found.basis == "stated" or any(agrees(found.value, clue) for clue in coarse):
                return [DateClue(found.value, found.precision, "visible")]
    return []
