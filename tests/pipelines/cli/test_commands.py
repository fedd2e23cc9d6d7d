"""The commands that look at a warehouse, and what they say to a user who makes a mistake."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.warehouse import Upsert
from pipelines.warehouse import DuckDBWarehouse

ROOT = Path(__file__).parents[3]
ATTACHE = [sys.executable, "-m", "pipelines"]
HOSTILE = '=HYPERLINK("http://evil.example")\x1b[2J<script>|`\u202e[red]'


def filled(table: object, **values: object) -> dict[str, object]:
    """A row of a table with something in every column."""
    fill = {
        "VARCHAR": "x",
        "BIGINT": 1,
        "DOUBLE": 0.5,
        "BOOLEAN": True,
        "VARCHAR[]": ["x"],
        "DATE": None,
        "BLOB": b"x",
    }
    return {column.name: fill[column.duckdb_type] for column in table.columns} | values  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("commands") / "w.duckdb"
    made = DuckDBWarehouse(path=str(path))
    made.migrate()
    mention = filled(MENTIONS, mention_id="m1", event_id="e1", source_text=HOSTILE, contexts=["military", "=1+1"])
    event = filled(EVENTS, event_id="e1", plover_type="AID")
    made.write(
        [
            Upsert(MENTIONS, pl.DataFrame([mention], schema=MENTIONS.polars_schema)),
            Upsert(EVENTS, pl.DataFrame([event], schema=EVENTS.polars_schema)),
        ]
    )
    return path


def test_help_names_every_command_and_every_command_has_help(attache: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = attache("--help")
    commands = ["run", "status", "quality", "ui", "sql", "export", "ontology", "clean", "translate", "code"]
    commands += ["quarantine", "models", "memory"]
    assert code == 0 and all(f"\n  {name} " in out for name in commands)
    for name in commands:
        code, out, _ = attache(name, "--help")
        assert code == 0 and out.startswith(f"Usage: attache {name}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nosuch"], "nosuch"),
        (["run", "no/such/folder"], "no/such/folder"),
        (["run", "--batch-size", "many"], "many"),
        (["run", "--batch-size", "0"], "batch_size = 0"),
        (["run", "--engine", "babelfish", "."], "babelfish"),
        (["run", "--again", "b9", "."], "no batch b9"),
        (["status", "-w", "none.duckdb"], "none.duckdb"),
        (["quality", "-w", "none.duckdb"], "none.duckdb"),
        (["sql", "-w", "none.duckdb", "SELECT 1"], "none.duckdb"),
        (["--config", "none.toml", "status"], "none.toml"),
        (["export", "events", "-o", "e.xyz"], "--format"),
        (["export", "events", "-o", "no/such/e.csv"], "no/such"),
        (["export", "nosuch", "-o", "e.csv"], "nosuch"),
        (["ontology", "show", "WAR"], "WAR"),
        (["code", "none.jsonl"], "none.jsonl"),
        (["clean"], "FILE"),
    ],
)
def test_a_mistake_gets_one_line_and_exit_code_2(
    attache: Callable[..., tuple[int, str, str]], arguments: list[str], said: str
) -> None:
    code, _, err = attache(*arguments)
    assert code == 2
    assert said in err and err.startswith("attache: ") and len(err.splitlines()) == 1


def test_a_wrong_setting_is_named_with_its_value(
    attache: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_WORKERS", "none")
    code, _, err = attache("status")
    assert code == 2 and "workers" in err and "'none'" in err


def test_a_file_that_is_no_warehouse_is_refused_in_words(attache: Callable[..., tuple[int, str, str]]) -> None:
    Path("w.duckdb").write_text("not a database" * 100)
    code, _, err = attache("sql", "-w", "w.duckdb", "SELECT 1")
    assert code == 4 and "w.duckdb" in err and "Traceback" not in err


def test_sql_answers_as_table_csv_and_json(warehouse: Path, attache: Callable[..., tuple[int, str, str]]) -> None:
    query = "SELECT mention_id, source_text, contexts FROM mentions"
    code, out, _ = attache("sql", "-w", str(warehouse), query)
    assert code == 0 and "m1" in out
    assert "\x1b" not in out and "\u202e" not in out and "[red]" in out
    code, out, _ = attache("sql", "-w", str(warehouse), "--format", "csv", query)
    assert list(csv.reader(out.splitlines()))[1][1] == "'" + HOSTILE
    code, out, _ = attache("sql", "-w", str(warehouse), "--format", "json", query)
    assert json.loads(out) == {"mention_id": "m1", "source_text": HOSTILE, "contexts": ["military", "=1+1"]}


@pytest.mark.parametrize(
    "query", ["DROP TABLE events.events", "DELETE FROM events.events", "SELEC 1", "SELECT * FROM nosuch"]
)
def test_sql_changes_nothing_and_explains_mistakes(
    warehouse: Path, attache: Callable[..., tuple[int, str, str]], query: str
) -> None:
    code, _, err = attache("sql", "-w", str(warehouse), query)
    assert code == 2 and err.startswith("attache: ") and "Traceback" not in err
    assert (
        attache("sql", "-w", str(warehouse), "--format", "json", "SELECT count(*) n FROM events")[1] == '{"n": 1}\n'
    )


def test_exports_come_back_as_they_went_out(warehouse: Path, attache: Callable[..., tuple[int, str, str]]) -> None:
    for name in ("m.parquet", "m.jsonl", "m.csv", "raw.csv"):
        flags = ["--raw"] if name == "raw.csv" else []
        code, _, err = attache("export", "mentions", "-w", str(warehouse), "-o", name, *flags)
        assert code == 0 and "1 rows" in err
    assert pl.read_parquet("m.parquet")["source_text"].to_list() == [HOSTILE]
    assert json.loads(Path("m.jsonl").read_text())["source_text"] == HOSTILE
    with Path("m.csv").open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["source_text"] == "'" + HOSTILE and json.loads(row["contexts"]) == ["military", "=1+1"]
    with Path("raw.csv").open(newline="", encoding="utf-8") as file:
        assert next(csv.DictReader(file))["source_text"] == HOSTILE
    assert sorted(p.name for p in Path().iterdir()) == ["m.csv", "m.jsonl", "m.parquet", "raw.csv"]


def test_status_and_quality_for_people_and_for_scripts(
    warehouse: Path, attache: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _ = attache("status", "-w", str(warehouse))
    assert code == 0 and "events.mentions" in out
    code, out, _ = attache("status", "-w", str(warehouse), "--json")
    assert json.loads(out)["rows"]["events.mentions"] == 1
    code, out, _ = attache("quality", "-w", str(warehouse), "--json")
    assert (code, json.loads(out)) == (0, [])
    code, _, err = attache("quality", "-w", str(warehouse), "--batch", "b9")
    assert code == 2 and "b9" in err


def test_the_ontology_is_shown(attache: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = attache("ontology", "show", "assault")
    assert code == 0 and "ASSAULT" in out and "abduct" in out
    assert json.loads(attache("ontology", "show", "AID", "--json")[1])["type"] == "AID"
    assert "CONSULT" in attache("ontology", "list")[1]


def test_a_run_waits_for_a_warehouse_that_another_program_holds_and_then_says_so(
    attache: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("corpus").mkdir()
    Path("corpus/page.txt").write_text("The president of Chad met the president of Niger in Ndjamena on Monday.")
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, time; c = duckdb.connect('w.duckdb'); print('held', flush=True); time.sleep(600)",
        ],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout
    holder.stdout.readline()
    try:
        monkeypatch.setenv("ATTACHE_WAREHOUSE_WAIT_SECONDS", "1.5")
        code, _, err = attache("run", "corpus", "-w", "w.duckdb")
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    assert code == 3
    assert "Waiting for the warehouse" in err and str(holder.pid) in err and "Traceback" not in err
