"""What changed between two states of the events, told apart by what happened to their mentions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from assets.events.event_versions.compare import NEEDED, compare
from assets.events.event_versions.rows import EVENT_VERSIONS

_SCHEMA = {name: EVENT_VERSIONS.polars_schema[name] for name in NEEDED}
_PLAIN: dict[str, Any] = {
    "contexts": [], "quad_class": 1, "intensity": 0.0, "disputed": False, "mention_count": 1, "document_count": 1,
    "publisher_count": 1, "independent_publisher_count": 1, "languages": ["en"], "confidence": 0.5, "conflicts": [],
    "status": "actual", "cameo_code": "010", "source_country": "MLI", "target_country": "NER", "version": 1,
}  # fmt: skip


def event(event_id: str, plover_type: str, told: list[tuple[str, str, str]], **more: Any) -> dict[str, Any]:
    """An event told by mentions: sentence, page, content."""
    sentences, pages, contents = (list(column) for column in zip(*told, strict=True)) if told else ([], [], [])
    own = {"segment_ids": sentences, "document_ids": pages, "mention_contents": contents}
    return dict.fromkeys(_SCHEMA) | _PLAIN | {"event_id": event_id, "plover_type": plover_type} | own | more


def changes(
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    new: Sequence[str] = (),
    gone: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    frame = compare(
        pl.DataFrame(before, schema=_SCHEMA), pl.DataFrame(after, schema=_SCHEMA),
        pl.Series(new, dtype=pl.String), pl.Series(gone, dtype=pl.String),
    )  # fmt: skip
    return frame.select("before_id", "after_id", "kind", "causes", "aspects").rows()


def test_the_same_sentence_coded_otherwise_under_another_id_is_recoded() -> None:
    before = [event("a", "ASSAULT", [("s1", "d1", "x")])]
    after = [event("b", "COERCE", [("s1", "d1", "y")])]
    assert changes(before, after) == [("a", "b", "recoded", ["rules"], ["type"])]


def test_two_events_of_one_sentence_are_not_taken_for_each_other() -> None:
    before = [event("a", "ASSAULT", [("s1", "d1", "x")], source_country="RUS", target_country="UKR")]
    after = [event("b", "CONSULT", [("s1", "d1", "y")])]
    assert changes(before, after) == [
        (None, "b", "added", ["rules"], []),
        ("a", None, "removed", ["rules"], []),
    ]


def test_of_several_the_one_that_shares_most_is_found() -> None:
    before = [event("a", "AID", [("s1", "d1", "x"), ("s2", "d2", "x")])]
    after = [event("b", "COERCE", [("s1", "d1", "y")]), event("c", "AID", [("s1", "d1", "x"), ("s2", "d2", "z")])]
    assert changes(before, after) == [
        (None, "b", "added", ["rules"], []),
        ("a", "c", "unchanged", ["rules"], []),
    ]


def test_new_pages_add_events_and_mentions() -> None:
    before = [event("a", "AID", [("s1", "d1", "x")])]
    after = [
        event("a", "AID", [("s1", "d1", "x"), ("s2", "d2", "x")], mention_count=2, version=2),
        event("b", "AID", [("s3", "d2", "x")], target_country="TCD"),
    ]
    assert changes(before, after, new=["d2"]) == [
        (None, "b", "added", ["new pages"], []),
        ("a", "a", "recounted", ["new pages"], []),
    ]


def test_a_page_that_went_takes_its_events_and_a_replaced_one_keeps_them() -> None:
    before = [
        event("a", "AID", [("s1", "d1", "x")]),
        event("b", "PROTEST", [("s2", "d1", "x")], event_date=date(2026, 3, 1)),
    ]
    after = [before[1] | {"event_id": "c", "segment_ids": ["s9"], "document_ids": ["d9"], "mention_count": 2}]
    assert changes(before, after, new=["d9"], gone=["d1"]) == [
        ("b", "c", "recounted", ["new pages", "pages gone"], []),
        ("a", None, "removed", ["pages gone"], []),
    ]


def test_mentions_put_together_otherwise_are_merging() -> None:
    before = [event("a", "AID", [("s1", "d1", "x"), ("s2", "d2", "x")], mention_count=2)]
    after = [event("a", "AID", [("s1", "d1", "x")], version=2), event("b", "AID", [("s2", "d2", "x")])]
    assert changes(before, after) == [
        (None, "b", "added", ["merging"], []),
        ("a", "a", "recounted", ["merging"], []),
    ]


def test_what_only_its_pages_say_of_themselves_is_a_page_detail() -> None:
    before = [event("a", "AID", [("s1", "d1", "x")])]
    after = [event("a", "AID", [("s1", "d1", "x")], publisher_count=2, version=2)]
    assert changes(before, after) == [("a", "a", "recounted", ["page details"], [])]


def test_a_new_id_alone_is_no_change() -> None:
    before = [event("a", "AID", [("s1", "d1", "x")])]
    assert changes(before, [event("b", "AID", [("s1", "d1", "x")])]) == [
        ("a", "b", "unchanged", ["page details"], [])
    ]


def test_nothing_is_a_state_as_well() -> None:
    assert changes([], []) == []
    assert [row[2] for row in changes([], [event("a", "AID", [])])] == ["added"]
