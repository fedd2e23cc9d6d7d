"""`attache language`: the coder's vocabularies, checked and begun."""

from __future__ import annotations

import click

from pipelines.cli import exit_codes


@click.group("language")
def command() -> None:
    """Vocabularies of the event coder."""


@command.command("check")
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
def check(languages: tuple[str, ...]) -> int:
    """Read vocabularies (all, or those named), and tell mistakes by file and line, or what they hold."""
    from assets.vocabulary.coding import coding_languages, describe, load_coding_vocabulary
    from assets.vocabulary.files import VocabularyError

    failed = False
    for language in languages or coding_languages():
        try:
            click.echo(describe(load_coding_vocabulary(language)))
        except VocabularyError as mistake:
            failed = True
            click.echo(f"attache: {mistake}", err=True)
    return exit_codes.USAGE if failed else exit_codes.OK


@command.command("new")
@click.argument("language")
def new(language: str) -> None:
    """Begin the vocabulary of LANGUAGE (ISO 639-1): files that load, with a hint at everything to fill in.

    They are written where Attaché's own vocabularies are; docs/adding-a-language.md goes on from there.
    """
    from assets.vocabulary.files import VocabularyError
    from assets.vocabulary.scaffold import language_name, scaffold

    try:
        files = scaffold(language)
    except VocabularyError as error:
        raise click.UsageError(str(error)) from None
    for file in files:
        click.echo(file)
    click.echo(f"{language_name(language)} begun; fill them in and run: attache language check {language}", err=True)
