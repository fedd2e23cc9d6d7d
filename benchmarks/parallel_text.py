"""Reading parallel text: sentences in some language beside their English, by people.

A folder holds `*.tsv` files with the columns language, source, English (no header), or files with one sentence a
line, `NAME.LANG` beside `NAME.en` (as FLORES, WMT and Tatoeba are given out). `NAME.swapped`, if there is one, is the
English with who acts and who is acted on exchanged by hand; its lines may be empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

_SWAPPED = "swapped"


@dataclass(frozen=True)
class Pair:
    """A sentence, its English by a person, and that English with its actors exchanged where someone wrote it."""

    source: str
    english: str
    swapped: str = ""


def read_parallel(folder: Path) -> dict[str, list[Pair]]:
    """Language to its pairs."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for path in sorted(folder.glob("*.tsv")):
        for line in _lines(path):
            cells = line.split("\t")
            if len(cells) >= 3 and all(cells[:3]):
                pairs[cells[0]].append(Pair(cells[1], cells[2]))
    for english in sorted(folder.glob("*.en")):
        swapped = english.with_suffix(f".{_SWAPPED}")
        changed = _lines(swapped) if swapped.exists() else []
        for path in sorted(folder.glob(f"{english.stem}.*")):
            language = path.suffix[1:]
            if language not in ("en", "tsv", _SWAPPED):
                found = zip_longest(_lines(path), _lines(english), changed, fillvalue="")
                pairs[language] += [Pair(s, e, c) for s, e, c in found if s.strip() and e.strip()]
    return dict(pairs)


def chosen(folder: str) -> Iterator[tuple[str, int, Pair]]:
    """Language, number (from 1) and pair of the sentences of `FOLDER`, or of half (`FOLDER:odd`, `FOLDER:even`)."""
    path, _, half = folder.partition(":")
    for language, pairs in sorted(read_parallel(Path(path)).items()):
        for number, pair in enumerate(pairs, 1):
            if half not in ("odd", "even") or (number % 2 == 1) == (half == "odd"):
                yield language, number, pair


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
