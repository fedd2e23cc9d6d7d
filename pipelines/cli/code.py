"""`attache code`: the event coder as a filter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from pipelines.cli.stream import LineReader, Record, closing_words, open_input, read_records, write_record

_CHUNK = 32


@click.command("code")
@click.argument("file", default="-")
@click.option("--lang", help="Language (ISO 639-1) of lines that name none; else it is detected.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to code with.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any line could not be used.")
def command(file: str, lang: str | None, workers: int, strict: bool) -> int:
    """Code the events that texts tell of.

    Reads JSON Lines {id, lang, text, date} from FILE or standard input; `lang` (ISO 639-1) and `date` (YYYY-MM-DD,
    the day of publication) may be null. Writes {id, events: [{root, mode, contexts, cameo, source, target, …}]},
    best event first; `source` and `target` are ISO 3166 alpha-3 or null, `start` and `end` count characters of the
    text. A line that cannot be used gives one with `error`, and the rest goes on.
    """
    bad = total = 0
    for answer in _answers(read_records(LineReader(open_input(file))), lang, workers):
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
