"""Lines at the top of a text file that a crawler wrote, not the page: its address, its date, header fields.

They are known by their shape: nothing but field names (those of `fields.toml`), addresses and dates in figures. Three
shapes are read: one line that strings them together (`date 2024-06 https://…`), a block of `name: value` lines that
holds an address or a date, and the same block between two lines of `---`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assets.raw.documents.fields import field_names, plain

_MOST_LINES = 30
_URL = r"https?://[^\s<>\"']+"
# 2024, 2024-06, 2024-06-18, 18.06.2024, 2023-11-09T17:25+0000, 20240618060800
_DATE = (
    r"(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|(?:19|20)\d{2}(?:\d{2}){0,5})"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_PART = re.compile(
    rf"(?:(?P<name>[^\W\d_][\w-]{{1,20}})\s*[:=]?\s*)?(?:(?P<url>{_URL})|(?P<date>{_DATE}))(?=[\s,;|]|$)"
)
_GAP = re.compile(r"[\s,;|]*")
_FIELD = re.compile(r"\s*([^\W\d][\w .-]{1,30}?)\s*[:=]\s*(\S.*?)\s*$")
_FENCE = "---"
# What may stand between fences: blank lines, comments, lists, inner fields, and fields of any name.
_FENCED = re.compile(r"\s*$|[\s#-]|[\w .-]{1,40}:(?:\s|$)")


@dataclass(frozen=True)
class Hints:
    """What the lines say, and how many characters of the text they are."""

    url: str | None = None
    date: str | None = None
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    author: str | None = None
    end: int = 0


def read_hints(text: str) -> Hints:
    """The hints at the top of the text; `end` is 0 where there are none."""
    lines = text[:20_000].splitlines(keepends=True)[:_MOST_LINES]
    blank = 0
    while blank < len(lines) and not lines[blank].strip():
        blank += 1
    before = sum(map(len, lines[:blank]))
    shapes = (_strung(lines[blank:], before), _block(lines[blank:], before), _fenced(lines[blank:], before))
    return max((hints for hints in shapes if hints), key=lambda hints: hints.end, default=Hints())


def _strung(lines: list[str], before: int) -> Hints | None:
    """The first line, if it is nothing but names, addresses and dates, with at least an address or a named date."""
    if not lines:
        return None
    line = lines[0].strip()
    position = 0
    found: dict[str, str] = {}
    while position < len(line):
        part = _PART.match(line, position)
        if not part or (part["name"] and _role(part["name"]) is None):
            return None
        role = _role(part["name"] or "")
        found.setdefault("url" if part["url"] else "date", part["url"] or part["date"].strip())
        if role == "date" and part["date"]:
            found["named"] = part["date"]
        position = _GAP.match(line, part.end()).end()  # type: ignore[union-attr]
    if "url" not in found and "named" not in found:
        return None
    return Hints(url=found.get("url"), date=found.get("date"), end=before + len(lines[0]))


def _block(lines: list[str], before: int) -> Hints | None:
    """Lines of `name: value` with known names, one of them an address or a date."""
    found: dict[str, str] = {}
    end = before
    for line in lines:
        field = _FIELD.match(line)
        role = _role(field[1]) if field else None
        if field is None or role is None or role in ("text", "html"):
            break
        value = field[2].strip("\"'")
        is_url = re.fullmatch(_URL, value) is not None
        if role == "date" and not any(c.isdecimal() for c in value):
            break
        found.setdefault("url" if is_url else role, value)
        end += len(line)
    if not found or not ("date" in found or re.fullmatch(_URL, found.get("url", ""))):
        return None
    return _hints(found, end)


def _fenced(lines: list[str], before: int) -> Hints | None:
    """A block between two lines of `---`; names that are not known are passed over."""
    if not lines or lines[0].strip() != _FENCE:
        return None
    found: dict[str, str] = {}
    end = before + len(lines[0])
    for line in lines[1:]:
        end += len(line)
        if line.strip() == _FENCE:
            return _hints(found, end) if found else None
        field = _FIELD.match(line)
        role = _role(field[1]) if field else None
        if field and role:
            value = field[2].strip("\"'")
            found.setdefault("url" if re.fullmatch(_URL, value) else role, value)
        elif not _FENCED.match(line):
            return None
    return None


def _hints(found: dict[str, str], end: int) -> Hints:
    return Hints(
        url=found.get("url"),
        date=found.get("date"),
        title=found.get("title"),
        publisher=found.get("publisher"),
        language=found.get("language"),
        author=found.get("author"),
        end=end,
    )


def _role(name: str) -> str | None:
    return _roles().get(plain(name))


@cache
def _roles() -> dict[str, str]:
    return {name: role for role, names in reversed(list(field_names().names.items())) for name in names}
