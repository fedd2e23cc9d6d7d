"""`attache models`: the Firefox translation models of this machine, and the mirror they come from.

The work is done in `assets.translated.engines.models`. Nothing is fetched but from the mirror that the user names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import click

from pipelines.cli import exit_codes
from pipelines.cli.options import json_option, settings_with
from pipelines.cli.tables import console, print_json, print_table
from pipelines.cli.text import harmless

if TYPE_CHECKING:
    from assets.translated.engines.models import InstallProgress, Mirror, Model

Command = TypeVar("Command", bound=Callable[..., Any])

_NO_MIRROR = (
    "no mirror of models is named: add --mirror ADDRESS (a web address or a folder) or set models_mirror; "
    "docs/translation.md tells how to make one"
)


def _folder_option(function: Command) -> Command:
    return click.option(
        "--models-folder",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Where the models stand (default: the setting `models_folder`, .attache/models beside the warehouse).",
    )(function)


def _mirror_option(function: Command) -> Command:
    return click.option(
        "--mirror",
        metavar="ADDRESS",
        help="Web address or folder that models come from (default: the setting `models_mirror`).",
    )(function)


@click.group("models")
def command() -> None:
    """Install, list, verify and remove the models that translate on this machine."""


@command.command("list")
@click.option("--offered", is_flag=True, help="Show what the mirror offers (as --mirror does) instead.")
@_mirror_option
@_folder_option
@json_option
def list_models(offered: bool, mirror: str | None, models_folder: Path | None, as_json: bool) -> None:
    """List the installed models, or with --offered those of the mirror, with size and licence."""
    from assets.translated.engines.models import installed

    settings = settings_with(models_folder=models_folder, models_mirror=mirror)
    folder = settings.models_folder
    found = installed(folder)
    if offered or mirror is not None:
        _list_offered(_opened(settings.models_mirror), {pair: record for pair, record, _ in found}, as_json)
        return
    if as_json:
        print_json([_installed_json(*entry) for entry in found])
    elif not found:
        click.echo(f"No models in {folder}; `attache models install LANG --mirror ADDRESS` brings them.", err=True)
    else:
        click.echo(f"Models in {folder}\n")
        print_table(
            ("model", "size", "licence", "version", "from", "trouble"),
            [(pair, *_described(record), problem) for pair, record, problem in found],
        )


@command.command("install")
@click.argument("languages", nargs=-1, required=True, metavar="LANG...")
@_mirror_option
@_folder_option
@json_option
def install(languages: tuple[str, ...], mirror: str | None, models_folder: Path | None, as_json: bool) -> None:
    """Install what translates each LANG (such as ar) to English.

    Where the mirror has no direct model, two are taken over a language between. Each file's SHA-256 is checked, a
    model comes into place whole or not at all, and a download that broke off is gone on with when the command is
    given again. What is in place already is not fetched.
    """
    from assets.translated.engines.models import install as install_models

    settings = settings_with(models_folder=models_folder, models_mirror=mirror)
    source = _opened(settings.models_mirror)
    with _as_usage():
        routes = [source.route(language) for language in languages]  # before anything is fetched
    done: list[Model] = []
    with _display() as tell:
        for language in languages:
            done += install_models(language, source, settings.models_folder, on_progress=tell)
    if as_json:
        print_json([_json(model) for model in done])
        return
    for model in done:
        click.echo(f"{model.pair} installed ({_megabytes(model.size)}, licence: {harmless(model.licence)})")
    for model in dict.fromkeys(m for route in routes for m in route if m not in done):
        click.echo(f"{model.pair} was in place already")
    click.echo(f"Models in {settings.models_folder}", err=True)


@command.command("verify")
@_folder_option
@json_option
def verify(models_folder: Path | None, as_json: bool) -> int:
    """Compare every installed file with the SHA-256 it came with.

    Exits with 4 if a file is missing or was changed; installing the model again mends it. Models that were put there
    by hand have nothing to be compared with, and are told but do not fail.
    """
    from assets.translated.engines.models import installed
    from assets.translated.engines.models import verify as verify_models

    folder = settings_with(models_folder=models_folder).models_folder
    problems = verify_models(folder)
    by_hand = {pair for pair, record, problem in installed(folder) if record is None and problem is None}
    states = {
        pair: "unverified" if pair in by_hand else "broken" if found else "ok" for pair, found in problems.items()
    }
    if as_json:
        print_json([{"pair": p, "state": states[p], "problems": found} for p, found in problems.items()])
    elif not problems:
        click.echo(f"No models in {folder}.", err=True)
    else:
        print_table(("model", "state", "what was found"), [(p, states[p], "; ".join(f)) for p, f in problems.items()])
    return exit_codes.FAILED if "broken" in states.values() else exit_codes.OK


@command.command("remove")
@click.argument("pairs", nargs=-1, required=True, metavar="PAIR...")
@_folder_option
def remove(pairs: tuple[str, ...], models_folder: Path | None) -> None:
    """Delete the models of each PAIR (such as ar-en) from this machine."""
    from assets.translated.engines.models import installed
    from assets.translated.engines.models import remove as remove_model

    folder = settings_with(models_folder=models_folder).models_folder
    for pair in pairs:
        with _as_usage():
            gone = remove_model(pair, folder)
        if not gone:
            known = ", ".join(name for name, _, _ in installed(folder)) or "none"
            raise click.UsageError(f"there is no model {pair} in {folder}; installed are: {known}")
        click.echo(f"{pair} removed")


def _opened(address: str | None) -> Mirror:
    from assets.translated.engines.models import open_mirror

    if address is None:
        raise click.UsageError(_NO_MIRROR)
    if urlsplit(address).scheme in ("http", "https"):
        return open_mirror(address)
    with _as_usage():
        return open_mirror(address)


@contextmanager
def _as_usage() -> Iterator[None]:
    """What the models say inside the block is the user's mistake, not a mirror's or a disk's trouble."""
    from assets.translated.engines.models import ModelError

    try:
        yield
    except ModelError as error:
        raise click.UsageError(harmless(str(error))) from None


@contextmanager
def _display() -> Iterator[Callable[[InstallProgress], None]]:
    """Shows downloads on stderr: a moving line on a terminal, else one line a file that has come."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    err = console(stderr=True)
    if not err.is_terminal:
        yield _tell_finished
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(24), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        tasks: dict[str, Any] = {}

        def tell(now: InstallProgress) -> None:
            name = f"{now.pair}/{now.file}"
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=now.total)
            progress.update(tasks[name], completed=now.done)

        yield tell


def _tell_finished(now: InstallProgress) -> None:
    if now.done == now.total:
        click.echo(f"{now.pair}/{now.file}: {_megabytes(now.total)}", err=True)


def _list_offered(mirror: Mirror, in_place: dict[str, Model | None], as_json: bool) -> None:
    models = sorted(mirror.models, key=lambda model: model.pair)
    states = {
        model.pair: "no" if model.pair not in in_place else "yes" if in_place[model.pair] == model else "another"
        for model in models
    }
    if as_json:
        print_json([{**_json(model), "installed": states[model.pair]} for model in models])
        return
    click.echo(f"Models offered by {harmless(mirror.address)}\n")
    print_table(
        ("model", "size", "licence", "version", "from", "installed"),
        [(model.pair, *_described(model), states[model.pair]) for model in models],
    )


def _described(model: Model | None) -> tuple[str | None, ...]:
    if model is None:
        return None, "not stated", None, "put there by hand"
    return _megabytes(model.size), model.licence, model.version, model.origin


def _installed_json(pair: str, record: Model | None, problem: str | None) -> dict[str, Any]:
    known = _json(record) if record is not None else {"pair": pair}
    return {**known, "pair": pair, "recorded": record is not None, "problem": problem}


def _json(model: Model) -> dict[str, Any]:
    return {**asdict(model), "size": model.size}


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
