"""`attache clean`: reading and cleaning pages as a filter."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli.options import field_option, read_own_vocabulary
from pipelines.cli.stream import closing_words, write_record

if TYPE_CHECKING:
    from assets.cleaned.documents.lines.furniture import Furniture
    from assets.raw.documents.rows import RawDocument
    from assets.raw.rejected.rows import RejectedInput

# Pages are cleaned in groups, for lines that recur across the pages of a publisher show only beside one another.
_GROUP_PAGES = 256
_GROUP_CHARACTERS = 16 * 1024 * 1024
_KINDS = {"html": ".html", "text": ".txt"}
_EMPTY: dict[str, Any] = {
    "title": None,
    "publisher": None,
    "authors": [],
    "published": None,
    "published_precision": None,
    "published_basis": None,
    "language": None,
    "text": None,
    "dropped_lines": [],
}


@click.command("clean")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--html", "kind", flag_value="html", help="Take every file for HTML, whatever its name.")
@click.option("--text", "kind", flag_value="text", help="Take every file for plain text, whatever its name.")
@field_option
@click.option("--alone", is_flag=True, help="Clean each page by itself, without a look at its neighbours.")
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to clean with.")
@click.option("--strict", is_flag=True, help="Exit with 1 if any file could not be read.")
def command(
    files: tuple[str, ...], kind: str | None, fields: dict[str, str] | None, alone: bool, workers: int, strict: bool
) -> int:
    """Clean pages: title, publisher, authors, date, language and body, without the furniture.

    FILE is a page (.txt .html …), a container (.json .jsonl .csv .parquet .warc .tar .zip …, plain or packed), a
    folder, or - for standard input. Writes one JSON line a page, in order: path, title, publisher, authors,
    published, published_precision, published_basis, language, text, dropped_lines. A file that cannot be read gives
    a line with `error`, and the rest goes on.
    """
    read_own_vocabulary()
    bad = total = 0
    for group in _groups(_rows(files, kind, fields or {})):
        for answer in _answers(group, alone, workers):
            total += 1
            bad += "error" in answer
            write_record(answer)
    return closing_words(bad, total, "inputs", strict)


def _rows(files: Iterable[str], kind: str | None, fields: Mapping[str, str]) -> Iterator[RawDocument | RejectedInput]:
    """What the files hold; `source_path` is the path as given."""
    for file in files:
        if file == "-":
            yield from _copied("-", sys.stdin.buffer.read(), kind or "text")
        elif Path(file).is_dir():
            yield from _rows(sorted(str(p) for p in Path(file).rglob("*") if _is_page(p)), kind, fields)
        else:
            yield from _file(file, kind, fields)


def _is_page(path: Path) -> bool:
    from assets.raw.documents.files import file_type

    return path.is_file() and file_type(path.name) is not None


def _file(file: str, kind: str | None, fields: Mapping[str, str]) -> Iterator[RawDocument | RejectedInput]:
    from assets.raw.documents.fields import mapped_names
    from assets.raw.documents.files import file_type
    from assets.raw.documents.read import read_documents
    from assets.raw.documents.recorder import rejection

    now = datetime.now(UTC)
    try:
        path = Path(file).resolve(strict=True)  # a link that the user names is meant
        if kind or file_type(path.name) is None:
            yield from _copied(file, path.read_bytes(), kind or "text")
            return
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield rejection(file, "", now.replace(tzinfo=None), "unreadable", f"{file} cannot be read: {reason}.")
        return
    for row in read_documents(path, path.parent, batch="", received_at=now, fields=mapped_names(fields)):
        yield replace(row, source_path=file)


def _copied(name: str, content: bytes, kind: str) -> Iterator[RawDocument | RejectedInput]:
    """The page in some bytes, by way of a file whose name tells its kind."""
    from assets.raw.documents.read import read_documents

    with tempfile.TemporaryDirectory(prefix="attache-") as folder:
        path = Path(folder) / f"input{_KINDS[kind]}"
        path.write_bytes(content)
        for row in read_documents(path, path.parent, batch="", received_at=datetime.now(UTC)):
            yield replace(row, source_path=name)


def _groups(rows: Iterable[RawDocument | RejectedInput]) -> Iterator[list[RawDocument | RejectedInput]]:
    group: list[RawDocument | RejectedInput] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += len(getattr(row, "text", ""))
        if len(group) >= _GROUP_PAGES or characters >= _GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _answers(group: list[RawDocument | RejectedInput], alone: bool, workers: int) -> Iterator[dict[str, Any]]:
    from assets.cleaned.documents.lines.furniture import NO_FURNITURE, find_furniture, keyed_page
    from assets.parallel import Failure, map_in_processes
    from assets.raw.documents.rows import RawDocument

    documents = [row for row in group if isinstance(row, RawDocument)]
    furniture = {} if alone else find_furniture([keyed_page(document) for document in documents])
    items = [(replace(d, content=b""), furniture.get(d.document_id, NO_FURNITURE)) for d in documents]
    cleaned = map_in_processes(clean_page, items, workers=workers)
    for row in group:
        place = _place(row)
        if not isinstance(row, RawDocument):
            yield {**place, **_EMPTY, "reason": row.reason, "error": row.message}
            continue
        answer = next(cleaned)
        if isinstance(answer, Failure):
            yield {**place, **_EMPTY, "reason": "failed", "error": f"{answer.error_type}: {answer.message}"}
        else:
            yield place | answer


def _place(row: RawDocument | RejectedInput) -> dict[str, Any]:
    return {"path": row.source_path} | ({"member": row.member} if row.member else {})


def clean_page(item: tuple[RawDocument, Furniture]) -> dict[str, Any]:
    """The answer for one page."""
    from assets.cleaned.documents.clean import clean_document

    page = clean_document(*item)
    document = page.document
    return {
        "title": document.title,
        "publisher": document.publisher,
        "authors": list(document.authors),
        "published": document.published.isoformat() if document.published else None,
        "published_precision": document.published_precision,
        "published_basis": document.published_basis,
        "language": document.language,
        "text": document.text,
        "dropped_lines": [{"text": line.text, "reason": line.reason} for line in page.dropped_lines],
    }
