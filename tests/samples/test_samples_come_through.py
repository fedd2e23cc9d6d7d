"""The sample pages come through cleaning and coding as a careful person would have them (expected.json)."""

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from assets.cleaned.documents.clean import CleanedPage, clean_document
from assets.events.mentions.coder import code_document
from assets.events.mentions.rows import Mention
from assets.raw.documents.read import read_documents
from assets.raw.documents.rows import RawDocument
from assets.translated.segments.segment import segment_document
from assets.vocabulary.coding import coding_languages

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
EXPECTED = json.loads((ROOT / "tests" / "samples" / "expected.json").read_text(encoding="utf-8"))["pages"]
LEAST_FOUND = 0.6  # of the events that a careful coder finds; measured 0.66 over six languages when this was written


@cache
def documents(path: str) -> dict[str | None, RawDocument]:
    read = read_documents(SAMPLES / path, SAMPLES, batch="b", received_at=datetime(2027, 1, 1))
    return {d.member: d for d in read if isinstance(d, RawDocument)}


@cache
def page(path: str, member: int | None) -> CleanedPage:
    return clean_document(documents(path)[str(member) if member is not None else None])


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def name(expected: dict) -> str:
    return f"{expected['path']}#{expected.get('member')}"


@pytest.mark.parametrize("expected", EXPECTED, ids=name)
def test_a_page_is_cleaned_as_a_reader_would(expected: dict) -> None:
    document = page(expected["path"], expected.get("member")).document
    assert squeezed(document.title) == squeezed(expected["title"])
    assert document.language == expected["language"]
    assert document.published == (date.fromisoformat(expected["published"]) if expected["published"] else None)
    body = squeezed(document.text)
    assert body.startswith(squeezed(expected["first_words"]))
    assert body.endswith(squeezed(expected["last_words"]))
    assert [dirt for dirt in expected["must_not"] if squeezed(dirt) in body] == []


def tells(mention: Mention, event: dict) -> bool:
    pairs = {(mention.source_country, mention.target_country)}
    if event.get("joint"):
        pairs |= {(target, source) for source, target in pairs}
    roots = [event["root"], *event.get("root_also", [])]
    return mention.plover_type in roots and any(
        event["source"] in (None, source) and event["target"] in (None, target) for source, target in pairs
    )


def test_most_events_of_the_pages_are_found() -> None:
    found = []
    for expected in EXPECTED:
        if expected["language"] in coding_languages():
            cleaned = page(expected["path"], expected.get("member"))
            mentions = code_document(cleaned.document, segment_document(cleaned.document), cleaned.spans)
            found += [any(tells(mention, event) for mention in mentions) for event in expected["events"]]
    assert sum(found) / len(found) >= LEAST_FOUND
