"""The command line. Commands live in modules of this package and are imported only when they are called.

`attache code` must start in the blink of an eye, so nothing heavy (Dagster, polars, Great Expectations) is imported
here, and commands import what they need inside their functions.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, NoReturn

import click

from pipelines.cli import exit_codes
from pipelines.cli.errors import explain as message_of  # `explain` is the name of a command's module

SECTIONS: dict[str, dict[str, str]] = {
    "Pipeline": {
        "run": "Take a folder of pages into the warehouse, all gates on.",
        "fetch": "Fetch new pages from feeds and sitemaps, politely.",
        "runs": "The runs there were, by number.",
        "diff": "Which events a run, or a new vocabulary, added, removed or coded otherwise.",
        "status": "What the warehouse holds and what is still to be run.",
        "quality": "The latest results of the checks.",
        "metrics": "Figures for Prometheus: print them, or serve them.",
        "ui": "Open the Dagster UI: graph, runs, checks, schedules.",
    },
    "Looking at the results": {
        "sql": "Ask the warehouse a question (read-only).",
        "export": "Write a table to Parquet, CSV or JSON Lines, or events as GeoJSON, GDELT or POLECAT.",
        "explain": "The whole trail of an event, down to the characters of its pages.",
        "ontology": "What an event type means, its modes and codes.",
        "report": "The events with their evidence as one HTML file.",
        "review": "Judge sampled mentions; what verdicts say of the coder.",
    },
    "Upkeep": {
        "overrides": "Which mentions are one event: decide by hand.",
        "actors": "Names that no vocabulary knows, and stubs for them.",
        "quarantine": "Rows that the gates took out: list, show, release, drop.",
        "models": "Translation models: list, install, verify, remove.",
        "language": "Vocabularies of the coder: check them, begin a new one.",
        "memory": "Translation memory: corrections, TMX in and out.",
    },
    "Stages as filters": {
        "clean": "Pages in, one JSON line a page out.",
        "translate": "JSON Lines {id, lang, text} in, English out.",
        "code": "JSON Lines {id, lang, text, date} in, coded events out.",
    },
}
"""Every command by the section of the help that it stands in, with one line of help."""


class _Commands(click.Group):
    """Commands by name, imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        return [name for commands in SECTIONS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"pipelines.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by section, without importing any."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Settings come from options, then ATTACHE_* variables, then attache.toml. "
        "Exit codes: 0 done, 1 a gate blocked, 2 wrong usage or settings, 3 warehouse busy, 4 a step failed, "
        "130 interrupted."
    ),
)
@click.option(
    "--config",
    type=click.Path(dir_okay=False),
    help="Settings file to read instead of attache.toml here.",
    metavar="FILE",
)
@click.option("--traceback", is_flag=True, help="Show Python's traceback of an unforeseen error.")
@click.version_option(package_name="attache-events", prog_name="attache")
def cli(config: str | None, traceback: bool) -> None:
    """Attaché turns multilingual news pages into a checked DuckDB warehouse of coded events.

    Begin with `attache run FOLDER`, then ask `attache sql 'SELECT * FROM events'`.
    """
    if config:
        os.environ["ATTACHE_CONFIG"] = config


def main(arguments: list[str] | None = None) -> NoReturn:
    """The console script: runs a command and turns whatever goes wrong into one line and an exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    sys.exit(_run(arguments))


def _run(arguments: list[str]) -> int:
    try:
        # Not cli.main(), which turns a closed pipe into an error.
        with cli.make_context("attache", list(arguments)) as context:
            result: Any = cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return exit_codes.BROKEN_PIPE
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return exit_codes.USAGE
    except click.ClickException as error:
        click.echo(f"attache: {error.format_message()}{_see_help(error)}", err=True)
        return exit_codes.USAGE
    except Exception as error:
        if "--traceback" in arguments:
            raise
        message, code = message_of(error)
        click.echo(f"attache: {message}", err=True)
        return code
    return result if isinstance(result, int) else exit_codes.OK


def _see_help(error: click.ClickException) -> str:
    """Where to read on, for options and arguments that click itself found wrong."""
    if type(error) is click.UsageError or not isinstance(error, click.UsageError) or error.ctx is None:
        return ""  # our own words say what to do
    return f" (see {error.ctx.command_path} --help)"


def _close_stdout() -> None:
    """Point stdout nowhere, so that Python does not complain about the closed pipe when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
