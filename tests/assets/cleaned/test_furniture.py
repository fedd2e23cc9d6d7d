"""Lines that recur across a publisher's pages are furniture, though no phrase list knows them."""

from __future__ import annotations

from dataclasses import replace

from assets.cleaned.documents.clean import NO_FURNITURE, clean_document, find_furniture, keyed_page
from assets.cleaned.documents.lines.recurrence import recurrence_before
from assets.cleaned.page_lines.rows import PAGE_LINES
from assets.warehouse import Replace
from pipelines.warehouse import DuckDBWarehouse

PITCH = "Gather round the kettle with us every evening and hear what the islands have been up to today."


def _pages(raw, count, **given):
    return [
        raw(
            f"Island number {word} elects a council\n{PITCH}\n"
            f"The island of {word} elected a new council on Monday, after a campaign about ferries to {word}.\n"
            f"Turnout in {word} was higher than in any year since the war, the electoral commission said.\n",
            url=f"https://kettle.example/{word}",
            **given,
        )
        for word in ("Orrin", "Saltee", "Vardel", "Hesper", "Tamsin", "Quill")[:count]
    ]


def test_recurring_line_is_cut(raw):
    documents = _pages(raw, 6)
    furniture = find_furniture([keyed_page(d) for d in documents])
    assert set(furniture) == {d.document_id for d in documents}
    with_it = clean_document(documents[0], furniture[documents[0].document_id])
    without = clean_document(documents[0])
    assert PITCH in without.document.text
    assert PITCH not in with_it.document.text
    assert [line.reason for line in with_it.dropped_lines if line.text == PITCH] == ["furniture"]
    assert with_it.document.text.count("\n") == 1


def test_few_pages_prove_nothing(raw):
    documents = _pages(raw, 3)
    assert set(find_furniture([keyed_page(d) for d in documents]).values()) == {NO_FURNITURE}


def test_copies_of_one_page_prove_nothing(raw):
    one = _pages(raw, 1)[0]
    copies = [raw(one.text, url=one.url, document_id=f"copy-{i}") for i in range(6)]
    assert not any(f.keys for f in find_furniture([keyed_page(d) for d in copies]).values())


def _in_batches(raw, count):
    documents = _pages(raw, count)
    return [replace(document, batch=f"batch-{i // 2}") for i, document in enumerate(documents)]


def _put(warehouse, documents, batch):
    keyed = [keyed_page(document) for document in documents if document.batch == batch]
    found = find_furniture(keyed, recurrence_before(warehouse.read, batch, keyed))
    frame = PAGE_LINES.frame(page.row for page in keyed)
    warehouse.write([Replace(PAGE_LINES, frame, "batch = ?", (batch,))])
    return [bool(furniture.keys) for furniture in found.values()]


def test_earlier_batches_count_and_later_ones_do_not(raw, tmp_path):
    warehouse = DuckDBWarehouse(path=str(tmp_path / "w.duckdb"))
    warehouse.migrate()
    documents = _in_batches(raw, 6)
    for _ in range(2):  # the second time everything is known, and nothing is judged otherwise
        assert _put(warehouse, documents, "batch-0") == [False, False]
        assert _put(warehouse, documents, "batch-1") == [True, True]
        assert _put(warehouse, documents, "batch-2") == [True, True]


def test_a_page_crawled_again_and_again_counts_once(raw, tmp_path):
    warehouse = DuckDBWarehouse(path=str(tmp_path / "w.duckdb"))
    warehouse.migrate()
    page = _pages(raw, 1)[0]
    again = [
        replace(page, document_id=f"day-{day}", batch=f"batch-{day}", text=f"{page.text}Read {day}00 times.\n")
        for day in range(7)
    ]
    assert not any(_put(warehouse, again, f"batch-{day}") != [False] for day in range(7))
