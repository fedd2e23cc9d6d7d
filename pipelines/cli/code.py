"""`attache code`: the event coder as a filter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from pipelines.cli.options import read_own_vocabulary
from pipelines.cli.stream import (
    LineReader,
    Record,
    closing_words,
    open_input,
    read_groups,
    read_records,
    write_record,
)

_CHUNK = 32


@click.command("code")
@click.argument("file", default="-")
@click.option("--lang", help="Language (ISO 639-1) of lines that name none; else it is detected.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to code with.")
@click.option(
    "--coder",
    type=click.Choice(["rules", "openai"]),
    default="rules",
    show_default=True,
    help="The vocabularies' rules, or the language model at openai_base_url as a second opinion.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if any line could not be used.")
def command(file: str, lang: str | None, workers: int, coder: str, strict: bool) -> int:
    """Code the events that texts tell of.

    Reads JSON Lines {id, lang, text, date} from FILE or standard input; `lang` (ISO 639-1) and `date` (YYYY-MM-DD,
    the day of publication) may be null. Writes {id, events: [{root, mode, contexts, cameo, source, target, …}]},
    best event first; `source` and `target` are ISO 3166 alpha-3 or null, `start` and `end` count characters of the
    text. A line that cannot be used gives one with `error`, and the rest goes on.
    """
    read_own_vocabulary()
    bad = total = 0
    reader = LineReader(open_input(file))
    answers = _answers(read_records(reader), lang, workers) if coder == "rules" else _second_answers(reader, lang)
    for answer in answers:
        total += 1
        bad += "error" in answer
        write_record(answer)
    return closing_words(bad, total, "lines", strict)


def _answers(records: Iterator[Record], lang: str | None, workers: int) -> Iterator[dict[str, Any]]:
    items = ((record, lang) for record in records)
    if workers == 1:
        yield from map(code_record, items)
        return
    from assets.parallel import map_in_processes

    yield from map_in_processes(code_record, items, workers=workers, chunk_size=_CHUNK)  # type: ignore[misc]


def _second_answers(reader: LineReader, lang: str | None) -> Iterator[dict[str, Any]]:
    """The answers of the language model that the settings name, in the same form."""
    from assets.events.second_opinions.language_model import LanguageModelCoder
    from assets.events.second_opinions.second_coder import Question, SecondCoderError
    from pipelines.cli.options import settings_with

    settings = settings_with()
    if not settings.openai_base_url or not settings.openai_model:
        raise click.UsageError("--coder openai needs the settings openai_base_url and openai_model")
    key = settings.openai_api_key
    model = LanguageModelCoder(
        settings.openai_base_url, settings.openai_model, api_key=key.get_secret_value() if key else None
    )
    for group in read_groups(reader, _CHUNK):
        usable = [record for record in group if record.error is None]
        days = [_day(record) for record in usable]
        questions = [
            Question(record.value["text"], record.value.get("lang") or lang, day)
            for record, (day, _) in zip(usable, days, strict=True)
        ]
        try:
            readings = dict(zip((r.number for r in usable), model.read(questions), strict=True)) if usable else {}
        except SecondCoderError as error:
            raise click.ClickException(str(error)) from None
        warnings = {record.number: warning for record, (_, warning) in zip(usable, days, strict=True)}
        for record in group:
            reading = readings.get(record.number)
            trouble = record.error if reading is None else reading.error
            answer: dict[str, Any] = {"id": record.identifier, "events": []}
            if reading is not None:
                answer["events"] = [event.as_record() for event in reading.events]
                answer |= {"rejected": list(reading.rejected)} if reading.rejected else {}
            warning = warnings.get(record.number)
            yield answer | ({"error": trouble} if trouble else {}) | ({"warning": warning} if warning else {})


def code_record(item: tuple[Record, str | None]) -> dict[str, Any]:
    """The answer to one record: its events, or what is wrong with it. Never raises."""
    from assets.cleaned.documents.language import normalise_language
    from assets.events.mentions.coder import code_text

    record, lang = item
    if record.error is not None:
        return {"id": record.identifier, "events": [], "error": record.error}
    answer: dict[str, Any] = {"id": record.identifier, "events": []}
    published, warning = _day(record)
    language = normalise_language(record.value.get("lang")) or normalise_language(lang)
    try:
        events = code_text(record.value["text"], None if language == "und" else language, published)
    except Exception as error:
        return {**answer, "error": f"line {record.number} could not be coded: {type(error).__name__}: {error}"}
    answer["events"] = [event.as_record() for event in events]
    return answer | ({"warning": warning} if warning else {})


def _day(record: Record) -> tuple[date | None, str | None]:
    """The day of publication; where there is something else, none and a warning."""
    value = record.value.get("date")
    if value is None or value == "":
        return None, None
    try:
        return date.fromisoformat(value[:10]), None
    except (TypeError, ValueError):
        return None, f"line {record.number}: date is not YYYY-MM-DD and was passed over"
