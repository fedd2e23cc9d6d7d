"""`attache diff`: what changed in the events from one run, or one moment, to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli import exit_codes
from pipelines.cli.options import json_option, open_warehouse, warehouse_option
from pipelines.cli.tables import console, print_json, print_table
from pipelines.cli.text import harmless

if TYPE_CHECKING:
    from pipelines.history import Difference

_MOST_FILES = 20
_MOST_ROWS = 40
_ISOLATE, _POP = "\u2068", "\u2069"  # Unicode isolates: a right-to-left sentence turns nothing around it


@click.command("diff")
@click.argument("before", default="previous", metavar="[BEFORE]")
@click.argument("after", default="latest", metavar="[AFTER]")
@click.option(
    "--type", "types", multiple=True, metavar="TYPE", help="Only events of this PLOVER type; again for more."
)
@click.option("--lang", "languages", multiple=True, metavar="LANG", help="Only events told in this language.")
@click.option(
    "--cause",
    "causes",
    multiple=True,
    type=click.Choice(["rules", "new pages", "pages gone", "merging", "page details"]),
    help="Only events that changed because of this; again for more.",
)
@click.option(
    "--examples", type=click.IntRange(0, 1_000_000), default=5, show_default=True, help="Most examples of each kind."
)
@click.option(
    "--markdown",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it as Markdown as well, to put under a change of rules.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where anything changed.")
@warehouse_option
@json_option
def command(
    before: str,
    after: str,
    types: tuple[str, ...],
    languages: tuple[str, ...],
    causes: tuple[str, ...],
    examples: int,
    markdown: Path | None,
    exit_code: bool,
    warehouse: Path | None,
    as_json: bool,
) -> int:
    """Show which events were added, removed or coded otherwise from BEFORE to AFTER, and why.

    BEFORE and AFTER are numbers of runs (`attache runs` lists them), `previous`, `latest`, or dates and times (UTC):
    2026-11-01 is that day's first moment. An event whose id changed is found again by its sentences. Causes: rules
    (the same page is coded otherwise), new pages, pages gone, merging, page details.
    """
    from pipelines.history import HistoryError, difference
    from pipelines.history import examples as chosen_examples

    source = open_warehouse(warehouse)
    try:
        found = difference(source, before, after)
    except HistoryError as error:
        raise click.UsageError(harmless(str(error))) from None
    found = found.only([name.upper() for name in types], [name.lower() for name in languages], causes)
    shown = chosen_examples(source, found.changes, examples)
    if markdown:
        from pipelines.history_words import as_markdown

        markdown.write_text(as_markdown(found, shown), encoding="utf-8")
    if as_json:
        print_json(_as_json(found, shown))
    else:
        _print(found, shown)
    return exit_codes.GATE_BLOCKED if exit_code and found.changes.height else exit_codes.OK


def _print(found: Difference, shown: list[dict[str, Any]]) -> None:
    from assets.events.event_versions.compare import KINDS
    from pipelines.history_words import tell_rules

    _say(f"From {found.before.name} ({found.before.at:%Y-%m-%d %H:%M:%S}) "
         f"to {found.after.name} ({found.after.at:%Y-%m-%d %H:%M:%S}), UTC")  # fmt: skip
    _say(tell_rules(found, _MOST_FILES))
    if found.renamed:
        _say(f"{found.renamed:,} events only changed their ids, or where their sentences stand.")
    if found.changes.is_empty():
        _say("No event changed.")
        return
    print_table(*found.causes_by_kind())
    rows = found.counts("plover_type", "languages").head(_MOST_ROWS).rows()
    print_table(("type", "language", *KINDS), [(*row[:2], *(n or "" for n in row[2:])) for row in rows])
    if moved := found.type_changes:
        print_table(("type before", "type after", "events"), moved)
    for change in shown:
        _print_example(change)


def _print_example(change: Mapping[str, Any]) -> None:
    from rich.text import Text

    from pipelines.history_words import around_trigger, coded_as

    before, after = change["before"], change["after"]
    told = after or before
    what = f" in {', '.join(change['aspects'])}" if change["aspects"] else ""
    _say("")
    _say(f"{change['kind']}{what}: {', '.join(change['causes'])}", style="bold")
    for word, version in (("was", before), ("is", after)):
        if version:
            _say(f"  {word:<9} {coded_as(version)}")
    line = Text(f"  sentence  {_ISOLATE}")
    start, trigger, end = around_trigger(told)
    line.append(harmless(start))
    line.append(f"»{harmless(trigger)}«" if trigger else "", style="reverse")
    line.append(harmless(end))
    line.append(_POP)
    console().print(line)
    if told["example_language"] != "en":
        _say(f"  English   {_isolated(told['example_english'] or 'none to rely on')}")
    ids = dict.fromkeys(version["event_id"] for version in (before, after) if version)
    _say(f"  event     {' → '.join(ids)}, told by {told['mention_count']:,} mentions; "
         f"{_isolated(told['example_publisher'] or 'unknown publisher')}, {told['example_language']}")  # fmt: skip


def _as_json(found: Difference, shown: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "before": {"name": found.before.name, "at": found.before.at, "run": found.before.run},
        "after": {"name": found.after.name, "at": found.after.at, "run": found.after.run},
        "rules": None if found.rules is None else [{"file": file, "change": change} for file, change in found.rules],
        "events": found.totals,
        "renamed": found.renamed,
        "by_cause": found.counts("causes").rename({"causes": "cause"}).to_dicts(),
        "by_type_and_language": found.counts("plover_type", "languages").rename({"languages": "language"}).to_dicts(),
        "type_changes": [dict(zip(("before", "after", "events"), row, strict=True)) for row in found.type_changes],
        "examples": list(shown),
    }


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{harmless(text)}{_POP}"


def _say(text: str, style: str = "") -> None:
    from rich.text import Text

    console().print(Text(harmless(text) if _ISOLATE not in text else text, style=style))
