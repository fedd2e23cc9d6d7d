"""The coding manual's examples, given to the coder: what it reads as the manual says, and what it does not yet.

    python -m benchmarks.coding_manual           # shares a language, and marks that no longer hold
    python -m benchmarks.coding_manual --mark    # write the marks into docs/coding-manual.md anew

The manual is the rule. A row that the coder reads otherwise carries a mark, "(not read yet: …)" or "(no such event)".
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_text
from assets.vocabulary.plover import PloverType, load_ontology

MANUAL = Path(__file__).parents[1] / "docs" / "coding-manual.md"
PUBLISHED = date(2026, 5, 12)
NO_EVENT = "no event"
UNNAMED = "–"
CODINGS = "| Language | Sentence | Coding | Who → whom | Status | Note |"
FACTS = "| Language | Sentence | Date | Place | Dead | Injured | Note |"
QUADS = {1: "Verbal cooperation", 2: "Material cooperation", 3: "Verbal conflict", 4: "Material conflict"}
_TAG = re.compile(r"<[^>]+>")
_MARK = re.compile(r" ?\*\*\((?:not read yet: ([a-z, ]+)|(no such event))\)\*\*")


@dataclass(frozen=True)
class Example:
    """A row of the manual. `line` is its index in the file; `marked` what its mark says that the coder gets wrong."""

    line: int
    language: str
    text: str
    expected: tuple[str, ...]
    marked: tuple[str, ...]

    @property
    def plover_type(self) -> str | None:
        """The type of a coding row, None where the sentence has no event or the row is one of dates and numbers."""
        word = self.expected[0].split(",")[0]
        return word if word.isupper() else None

    @property
    def mode(self) -> str | None:
        """The mode of a coding row, if any."""
        _, _, mode = self.expected[0].partition(", ")
        return mode or None


def read_examples(manual: str) -> list[Example]:
    """The example rows of the manual's text, in order. Raises ValueError for a row of the wrong width."""
    examples, width = [], 0
    for number, line in enumerate(manual.splitlines()):
        if line in (CODINGS, FACTS):
            width = line.count("|") - 1
        elif not line.startswith("|"):
            width = 0
        elif width and not line.startswith("|---"):
            examples.append(_example(number, line, width))
    return examples


def _example(number: int, line: str, width: int) -> Example:
    cells = [_TAG.sub("", cell).strip() for cell in line.strip("|").split("|")]
    if len(cells) != width:
        raise ValueError(f"line {number + 1} of the manual has {len(cells)} cells where its table has {width}")
    language, text, *expected, note = cells
    mark = _MARK.search(note)
    marked = tuple((mark.group(1) or mark.group(2)).split(", ")) if mark else ()
    return Example(number, language, text, tuple(expected), marked)


def differences(example: Example) -> tuple[str, ...]:
    """What the coder's best event has otherwise than the row; a wrong type makes the rest moot."""
    events = code_text(example.text, example.language, PUBLISHED)
    if example.expected[0] == NO_EVENT:
        return ("no such event",) if events else ()
    if not events:
        return ("event",)
    if example.plover_type is None:
        return _other_facts(example, events[0])
    return _other_coding(example, events[0])


def _other_coding(example: Example, event: CodedEvent) -> tuple[str, ...]:
    if event.plover_type != example.plover_type:
        return ("type",)
    sides = tuple(party.country or UNNAMED if party else UNNAMED for party in (event.source, event.target))
    joint = "↔" in example.expected[1]
    wanted = tuple(example.expected[1].split(" ↔ " if joint else " → "))
    if joint and sides[::-1] == wanted:
        sides = wanted
    given = (event.mode, *sides, event.status)
    due = (example.mode, *wanted, example.expected[2])
    return tuple(n for n, g, d in zip(("mode", "source", "target", "status"), given, due, strict=True) if g != d)


def _other_facts(example: Example, event: CodedEvent) -> tuple[str, ...]:
    given = (event.event_date, event.place and event.place.name, event.dead, event.injured)
    texts = (UNNAMED if value is None else str(value) for value in given)
    return tuple(
        name
        for name, text, due in zip(("date", "place", "dead", "injured"), texts, example.expected, strict=True)
        if text != due
    )


def with_mark(line: str, wrong: tuple[str, ...]) -> str:
    """The row's line with the mark that its coding deserves, and no other."""
    bare = _MARK.sub("", line).rstrip().removesuffix("|").rstrip()
    if not wrong:
        return f"{bare} |"
    what = wrong[0] if wrong == ("no such event",) else f"not read yet: {', '.join(wrong)}"
    return f"{bare} **({what})** |"


def figures_line(name: str) -> str:
    """A type's class, scale, CAMEO code and modes as the manual must print them, from the ontology."""
    entry = load_ontology().types[name]
    facts = [QUADS[entry.quad], f"scale {_signed(entry.scale)}", f"CAMEO {entry.cameo}"]
    facts += ["needs a target"] if entry.recipient_required else []
    return "; ".join(facts) + "." + "".join(_modes(entry))


def _modes(entry: PloverType) -> Iterator[str]:
    if entry.modes:
        listed = (f"{name} ({_signed(mode.scale)}, {mode.cameo})" for name, mode in entry.modes.items())
        yield f" Modes, with scale and CAMEO code: {', '.join(listed)}."


def _signed(scale: float) -> str:
    return f"{scale:g}".replace("-", "−")


def main() -> None:
    """Print what each language reads and which marks are out of date; with --mark, write the marks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mark", action="store_true", help="write the marks into the manual")
    arguments = parser.parse_args()
    lines = MANUAL.read_text(encoding="utf-8").splitlines()
    read: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for example in read_examples("\n".join(lines)):
        wrong = differences(example)
        read[example.language].append(wrong)
        if wrong != example.marked:
            print(f"{example.line + 1}: {', '.join(wrong) or 'read'}: {example.text}")
            lines[example.line] = with_mark(lines[example.line], wrong)
    for language, rows in sorted(read.items()):
        whole = sum(not wrong for wrong in rows)
        typed = sum(not {"type", "event", "no such event"} & set(wrong) for wrong in rows)
        print(f"{language}: {len(rows)} rows, type right in {typed}, everything right in {whole}")
    if arguments.mark:
        MANUAL.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
