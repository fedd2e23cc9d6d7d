"""`attache language`: the coder's vocabularies, checked, begun, and copied to be changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from pipelines.cli import exit_codes
from pipelines.cli.options import read_own_vocabulary


@click.group("language")
def command() -> None:
    """Vocabularies of the event coder."""


@command.command("check")
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
def check(languages: tuple[str, ...]) -> int:
    """Read vocabularies (all, or those named), and tell mistakes by file and line, or what they hold."""
    from assets.vocabulary.coding import coding_languages, describe, load_coding_vocabulary
    from assets.vocabulary.files import VocabularyError
    from assets.vocabulary.town_names import town_names

    read_own_vocabulary()
    failed = False
    for language in languages or coding_languages():
        try:
            described = describe(load_coding_vocabulary(language))
            town_names(language)
            click.echo(described)
        except VocabularyError as mistake:
            failed = True
            click.echo(f"attache: {mistake}", err=True)
    return exit_codes.USAGE if failed else exit_codes.OK


@command.command("new")
@click.argument("language")
def new(language: str) -> None:
    """Begin the vocabulary of LANGUAGE (ISO 639-1): files that load, with a hint at everything to fill in.

    They are written to the folder of the setting `vocabulary`, without it where Attaché's own vocabularies are;
    docs/adding-a-language.md goes on from there.
    """
    from assets.vocabulary.files import FOLDER, VocabularyError
    from assets.vocabulary.scaffold import language_name, scaffold

    try:
        files = scaffold(language, _own_folder(make=True) or FOLDER)
    except VocabularyError as error:
        raise click.UsageError(str(error)) from None
    for file in files:
        click.echo(file)
    click.echo(f"{language_name(language)} begun; fill them in and run: attache language check {language}", err=True)


@command.command("copy")
@click.argument("language")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def copy(language: str, names: tuple[str, ...]) -> None:
    """Copy vocabulary files of LANGUAGE to the folder of the setting `vocabulary`, to be changed there.

    NAME is a file such as events or actors; without one, all are copied. A copy takes the place of the shipped file.
    """
    from assets.vocabulary.files import FOLDER

    target = _own_folder(make=False)
    if target is None:
        raise click.UsageError('name the folder for your copies first, in attache.toml: vocabulary = "vocabulary"')
    there = {path.stem: path for path in sorted((FOLDER / language).glob("*.toml"))} if language.isalpha() else {}
    if not there:
        raise click.UsageError(f"no vocabulary of {language!r} is shipped; `attache language new` begins one")
    if unknown := sorted(set(names) - set(there)):
        raise click.UsageError(f"{language} has no {', '.join(unknown)}; there are {', '.join(there)}")
    for name in names or there:
        copied = target / language / f"{name}.toml"
        if copied.exists():
            click.echo(f"{copied} is there already, and was left as it is", err=True)
            continue
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(there[name], copied)
        click.echo(copied)


def _own_folder(*, make: bool) -> Path | None:
    """The folder of the setting `vocabulary`, which need not be there yet."""
    from pipelines.settings import load_settings

    folder = load_settings().vocabulary
    if make and folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return folder
