"""`attache fetch` against a real server."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.scripted_server import Reply, ScriptedServer


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    running = ScriptedServer()
    yield running
    running.stop()


def test_a_round_is_told_and_its_mistakes_are_too(
    server: ScriptedServer, attache: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Reply(b"<html><p>A page.</p></html>", headers={"Content-Type": "text/html"})
    replies = {"/map.txt": Reply(f"{server.url}/page\n".encode()), "/page": page}
    server.respond = lambda request: replies.get(request.path, Reply(b"", 404))
    code, _, err = attache("fetch")
    assert code == 2 and "names no feed" in err
    code, out, _ = attache("fetch", f"{server.url}/map.txt", "--json")
    assert code == 0 and json.loads(out)["failed"] == {"address": 1}
    monkeypatch.setenv("ATTACHE_FEEDS_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("ATTACHE_FEEDS_DELAY_SECONDS", "0")
    Path("feeds.txt").write_text(f"# ours\n{server.url}/map.txt\n")
    code, out, err = attache("fetch", "feeds.txt", "-w", "other.duckdb", "--into", "pages")
    assert code == 0 and "1 fetched" in out and "nothing failed" in out, err
    assert [path.suffixes for path in Path("pages").iterdir()] == [[".warc", ".gz"]]
