"""Mentions of one event become one row, whatever their order."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from assets.cleaned.documents.rows import CleanedDocument
from assets.events.events.resolve import resolve_events
from assets.events.mentions.rows import Mention

DAY = date(2024, 9, 17)


def mention(number: int, **changes: object) -> Mention:
    base = Mention(
        mention_id=f"m{number}", document_id=f"d{number}", batch="b", segment_id=f"s{number}", language="en",
        plover_type="ASSAULT", mode=None, contexts=(), cameo_code="190", quad_class=4, intensity=-9.0,
        source_country="DZA", source_sector=None, source_text="Algeria", target_country="MLI", target_sector=None,
        target_text="Mali", event_date=DAY, date_precision="day", date_basis="stated", status="actual",
        claimed_by=None, place_name=None, place_country=None, latitude=None, longitude=None, geonames_id=None,
        dead=None, injured=None, confidence=0.7, trigger_text="attacked", evidence_text="x",
        evidence_start=0, evidence_end=1, raw_start=0, raw_end=1, event_id=None,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def page(number: int, publisher: str, canonical: str | None = None) -> CleanedDocument:
    return CleanedDocument(
        document_id=f"d{number}", batch="b", url=None, title=None, authors=(), publisher=publisher, published=DAY,
        published_precision="day", published_basis="meta", language="en", text="x",
        canonical_document_id=canonical or f"d{number}", dropped_share=0.0, mojibake=False,
    )  # fmt: skip


def test_reports_in_two_languages_become_one_event_with_their_disagreement_kept() -> None:
    mentions = [mention(1, dead=70), mention(2, language="ar", dead=77, event_date=DAY + timedelta(days=1))]
    (event,) = resolve_events(mentions, [page(1, "A"), page(2, "B")]).events
    assert event.languages == ("ar", "en")
    assert (event.dead_min, event.dead_max) == (70, 77)
    assert (event.mention_count, event.publisher_count, event.independent_publisher_count) == (2, 2, 2)


def test_syndicated_copies_count_once_for_independence() -> None:
    (event,) = resolve_events([mention(1), mention(2)], [page(1, "A", "d1"), page(2, "B", "d1")]).events
    assert (event.publisher_count, event.independent_publisher_count) == (2, 1)


def test_other_parties_types_and_times_stay_apart() -> None:
    mentions = [
        mention(1),
        mention(2, target_country="NER"),
        mention(3, plover_type="COERCE"),
        mention(4, event_date=DAY + timedelta(days=30)),
        mention(5, status="planned"),
    ]
    assert len(resolve_events(mentions, [page(n, "A") for n in range(1, 6)]).events) == 5


def test_attacks_on_two_cities_stay_apart_and_a_report_without_place_joins_one() -> None:
    mentions = [
        mention(1, place_name="Gao", geonames_id="1"),
        mention(2, place_name="Mopti", geonames_id="2"),
        mention(3),
    ]
    events = resolve_events(mentions, [page(n, "A") for n in range(1, 4)]).events
    assert sorted(event.mention_count for event in events) == [1, 2]


def test_a_denial_is_shown_as_a_dispute() -> None:
    (event,) = resolve_events([mention(1), mention(2, status="denied")], [page(1, "A"), page(2, "B")]).events
    assert event.disputed
    assert event.status == "actual"


def test_a_meeting_told_from_either_side_is_one() -> None:
    told = mention(1, plover_type="CONSULT", source_country="TUR", target_country="MLI")
    retold = mention(2, plover_type="CONSULT", source_country="MLI", target_country="TUR")
    assert len(resolve_events([told, retold], [page(1, "A"), page(2, "B")]).events) == 1


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["MLI", "NER", None])), max_size=25), st.integers())
def test_the_order_of_mentions_does_not_matter(shapes: list[tuple[int, str | None]], seed: int) -> None:
    mentions = [
        mention(n, event_date=DAY + timedelta(days=days), target_country=target)
        for n, (days, target) in enumerate(shapes)
    ]
    pages = [page(n, "A") for n in range(len(mentions))]
    shuffled = mentions[:]
    Random(seed).shuffle(shuffled)
    first, second = resolve_events(mentions, pages), resolve_events(shuffled, pages)
    assert sorted(first.events, key=lambda e: e.event_id) == sorted(second.events, key=lambda e: e.event_id)
    assert first.event_ids == second.event_ids
    assert set(first.event_ids) == {m.mention_id for m in mentions}
