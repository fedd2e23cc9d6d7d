"""Helpers that several tests of reading share: a corpus folder, and the rows of a file put into it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from assets.raw.documents.read import read_documents
from assets.raw.documents.rows import RawDocument
from assets.raw.rejected.rows import RejectedInput

Rows = list[RawDocument | RejectedInput]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Rows]:
    """Puts a file with these bytes into a corpus, and reads it."""
    corpus = tmp_path / "corpus"

    def rows(name: str, content: bytes, **options: object) -> Rows:
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        received = datetime(2024, 6, 18)
        return list(read_documents(path, corpus, batch="b", received_at=received, **options))  # type: ignore[arg-type]

    return rows


def told(rows: Rows) -> list[tuple[str, str]]:
    """What each row is: `text` and the text, or its reason and its member."""
    return [("text", row.text) if isinstance(row, RawDocument) else (row.reason, row.member or "") for row in rows]
