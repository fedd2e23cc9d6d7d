"""`explain`, `overrides`, `actors` and the exports of events, on a real warehouse made by the real asset."""

import csv
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from click.testing import CliRunner

from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.events.actors.asset import events_actors
from assets.events.events.asset import events_events
from assets.events.mentions.identities import actor_id
from assets.events.mentions.rows import MENTIONS, Mention
from assets.events.unknown_names.rows import UNKNOWN_NAMES, UnknownName
from assets.translated.segments.rows import SEGMENTS, Segment
from assets.warehouse import Upsert
from pipelines.cli import cli
from pipelines.cli.actors import stub
from pipelines.warehouse import DuckDBWarehouse

DAY = date(2024, 9, 17)
ARABIC = "قصف الجيش الجزائري\x1b[31m موقعا في غاو"
GDELT_ACTOR = [
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
]
GDELT_PLACE = ["Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
GDELT_EVENTS = [
    *["GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"],
    *(f"Actor{n}{name}" for n in (1, 2) for name in GDELT_ACTOR),
    *[
        "IsRootEvent",
        "EventCode",
        "EventBaseCode",
        "EventRootCode",
        "QuadClass",
        "GoldsteinScale",
        "NumMentions",
        "NumSources",
    ],
    *["NumArticles", "AvgTone"],
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in GDELT_PLACE),
    *["DATEADDED", "SOURCEURL"],
]
GDELT_MENTIONS = [
    "GlobalEventID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
]
POLECAT = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
]


def mention(number: int, **changes: Any) -> Mention:
    values: dict[str, Any] = {
        "mention_id": f"{number:032x}",
        "document_id": f"d{number}", "batch": "b1", "segment_id": f"s{number}",
        "language": "en", "plover_type": "ASSAULT", "mode": None, "contexts": (), "cameo_code": "190",
        "quad_class": 4, "intensity": -9.0, "source_country": "DZA", "source_sector": "MIL",
        "source_text": "The Algerian army", "target_country": "MLI", "target_sector": None, "target_text": "Mali",
        "event_date": DAY, "date_precision": "day", "date_basis": "stated", "status": "actual", "claimed_by": None,
        "place_name": "Gao", "place_country": "MLI", "latitude": 16.27, "longitude": -0.04, "geonames_id": "2457161",
        "dead": None, "injured": None, "confidence": 0.7, "trigger_text": "shelled",
        "evidence_text": "The Algerian army shelled Mali near Gao.", "evidence_start": 0, "evidence_end": 40,
        "raw_start": 5, "raw_end": 45, "event_id": None, "source_actor_id": "DZA-MIL", "target_actor_id": "MLI",
        "place_admin1": "ML.09", "place_precision": "point", "place_ambiguous": False,
    }  # fmt: skip
    return Mention(**(values | changes))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> DuckDBWarehouse:
    made = DuckDBWarehouse(path=str(tmp_path_factory.mktemp("world") / "w.duckdb"))
    made.migrate()
    mentions = [
        mention(1, dead=3),
        mention(2, dead=5, language="ar", trigger_text="قصف", evidence_text=ARABIC, source_text="الجيش الجزائري",
                target_from_page=True),
        mention(3, date_basis="lead", event_date=date(2024, 11, 1), target_country="NER", target_actor_id="NER",
                place_name="Niger", place_country="NER", latitude=None, longitude=None, geonames_id=None,
                place_admin1=None, place_precision="country"),
    ]  # fmt: skip
    pages = [
        CleanedDocument(
            f"d{n}", "b1", f"https://x.example/{n}", "A\ttitle", (), f"P{n}", DAY, "day", "meta", "en", "x", f"d{n}",
            0.0, False, None,
        )
        for n in (1, 2, 3)
    ]  # fmt: skip
    name = UnknownName("d1", 4, 13, "b1", "s1", "en", 'Omar "X"\\Y', "Colonel", "MLI", "MIL")
    made.write(
        [
            Upsert(MENTIONS, MENTIONS.frame(mentions)),
            Upsert(DOCUMENTS, DOCUMENTS.frame(pages)),
            Upsert(UNKNOWN_NAMES, UNKNOWN_NAMES.frame([name])),
        ]
    )
    dg.materialize([events_events, events_actors], resources={"warehouse": made})
    return made


def run(warehouse: DuckDBWarehouse, *arguments: str) -> str:
    result = CliRunner().invoke(cli, [*arguments, "-w", warehouse.path])
    assert result.exit_code == 0, result.output
    return result.output


def test_explain_leads_from_the_event_to_the_characters_of_its_pages(warehouse: DuckDBWarehouse) -> None:
    event = warehouse.read("SELECT event_id FROM events.events WHERE mention_count = 2")["event_id"][0]
    shown = run(warehouse, "explain", event[:10])
    for part in ("DZA-MIL → MLI", "dead 3 to 5", "reports disagree on dead", "»shelled«", "»قصف«", "characters 5–45",
                 "same place +2.0", "not translated"):  # fmt: skip
        assert part in shown
    assert "\x1b[31m" not in shown and "\\u001b" in shown
    assert shown.count("\u2068") == shown.count("\u2069")


def test_explain_says_what_the_page_tells_and_not_the_sentence(warehouse: DuckDBWarehouse) -> None:
    events = warehouse.read("SELECT event_id FROM events.events ORDER BY mention_count DESC")["event_id"]
    told_twice, of_the_lead = (run(warehouse, "explain", event) for event in events)
    assert told_twice.count("country from the page") == 1
    assert "→ MLI (\u2068Mali\u2069, country from the page)" in told_twice
    assert "date lead (the day of the page's main event)" in of_the_lead and "date stated" in told_twice


def test_explain_says_where_english_is_a_draft_or_poor(warehouse: DuckDBWarehouse) -> None:
    event = warehouse.read("SELECT event_id FROM events.events WHERE mention_count = 2")["event_id"][0]
    segments = warehouse.read("SELECT segment_id, language FROM events.mentions WHERE event_id = ?", [event])
    (arabic,) = [row["segment_id"] for row in segments.to_dicts() if row["language"] == "ar"]
    segment = Segment(
        arabic, "d2", "b1", 0, 0, "ar", "قصف", 0, 3, "They shelled.", "draft", "m", "poor", None, 0.3, ()
    )
    warehouse.write([Upsert(SEGMENTS, SEGMENTS.frame([segment]))])
    try:
        assert "They shelled.\u2069 (draft quality, poor translation)" in run(warehouse, "explain", event[:10])
    finally:
        warehouse.replace_batch("b1", {SEGMENTS: SEGMENTS.frame([])})


def test_gdelt_and_polecat_columns_are_the_published_ones_in_order(
    warehouse: DuckDBWarehouse, tmp_path: Path
) -> None:
    from pipelines.exports import gdelt, polecat

    assert list(gdelt.EVENTS.columns) == GDELT_EVENTS and len(GDELT_EVENTS) == 61
    assert list(gdelt.MENTIONS.columns) == GDELT_MENTIONS and len(GDELT_MENTIONS) == 16
    assert list(polecat.EVENTS.columns) == POLECAT and len(POLECAT) == 40
    rows = {}
    for name in ("gdelt-events", "gdelt-mentions", "polecat"):
        run(warehouse, "export", "events", "--format", name, "-o", str(tmp_path / name))
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            rows[name] = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [len(rows[n]) for n in rows] == [2, 3, 3]
    assert {len(row) for row in rows["gdelt-events"]} == {61} and {len(row) for row in rows["gdelt-mentions"]} == {16}
    events = [dict(zip(GDELT_EVENTS, row, strict=True)) for row in rows["gdelt-events"]]
    told_twice = next(e for e in events if e["NumMentions"] == "2")
    assert (told_twice["Actor1CountryCode"], told_twice["Actor1Code"], told_twice["ActionGeo_CountryCode"]) == (
        "DZA", "DZAMIL", "ML",
    )  # fmt: skip
    assert {row[0] for row in rows["gdelt-mentions"]} == {e["GlobalEventID"] for e in events}
    told = [dict(zip(GDELT_MENTIONS, row, strict=True)) for row in rows["gdelt-mentions"]]
    assert {m["EventTimeDate"] for m in told} == {e["DATEADDED"] for e in events}
    assert all(m["EventTimeDate"] <= m["MentionTimeDate"] for m in told)
    assert {m["MentionDocTranslationInfo"] for m in told} == {"", "srclc:ara;eng:none"}  # ISO 639-2, as GDELT has it
    assert rows["polecat"][0] == POLECAT
    assert rows["polecat"][1][POLECAT.index("Wikipedia Recipient ID")] in ("Q912", "Q1032")


def test_geojson_puts_longitude_first(warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    run(warehouse, "export", "events", "-o", str(tmp_path / "e.geojson"))
    whole = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))
    assert set(whole) == {"type", "features"} and whole["type"] == "FeatureCollection"  # RFC 7946 knows no crs
    features = whole["features"]
    assert len(features) == 2
    placed, unplaced = sorted(features, key=lambda f: f["geometry"] is None)
    assert placed["geometry"] == {"type": "Point", "coordinates": [-0.04, 16.27]}
    assert unplaced["geometry"] is None and unplaced["properties"]["place_country"] == "NER"
    assert {f["properties"]["plover_type"] for f in features} == {"ASSAULT"}


def test_people_split_an_event_and_take_it_back(warehouse: DuckDBWarehouse) -> None:
    def merge() -> dict[str, str]:
        dg.materialize([events_events], resources={"warehouse": warehouse})
        return dict(warehouse.read("SELECT mention_id, event_id FROM events.mentions").rows())

    one, two, three = (f"{n:032x}" for n in (1, 2, 3))
    before = merge()
    run(warehouse, "overrides", "split", before[one], one, "--note", "two attacks", "--later")
    apart = merge()
    assert len({apart[one], apart[two], apart[three]}) == 3
    run(warehouse, "overrides", "merge", apart[one], apart[three], "--later")
    joined = merge()
    assert joined[one] == joined[three] != joined[two]
    listed = run(warehouse, "overrides", "list", "--format", "csv")
    assert len(listed.splitlines()) == 4
    run(warehouse, "overrides", "forget", one, two, three, "--later")
    assert merge() == before
    wrong = CliRunner().invoke(cli, ["overrides", "merge", "none", "-w", warehouse.path])
    assert wrong.exit_code == 2


def test_a_decision_changes_events_claims_actors_and_marts_at_once(
    warehouse: DuckDBWarehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[tuple[Any, ...]]:
        return warehouse.read(
            "SELECT event_count, mention_count FROM marts.country_pair_month WHERE target_country = 'MLI'"
        ).rows()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    one = f"{1:032x}"
    shared = warehouse.read("SELECT event_id FROM events.mentions WHERE mention_id = ?", [one])["event_id"][0]
    shown = run(warehouse, "overrides", "split", shared, one)
    assert "the events are made anew" in shown
    assert told() == [(2, 2)]
    events = warehouse.read("SELECT event_id FROM events.events WHERE target_country = 'MLI'")["event_id"]
    run(warehouse, "overrides", "merge", *events)
    assert told() == [(1, 2)]
    run(warehouse, "overrides", "forget", one, f"{2:032x}")
    assert warehouse.read("SELECT count(*) AS n FROM events.overrides")["n"][0] == 0


def test_unknown_names_become_stubs_that_are_valid_toml(warehouse: DuckDBWarehouse) -> None:
    shown = run(warehouse, "actors", "unknown", "--toml")
    (person,) = tomllib.loads(shown)["person"]
    assert person == {"name": 'Omar "X"\\Y', "sector": "MIL", "country": "MLI", "words": ['Omar "X"\\Y']}
    hostile = {"language": "en", "name": 'a"\n[x]', "times": 1, "documents": 1, "titles": [], "country": None,
               "sector": None, "examples": ["one\n[[person]]\nname = 'x'"]}  # fmt: skip
    assert tomllib.loads(stub(hostile))["group"][0]["name"] == 'a"\n[x]'


def test_an_actor_has_one_id_in_every_language() -> None:
    named = [("en", "the United Nations"), ("fr", "l'Organisation des Nations unies"), ("ar", "الأمم المتحدة")]
    assert {actor_id(language, text, None, "UNO") for language, text in named} == {"united-nations"}
    assert actor_id("en", "the Malian army", "MLI", "MIL") == "MLI-MIL"
    assert actor_id("en", "", None, None) is None
