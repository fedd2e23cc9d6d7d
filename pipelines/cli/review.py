"""`attache review`: people judge sampled mentions on the terminal; what their verdicts say of the coder."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipelines.cli import exit_codes
from pipelines.cli.options import json_option, open_warehouse, warehouse_option
from pipelines.cli.tables import console, print_json, print_table
from pipelines.cli.text import harmless

if TYPE_CHECKING:
    from rich.text import Text

    from assets.review.verdicts.judgement import Judgement
    from assets.review.verdicts.rows import Verdict
    from pipelines.review import Candidate
    from pipelines.warehouse import DuckDBWarehouse

Command = TypeVar("Command", bound=Callable[..., Any])

_SHOWN = 10
_KEYS = "[y] right  [n] no such event  [c] correct it  [s] skip  [b] back  [q] stop"


def _choice(function: Command) -> Command:
    """What to draw: `--size`, `--from`, `--type`, `--lang`."""
    options = (
        click.option("--size", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most mentions."),
        click.option(
            "--from",
            "among",
            type=click.Choice(["sample", "disagreements", "unsure"]),
            default="sample",
            show_default=True,
            help="From all mentions, those a second coder disagrees with, or those coded with little confidence.",
        ),
        click.option(
            "--type", "types", multiple=True, metavar="TYPE", help="Only this PLOVER type (may be repeated)."
        ),
        click.option("--lang", "languages", multiple=True, metavar="CODE", help="Only this language."),
        click.option("--seed", default="", help="Another draw."),
    )
    for option in reversed(options):
        function = option(function)
    return function


_reviewer_option = click.option("--reviewer", metavar="NAME", help="Who judges (default: this computer's user).")


@click.group("review", invoke_without_command=True)
@_choice
@_reviewer_option
@warehouse_option
@click.pass_context
def command(
    context: click.Context,
    size: int,
    among: str,
    types: tuple[str, ...],
    languages: tuple[str, ...],
    seed: str,
    reviewer: str | None,
    warehouse: Path | None,
) -> int | None:
    """Judge sampled mentions on the terminal, one key each.

    As many come from each type and language as there can be; those judged before do not come again. Verdicts are kept
    in review.verdicts at once. `attache review report` says what they tell of the coder's precision, `check` what a
    new vocabulary has made of them, `export` makes labelled sentences of them.
    """
    if context.invoked_subcommand is not None:
        return None
    if not sys.stdin.isatty():
        raise click.UsageError(
            "there is no terminal to judge on; write a sample with `attache review list --json`, "
            "and take verdicts in with `attache review import FILE`"
        )
    from pipelines.review import candidates, reviewer_name

    source = open_warehouse(warehouse)
    with _explained():
        drawn = candidates(source, size, among, _types(types), languages, seed)
    if not drawn:
        click.echo("There is no mention like that which nobody has judged.", err=True)
        return exit_codes.OK
    kept = _judge_all(drawn, among, source, reviewer or reviewer_name())
    click.echo(f"{kept} verdicts kept; `attache review report` sums them up", err=True)
    return exit_codes.OK


@command.command("list")
@_choice
@warehouse_option
@json_option
def list_candidates(
    size: int,
    among: str,
    types: tuple[str, ...],
    languages: tuple[str, ...],
    seed: str,
    warehouse: Path | None,
    as_json: bool,
) -> None:
    """List a sample of mentions to judge elsewhere (as JSON: one document, with evidence and translation)."""
    from pipelines.review import candidates

    with _explained():
        drawn = candidates(open_warehouse(warehouse), size, among, _types(types), languages, seed)
    if as_json:
        print_json([asdict(candidate) | {"drawn_from": among} for candidate in drawn])
        return
    print_table(
        ("mention", "type", "source", "target", "status", "sentence"),
        [(c.mention_id, _coding(c), c.source_country, c.target_country, c.status, c.text) for c in drawn],
    )


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_reviewer_option
@click.option("--strict", is_flag=True, help="Exit with 1 if any line was not taken.")
@warehouse_option
@json_option
def import_verdicts(file: Path, reviewer: str | None, strict: bool, warehouse: Path | None, as_json: bool) -> int:
    """Take verdicts from FILE: CSV or JSON Lines with mention_id, verdict (right, wrong, corrected), and for
    corrections type, mode, source, target, status (a dash where there is none); note, reviewer and drawn_from may be
    given. Only verdicts whose drawn_from is sample (as `attache review list` draws) count for the precision estimate.

    The report page saves such a file.
    """
    from pipelines.review import VerdictFileError, import_file, reviewer_name

    try:
        with _explained():
            verdicts, refused = import_file(open_warehouse(warehouse), file, reviewer or reviewer_name())
    except VerdictFileError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        print_json({"kept": len(verdicts), "refused": [asdict(line) for line in refused]})
    else:
        for line in refused[:_SHOWN]:
            click.echo(f"attache: {file}, line {line.line}: {harmless(line.reason)}", err=True)
        if len(refused) > _SHOWN:
            click.echo(f"attache: and {len(refused) - _SHOWN} more lines", err=True)
        click.echo(f"{len(verdicts)} verdicts kept, {len(refused)} lines not taken")
    return exit_codes.GATE_BLOCKED if strict and refused else exit_codes.OK


@command.command("report")
@warehouse_option
@json_option
def report(warehouse: Path | None, as_json: bool) -> None:
    """Estimate precision from the verdicts: over all mentions, by type, by language, with 95 % bounds."""
    from pipelines.review import precision, read_verdicts

    source = open_warehouse(warehouse)
    with _explained():
        estimates, count = precision(source), len(read_verdicts(source))
    if as_json:
        print_json([asdict(figure) for figure in estimates])
    elif not count:
        click.echo("Nobody has judged anything yet; `attache review` begins.", err=True)
    else:
        print_table(
            ("of", "measure", "judged", "mentions", "precision", "95 % bounds"),
            [
                (e.group, e.measure, e.judged, e.mentions, f"{e.share:.2f}", f"{e.low:.2f}–{e.high:.2f}")
                for e in estimates
            ],
        )


@command.command("check")
@click.option("--strict", is_flag=True, help="Exit with 1 if a mention that was right is no longer coded so.")
@warehouse_option
@json_option
def check(strict: bool, warehouse: Path | None, as_json: bool) -> int:
    """Compare the tables as they are now with every verdict: what was kept, mended, lost since?"""
    from pipelines.review import check as check_verdicts

    with _explained():
        found = check_verdicts(open_warehouse(warehouse))
    counts = Counter(outcome.state for outcome in found)
    regressed = [outcome.verdict for outcome in found if outcome.state == "regressed"]
    if as_json:
        print_json({"counts": dict(counts), "regressed": [asdict(v) for v in regressed]})
    else:
        states = ("kept", "mended", "regressed", "still_wrong", "gone")
        click.echo(", ".join(f"{counts[state]} {state.replace('_', ' ')}" for state in states))
        if regressed:
            print_table(
                ("type", "source", "target", "language", "sentence"),
                [
                    (v.right_type, v.right_source_country, v.right_target_country, v.language, v.text)
                    for v in regressed
                ],
            )
    return exit_codes.GATE_BLOCKED if strict and regressed else exit_codes.OK


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.jsonl")
@warehouse_option
def export(file: Path, warehouse: Path | None) -> None:
    """Write the judged sentences as labelled sentences, which `python -m benchmarks.coding FILE.jsonl` scores."""
    from assets.review.verdicts.cases import labelled_sentences
    from pipelines.review import read_verdicts

    if not file.absolute().parent.is_dir():
        raise click.UsageError(f"the folder {file.absolute().parent} does not exist")
    with _explained():
        lines = [
            json.dumps(case, ensure_ascii=False)
            for case in labelled_sentences(read_verdicts(open_warehouse(warehouse)))
        ]
    part = file.absolute().with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{len(lines):,} labelled sentences written to {file}", err=True)


def _judge_all(drawn: Sequence[Candidate], among: str, warehouse: DuckDBWarehouse, reviewer: str) -> int:
    """Ask about one mention after the other until the reviewer stops; how many were judged."""
    kept: set[str] = set()
    position = 0
    while position < len(drawn):
        candidate = drawn[position]
        _show(candidate, position + 1, len(drawn))
        answer = _ask(candidate, among, reviewer)
        if answer == "q":
            break
        if answer == "b":
            position = max(position - 1, 0)
            continue
        if not isinstance(answer, str):
            from pipelines.review import keep

            keep(warehouse, [answer])
            kept.add(answer.verdict_id)
        position += 1
    return len(kept)


def _ask(candidate: Candidate, among: str, reviewer: str) -> Verdict | str:
    """The verdict, or what else the reviewer wants: s, b or q."""
    from assets.review.verdicts.judgement import Judgement
    from pipelines.review import verdict_on

    while True:
        click.echo(_KEYS, err=True)
        key = click.getchar().lower()
        if key in ("s", "b", "q"):
            return key
        if key in ("\x03", "\x04"):
            return "q"
        if key == "y":
            return verdict_on(candidate, Judgement("right", drawn_from=among), reviewer)
        if key == "n":
            return verdict_on(candidate, Judgement("wrong", drawn_from=among), reviewer)
        if key == "c":
            try:
                return verdict_on(candidate, _correction(candidate, among), reviewer)
            except ValueError as error:
                click.echo(f"{harmless(str(error))}", err=True)


def _correction(candidate: Candidate, among: str) -> Judgement:
    """Ask for each field; Enter leaves it as it is, a dash empties it."""
    from assets.review.verdicts.judgement import Judgement

    coded = {
        "type": candidate.plover_type,
        "mode": candidate.mode,
        "source": candidate.source_country,
        "target": candidate.target_country,
        "status": candidate.status,
    }
    click.echo("Enter leaves a field as it is, - empties it.", err=True)
    corrections: dict[str, str] = {}
    for name, value in coded.items():
        given = click.prompt(f"  {name}", default=value or "-", err=True).strip()
        if given != (value or "-"):
            corrections[name] = "" if given == "-" else given
    note = click.prompt("  note", default="", show_default=False, err=True)
    return Judgement("corrected", corrections, note, among)


def _show(c: Candidate, number: int, total: int) -> None:
    out = console(stderr=True)
    where = " · ".join(harmless(part) for part in (c.publisher, c.title, c.url or c.source_path) if part)
    out.print(f"\n{number}/{total}  {where}", style="dim")
    out.print(_highlighted(c))
    if c.english_text and c.engine != "source":
        from assets.translated.segments.rows import caveat

        doubt = caveat(c.translation_status, c.engine)
        out.print(f"  {harmless(c.english_text)}  [{doubt or c.engine}]", style="italic", markup=False)
    source = _party(c.source_text, c.source_country, c.source_sector)
    target = _party(c.target_text, c.target_country, c.target_sector)
    out.print(f"{_coding(c)}   {source} → {target}   {c.status}", style="bold")
    more = {
        "date": c.event_date,
        "place": c.place_name,
        "says": c.claimed_by,
        "confidence": f"{c.confidence:.2f}",
        "second coder": c.second_opinion,
    }
    out.print("  ".join(f"{name}: {harmless(str(value))}" for name, value in more.items() if value), style="dim")


def _highlighted(c: Candidate) -> Text:
    """The sentence with trigger and actors marked."""
    from rich.text import Text

    text = Text("  " + harmless(c.text))
    for words, style in ((c.source_text, "green"), (c.target_text, "magenta"), (c.trigger_text, "bold underline")):
        if words:
            text.highlight_words([harmless(words)], style=style)
    return text


def _party(text: str | None, country: str | None, sector: str | None) -> str:
    codes = "/".join(code for code in (country, sector) if code)
    return f"{harmless(text)} ({codes or '?'})" if text else codes or "nobody"


def _coding(c: Candidate) -> str:
    return f"{c.plover_type}/{c.mode}" if c.mode else c.plover_type


def _types(given: Sequence[str]) -> list[str]:
    from assets.vocabulary.plover import load_ontology

    known = load_ontology().types
    types = [name.upper() for name in given]
    wrong = [name for name in types if name not in known]
    if wrong:
        raise click.UsageError(f"{', '.join(wrong)} is no PLOVER type; allowed are {', '.join(known)}")
    return types


@contextmanager
def _explained() -> Iterator[None]:
    """A warehouse of an earlier version has no table of verdicts: in words."""
    import duckdb

    try:
        yield
    except duckdb.CatalogException:
        raise click.UsageError(
            "the warehouse has no mentions or verdicts yet; `attache run` makes the tables"
        ) from None
