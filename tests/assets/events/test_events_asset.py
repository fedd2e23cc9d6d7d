"""The asset `events.events` on a real warehouse: incremental, and the same whatever came first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest

from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.events.events.asset import events_events
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS, Mention
from assets.warehouse import Replace, Upsert
from pipelines.warehouse import DuckDBWarehouse

DAY = date(2024, 9, 17)


def mention(number: int, **changes: object) -> Mention:
    base = Mention(
        mention_id=f"m{number}", document_id=f"d{number}", batch=f"b{number}", segment_id=f"s{number}", language="en",
        plover_type="ASSAULT", mode=None, contexts=(), cameo_code="190", quad_class=4, intensity=-9.0,
        source_country="DZA", source_sector=None, source_text="Algeria", target_country="MLI", target_sector=None,
        target_text="Mali", event_date=DAY, date_precision="day", date_basis="stated", status="actual",
        claimed_by=None, place_name=None, place_country=None, latitude=None, longitude=None, geonames_id=None,
        dead=None, injured=None, confidence=0.7, trigger_text="attacked", evidence_text="x",
        evidence_start=0, evidence_end=1, raw_start=0, raw_end=1, event_id=None,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def page(number: int) -> CleanedDocument:
    return CleanedDocument(
        document_id=f"d{number}", batch=f"b{number}", url=None, title=None, authors=(), publisher=f"P{number}",
        published=DAY, published_precision="day", published_basis="meta", language="en", text="x",
        canonical_document_id=f"d{number}", dropped_share=0.0, mojibake=False,
    )  # fmt: skip


# Two reports of one attack, a meeting told from either side, an attack of another week, one with nobody named.
REPORTS = [
    mention(1),
    mention(2, event_date=DAY + timedelta(days=1), date_basis="publication", language="ar"),
    mention(3, plover_type="CONSULT", source_country="TUR", target_country="MLI"),
    mention(4, plover_type="CONSULT", source_country="MLI", target_country="TUR"),
    mention(5, event_date=DAY + timedelta(days=40)),
    mention(6, source_country=None, target_country=None),
]


@pytest.fixture
def make(tmp_path: Path) -> Any:
    def made(name: str) -> DuckDBWarehouse:
        warehouse = DuckDBWarehouse(path=str(tmp_path / name))
        warehouse.migrate()
        return warehouse

    return made


def resolve(warehouse: DuckDBWarehouse) -> int:
    """Materialise the asset; how many mentions it found changed."""
    result = dg.materialize([events_events], resources={"warehouse": warehouse})
    (event, *_) = result.asset_materializations_for_node("events_events")
    return int(event.metadata["mentions_changed"].value)  # type: ignore[call-overload]


def arrive(warehouse: DuckDBWarehouse, reports: Sequence[Mention]) -> None:
    warehouse.write(
        [
            Upsert(MENTIONS, MENTIONS.frame(reports)),
            Upsert(DOCUMENTS, DOCUMENTS.frame(page(int(m.document_id[1:])) for m in reports)),
        ]
    )


def state(warehouse: DuckDBWarehouse) -> tuple[pl.DataFrame, ...]:
    return (
        warehouse.read("SELECT * FROM events.events ORDER BY event_id"),
        warehouse.read("SELECT mention_id, event_id FROM events.mentions ORDER BY mention_id"),
        warehouse.read("SELECT * FROM events.claims ORDER BY claim_id"),
        warehouse.read("SELECT * FROM events.pairs ORDER BY ALL"),
    )


def test_any_order_of_arrival_gives_the_same_events_and_nothing_is_done_twice(make: Any) -> None:
    whole, piecemeal = make("whole.duckdb"), make("piecemeal.duckdb")
    arrive(whole, REPORTS)
    assert resolve(whole) == len(REPORTS)
    for report in (REPORTS[4], REPORTS[3], REPORTS[1], REPORTS[5], REPORTS[0], REPORTS[2]):
        arrive(piecemeal, [report])
        assert resolve(piecemeal) == 1
    for one, other in zip(state(whole), state(piecemeal), strict=True):
        assert one.equals(other)
    assert state(whole)[0].height == 4
    assert resolve(whole) == 0


def test_the_events_have_charts_of_types_time_and_places_beside_them(make: Any) -> None:
    warehouse = make("w.duckdb")
    arrive(warehouse, [mention(1, place_name="Gao", place_country="MLI", latitude=16.27, longitude=-0.04)])
    result = dg.materialize([events_events], resources={"warehouse": warehouse})
    (event, *_) = result.asset_materializations_for_node("events_events")
    for name in ("chart_types", "chart_timeline", "chart_map"):
        assert str(event.metadata[name].value).startswith("![Events by "), name


def test_events_forget_mentions_that_are_gone_and_pages_that_turn_out_to_be_copies(make: Any) -> None:
    warehouse = make("w.duckdb")
    arrive(warehouse, REPORTS)
    resolve(warehouse)
    warehouse.write([Replace(MENTIONS, MENTIONS.frame([]), "mention_id IN ('m2', 'm6')")])
    assert resolve(warehouse) == 1  # m1, whose event lost m2
    fresh = make("fresh.duckdb")
    arrive(fresh, [m for m in REPORTS if m.mention_id not in ("m2", "m6")])
    resolve(fresh)
    assert state(warehouse)[0].equals(state(fresh)[0])
    warehouse.write([Upsert(DOCUMENTS, DOCUMENTS.frame([replace(page(4), canonical_document_id="d3")]))])
    assert resolve(warehouse) == 2
    consult = warehouse.read("SELECT independent_publisher_count FROM events.events WHERE plover_type = 'CONSULT'")
    assert consult["independent_publisher_count"].to_list() == [1]
    assert EVENTS.column_names == tuple(state(warehouse)[0].columns)
