"""Lines that recur across a publisher's pages are furniture, though no phrase list knows them."""

from __future__ import annotations

from assets.cleaned.documents.clean import NO_FURNITURE, clean_document, find_furniture

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
    furniture = find_furniture(documents)
    assert set(furniture) == {d.document_id for d in documents}
    with_it = clean_document(documents[0], furniture[documents[0].document_id])
    without = clean_document(documents[0])
    assert PITCH in without.document.text
    assert PITCH not in with_it.document.text
    assert [line.reason for line in with_it.dropped_lines if line.text == PITCH] == ["furniture"]
    assert with_it.document.text.count("\n") == 1


def test_few_pages_prove_nothing(raw):
    documents = _pages(raw, 3)
    assert set(find_furniture(documents).values()) == {NO_FURNITURE}


def test_copies_of_one_page_prove_nothing(raw):
    one = _pages(raw, 1)[0]
    copies = [raw(one.text, url=one.url, document_id=f"copy-{i}") for i in range(6)]
    assert not any(f.keys for f in find_furniture(copies).values())
