"""Corpora broken in many ways, each taken in for real: what is told leads to repair, and the rest goes on."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import duckdb
import pytest

import pipelines.cli
from pipelines.cli import cli

ROOT = Path(__file__).parents[3]
COUNTRIES = ("Chad", "Niger", "Kenya", "Ghana", "Peru", "Chile", "Nepal", "Laos", "Oman", "Malta", "Cuba", "Fiji")
THINGS = [
    "harbour",
    "market",
    "bridge",
    "council",
    "river",
    "school",
    "border",
    "office",
    "harvest",
    "railway",
    "clinic",
    "valley",
    "tower",
    "storm",
]


def story(number: int) -> str:
    """A page's text about an event; no two are near-duplicates."""
    draw = random.Random(number)
    one, other = draw.sample(COUNTRIES, 2)
    said = [
        f"Officials in the {draw.choice(THINGS)} {draw.choice(THINGS)} said that the {draw.choice(THINGS)} near the "
        f"{draw.choice(THINGS)} would stay open until the {draw.choice(THINGS)} {number} is repaired."
        for _ in range(4)
    ]
    return (
        f"{one} and {other} sign accord {number}\n\nThe foreign minister of {one} visited {other} on "
        f"{1 + number % 27} May 2026 and signed an accord on trade. {' '.join(said)}\n"
    )


def page(number: int, text: str, publisher: str = "The Harbour Gazette", day: str = "2026-06-01") -> str:
    head = f'<meta property="og:site_name" content="{publisher}"><title>Story {number}</title>'
    head += f'<meta property="article:published_time" content="{day}T08:00:00Z">'
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return f"<html><head>{head}</head><body><article><h1>Story {number}</h1>{body}</article></body></html>"


@dataclass
class Told:
    """What a command printed on both outputs, and its exit code."""

    code: int
    text: str


class Desk:
    """A folder with a corpus and a warehouse, and the command line over it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.corpus, self.warehouse = folder, folder / "corpus", folder / "w.duckdb"
        self.corpus.mkdir(parents=True)

    def attache(self, *arguments: str) -> Told:
        printed = io.StringIO()
        redirected = contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed)
        with redirected[0], redirected[1], pytest.raises(SystemExit) as ended:
            pipelines.cli.main(list(arguments))
        return Told(int(ended.value.code or 0), " ".join(printed.getvalue().split()))

    def run(self, *more: str) -> Told:
        return self.attache(
            "run", str(self.corpus), "-w", str(self.warehouse), "--workers", "1", "--engine", "none", *more
        )

    def ask(self, query: str) -> list[dict[str, Any]]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(query).pl().to_dicts()

    def rejected(self) -> dict[str, dict[str, Any]]:
        return {row["source_path"]: row for row in self.ask("SELECT * FROM raw.rejected ORDER BY position DESC")}

    def warnings(self) -> dict[str, str]:
        rows = self.ask("SELECT * FROM ops.check_results WHERE NOT passed ORDER BY evaluated_at")
        return {f"{row['asset']}.{row['check_name']}.{row['expectation']}": row["message"] for row in rows}


def commands_in(text: str) -> list[list[str]]:
    return [found.split() for found in re.findall(r"`attache ([^`]+)`", text)]


def assert_offers_work(text: str) -> None:
    """Every command in backticks exists, with the options it is offered with."""
    for words in commands_in(text):
        command: click.Command = cli
        context = click.Context(cli, info_name="attache")
        while isinstance(command, click.Group) and words and (found := command.get_command(context, words[0])):
            command, words = found, words[1:]
        assert command is not cli, words
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert {word for word in words if word.startswith("-")} <= known, words


@pytest.fixture(scope="module", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("ATTACHE_")]:
            patch.delenv(name)
        here = tmp_path_factory.mktemp("here")
        patch.chdir(here)
        # Small batches and short histories are judged here as large ones are elsewhere.
        (here / "small.toml").write_text("[general]\nshares_need_rows = 5\nhistory_needs_batches = 1\n")
        (here / "attache.toml").write_text('thresholds = "small.toml"\n')
        yield


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Told]:
    """Sound pages among inputs that are each broken in their own way, taken in together."""
    desk = Desk(tmp_path_factory.mktemp("mixed"))
    put = desk.corpus.joinpath
    for number in range(8):
        put(f"good{number}.html").write_text(page(number, story(number)))
    put("nothing.html").write_bytes(b"")
    put("picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    lines = [json.dumps({"text": story(100 + number), "date": "2026-06-01"}) for number in range(6)]
    packed = gzip.compress("\n".join(lines).encode())
    put("cut-off.jsonl.gz").write_bytes(packed[: len(packed) * 2 // 3])
    put("half-lines.jsonl").write_text(
        json.dumps({"text": story(200), "date": "2026-06-01"}) + '\n{"text": "cut\n'
        + json.dumps({"text": story(201), "date": "2026-06-01"}) + "\n"
    )  # fmt: skip
    with put("endless.jsonl").open("w") as file:
        file.write(
            '{"text": "' + "x" * (65 << 20) + '"}\n' + json.dumps({"text": story(202), "date": "2026-06-01"}) + "\n"
        )
    put("foreign.jsonl").write_text("\n".join(json.dumps({"Inhalt": story(300 + n)}) for n in range(3)))
    latin = page(400, story(400) + "\n\nLe président déclare être satisfait de l’accord signé à N’Djaména.")
    put("wrong-charset.html").write_bytes(latin.replace("<head>", '<head><meta charset="utf-8">').encode("cp1252"))
    put("notes.docx").write_bytes(b"PK\x03\x04")
    os.mkfifo(put("pipe.txt"))
    put("loop").symlink_to(desk.corpus)
    return desk, desk.run()


def test_what_cannot_be_read_costs_itself_and_nothing_else(mixed: tuple[Desk, Told]) -> None:
    desk, told = mixed
    assert told.code == 0, told.text
    read = {row["source_path"] for row in desk.ask("SELECT DISTINCT source_path FROM raw.documents")}
    assert {f"good{number}.html" for number in range(8)} <= read
    assert {"cut-off.jsonl.gz", "half-lines.jsonl", "endless.jsonl", "wrong-charset.html"} <= read
    assert desk.ask("SELECT count(*) AS n FROM events.events")[0]["n"] > 5


@pytest.mark.parametrize(
    ("path", "reason", "said"),
    [
        ("nothing.html", "empty", "empty"),
        ("picture.html", "binary", "picture.html"),
        ("cut-off.jsonl.gz", "truncated", "fetch the file again; what came before was read"),
        ("half-lines.jsonl", "bad_json", "record 2: the line is not valid JSON"),
        ("endless.jsonl", "too_large", "record 1"),
        ("foreign.jsonl", "no_text", "--field text=NAME --again all"),
    ],
)
def test_a_refused_input_is_in_the_table_with_place_and_reason(
    mixed: tuple[Desk, Told], path: str, reason: str, said: str
) -> None:
    row = mixed[0].rejected()[path]
    assert row["reason"] == reason and said in row["message"] and row["message"].startswith(path)


def test_the_run_itself_says_how_many_were_refused_with_an_example(mixed: tuple[Desk, Told]) -> None:
    desk, told = mixed
    assert "Rejected inputs: 8 now" in told.text and "no_text 3" in told.text
    assert f"for example {desk.rejected()['foreign.jsonl']['message'].replace('record 3', 'record 1')}" in told.text
    assert "notes.docx is of a kind that is not read" in told.text
    assert "pipe.txt" in told.text and "loop" in told.text
    warned = desk.warnings()["raw.rejected.volume.rejected_share"]
    (query,) = re.findall(r"\((SELECT [^)]*)\)", warned)
    assert len(desk.ask(query)) == 8


def test_a_wrong_charset_is_found_out_and_flagged(mixed: tuple[Desk, Told]) -> None:
    (row,) = mixed[0].ask("SELECT encoding, flags, text FROM raw.documents WHERE source_path = 'wrong-charset.html'")
    assert row["encoding"] in ("windows-1252", "cp1252") and "wrong_charset" in row["flags"]
    assert "président déclare être" in row["text"]


def test_naming_the_field_as_told_brings_its_records_in(mixed: tuple[Desk, Told]) -> None:
    desk, _ = mixed
    before = desk.ask("SELECT count(*) AS n FROM cleaned.documents")[0]["n"]
    told = desk.run("--field", "text=Inhalt", "--again", "all")
    assert told.code == 0, told.text
    assert desk.ask("SELECT count(*) AS n FROM cleaned.documents")[0]["n"] == before + 3
    assert "foreign.jsonl" not in desk.rejected()


def test_a_flood_of_another_kind_is_told_and_goes_in(mixed: tuple[Desk, Told]) -> None:
    """One publisher, another language than ever, copies of one story, dates to come: odd, but pages all the same."""
    desk, _ = mixed
    flood = desk.corpus / "flood"
    flood.mkdir()
    text = (
        "El ministro de Relaciones Exteriores de Perú viajó a Chile el lunes y firmó un acuerdo de comercio. "
        "Las autoridades dijeron que la frontera seguirá abierta y que los dos países repararán el puente del río."
    )
    for number in range(12):
        (flood / f"{number}.html").write_text(page(number, f"{text} Nota {number}.", "Solo Diario", "2061-06-01"))
    told = desk.run()
    assert told.code == 0, told.text
    assert desk.ask("SELECT count(*) AS n FROM documents WHERE language = 'es'")[0]["n"] == 12
    warned = desk.warnings()
    assert "one crawl was delivered twice" in warned["cleaned.documents.duplicates.duplicate"]
    for name in ("language_shift", "publisher_shift"):
        assert "lost or gained a source" in warned[f"cleaned.documents.drift.{name}"]
    (query,) = re.findall(r"\((SELECT .*ALL)\)", warned["cleaned.documents.dates.undated"])
    reasons = [row["published_basis"] for row in desk.ask(query)]
    assert any("2061-06-01" in reason and "after the day of receipt" in reason for reason in reasons)


def test_pages_behind_a_login_block_their_batch_and_sound_ones_in_their_place_repair_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for number in range(3):
        (desk.corpus / f"good{number}.html").write_text(page(number, story(number)))
    for number in range(9):
        (desk.corpus / f"wall{number}.txt").write_text(f"Log in {number}.")
    told = desk.run()
    assert told.code == 1 and "BLOCKED b000001" in told.text and "cleaned.documents" in told.text
    assert_offers_work(told.text)
    offered = {" ".join(words[:2]) for words in commands_in(told.text)}
    assert {"quality", "quarantine list"} <= offered
    quality = desk.attache("quality", "-w", str(desk.warehouse))
    assert quality.code == 0 and "body.length" in quality.text
    listed = desk.attache("quarantine", "list", "-w", str(desk.warehouse))
    assert "cleaned.documents" in listed.text
    shown = desk.attache("quarantine", "show", "cleaned.documents", "-w", str(desk.warehouse), "--json")
    assert "wall" in shown.text or desk.ask("SELECT * FROM quarantine.cleaned_documents")
    for number in range(9):
        (desk.corpus / f"wall{number}.txt").write_text(story(500 + number))
    told = desk.run()
    assert told.code == 0, told.text
    assert desk.ask("SELECT count(*) AS n FROM cleaned.documents")[0]["n"] == 12
    assert {row["status"] for row in desk.ask("SELECT status FROM ops.batches")} == {"done"}


def test_taking_the_pages_away_repairs_it_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for number in range(3):
        (desk.corpus / f"good{number}.html").write_text(page(number, story(number)))
    for number in range(9):
        (desk.corpus / f"wall{number}.txt").write_text(f"Log in {number}.")
    assert desk.run().code == 1
    for number in range(9):
        (desk.corpus / f"wall{number}.txt").unlink()
    told = desk.run()
    assert told.code == 0, told.text
    assert {row["status"] for row in desk.ask("SELECT status FROM ops.batches")} == {"done"}
    assert desk.ask("SELECT count(*) AS n FROM cleaned.documents")[0]["n"] == 3
    gone = desk.ask("SELECT message FROM raw.rejected WHERE reason = 'missing'")
    assert len(gone) == 9 and all("can no longer be read" in row["message"] for row in gone)


def test_a_disk_that_is_full_is_told_in_a_sentence_and_room_repairs_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for number in range(2):
        (desk.corpus / f"good{number}.html").write_text(page(number, story(number)))
    command = [sys.executable, "-W", "ignore", "-m", "pipelines", "run", str(desk.corpus), "-w", str(desk.warehouse)]
    command += ["--workers", "1", "--engine", "none"]
    # No file may grow over this: as little room as a full disk leaves, for this process alone.
    limit = 1 << 20
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert done.returncode == 4 and "Traceback" not in told, told
    assert "room" in told, told
    shutil.rmtree(tmp_path / ".attache", ignore_errors=True)
    assert desk.run().code == 0


def test_what_checks_tell_to_do_can_be_done(mixed: tuple[Desk, Told]) -> None:
    """Every query in every remedy runs, and every command exists."""
    desk, _ = mixed
    messages = {row["message"] for row in desk.ask("SELECT DISTINCT message FROM ops.check_results")}
    assert len(messages) > 50
    for remedy in messages:
        assert_offers_work(remedy)
        for query in re.findall(r"SELECT (?:[^().]|\([^()]*\)|\.(?=\w))+", remedy):
            desk.ask(query)


def test_a_thresholds_file_with_a_slip_is_refused_by_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (desk.corpus / "a.txt").write_text(story(1))
    (tmp_path / "t.toml").write_text("[general]\nshares_need_row = 5\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTACHE_THRESHOLDS", str(tmp_path / "t.toml"))
        told = desk.run()
    assert told.code == 2 and "shares_need_row" in told.text and "t.toml" in told.text
    assert tomllib.loads((tmp_path / "t.toml").read_text())
