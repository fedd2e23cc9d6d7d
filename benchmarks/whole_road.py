"""Score the whole road, pages in and events out, on a pile of pages of which an analyst has coded the events.

    python -m benchmarks.whole_road benchmarks/corpora/a [--misses] [--warehouse FILE]

A pile is a folder with `pages/`, `pages.json` and `gold.jsonl` (benchmarks/corpora/README.md). The pages go through
`attache run` as a user's would, and the warehouse is asked. `--misses` prints what was not found and what no gold
event accounts for; `--warehouse` keeps the warehouse, or scores one that stands.

- *told*: of the gold events a page tells, those of which the page has a mention with the type and both countries;
  *in part*: with the type, one country right and none wrong. Where gold names no country, any goes.
- *sound*: of a page's mentions, those that a gold event of the page, background included, accounts for; *in part* as
  above. Gold does not list every clause, so this is a lower bound. *no gold*: mentions on pages without any event.
- *days* and *rows* look at the mentions of the sentence that gold quotes: whether the day is right; how many rows
  of `events.events` a gold event found has; how many rows hold mentions of two gold events (*mixed*).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

_OPENING = 40  # characters by which a quotation and a sentence are known to be one
_MENTIONS = """
SELECT parse_path(source_path)[-1] AS page, d.language, m.plover_type, m.source_country, m.target_country, m.status,
       m.event_date, m.date_precision, m.event_id, m.confidence, m.evidence_text
FROM events.mentions m JOIN cleaned.documents d USING (document_id) JOIN raw.documents USING (document_id)
ORDER BY page, m.evidence_start, m.mention_id
"""
_PAGES = """
SELECT parse_path(r.source_path)[-1] AS page, d.title, d.publisher, d.published, d.authors, d.language,
       parse_path(c.source_path)[-1] AS canonical
FROM cleaned.documents d JOIN raw.documents r USING (document_id)
LEFT JOIN raw.documents c ON c.document_id = d.canonical_document_id
"""


@dataclass(frozen=True)
class Gold:
    """An event of the world as the analyst coded it."""

    name: str
    types: frozenset[str]
    source: frozenset[str]
    target: frozenset[str]
    joint: bool
    day: str | None
    background: bool
    pages: tuple[str, ...]
    quotes: dict[str, str]

    def fit(self, mention: dict[str, Any]) -> float:
        """1 where a mention has the type and every country, 0.5 where one country is right and none is wrong."""
        if mention["plover_type"] not in self.types:
            return 0
        sides = (mention["source_country"], mention["target_country"])
        every = self.source | self.target
        wanted = (
            [(self.source, self.target), (self.target, self.source)] if self.joint else [(self.source, self.target)]
        )
        if self.joint and not (self.source and self.target):
            wanted = [(every, every)]
        return max(_fit_of(sides, sets) for sets in wanted)


def _fit_of(sides: tuple[str | None, ...], wanted: tuple[frozenset[str], ...]) -> float:
    if any(
        country and countries and country not in countries for country, countries in zip(sides, wanted, strict=True)
    ):
        return 0
    if all(country or not countries for country, countries in zip(sides, wanted, strict=True)):
        return 1
    named = any(country in countries for country, countries in zip(sides, wanted, strict=True))
    return 0.5 if named else 0


def read_gold(folder: Path) -> list[Gold]:
    """The events of a pile; raises FileNotFoundError where the folder holds no gold."""
    lines = (json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Gold(
            name=g["event"],
            types=frozenset({g["plover_type"], *g.get("type_also", ())}),
            source=frozenset(g["source"]),
            target=frozenset(g["target"]),
            joint=bool(g.get("joint")),
            day=g.get("date"),
            background=bool(g.get("background")),
            pages=tuple(g["pages"]),
            quotes=dict(g.get("quote", {})),
        )
        for g in lines
    ]


def run_road(folder: Path, warehouse: Path) -> None:
    """The pages through the command line; raises CalledProcessError where it stops."""
    attache = Path(sys.executable).with_name("attache")
    command = [str(attache), "run", str((folder / "pages").resolve()), "-w", str(warehouse)]
    subprocess.run(command, check=True, cwd=warehouse.parent, stdout=subprocess.DEVNULL)


def asked(warehouse: Path, query: str) -> list[dict[str, Any]]:
    """The rows that a query gives, by column."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


class Score:
    """Counts by language, and the lines for `--misses`."""

    def __init__(self, gold: Sequence[Gold], mentions: Sequence[dict[str, Any]], languages: dict[str, str]) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.missed: list[str] = []
        self.unsound: list[str] = []
        self.misdated: list[str] = []
        self.events: dict[str, set[str]] = defaultdict(set)  # event_id → names of gold events
        self.days: Counter[str] = Counter()
        by_page: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for mention in mentions:
            by_page[mention["page"]].append(mention)
        told: dict[str, list[Gold]] = defaultdict(list)
        for event in gold:
            for page in event.pages:
                told[page].append(event)
        for page, language in sorted(languages.items()):
            self._recall(page, language, told[page], by_page[page])
            self._precision(page, language, told[page], by_page[page])

    def _recall(self, page: str, language: str, told: Sequence[Gold], mentions: Sequence[dict[str, Any]]) -> None:
        for event in told:
            if event.background:
                continue
            fits = [(event.fit(m), m) for m in mentions]
            best = max((fit for fit, _ in fits), default=0)
            self.counts[language].update(told=1, found=best == 1, in_part=best > 0)
            if best == 0:
                self.missed.append(_told_line(page, event, mentions))
            here = _at_quote(event.quotes.get(page, ""), mentions)
            for fit, mention in fits:
                if fit == best and fit and mention in here:
                    self.events[mention["event_id"]].add(event.name)
                    verdict = _day_verdict(event.day, mention)
                    self.days[verdict] += 1
                    if verdict in ("wrong", "a day off"):
                        said = f"{mention['event_date']} ({mention['date_precision']}), ought to be {event.day}"
                        self.misdated.append(f"{page}: {event.name} {said}\n    {mention['evidence_text']}")

    def _precision(self, page: str, language: str, told: Sequence[Gold], mentions: Sequence[dict[str, Any]]) -> None:
        for mention in mentions:
            best = max((event.fit(mention) for event in told), default=0)
            self.counts[language].update(mentions=1, sound=best == 1, sound_in_part=best > 0, stray=not told)
            if best == 0:
                self.unsound.append(_mention_line(page, mention))

    def lines(self) -> Iterator[str]:
        """The table, a line a language and one for all."""
        every: Counter[str] = sum(self.counts.values(), Counter())
        heads = (
            f"{'told':>5} {'found':>6} {'in part':>8} | {'mentions':>8} {'sound':>6} {'in part':>8} {'no gold':>8}"
        )
        yield f"{'':>5} {heads}"
        for language, c in [*sorted(self.counts.items()), ("all", every)]:
            told, mentions = max(c["told"], 1), max(c["mentions"], 1)
            recall = f"{c['told']:>5} {c['found'] / told:>6.2f} {c['in_part'] / told:>8.2f}"
            sound = f"{c['mentions']:>8} {c['sound'] / mentions:>6.2f} {c['sound_in_part'] / mentions:>8.2f}"
            yield f"{language:>5} {recall} | {sound} {c['stray']:>8}"
        rows = Counter(name for names in self.events.values() for name in names)
        mixed = sum(len(names) > 1 for names in self.events.values())
        each = sum(rows.values()) / max(len(rows), 1)
        yield f"gold events found {len(rows)}, rows a gold event {each:.2f}, mixed rows {mixed}"
        yield "days of mentions found: " + ", ".join(f"{name} {n}" for name, n in self.days.most_common())


def _day_verdict(day: str | None, mention: dict[str, Any]) -> str:
    if day is None:
        return "gold has none"
    if mention["event_date"] is None:
        return "none"
    said = mention["event_date"].isoformat()
    if said[: len(day)] == day[: len(said)] and (len(day) == 10 or said.startswith(day)):
        return "right"
    if mention["date_precision"] != "day":
        return (
            "coarser, right" if day.startswith(said[: 7 if mention["date_precision"] == "month" else 4]) else "wrong"
        )
    return (
        "a day off"
        if len(day) == 10 and abs((date.fromisoformat(day) - mention["event_date"]).days) == 1
        else "wrong"
    )


def _at_quote(quote: str, mentions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The mentions of the sentence that gold quotes for an event."""
    opening = quote[:_OPENING]
    return [
        m for m in mentions if quote and (opening in m["evidence_text"] or m["evidence_text"][:_OPENING] in quote)
    ]


def _told_line(page: str, event: Gold, mentions: Sequence[dict[str, Any]]) -> str:
    quote = event.quotes.get(page, "")
    said = "; ".join(_coding(m) for m in _at_quote(quote, mentions)) or "nothing"
    wanted = f"{'/'.join(sorted(event.types))} {'+'.join(sorted(event.source))}>{'+'.join(sorted(event.target))}"
    return f"{page}: {event.name} {wanted}; coded there: {said}\n    {quote}"


def _mention_line(page: str, mention: dict[str, Any]) -> str:
    return f"{page}: {_coding(mention)}\n    {mention['evidence_text']}"


def _coding(m: dict[str, Any]) -> str:
    return f"{m['plover_type']} {m['source_country']}>{m['target_country']} {m['status']} {m['confidence']:.2f}"


def page_lines(folder: Path, found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What is known of the pages against `pages.json`, as shares that are right."""
    wanted = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
    right: Counter[str] = Counter()
    wrong = []
    for row in found:
        page = wanted[row["page"]]
        said = {
            "title": " ".join((row["title"] or "").split()),
            "publisher": row["publisher"],
            "published": row["published"] and row["published"].isoformat()[:10],
            "authors": sorted(row["authors"] or ()),
            "language": row["language"],
            "canonical": row["canonical"] if row["canonical"] != row["page"] else None,
        }
        for name, value in said.items():
            ought = sorted(page[name]) if name == "authors" else page.get(name)
            right[name] += value == ought
            if value != ought:
                wrong.append(f"{row['page']}: {name} {value!r}, ought to be {ought!r}")
    yield "pages: " + ", ".join(f"{name} {n}/{len(found)}" for name, n in right.items())
    yield from wrong


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs or opens a warehouse and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--warehouse", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        warehouse = (options.warehouse or Path(scratch) / "road.duckdb").resolve()
        if not warehouse.exists():
            run_road(options.folder, warehouse)
        mentions, pages = asked(warehouse, _MENTIONS), asked(warehouse, _PAGES)
    wanted = json.loads((options.folder / "pages.json").read_text(encoding="utf-8"))
    score = Score(read_gold(options.folder), mentions, {name: page["language"] for name, page in wanted.items()})
    known = list(page_lines(options.folder, pages))
    print(*score.lines(), known[0], sep="\n")
    if options.misses:
        print(
            "\nNot found:",
            *score.missed,
            "\nNo gold event accounts for:",
            *score.unsound,
            "\nPages:",
            *known[1:],
            sep="\n",
        )


if __name__ == "__main__":
    main()
