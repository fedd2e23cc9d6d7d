"""`attache translate`: the translation engines as a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import click

from pipelines.cli.options import settings_with
from pipelines.cli.stream import LineReader, Record, closing_words, open_input, read_groups, write_record

_GROUP = 256
_REMEMBERED = 20_000


@click.command("translate")
@click.argument("file", default="-")
@click.option(
    "--engine",
    "engines",
    multiple=True,
    metavar="NAME",
    help="auto, firefox, openai, libretranslate or none; again for more, in order (default: the setting).",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if any line could not be used.")
def command(file: str, engines: tuple[str, ...], strict: bool) -> int:
    """Translate texts to English, and say how good the English is.

    Reads JSON Lines {id, lang, text} from FILE or standard input; without `lang` the language is detected. Writes
    {id, text, engine, model, quality, flags, status, reason}. Where no engine is at hand `status` is pending, `text`
    null, and `reason` names the command that helps.
    """
    from assets.translated.engines.available import available_engines

    settings = settings_with(engines=list(engines) or None)
    openai_key, libretranslate_key = settings.openai_api_key, settings.libretranslate_api_key
    try:
        chosen = available_engines(
            settings.engines,
            models_folder=settings.models_folder,
            openai_base_url=settings.openai_base_url,
            openai_model=settings.openai_model,
            openai_api_key=openai_key.get_secret_value() if openai_key else None,
            libretranslate_url=settings.libretranslate_url,
            libretranslate_api_key=libretranslate_key.get_secret_value() if libretranslate_key else None,
            workers=settings.workers,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    bad = total = 0
    for answer in _answers(LineReader(open_input(file)), chosen, settings.translation_threshold):
        total += 1
        bad += "error" in answer
        write_record(answer)
    return closing_words(bad, total, "lines", strict)


def _answers(reader: LineReader, engines: list[Any], threshold: float) -> Iterator[dict[str, Any]]:
    from assets.translated.memory.memory import Memory
    from assets.translated.segments.translate import translate_records

    memory = Memory()
    for group in read_groups(reader, _GROUP):
        values = [record.value for record in group if record.error is None]
        done = translate_records(values, engines, threshold, memory=memory)
        for record in group:
            yield _error(record, record.error) if record.error is not None else _checked(record, next(done))
        if len(memory.new_entries) > _REMEMBERED:
            memory = Memory()  # a stream may be endless, the memory may not


def _checked(record: Record, answer: dict[str, Any]) -> dict[str, Any]:
    """The answer; what was found wrong with a record is told by its line."""
    if answer["status"] != "error":
        return answer
    return _error(record, re.sub(r"^record \d+", f"line {record.number}", answer["reason"]))


def _error(record: Record, message: str) -> dict[str, Any]:
    return {
        "id": record.identifier,
        "text": None,
        "engine": None,
        "model": None,
        "quality": None,
        "flags": [],
        "status": "error",
        "reason": message,
        "error": message,
    }
