"""Text and HTML files: one document each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from assets.raw.documents.recorder import DOCUMENT_LIMIT, Recorder, Row
from assets.raw.documents.source import Item, Source
from assets.raw.documents.streams import whole


def read_page(source: Source, start: int, first: int) -> Iterator[Item]:
    """The one document of the file, which has no parts."""
    with source.open() as file:
        content = whole(file, source.kind.compression, DOCUMENT_LIMIT)
    yield Item(0, len(content), 0, partial(_write, content, source.kind.kind == "html"))


def _write(content: bytes, promised_html: bool, recorder: Recorder) -> Row:
    return recorder.document(content, 0, promised_html=promised_html)
