"""The page of every command and option, made from click's own definitions."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from pipelines.cli import SECTIONS, cli

_INTRODUCTION = """\
# Commands

Every command and option, as `attache COMMAND --help` tells them. Made by `python -m pipelines.reference`. Exit codes
and how to run Attaché day by day: [Operating](operating.md#exit-codes).
"""


def commands_page() -> str:
    """The text of `docs/commands.md`."""
    root = click.Context(cli, info_name="attache")
    parts = [_INTRODUCTION, "## attache", _options(root)]
    for title, names in SECTIONS.items():
        parts.append(f"## {title}")
        for name in names:
            command = cli.get_command(root, name)
            assert command is not None
            parts += _command(click.Context(command, info_name=name, parent=root))
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _command(context: click.Context) -> Iterator[str]:
    """A command's heading, text and options, and those of the commands under it."""
    command = context.command
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield f"### {context.command_path}"
    yield f"```text\n{usage}\n```"
    yield _text(command.help or "")
    yield _options(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            assert under is not None
            yield from _command(click.Context(under, info_name=name, parent=context))


def _options(context: click.Context) -> str:
    options = [one for one in context.command.get_params(context) if isinstance(one, click.Option)]
    records = [option.get_help_record(context) for option in options]
    return "\n".join(f"- `{names}` {_text(text)}" for names, text in filter(None, records) if "--help" not in names)


def _text(text: str) -> str:
    """Help as Markdown: its paragraphs, with what Markdown would take for markup outside of code escaped."""
    paragraphs = inspect.cleandoc(text).replace("\b\n", "").split("\n\n")
    return "\n\n".join(_escaped(" ".join(paragraph.split())) for paragraph in paragraphs)


def _escaped(paragraph: str) -> str:
    pieces = paragraph.split("`")
    for number in range(0, len(pieces), 2):
        for mark in "\\<*_[":
            pieces[number] = pieces[number].replace(mark, f"\\{mark}" if mark != "<" else "&lt;")
    return "`".join(pieces)
