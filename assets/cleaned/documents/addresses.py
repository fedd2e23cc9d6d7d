"""What an address tells of its page: the publisher's host, the day in its path. Nothing is fetched."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from assets.cleaned.documents.page import DateClue

_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/_.]?(0[1-9]|1[0-2])[-/_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_LOOSE_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])[-/](0[1-9]|1[0-2])[-/]((?:19|20)\d{2})(?!\d)")
_NAMED = re.compile(
    r"(?<!\d)((?:19|20)\d{2})/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(\d{1,2})(?!\d)", re.IGNORECASE
)
_MONTH = re.compile(r"/((?:19|20)\d{2})[-/](0?[1-9]|1[0-2])(?=/)")
# Under a country's domain, these stand where a name would.
_SECOND_LEVELS = frozenset({"co", "com", "org", "net", "gov", "gob", "gouv", "edu", "ac", "mil", "info", "news"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def date_in_address(url: str | None) -> DateClue | None:
    """The day, or else the month, that the path of an address names: /2024/06/18/, /20240618/, /2024/06/."""
    if not url:
        return None
    path = _path(url)
    for pattern, order in ((_NAMED, "ynd"), (_DAY, "ymd"), (_LOOSE_DAY, "ymd"), (_DAY_FIRST, "dmy")):
        for match in pattern.finditer(path):
            if (value := _value(match, order)) is not None:
                return DateClue(value, "day", "url")
    month = _MONTH.search(path)
    return DateClue(date(int(month[1]), int(month[2]), 1), "month", "url") if month else None


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}"


def _value(match: re.Match[str], order: str) -> date | None:
    groups = match.groups()
    year, month, day = groups if order != "dmy" else (groups[2], groups[1], groups[0])
    number = _MONTHS.index(month.lower()[:3]) + 1 if order == "ynd" else int(month)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def host_of(url: str | None) -> str | None:
    """The host of an address without `www.` and the like, in lower case; None if it has none."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    if not host or "." not in host:
        return None
    return re.sub(r"^(?:www\d?|m|mobile|amp)\.", "", host)


@lru_cache(maxsize=4096)
def site_label(url: str | None) -> str | None:
    """The name a publisher chose for its domain: `example` of `news.example.co.uk`."""
    host = host_of(url)
    if host is None:
        return None
    parts = host.split(".")
    second_level = len(parts) >= 3 and (parts[-2] in _SECOND_LEVELS or (len(parts[-2]) <= 2 and len(parts[-1]) == 2))
    return parts[-3] if second_level else parts[-2]
