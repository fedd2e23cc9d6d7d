"""Every value of an export, opened again by another program, is the warehouse's."""

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.warehouse import DuckDBWarehouse
from tests.pipelines.cli.test_world_commands import GDELT_EVENTS, GDELT_MENTIONS, POLECAT, run, warehouse

__all__ = ["warehouse"]

Row = dict[str, Any]
TABLES = ("events", "mentions", "claims", "actors", "documents")


def rows_of(warehouse: DuckDBWarehouse, table: str) -> list[Row]:
    return sorted(warehouse.read(f"SELECT * FROM {table}").to_dicts(), key=str)


def exported(warehouse: DuckDBWarehouse, table: str, file: Path, *flags: str) -> Path:
    run(warehouse, "export", table, "-o", str(file), *flags)
    return file


def in_json(value: object) -> object:
    """The value as JSON has it, which knows no dates."""
    return str(value) if isinstance(value, date | datetime) else value


def in_csv(value: object) -> str:
    """The value as CSV has it: text, lists as JSON."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("table", TABLES)
def test_tables_come_back_value_by_value(warehouse: DuckDBWarehouse, tmp_path: Path, table: str) -> None:
    rows = rows_of(warehouse, table)
    assert rows
    parquet = exported(warehouse, table, tmp_path / "t.parquet")
    assert sorted(pl.read_parquet(parquet).to_dicts(), key=str) == rows
    assert sorted(duckdb.sql(f"SELECT * FROM '{parquet}'").pl().to_dicts(), key=str) == rows
    lines = exported(warehouse, table, tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    told = [{name: in_json(value) for name, value in row.items()} for row in rows]
    assert sorted((json.loads(line) for line in lines), key=str) == sorted(told, key=str)
    with exported(warehouse, table, tmp_path / "t.csv", "--raw").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    texts = [{name: in_csv(value) for name, value in row.items()} for row in rows]
    lists = [name for name, value in rows[0].items() if isinstance(value, list)]
    for row in found:
        row.update({name: in_csv(json.loads(row[name])) for name in lists})
    assert sorted(found, key=str) == sorted(texts, key=str)


def columns(file: Path, names: list[str], *, header: bool) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        lines = list(csv.reader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [dict(zip(names, line, strict=True)) for line in lines[header:]]


def number(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)


def test_gdelt_events_tell_what_the_warehouse_tells(warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    file = exported(warehouse, "events", tmp_path / "e.CSV", "--format", "gdelt-events")
    events = {int(row["event_id"][:15], 16): row for row in rows_of(warehouse, "events")}
    found = columns(file, GDELT_EVENTS, header=False)
    assert len(found) == len(events)
    for row in found:
        event = events[int(row["GlobalEventID"])]
        assert row["Day"] == (f"{event['event_date']:%Y%m%d}" if event["event_date"] else "")
        assert row["EventCode"] == event["cameo_code"] and row["EventRootCode"] == event["cameo_code"][:2]
        assert (row["QuadClass"], row["NumMentions"]) == (str(event["quad_class"]), str(event["mention_count"]))
        assert (row["NumSources"], row["NumArticles"]) == (
            str(event["publisher_count"]), str(event["document_count"]),
        )  # fmt: skip
        for name, value in (
            ("GoldsteinScale", "intensity"), ("ActionGeo_Lat", "latitude"), ("ActionGeo_Long", "longitude"),
        ):  # fmt: skip
            assert number(float(row[name]) if row[name] else None) == number(event[value])
        for one, side in ((1, "source"), (2, "target")):
            assert row[f"Actor{one}CountryCode"] == (event[f"{side}_country"] or "")
            assert row[f"Actor{one}Type1Code"] == (event[f"{side}_sector"] or "")


def test_gdelt_mentions_lead_to_their_events_and_characters(warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    file = exported(warehouse, "events", tmp_path / "m.CSV", "--format", "gdelt-mentions")
    found = columns(file, GDELT_MENTIONS, header=False)
    pages = {row["document_id"]: row for row in rows_of(warehouse, "documents")}
    mentions = sorted(rows_of(warehouse, "mentions"), key=lambda row: (row["event_id"], row["mention_id"]))
    assert len(found) == len(mentions)
    for row, mention in zip(found, mentions, strict=True):
        page = pages[mention["document_id"]]
        assert int(row["GlobalEventID"]) == int(mention["event_id"][:15], 16)
        assert row["MentionSourceName"] == (page["publisher"] or "")
        assert row["MentionIdentifier"] == (page["url"] or mention["document_id"])
        assert int(row["MentionDocLen"]) == len(page["text"])
        assert abs(int(row["Confidence"]) - 100 * mention["confidence"]) <= 10
        at = int(row["ActionCharOffset"]) - mention["evidence_start"]
        assert at == max(mention["evidence_text"].find(mention["trigger_text"]), 0)


def test_polecat_tells_what_the_warehouse_tells(warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    file = exported(warehouse, "events", tmp_path / "p.txt", "--format", "polecat")
    events = {row["event_id"]: row for row in rows_of(warehouse, "events")}
    found = columns(file, POLECAT, header=True)
    assert len(found) == len(events)
    for row in found:
        event = events[row["Event ID"]]
        for name, value in (
            ("Event Date", "event_date"), ("Event Type", "plover_type"), ("Event Mode", "mode"),
            ("Country", "place_country"), ("GeoNames ID", "geonames_id"), ("Publication Date", "first_seen"),
        ):  # fmt: skip
            assert row[name] == in_csv(event[value])
        assert row["Contexts"] == ";".join(event["contexts"]) and row["Language"] == ";".join(event["languages"])
        assert number(float(row["Intensity"])) == number(event["intensity"])


def test_geojson_tells_what_the_warehouse_tells(warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    whole = json.loads(exported(warehouse, "events", tmp_path / "e.geojson").read_text(encoding="utf-8"))
    events = {row["event_id"]: row for row in rows_of(warehouse, "events")}
    assert len(whole["features"]) == len(events)
    for feature in whole["features"]:
        event = events[feature["id"]]
        placed = event["latitude"] is not None
        where = feature["geometry"]["coordinates"] if placed else feature["geometry"]
        assert where == ([event["longitude"], event["latitude"]] if placed else None)
        told = {name: in_json(v) for name, v in event.items() if name not in ("latitude", "longitude")}
        assert feature["properties"] == told
