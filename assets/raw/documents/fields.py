"""Which field of a record (a JSON object, a row of a table) is the text, the address, the date, and so on.

The names are data in `fields.toml`. A record that has no text, or has it in a type that cannot be text, is refused in
words that name the fields there are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

_HINT_CHARACTERS = 1000
_MOST_AUTHORS = 50
# Numbers from here on are milliseconds since 1970, smaller ones seconds (the year 2286 in seconds, 1970 in ms).
_FIRST_MILLISECONDS = 10_000_000_000


ROLES = ("text", "html", "url", "title", "date", "publisher", "language", "author")
"""What a field can be of a document."""


class RecordError(Exception):
    """A record is no document; `reason` is the code of the rejection."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class FieldNames:
    """Names of fields by role, plain and in order of preference, and of the fields that hold a list of records."""

    names: Mapping[str, tuple[str, ...]]
    records: tuple[str, ...]
    contents: tuple[str, ...] = ("text", "html")


@dataclass(frozen=True)
class Record:
    """A record's fields by role. `content` is text, or bytes of an encoding not yet known."""

    content: str | bytes
    is_html: bool
    url: str | None
    title: str | None
    date: str | None
    publisher: str | None
    language: str | None
    authors: tuple[str, ...] = ()


def plain(name: str) -> str:
    """The name as names are compared: without case, hyphens, underscores and spaces."""
    return re.sub(r"[-_\s]", "", name).casefold()


@cache
def field_names() -> FieldNames:
    """The names in `fields.toml`."""
    data = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
    names = {role: tuple(map(plain, listed)) for role, listed in data["names"].items()}
    return FieldNames(names, tuple(map(plain, data["records"])))


def mapped_names(mapping: Mapping[str, str]) -> FieldNames:
    """The names in `fields.toml`, after those that a user gave. Raises ValueError at an unknown role."""
    known = field_names()
    unknown = sorted(set(mapping) - set(ROLES))
    if unknown:
        raise ValueError(f"there is no role {', '.join(unknown)}; roles are {', '.join(ROLES)}")
    names = {
        role: (plain(mapping[role]), *listed) if role in mapping else listed for role, listed in known.names.items()
    }
    # Who says which field is the text means it, even where another field is called `text`.
    first = tuple(role for role in ("text", "html") if role in mapping)
    return FieldNames(names, known.records, (*first, *(r for r in ("text", "html") if r not in first)))


def read_record(record: object, names: FieldNames | None = None) -> Record:
    """The record's fields by role. Raises RecordError when it is no object or holds no text."""
    known = names or field_names()
    if not isinstance(record, Mapping):
        raise RecordError("bad_record", f"it is {_kind(record)}, not an object with fields")
    fields = {plain(str(name)): value for name, value in reversed(list(record.items()))}
    role, content = _content(fields, [str(name) for name in record], known)
    return Record(
        content=content,
        is_html=role == "html",
        url=_text(_value(fields, "url", known)),
        title=_text(_value(fields, "title", known)),
        date=_date(_value(fields, "date", known)),
        publisher=_publisher(_value(fields, "publisher", known)),
        language=_text(_value(fields, "language", known)),
        authors=_authors(_value(fields, "author", known)),
    )


def inner_records(value: object) -> list[Any] | None:
    """The list of records that an object wraps (`{"articles": […]}`), or None if it is a record itself."""
    if isinstance(value, Mapping):
        fields = {plain(str(name)): inner for name, inner in value.items()}
        for name in field_names().records:
            found = _inner(fields, name)
            if isinstance(found, list) and (not found or isinstance(found[0], Mapping)):
                return found
    return None


def columns_to_read(names: list[str], known: FieldNames) -> list[str]:
    """Those of a table's columns that any role is read from; inner fields come with their outer column."""
    wanted = {name.split(".")[0] for listed in known.names.values() for name in listed}
    wanted |= {name for listed in known.names.values() for name in listed}
    return [name for name in names if plain(name) in wanted]


def _content(fields: Mapping[str, object], shown: list[str], known: FieldNames) -> tuple[str, str | bytes]:
    wrong: list[str] = []
    for role in known.contents:
        for name in known.names[role]:
            value = _inner(fields, name)
            if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
                value = "\n".join(value)
            if isinstance(value, str | bytes) and value.strip():
                return role, value
            if value and not isinstance(value, str | bytes):
                wrong.append(f"{name} is {_kind(value)}")
    if wrong:
        raise RecordError("bad_record", f"its text is not text: {', '.join(wrong)}")
    if not shown:
        raise RecordError("no_text", "no field holds a text: it has no fields")
    has = f"it has the fields {', '.join(shown[:12])}"
    help_out = "if one of them is the text, run again with --field text=NAME --again all (or set `fields`)"
    raise RecordError("no_text", f"no field holds a text: {has[:300]}; {help_out}")


def _value(fields: Mapping[str, object], role: str, known: FieldNames) -> object:
    for name in known.names[role]:
        value = _inner(fields, name)
        if value not in (None, "", [], {}):
            return value
    return None


def _inner(fields: Mapping[str, object], path: str) -> object:
    if path in fields:
        return fields[path]
    outer, dot, rest = path.partition(".")
    value = fields.get(outer) if dot else None
    return _inner({plain(str(k)): v for k, v in value.items()}, rest) if isinstance(value, Mapping) else None


def _text(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return value.strip()[:_HINT_CHARACTERS] or None if isinstance(value, str) else None


def _publisher(value: object) -> str | None:
    if isinstance(value, Mapping):
        named = {plain(str(k)): v for k, v in value.items()}
        value = named.get("name") or named.get("title") or named.get("uri")
    return _text(value)


def _authors(value: object) -> tuple[str, ...]:
    """Names in a text, a list of texts, or objects with a name."""
    items = value if isinstance(value, list | tuple) else [value]
    return tuple(name for item in items[:_MOST_AUTHORS] if (name := _publisher(item)) is not None)


def _date(value: object) -> str | None:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) >= _FIRST_MILLISECONDS else value
        if 1000 <= value <= 99991231 and len(str(int(value))) in (4, 6, 8):
            return str(
                int(value)
            )  # 2024, 202406, 20240618: the figures of a date, as nobody published in August 1970
        try:
            return datetime.fromtimestamp(seconds, UTC).isoformat()
        except (OverflowError, OSError, ValueError):
            return None
    return _text(value)


def _kind(value: object) -> str:
    kinds = {
        dict: "an object",
        list: "a list",
        str: "a text",
        int: "a number",
        float: "a number",
        bool: "true or false",
    }
    return "null" if value is None else kinds.get(type(value), f"of type {type(value).__name__}")
