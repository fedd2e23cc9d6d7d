"""A raw document made of a text, for the tests of cleaning."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

import pytest

from assets.raw.documents.rows import RawDocument


def _raw(text: str, **given: object) -> RawDocument:
    content = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()
    fields: dict[str, object] = {
        "document_id": digest[:16],
        "batch": "batch-1",
        "source_path": "pages/page.txt",
        "member": None,
        "member_position": 0,
        "crawled_at": None,
        "flags": (),
        "url": None,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "sha256": digest,
        "received_at": datetime(2026, 11, 1, 12),
        "title_hint": None,
        "date_hint": None,
        "publisher_hint": None,
        "language_hint": None,
        "hint_end": 0,
        "content": content,
        "text": text,
    }
    return RawDocument(**(fields | given))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def raw() -> Callable[..., RawDocument]:
    """Builds a raw document as the reader would, from its text and what is given with it."""
    return _raw
