"""The filters as anyone would call them: a process, lines in, lines out, whatever the lines are."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.cli import stream

ROOT = Path(__file__).parents[3]
ATTACHE = [sys.executable, "-m", "pipelines"]
LINE = {"id": 7, "lang": "en", "text": "Turkey sent troops to Mali on Monday.", "date": "2024-06-18"}


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*ATTACHE, *arguments], input=stdin, capture_output=True, cwd=cwd, env=environment, check=False
    )


def lines_of(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def jsonl(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_code_answers_good_lines_and_names_bad_ones(tmp_path: Path) -> None:
    bad = b'nonsense\n[1, 2]\n{"id": 3, "text": 5}\n\xff\xfe\n' + b"[" * 100_000 + b"\n\n"
    odd = jsonl({"id": {"a": 1}, "text": "Half \ud800 a pair."}, {"id": 9, "text": "Hello.", "date": "June"})
    done = run("code", stdin=jsonl(LINE) + bad + odd, cwd=tmp_path)
    answers = lines_of(done)
    assert done.returncode == 0
    assert [a["id"] for a in answers] == [7, None, None, 3, None, None, {"a": 1}, 9]
    event = answers[0]["events"][0]  # type: ignore[index]
    assert (event["source"], event["target"], event["root"]) == ("TUR", "MLI", "MOBILIZE")
    assert event["date"] == "2024-06-17"
    assert ["error" in a for a in answers] == [False, True, True, True, True, True, False, False]
    assert "line 2 is not JSON" in str(answers[1]["error"])
    assert "warning" in answers[7]
    assert done.stderr.decode().splitlines() == [
        "attache: 5 of 8 lines could not be used; see `error` in the output."
    ]


def test_code_over_processes_keeps_the_order(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(jsonl(*({**LINE, "id": n} for n in range(70))))
    answers = lines_of(run("code", "--workers", "2", str(source), cwd=tmp_path))
    assert [a["id"] for a in answers] == list(range(70))
    assert all(a["events"] for a in answers)


def test_code_answers_each_line_before_the_next_is_written_and_ends_quietly_when_nobody_reads(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [*ATTACHE, "code"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=environment,
    )
    assert process.stdin and process.stdout and process.stderr
    for number in range(2):
        process.stdin.write(jsonl({**LINE, "id": number}))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    process.stdout.close()
    process.stdin.write(jsonl(LINE))
    process.stdin.close()
    assert process.wait(60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_the_code_filter_loads_nothing_heavy() -> None:
    program = (
        "import sys; from pipelines.cli.code import code_record; from pipelines.cli.stream import Record; "
        "code_record((Record(1, {'text': 'Turkey sent troops to Mali.', 'lang': 'en'}), None)); "
        "print([m for m in ('dagster', 'polars', 'pandas', 'duckdb', 'great_expectations') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_clean_gives_a_line_for_every_page_and_every_failure(tmp_path: Path) -> None:
    body = "The ministers of Chad and Niger met in Ndjamena on Monday to speak about their common border and trade."
    (tmp_path / "page.txt").write_text(f"Chad and Niger speak about trade\n\n{body}\n", encoding="utf-8")
    (tmp_path / "page.html").write_text(f"<html><title>Talks</title><body><p>{body}</p></body></html>")
    (tmp_path / "none.txt").write_bytes(b"")
    (tmp_path / "two.jsonl").write_bytes(jsonl({"text": body}) + b"{\n")
    (tmp_path / "odd.name").write_text(body)
    names = ["page.txt", "page.html", "none.txt", "two.jsonl", "odd.name", "missing.txt"]
    done = run("clean", *names, cwd=tmp_path)
    answers = lines_of(done)
    assert done.returncode == 0
    assert [a["path"] for a in answers] == [
        "page.txt",
        "page.html",
        "none.txt",
        "two.jsonl",
        "two.jsonl",
        "odd.name",
        "missing.txt",
    ]
    assert ["error" in a for a in answers] == [False, False, True, False, True, False, True]
    assert all(a["text"] == body for a in answers if "error" not in a)
    assert answers[0]["title"] == "Chad and Niger speak about trade"
    keys = {"path", "title", "publisher", "authors", "published", "language", "text", "dropped_lines"}
    assert all(keys <= set(a) for a in answers)
    assert b"Traceback" not in done.stderr
    assert run("clean", "--strict", "missing.txt", cwd=tmp_path).returncode == 1


def test_clean_reads_standard_input(tmp_path: Path) -> None:
    body = "The ministers of Chad and Niger met in Ndjamena on Monday to speak about their common border and trade."
    (answer,) = lines_of(
        run("clean", "-", "--html", stdin=f"<title>Talks</title><p>{body}</p>".encode(), cwd=tmp_path)
    )
    assert (answer["path"], answer["title"], answer["text"]) == ("-", "Talks", body)


def test_translate_says_why_a_text_is_pending_and_passes_english_through(tmp_path: Path) -> None:
    lines = jsonl(
        {"id": 1, "lang": "de", "text": "Der Minister reist ab."}, {"id": 2, "lang": "en", "text": "He left."}
    )
    done = run("translate", "--engine", "none", stdin=lines + b"{}\n", cwd=tmp_path)
    pending, source, bad = lines_of(done)
    assert (pending["status"], pending["text"]) == ("pending", None) and pending["reason"]
    assert (source["status"], source["text"]) == ("source", "He left.")
    assert bad["status"] == "error" and "line 3" in str(bad["error"])
    wrong = run("translate", "--engine", "babelfish", cwd=tmp_path)
    assert wrong.returncode == 2 and b"babelfish" in wrong.stderr and b"Traceback" not in wrong.stderr


def _read_all(content: bytes) -> list[tuple[int, bytes | None]]:
    reading, writing = os.pipe()
    try:
        os.write(writing, content)
        os.close(writing)
        return list(stream.LineReader(reading))
    finally:
        os.close(reading)


@given(st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b"")), max_size=20), st.booleans())
@settings(deadline=None)
def test_the_line_reader_gives_back_the_lines(lines: list[bytes], closed: bool) -> None:
    content = b"\n".join(lines) + (b"\n" if closed and lines else b"")
    expected = content.split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    assert _read_all(content) == list(enumerate(expected, 1))


def test_a_line_without_end_is_passed_over_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LINE_LIMIT", 1000)
    monkeypatch.setattr(stream, "_PIECE", 64)
    content = b"short\n" + b"x" * 30_000 + b"\nlast"
    assert _read_all(content) == [(1, b"short"), (2, None), (3, b"last")]


def test_groups_do_not_wait_for_what_is_not_written_yet() -> None:
    reading, writing = os.pipe()
    os.write(writing, jsonl(LINE, LINE))
    groups = stream.read_groups(stream.LineReader(reading), 100)
    started = time.monotonic()
    assert sum(len(group) for group in [next(groups)]) in (1, 2)
    assert time.monotonic() - started < 30  # it came back although the writer has not ended
    os.close(writing)
    os.close(reading)
