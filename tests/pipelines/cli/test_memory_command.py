"""`attache memory` on real files and a real warehouse."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assets.translated.memory.memory import MEMORY_QUERY, Memory, correction, entry
from assets.translated.memory.rows import MEMORY, source_key
from assets.warehouse import Upsert
from pipelines.warehouse import DuckDBWarehouse

Attache = Callable[..., tuple[int, str, str]]
ENGINE = entry("de", "Er kam.", "It came.", "firefox", "de-en sha256:1", quality=0.9)


@pytest.fixture
def warehouse(tmp_path: Path) -> DuckDBWarehouse:
    """A warehouse whose memory holds one engine's translation."""
    made = DuckDBWarehouse(path=str(tmp_path / "attache.duckdb"))
    made.migrate()
    made.write([Upsert(MEMORY, MEMORY.frame([ENGINE]))])
    return made


def corrected(warehouse: DuckDBWarehouse, language: str, sentence: str) -> str | None:
    """What the next translation would find a person to have said."""
    key = source_key(language, sentence)
    found = Memory(MEMORY.rows(warehouse.read(MEMORY_QUERY, [[key]]))).correction(key)
    return found.english_text if found else None


def test_corrections_outrank_the_engine_and_are_written_once(
    attache: Attache, warehouse: DuckDBWarehouse, tmp_path: Path
) -> None:
    file = tmp_path / "c.csv"
    file.write_text("lang,source,english\nde,Er kam.,He came.\nar,وصل.,It arrived.\nen,a,b\nde,Er ging.,\n", "utf-8")
    code, out, err = attache("memory", "correct", str(file))
    assert code == 0 and out == "2 new, 0 changed, 0 known already, 2 left out\n"
    assert "c.csv, line 4" in err and "c.csv, line 5" in err
    assert corrected(warehouse, "de", "Er  kam.") == "He came."
    assert corrected(warehouse, "ar", "وصل.") == "It arrived."

    file.write_text("lang,source,english\nde,Er kam.,He came in.\nde,Er kam.,He came home.\nar,وصل.,It arrived.\n")
    told = json.loads(attache("memory", "correct", str(file), "--json")[1])
    assert told == {"new": 0, "changed": 1, "unchanged": 1, "skipped": []}
    assert corrected(warehouse, "de", "Er kam.") == "He came home."
    assert warehouse.read("SELECT count(*) FROM translated.memory").item() == 3, "the engine's row stays"


def test_strict_tells_of_lines_left_out(attache: Attache, warehouse: DuckDBWarehouse, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("lang,source,english\nde,Er kam.,He came.\nen,\x1b[2J,b\n")
    code, out, _ = attache("memory", "correct", str(file), "--strict", "--json")
    assert code == 1 and [part["where"] for part in json.loads(out)["skipped"]] == ["c.csv, line 3"]
    assert corrected(warehouse, "de", "Er kam.") == "He came."


def test_the_memory_goes_out_and_a_persons_part_comes_in_elsewhere(
    attache: Attache, warehouse: DuckDBWarehouse, tmp_path: Path
) -> None:
    warehouse.write([Upsert(MEMORY, MEMORY.frame([correction("tr", "Geldi.", "She came.", "x.csv")]))])
    code, _, err = attache("memory", "export", "m.tmx")
    assert code == 0 and "2 translations written to m.tmx" in err
    assert not list(tmp_path.glob(".*.part"))
    other = DuckDBWarehouse(path=str(tmp_path / "other.duckdb"))
    other.migrate()
    code, out, err = attache("memory", "import", "m.tmx", "-w", "other.duckdb")
    assert code == 0 and out.startswith("1 new, 0 changed, 0 known already, 1 left out")
    assert "made by the engine firefox" in err
    assert corrected(other, "tr", "Geldi.") == "She came." and corrected(other, "de", "Er kam.") is None


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (["correct", "bad"], b"a,b\n1,2\n", "no column lang, source, english"),
        (["correct", "bad"], b"lang,source,english\nde,Er kam.,He came.\n\xff\xfe", "UTF-8"),
        (["import", "bad"], b"<html></html>", "no TMX"),
        (["import", "bad"], b"<tmx><body><tu>", "bad cannot be read as TMX"),
        (["correct", "absent.csv"], b"", "absent.csv"),
        (["export", "no/such/m.tmx"], b"", "no/such"),
        (["export", "m.tmx", "-w", "none.duckdb"], b"", "none.duckdb"),
        (["correct", "bad", "-w", "none.duckdb"], b"lang,source,english\nde,Er kam.,He came.\n", "none.duckdb"),
    ],
)
def test_a_mistake_with_the_memory_gets_one_line_and_changes_nothing(
    attache: Attache, warehouse: DuckDBWarehouse, tmp_path: Path, arguments: list[str], content: bytes, said: str
) -> None:
    (tmp_path / "bad").write_bytes(content)
    code, _, err = attache("memory", *arguments)
    assert code == 2
    assert said in err and err.startswith("attache: ") and len(err.splitlines()) == 1
    assert warehouse.read("SELECT count(*) FROM translated.memory").item() == 1
    assert not (tmp_path / "none.duckdb").exists() and not (tmp_path / "m.tmx").exists()


def test_one_sentence_is_corrected_on_the_command_line(attache: Attache, warehouse: DuckDBWarehouse) -> None:
    one = ("--lang", "de", "--source", "Er kam.", "--english", "He came back.")
    code, out, _ = attache("memory", "correct", *one)
    assert (code == 0 and out.startswith("1 new")) or out.startswith("0 new, 1 changed")
    assert corrected(warehouse, "de", "Er kam.") == "He came back."
    for wrong in (one[:4], (), ("--lang", "de", "x.csv")):
        assert attache("memory", "correct", *wrong)[0] == 2
    assert attache("memory", "correct", "--lang", "en", "--source", "a", "--english", "b")[0] == 1
