"""The Data Docs on the road: written by a real run, linked from the assets, served to the UI's readers."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import dagster as dg
import pytest

import pipelines.cli
from pipelines.data_docs import serving
from pipelines.definitions import build_definitions
from pipelines.settings import load_settings

PAGE = (
    "The president of Kenya met the president of Mali in Nairobi on 3 March 2024. They signed a treaty on trade.\n"
    "The two heads of state spoke about roads, about water and about the security of their borders for two hours.\n"
)


def attache(*arguments):
    with pytest.raises(SystemExit) as ended:
        pipelines.cli.main([*map(str, arguments)])
    return ended.value.code or 0


@pytest.fixture
def ran(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "talks.txt").write_text(f"Talks in Nairobi\n\n{PAGE}", encoding="utf-8")
    assert attache("run", corpus, "-w", tmp_path / "w.duckdb") == 0
    return load_settings(warehouse=tmp_path / "w.duckdb", corpus=str(corpus))


def test_a_run_leaves_pages_that_say_what_held(ran, capsys):
    html = (ran.data_docs / "events.mentions.html").read_text(encoding="utf-8")
    assert "evidence_at_offsets" in html and "the body" in html
    (ran.data_docs / "index.html").unlink()
    capsys.readouterr()
    assert attache("quality", "--data-docs", "-w", ran.warehouse) == 0
    assert capsys.readouterr().out.strip() == str(ran.data_docs / "index.html")
    assert (ran.data_docs / "index.html").exists()


def test_a_run_that_a_gate_blocks_shows_five_rows_and_leaves_pages(tmp_path, capsys):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(7):  # bodies too short to be pages
        (corpus / f"{number}.txt").write_text(f"Page {number}.")
    assert attache("run", corpus, "-w", tmp_path / "w.duckdb") == 1
    told = capsys.readouterr().out
    assert "BLOCKED" in told and "general.max_quarantined_share" in told
    assert told.count("failed_expectation = body.length") == 5
    pages = load_settings(warehouse=tmp_path / "w.duckdb").data_docs
    assert "blocked" in (pages / "cleaned.documents.html").read_text(encoding="utf-8")


def test_each_judged_asset_links_to_its_page(ran):
    def links(settings):
        graph = build_definitions(settings).resolve_asset_graph()
        return {k.to_user_string(): graph.get(k).metadata.get("data_docs") for k in graph.get_all_asset_keys()}

    files = links(ran)
    assert files["events/events"] == dg.MetadataValue.path(str(ran.data_docs / "events.events.html"))
    assert files["ops/batches"] is None
    served = links(ran.model_copy(update={"data_docs_url": "http://127.0.0.1:9"}))
    assert served["raw/documents"] == dg.MetadataValue.url("http://127.0.0.1:9/raw.documents.html")


def test_pages_are_served_and_nothing_outside_their_folder(ran):
    (ran.home / "secret.txt").write_text("secret", encoding="utf-8")
    with serving(ran.data_docs, "127.0.0.1") as address:
        where = urlsplit(address)

        def get(path):
            connection = http.client.HTTPConnection(where.hostname, where.port, timeout=10)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

        status, html = get("/")
        assert status == 200 and "Data Docs" in html
        assert get("/../secret.txt")[0] == get("/%2e%2e/secret.txt")[0] == 404
        (ran.data_docs / "index.html").unlink()
        assert get("/")[0] == 404  # never a list of files
