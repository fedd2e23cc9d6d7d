"""On which line of a TOML file a value stands, so that a mistake in a vocabulary can be named by file and line."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")


def line_of(text: str, location: Sequence[int | str]) -> int | None:
    """The line, counted from 1, on which the value at `location` (keys and positions, as pydantic names them) begins.

    As near as headers and keys tell: of a value inside a list or an inline table the line of its key, of a key that
    is missing the line of its table. None where not even the table is found.
    """
    best, depth = None, 0
    path: list[int | str] = []
    counts: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            path = _table_path(header.group(1) == "[[", _keys(header.group(2)), counts)
            shared = _shared(path, location)
        else:
            key = re.match(r"""^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""", line)
            shared = _shared([*path, *_keys(key.group(1))], location) if key else 0
        if shared > depth:
            best, depth = number, shared
    return best


def _table_path(is_array: bool, keys: Sequence[str], counts: dict[tuple[str, ...], int]) -> list[int | str]:
    """Where a header's table stands: each array of tables on the way is followed by the position it is at."""
    whole = tuple(keys)
    if is_array:
        counts[whole] = counts.get(whole, -1) + 1
    path: list[int | str] = []
    for end in range(1, len(keys) + 1):
        path.append(keys[end - 1])
        if tuple(keys[:end]) in counts:
            path.append(counts[tuple(keys[:end])])
    return path


def _shared(path: Sequence[int | str], location: Sequence[int | str]) -> int:
    """How many steps of the location the path goes, or 0 where it leads elsewhere."""
    return len(path) if list(location[: len(path)]) == list(path) else 0


def _keys(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r"""(?:"[^"]*"|'[^']*'|[^.])+""", dotted)]
