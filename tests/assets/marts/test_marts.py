"""What the marts say of a small corpus whose answers are known, through the real warehouse and the real assets."""

from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.cleaned.documents.rows import DOCUMENTS
from assets.events.actors.asset import events_actors
from assets.events.arms.rows import ARMS
from assets.events.events.asset import events_events
from assets.events.mentions.rows import MENTIONS
from assets.events.unknown_names.rows import UNKNOWN_NAMES, UnknownName
from assets.marts.asset import marts
from assets.table import Table
from assets.warehouse import Replace
from pipelines.warehouse import DuckDBWarehouse

MONTH = date(2024, 9, 1)
PAGES = (
    ("d1", "A", 17, "en", "d1"),
    ("d2", "B", 18, "fr", "d2"),
    ("d3", "C", 17, "en", "d1"),
    ("d4", "A", 21, "es", "d4"),
)
GAO = {"place_name": "Gao", "place_country": "MLI", "place_precision": "point", "geonames_id": "2457161",
       "latitude": 16.27, "longitude": -0.04}  # fmt: skip
ATTACK = {"plover_type": "ASSAULT", "quad_class": 4, "intensity": -9.0, "source_country": "DZA",
          "source_actor_id": "DZA", "target_country": "MLI", "target_actor_id": "MLI", "dead": 3, **GAO}  # fmt: skip
PROMISE = {"plover_type": "AID", "quad_class": 2, "intensity": 7.0, "source_country": "TUR", "source_actor_id": "TUR",
           "target_country": "MLI", "target_actor_id": "MLI", "status": "planned"}  # fmt: skip
TOLD = (
    ("m1", "d1", {**ATTACK, "source_text": "Algiers", "target_text": "the country"}),
    ("m2", "d2", {**ATTACK, "status": "denied", "claimed_by": "the ministry", "dead": None}),
    ("m3", "d3", ATTACK),  # the copy of d1
    ("m4", "d1", {**PROMISE, "source_text": "the country", "target_text": "Bamako"}),
)
ARMED = (
    ("d1", "delivered", 2, date(2024, 9, 17)),
    ("d3", "delivered", 6, date(2024, 9, 17)),
    ("d2", "mentioned", 1, date(2024, 9, 17)),
    ("d4", "delivered", 9, None),
)
FILL: dict[str, Any] = {"VARCHAR": "x", "BIGINT": 0, "DOUBLE": 0.5, "BOOLEAN": False, "VARCHAR[]": []}


def row(table: Table, **values: Any) -> dict[str, Any]:
    return {c.name: None if c.nullable else FILL.get(c.duckdb_type) for c in table.columns} | values


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> DuckDBWarehouse:
    made = DuckDBWarehouse(path=str(Path(tmp_path_factory.mktemp("marts")) / "w.duckdb"))
    made.migrate()
    days = {page: date(2024, 9, day) for page, _, day, _, _ in PAGES}
    rows: dict[Table, list[dict[str, Any]]] = {
        DOCUMENTS: [
            row(DOCUMENTS, document_id=page, publisher=publisher, published=days[page], language=language,
                canonical_document_id=first)
            for page, publisher, _, language, first in PAGES
        ],
        MENTIONS: [
            row(MENTIONS, mention_id=mention, document_id=page, language="en", event_date=date(2024, 9, 17),
                date_precision="day", date_basis="stated", status="actual") | more
            for mention, page, more in TOLD
        ],
        ARMS: [
            row(ARMS, arms_id=f"a{n}", document_id=page, language="en", equipment="drones", supplier_country="TUR",
                recipient_country="MLI", stage=stage, quantity=quantity, event_date=day)
            for n, (page, stage, quantity, day) in enumerate(ARMED)
        ],
    }  # fmt: skip
    names = [UnknownName(f"d{n}", 0, 4, "b", f"s{n}", "en", "Omar Belhadj", title, "MLI", "MIL")
             for n, title in ((1, "Colonel"), (2, "Colonel"), (3, None))]  # fmt: skip
    frames = {table: [table.row_type(**r) for r in given] for table, given in rows.items()} | {UNKNOWN_NAMES: names}
    made.write([Replace(table, table.frame(given)) for table, given in frames.items()])
    dg.materialize([events_events, events_actors, marts], resources={"warehouse": made})
    return made


def test_a_country_pair_tells_apart_what_happened_what_may_come_and_what_is_denied(
    warehouse: DuckDBWarehouse,
) -> None:
    found = warehouse.read(
        "SELECT source_country, target_country, month, plover_type, event_count, announced_count, denied_count, "
        "mention_count, independent_reports, dead_min, dead_max FROM country_pair_month"
    )
    assert set(found.rows()) == {
        ("DZA", "MLI", MONTH, "ASSAULT", 1, 0, 1, 3, 2, 3, 3),
        ("TUR", "MLI", MONTH, "AID", 0, 1, 0, 1, 1, None, None),
    }


def test_an_actor_has_both_sides_of_its_months_with_whom_it_met(warehouse: DuckDBWarehouse) -> None:
    found = warehouse.read(
        "SELECT actor_id, month, side, plover_type, event_count, counterparts FROM actor_timeline ORDER BY ALL"
    )
    assert found.rows() == [
        ("DZA", MONTH, "source", "ASSAULT", 1, ["MLI"]),
        ("MLI", MONTH, "target", "AID", 1, ["TUR"]),
        ("MLI", MONTH, "target", "ASSAULT", 1, ["DZA"]),
        ("TUR", MONTH, "source", "AID", 1, ["MLI"]),
    ]


def test_a_publisher_is_known_by_what_it_tells_alone_first_or_against_others(warehouse: DuckDBWarehouse) -> None:
    found = warehouse.read(
        "SELECT publisher, documents, copies, events, events_alone, events_first, disputed_events, differing_claims, "
        "top_types FROM publisher_profile ORDER BY publisher"
    )
    assert found.rows() == [
        ("A", 2, 0, 2, 1, 1, 1, 1, ["AID", "ASSAULT"]),
        ("B", 1, 0, 1, 0, 0, 1, 1, ["ASSAULT"]),
        ("C", 1, 1, 1, 0, 1, 1, 1, ["ASSAULT"]),
    ]


def test_coverage_has_every_day_and_the_length_of_every_gap(warehouse: DuckDBWarehouse) -> None:
    found = warehouse.read(
        "SELECT day(day), documents, copies, publishers, documents_with_events, mentions, gap_days FROM coverage "
        "WHERE language = '*' ORDER BY day"
    )
    assert found.rows() == [
        (17, 2, 1, 2, 2, 3, 0), (18, 1, 0, 1, 1, 1, 0), (19, 0, 0, 0, 0, 0, 2), (20, 0, 0, 0, 0, 0, 2),
        (21, 1, 0, 1, 0, 0, 0),
    ]  # fmt: skip
    languages = warehouse.read("SELECT language, documents FROM coverage WHERE language <> '*' ORDER BY ALL")
    assert languages.rows() == [("en", 2), ("es", 1), ("fr", 1)]


def test_arms_transfers_count_pages_once_and_keep_the_range_of_numbers(warehouse: DuckDBWarehouse) -> None:
    found = warehouse.read(
        "SELECT period, month, supplier_country, recipient_country, equipment, stage, reports, documents, "
        "publishers, quantity_min, quantity_max FROM arms_transfers"
    )
    delivery = ("TUR", "MLI", "drones", "delivered")
    assert found.rows() == [
        ("2024-09", MONTH, *delivery, 2, 1, 2, 2, 6),
        ("undated", None, *delivery, 1, 1, 1, 9, 9),
    ]


def test_words_that_stand_for_any_country_are_no_spelling_of_one(warehouse: DuckDBWarehouse) -> None:
    found = warehouse.read("SELECT actor_id, spellings FROM actors ORDER BY 1")
    assert found.rows() == [("DZA", ["Algiers"]), ("MLI", ["Bamako"]), ("TUR", [])]


def test_unknown_names_are_counted_for_review(warehouse: DuckDBWarehouse) -> None:
    found = warehouse.read("SELECT name, times, documents, publishers, country, sector, titles FROM unknown_actors")
    assert found.rows() == [("Omar Belhadj", 3, 3, 3, "MLI", "MIL", ["Colonel"])]


def test_every_view_is_its_table_and_everything_has_a_comment(warehouse: DuckDBWarehouse) -> None:
    tables = warehouse.read(
        "SELECT schema_name || '.' || table_name AS name FROM duckdb_tables() WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT 'main.' || view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
    )
    columns = warehouse.read(
        "SELECT schema_name || '.' || table_name || '.' || column_name AS name FROM duckdb_columns() "
        "WHERE NOT internal AND comment IS NULL"
    )
    assert tables["name"].to_list() == [] and columns["name"].to_list() == []
