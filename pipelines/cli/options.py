"""Options that several commands share, and the settings that come of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pipelines.settings import Settings
    from pipelines.warehouse import DuckDBWarehouse

Command = TypeVar("Command", bound=Callable[..., Any])


def warehouse_option(function: Command) -> Command:
    """`--warehouse FILE`."""
    return click.option(
        "--warehouse",
        "-w",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="The DuckDB file (default: the setting `warehouse`, attache.duckdb here).",
    )(function)


def field_option(function: Command) -> Command:
    """`--field ROLE=NAME`, again for more; None where it is not given."""

    def pairs(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> dict[str, str] | None:
        found = [value.partition("=") for value in values]
        for role, _, name in found:
            if not role.strip() or not name.strip():
                raise click.BadParameter("write ROLE=NAME, such as text=Inhalt")
        return {role.strip(): name.strip() for role, _, name in found} or None

    return click.option(
        "--field",
        "fields",
        multiple=True,
        callback=pairs,
        metavar="ROLE=NAME",
        help="Which column or field of records is the text, html, url, title, date, publisher or language.",
    )(function)


def json_option(function: Command) -> Command:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")(function)


def settings_with(**overrides: Any) -> Settings:
    """The settings in force; what is None does not override. Their vocabulary is read from now on.

    Raises SettingsError and VocabularyError.
    """
    from assets.vocabulary.files import lay_over
    from pipelines.settings import load_settings

    settings = load_settings(**overrides)
    lay_over(settings.vocabulary)
    return settings


def read_own_vocabulary() -> None:
    """Let the vocabulary of the settings be read, for commands that otherwise do without settings, and their cost."""
    variables = ("ATTACHE_VOCABULARY", "ATTACHE_CONFIG")
    if any(os.environ.get(name) for name in variables) or Path("attache.toml").exists():
        settings_with()


def open_warehouse(warehouse: Path | None) -> DuckDBWarehouse:
    """The warehouse to read from. Raises SettingsError; a file that is not there shows at the first read."""
    from pipelines.resources import warehouse_of

    return warehouse_of(settings_with(warehouse=warehouse))
