"""Phrases of page furniture, read from every language's `page.toml`.

A page's furniture is often in another language than its story, so the phrases of all languages are offered at once.
Only reading and typing belong here; matching is done in `assets/cleaned/documents/phrases.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assets.vocabulary.files import shown, vocabulary_files

_LISTS = ("line", "start", "contains", "end")


@dataclass(frozen=True)
class PageWords:
    """Phrases by the reason for which a line that holds them is cut.

    `line` phrases are the whole line, `start` phrases begin it, `contains` phrases stand anywhere in it, and `end`
    phrases close a line that is no sentence.
    """

    line: Mapping[str, tuple[str, ...]]
    start: Mapping[str, tuple[str, ...]]
    contains: Mapping[str, tuple[str, ...]]
    end: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def page_words() -> PageWords:
    """The phrases of every language. Raises ValueError, naming the file, where one cannot be read."""
    tables: dict[str, dict[str, list[str]]] = {name: {} for name in _LISTS}
    for path in vocabulary_files("page.toml"):
        for reason, lists in _read(path).items():
            for name in _LISTS:
                tables[name].setdefault(reason, []).extend(lists.get(name, []))
    return PageWords(
        **{name: {reason: tuple(phrases) for reason, phrases in table.items()} for name, table in tables.items()},
    )


def _read(path: Path) -> dict[str, dict[str, list[str]]]:
    where = shown(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{where} is not valid TOML: {error}") from error
    for reason, lists in data.items():
        unknown = set(lists) - set(_LISTS)
        if unknown:
            raise ValueError(f"{where}: [{reason}] holds {sorted(unknown)}; allowed are {', '.join(_LISTS)}")
    return data
