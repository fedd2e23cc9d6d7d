"""Blocks of commands in the documentation's pages: read out of Markdown, and held against what really comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w+)\n(?P<body>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE)
_INDENTED_QUERY = re.compile(r"(?:^\n|\A)((?:^ {4,}(?:SELECT|FROM|WITH)\b.*\n)(?:^(?: {4,}.*)?\n)*)", re.MULTILINE)
# What a terminal's width and direction add to a text: rules of tables, isolates around pages' words.
_DECORATION = re.compile("[─\u2066-\u2069]+")


@dataclass(frozen=True)
class Command:
    """A command as a page shows it, with the output that the page says it has."""

    typed: str
    shown: str


def fenced(page: Path, language: str) -> list[str]:
    """The bodies of a page's fenced blocks in a language, without the indent that a list gives them."""
    found = []
    for match in _FENCE.finditer(page.read_text(encoding="utf-8")):
        if match["language"] == language:
            indent = len(match["indent"])
            found.append("".join(line[indent:] for line in match["body"].splitlines(keepends=True)))
    return found


def commands(page: Path) -> list[Command]:
    """Every command of a page's console blocks, in order."""
    found: list[Command] = []
    for block in fenced(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            typed, _, shown = part.partition("\n")
            found.append(Command(typed, shown))
    return found


def queries(page: Path) -> list[str]:
    """Every query of a page: its `sql` blocks, and indented ones that begin with SELECT."""
    text = page.read_text(encoding="utf-8")
    indented = [query for block in _INDENTED_QUERY.findall(text) for query in block.split(";\n")]
    return [query for query in (*fenced(page, "sql"), *indented) if query.strip()]


def agrees(shown: str, real: str) -> bool:
    """Whether an output is as shown. `…` stands for anything in a line; alone on a line, for any lines or none."""
    pattern = ""
    for line in _normal(shown):
        pattern += r"(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _normal(real))) is not None


def _normal(text: str) -> list[str]:
    lines = (" ".join(_DECORATION.sub(" ", line).split()) for line in text.splitlines())
    return [line for line in lines if line]
