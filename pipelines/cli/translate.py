"""`attache translate`: the translation engines as a filter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli.options import settings_with
from pipelines.cli.stream import LineReader, Record, closing_words, open_input, read_groups, write_record
from pipelines.cli.text import harmless

if TYPE_CHECKING:
    from assets.translated.glossary import Glossary
    from pipelines.settings import Settings

_GROUP = 256
_REMEMBERED = 20_000


@click.command("translate")
@click.argument("file", default="-")
@click.option(
    "--engine",
    "engines",
    multiple=True,
    metavar="NAME",
    help="auto, firefox, openai, libretranslate, draft or none; again for more, in order (default: the setting).",
)
@click.option(
    "--glossary",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE.csv",
    help="Terms (lang, source, english) that must come out one way, over the standard ones.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if any line could not be used.")
def command(file: str, engines: tuple[str, ...], glossary: Path | None, strict: bool) -> int:
    """Translate texts to English, and say how good the English is.

    Reads JSON Lines {id, lang, text} from FILE or standard input; without `lang` the language is detected. Writes
    {id, text, engine, model, quality, flags, status, reason}. Where no engine is at hand `status` is pending, `text`
    null, and `reason` names the command that helps. What the engine draft made carries the flag draft: a gist at
    best.
    """
    from assets.translated.engines.available import engines_for
    from assets.translated.glossary import GlossaryError, glossary_in_force

    settings = settings_with(engines=list(engines) or None, glossary=glossary)
    try:
        terms = glossary_in_force(settings.glossary)
        chosen = engines_for(settings, terms)
    except (ValueError, GlossaryError) as error:
        raise click.UsageError(harmless(str(error))) from None
    bad = total = 0
    for answer in _answers(LineReader(open_input(file)), chosen, terms, settings):
        total += 1
        bad += "error" in answer
        write_record(answer)
    _tell_cost(chosen, settings)
    return closing_words(bad, total, "lines", strict)


def _tell_cost(engines: list[Any], settings: Settings) -> None:
    """What servers and models that count tokens were asked for, on stderr."""
    from assets.translated.engines.openai import NAME, cost_of

    for engine in engines:
        used = engine.usage
        if engine.name == NAME and used.calls:
            cost = cost_of(used, settings)
            price = "" if cost is None else f", cost {cost:.4f}"
            click.echo(
                f"{engine.name}: {used.calls:,} requests, {used.retries:,} repeated, "
                f"{used.input_tokens:,} tokens in, "
                f"{used.output_tokens:,} out{price}",
                err=True,
            )


def _answers(
    reader: LineReader, engines: list[Any], glossary: Glossary, settings: Settings
) -> Iterator[dict[str, Any]]:
    from functools import partial

    from assets.events.mentions.told import told
    from assets.translated.memory.memory import Memory
    from assets.translated.segments.quality import estimate_quality
    from assets.translated.segments.records import translate_records

    estimate = partial(estimate_quality, glossary=glossary, read_sentence=told)
    memory = Memory()
    for group in read_groups(reader, _GROUP):
        values = [record.value for record in group if record.error is None]
        done = translate_records(
            values,
            engines,
            settings.translation_threshold,
            memory=memory,
            glossary=glossary,
            estimate=estimate,
            workers=settings.workers,
        )
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
