"""Clusters in a real warehouse: whatever batches came in what order, were done again or lost pages."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from assets.cleaned.documents.copies.clusters import let_go, place, unsigned
from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.cleaned.signatures.rows import SIGNATURES
from assets.warehouse import Replace, Update, Upsert
from pipelines.warehouse import DuckDBWarehouse

WORDS = [f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in "nprstz"]


@pytest.fixture
def warehouse(tmp_path: Path) -> DuckDBWarehouse:
    warehouse = DuckDBWarehouse(path=str(tmp_path / "w.duckdb"))
    warehouse.migrate()
    return warehouse


def _document(name, batch, text, published=None):
    return CleanedDocument(
        document_id=name, batch=batch, url=None, title=None, authors=(), publisher=None, published=published,
        published_precision="day" if published else None, published_basis="visible" if published else "none: test",
        language="en", text=text, canonical_document_id=name, dropped_share=0.0, mojibake=False,
    )  # fmt: skip


def _variants(seed, count, words=150, step=6):
    """A text and its further and further edited versions: neighbours are alike, the first and the last are not."""
    chosen = random.Random(seed).choices(WORDS, k=words)
    for turn in range(count):
        yield " ".join(chosen)
        for i in random.Random(f"{seed}{turn}").sample(range(words), step):
            chosen[i] = f"v{turn}w{i}"


CHAIN = list(_variants(1, 6))
PAGES = {f"a{i}": (text, date(2024, 5, 9 - i)) for i, text in enumerate(CHAIN)}
PAGES |= {f"b{i}": (next(_variants(2, 1)), None) for i in range(4)}
PAGES |= {"c0": (next(_variants(3, 1)), None), "d0": ("short", None), "d1": ("short", None)}


def _put(warehouse, batch, names, pages=PAGES):
    placement = place(warehouse.read, batch, [_document(name, batch, *pages[name]) for name in names])
    changes = [
        Replace(DOCUMENTS, DOCUMENTS.frame(placement.documents), "batch = ?", (batch,)),
        Replace(SIGNATURES, SIGNATURES.frame(placement.signatures), "batch = ?", (batch,)),
    ]
    warehouse.write([*changes, *([Update(DOCUMENTS, placement.moved)] if placement.moved.height else [])])


def _clusters(warehouse):
    return dict(warehouse.read("SELECT document_id, canonical_document_id FROM cleaned.documents").iter_rows())


WHOLE = {name: name for name in PAGES} | {f"a{i}": "a5" for i in range(6)} | {f"b{i}": "b0" for i in range(4)}


@pytest.mark.parametrize("seed", range(4))
def test_batches_in_any_order_give_what_one_batch_gives(warehouse, seed):
    names = list(PAGES)
    random.Random(seed).shuffle(names)
    cut = sorted(random.Random(seed).sample(range(len(names)), 3))
    for number, (start, end) in enumerate(zip([0, *cut], [*cut, len(names)], strict=True)):
        _put(warehouse, f"batch-{number}", names[start:end])
    assert _clusters(warehouse) == WHOLE


def test_a_batch_done_again_moves_nothing(warehouse):
    _put(warehouse, "one", ["a0", "a2", "a4", "b0"])
    _put(warehouse, "two", ["a1", "a3", "a5", "b1"])
    before = _clusters(warehouse)
    _put(warehouse, "one", ["a0", "a2", "a4", "b0"])
    assert _clusters(warehouse) == before


def test_a_batch_done_again_with_another_text_leaves_no_trace_of_the_first(warehouse):
    _put(warehouse, "one", ["a0", "a1"])
    _put(warehouse, "two", ["a2", "b1"])
    _put(warehouse, "three", ["a3", "a4"])
    assert len(set(_clusters(warehouse).values())) == 2
    _put(warehouse, "two", ["a2", "b1"], PAGES | {"a2": (PAGES["c0"][0], None)})
    assert _clusters(warehouse) == {"a0": "a1", "a1": "a1", "a2": "a2", "a3": "a4", "a4": "a4", "b1": "b1"}


def test_where_a_page_goes_the_rest_is_clustered_anew(warehouse):
    _put(warehouse, "one", list(PAGES))
    with warehouse.transaction() as connection:
        connection.execute(
            "CREATE TEMP TABLE leaving AS SELECT * FROM (VALUES ('a5'), ('a2'), ('b0')) AS t(document_id)"
        )
        let_go(connection, "leaving")
        connection.execute("DELETE FROM cleaned.documents WHERE document_id IN (SELECT document_id FROM leaving)")
    left = {"a0": "a1", "a1": "a1", "a3": "a4", "a4": "a4", "b1": "b1", "b2": "b1", "b3": "b1"}
    assert _clusters(warehouse) == left | {name: name for name in ("c0", "d0", "d1")}


def test_pages_without_a_signature_of_this_version_get_one(warehouse):
    _put(warehouse, "one", ["a0", "b0"])
    with warehouse.transaction() as connection:
        connection.execute("UPDATE cleaned.signatures SET version = 'older'")
    missing = unsigned(warehouse.read, "two")
    assert sorted(signature.document_id for signature in missing) == ["a0", "b0"]
    warehouse.write([Upsert(SIGNATURES, SIGNATURES.frame(missing))])
    assert unsigned(warehouse.read, "two") == []
    _put(warehouse, "two", ["a1", "b1"])
    assert _clusters(warehouse) == {"a0": "a1", "a1": "a1", "b0": "b0", "b1": "b0"}
