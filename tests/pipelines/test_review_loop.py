"""A second coder asked through a real run, and people's verdicts through the command line and a real terminal."""

import csv
import json
import os
import pty
import select
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import pipelines.cli
from pipelines.resources import warehouse_of
from pipelines.runs import run_corpus
from pipelines.settings import load_settings
from tests.scripted_server import Reply, ScriptedServer

Attache = Callable[..., tuple[int, str, str]]
PAGES = {
    "drones.txt": (
        "Turkey sends drones to Mali\n\n"
        "Turkey delivered two drones to Mali on Monday, officials in Bamako said. "
        "Kenya condemned the raid by Sudan in a statement. "
        "The market in Bamako opened late because of heavy rain.\n"
    ),
    "visit.txt": (
        "Ghanaian president in Paris\n\n"
        "The president of Ghana met the president of France in Paris on Tuesday. "
        "Police in Nairobi arrested nine protesters on Wednesday. Algeria expelled the ambassador of Niger.\n"
    ),
    "border.txt": (
        "Peru closes border\n\n"
        "Peru closed its border with Ecuador on Friday. Soldiers of Peru attacked a village in Ecuador. "
        "Chile praised the decision of Bolivia. Brazil withdrew its troops from Haiti last week.\n"
    ),
}
DIALOGUE = (
    ("[q] stop", "y"),
    ("[q] stop", "c"),
    ("type", "\r"),
    ("mode", "\r"),
    ("source", "SDN\r"),
    ("target", "\r"),
    ("status", "denied\r"),
    ("note", "seen\r"),
    ("[q] stop", "q"),
    ("verdicts kept", ""),
)


class Quiet:
    """A reporter that says nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


def answer(request: Any) -> Reply:
    """Confirms drones for Mali, denies everything else, and makes a coup up."""
    codings = []
    for text in json.loads(request.body["messages"][1]["content"])["texts"]:
        events = []
        if "drones" in text["text"]:
            turkey, mali = (
                {"text": t, "country": c, "sector": "GOV"} for t, c in (("Turkey", "TUR"), ("Mali", "MLI"))
            )
            events = [
                {
                    "type": "AID",
                    "source": turkey,
                    "target": mali,
                    "status": "actual",
                    "evidence": "delivered two drones",
                },
                {
                    "type": "ASSAULT",
                    "source": turkey,
                    "target": mali,
                    "status": "actual",
                    "evidence": "staged a coup",
                },
            ]
        codings.append({"id": text["id"], "events": events})
    return Reply({"choices": [{"message": {"content": json.dumps({"codings": codings})}}]})


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("review")
    (folder / "corpus").mkdir()
    for name, text in PAGES.items():
        (folder / "corpus" / name).write_text(text)
    server = ScriptedServer()
    server.respond = answer
    settings = load_settings(
        corpus=folder / "corpus",
        warehouse=folder / "w.duckdb",
        workers=1,
        engines=["none"],
        second_coder="openai",
        openai_base_url=server.url,
        openai_model="tiny",
    )
    run_corpus(settings, Quiet())
    yield SimpleNamespace(settings=settings, server=server, warehouse=warehouse_of(settings), folder=folder)
    server.stop()


@pytest.fixture
def attache(reviewed: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Attache:
    monkeypatch.chdir(reviewed.folder)
    monkeypatch.setenv("ATTACHE_CONFIG", "")
    monkeypatch.setenv("ATTACHE_WAREHOUSE", str(reviewed.settings.warehouse))

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            pipelines.cli.main(list(arguments))
        return int(ended.value.code or 0), *capfd.readouterr()

    return call


def opinions(reviewed: SimpleNamespace) -> list[dict[str, Any]]:
    rows = reviewed.warehouse.read("SELECT * FROM events.second_opinions ORDER BY opinion_id")
    return list(rows.iter_rows(named=True))


def test_opinions_stand_beside_the_mentions_with_their_evidence(reviewed: SimpleNamespace) -> None:
    found = opinions(reviewed)
    (agreed,) = [row for row in found if row["agreement"] == "agreed"]
    assert (agreed["plover_type"], agreed["source_country"], agreed["target_country"]) == ("AID", "TUR", "MLI")
    ((text,),) = reviewed.warehouse.read(
        "SELECT text FROM cleaned.documents WHERE document_id = ?", [agreed["document_id"]]
    ).iter_rows()
    assert (
        text[agreed["evidence_start"] : agreed["evidence_end"]] == agreed["evidence_text"] == "delivered two drones"
    )
    assert any("staged a coup" in reason for row in found for reason in row["rejected"])
    kinds = {row["agreement"] for row in found}
    assert {"only_rules", "neither"} <= kinds and "only_second" not in kinds


def test_no_sentence_is_paid_for_twice(reviewed: SimpleNamespace) -> None:
    before, calls = opinions(reviewed), len(reviewed.server.received)
    assert calls > 0
    run_corpus(reviewed.settings, Quiet(), again=["all"])
    assert (opinions(reviewed), len(reviewed.server.received)) == (before, calls)


def test_a_second_coder_that_is_gone_stops_nothing(reviewed: SimpleNamespace, tmp_path: Path) -> None:
    gone = reviewed.settings.model_copy(
        update={"openai_base_url": "http://127.0.0.1:9", "warehouse": tmp_path / "w.duckdb", "home": tmp_path}
    )
    outcome = run_corpus(gone, Quiet())
    assert all(batch.success for batch in outcome.batches)
    assert not warehouse_of(gone).read("SELECT * FROM events.second_opinions").height
    assert warehouse_of(gone).read("SELECT * FROM events.mentions").height


def test_the_filter_codes_with_the_second_coder(
    reviewed: SimpleNamespace, attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps({"id": 1, "lang": "en", "text": "Turkey gave Mali drones."}), "not json"]
    (reviewed.folder / "in.jsonl").write_text("\n".join(lines))
    code, _, err = attache("code", "--coder", "openai", "in.jsonl")
    assert code == 2 and "openai_base_url" in err
    monkeypatch.setenv("ATTACHE_OPENAI_BASE_URL", reviewed.server.url)
    monkeypatch.setenv("ATTACHE_OPENAI_MODEL", "tiny")
    code, out, _ = attache("code", "--coder", "openai", "in.jsonl")
    first, second = (json.loads(line) for line in out.splitlines())
    assert code == 0 and first["id"] == 1 and first["events"] == [] and len(first["rejected"]) == 2
    assert "not JSON" in second["error"]


def test_verdicts_come_in_from_a_file_and_give_estimates_and_cases(
    reviewed: SimpleNamespace, attache: Attache
) -> None:
    code, out, _ = attache("review", "list", "--json", "--size", "50")
    drawn = json.loads(out)
    assert code == 0 and len(drawn) >= 4
    by_type = {mention["plover_type"]: mention for mention in drawn}
    aid, consult = by_type["AID"], by_type["CONSULT"]
    rows = [
        {"mention_id": aid["mention_id"], "verdict": "right", "drawn_from": "sample"},
        {"mention_id": consult["mention_id"], "verdict": "corrected", "target": "Germany", "drawn_from": "sample"},
        {"mention_id": by_type["ACCUSE"]["mention_id"], "verdict": "wrong"},
        {"mention_id": aid["mention_id"], "verdict": "corrected", "source": "Atlantis"},
        {"mention_id": "nobody", "verdict": "right"},
    ]
    path = reviewed.folder / "verdicts.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["mention_id", "verdict", "target", "source", "drawn_from"])
        writer.writeheader()
        writer.writerows(rows)
    code, out, err = attache("review", "import", str(path), "--reviewer", "Ada", "--strict")
    assert code == 1 and "3 verdicts kept, 2 lines not taken" in out
    assert "line 5: Atlantis is no country" in err and "line 6: no mention nobody" in err
    left = json.loads(attache("review", "list", "--json", "--size", "50")[1])
    assert {m["mention_id"] for m in left} == {m["mention_id"] for m in drawn} - {r["mention_id"] for r in rows}

    estimates = {(e["group"], e["measure"]): e for e in json.loads(attache("review", "report", "--json")[1])}
    assert estimates["AID", "exact"]["share"] == 1.0 and estimates["AID", "exact"]["low"] < 0.5
    assert estimates["CONSULT", "exact"]["share"] == 0.0 and estimates["CONSULT", "type"]["share"] == 1.0
    assert ("ACCUSE", "exact") not in estimates  # a chosen mention says nothing of the others

    counts = json.loads(attache("review", "check", "--json")[1])["counts"]
    assert counts == {"kept": 1, "still_wrong": 2}

    assert attache("review", "export", "cases.jsonl")[0] == 0
    cases = [json.loads(line) for line in (reviewed.folder / "cases.jsonl").read_text().splitlines()]
    labels = {event["root"]: event for case in cases for event in case["events"]}
    assert labels["CONSULT"]["target"] == "DEU" and labels["AID"]["target"] == "MLI"
    assert [e["root"] for case in cases for e in case["not_events"]] == ["ACCUSE"]


def test_a_right_mention_that_is_lost_is_a_regression(reviewed: SimpleNamespace, attache: Attache) -> None:
    with reviewed.warehouse.transaction() as connection:
        connection.execute("UPDATE events.mentions SET target_country = 'NER' WHERE plover_type = 'AID'")
    code, out, _ = attache("review", "check", "--strict", "--json")
    found = json.loads(out)
    assert code == 1 and found["counts"]["regressed"] == 1 and found["regressed"][0]["right_target_country"] == "MLI"


def test_a_person_judges_on_a_terminal(reviewed: SimpleNamespace) -> None:
    """One is right, one is corrected, then enough."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - the other process
        os.chdir(reviewed.folder)
        root = Path(__file__).parents[2]
        environment = {**os.environ, "PYTHONPATH": str(root), "ATTACHE_WAREHOUSE": str(reviewed.settings.warehouse)}
        code = "from pipelines.cli import main; main(['review', '--reviewer', 'Bo', '--size', '9', '--seed', 'x'])"
        os.execve(sys.executable, [sys.executable, "-c", code], environment)
    shown = ""
    for words, keys in DIALOGUE:
        shown = _wait_for(terminal, words)
        _wait_for_mode(terminal, canonical=len(keys) != 1 or keys == "\r")
        os.write(terminal, keys.encode())
    os.waitpid(child, 0)
    judged = reviewed.warehouse.read("SELECT * FROM review.verdicts WHERE reviewer = 'Bo' ORDER BY decided_at")
    assert judged["verdict"].to_list() == ["right", "corrected"]
    assert judged["right_status"].to_list()[1] == "denied" and judged["drawn_from"].unique().to_list() == ["sample"]
    assert judged["note"].to_list()[1] == "seen" and "2 verdicts kept" in shown


def _wait_for(terminal: int, words: str) -> str:
    """What the terminal shows until the words are there."""
    shown, deadline = "", time.monotonic() + 30
    while words not in shown:
        ready, _, _ = select.select([terminal], [], [], max(deadline - time.monotonic(), 0))
        assert ready, f"{words!r} not in {shown!r}"
        shown += os.read(terminal, 4096).decode("utf-8", "replace")
    return shown


def _wait_for_mode(terminal: int, *, canonical: bool) -> None:
    """Until the program reads single keys (or lines): what was typed before is thrown away by the terminal."""
    deadline = time.monotonic() + 30
    while bool(termios.tcgetattr(terminal)[3] & termios.ICANON) != canonical and time.monotonic() < deadline:
        time.sleep(0.01)
