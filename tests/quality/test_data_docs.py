"""The Data Docs as people read them: made from what real gates found, opened in a real browser without network."""

from __future__ import annotations

import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect, sync_playwright

from quality.data_docs.folder import write_data_docs
from quality.data_docs.trend import trend
from quality.inspection import inspect
from quality.results import CHECK_RESULTS, CheckResult
from quality.suites.every import SUITES
from quality.thresholds import load_thresholds
from tests.quality.conftest import RECEIVED

HOSTILE = "<script>document.title='hacked'</script><img src=http://example.test/x.png onerror=alert(1)>"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def judge_all(warehouse, batch, run_id):
    thresholds = load_thresholds()
    for suite in SUITES:
        inspect(warehouse, suite, batch if suite.table.is_batched else None, run_id, thresholds)


@pytest.fixture
def folder(warehouse, world, more_pages, tmp_path):
    """The pages after two batches, the second of which has a page in no language, with a hostile title."""
    world.write(warehouse)
    judge_all(warehouse, "b0001", "run-1")
    second = more_pages("b0002", pages=9)
    second.change("documents", 2, language=HOSTILE)
    second.write(warehouse)
    judge_all(warehouse, "b0002", "run-2")
    write_data_docs(warehouse, tmp_path / "docs")
    return tmp_path / "docs"


def test_there_is_a_page_for_every_table_and_no_half_written_one(folder):
    names = {suite.table.qualified_name for suite in SUITES}
    assert {file.name for file in folder.iterdir()} == {"index.html", *(f"{name}.html" for name in names)}


def test_no_page_asks_the_network_for_anything(folder):
    for file in folder.iterdir():
        html = file.read_text(encoding="utf-8")
        assert not re.search(r"""<[^>]*(?:src|href)\s*=\s*["']?(?:https?:)?//""", html)
        assert not re.search(r"<script|@import|url\(", html)
        assert "default-src 'none'" in html


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_reader_finds_what_broke_why_and_which_rows(folder):
    asked = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        page.goto((folder / "index.html").as_uri())
        expect(page.get_by_role("heading", name="What does not hold")).to_be_visible()
        page.get_by_role("link", name="quarantined").first.click()
        expect(page).to_have_title("cleaned.documents · Attaché Data Docs")
        finding = page.locator("details#b0002 article", has_text="language.language")
        expect(finding).to_contain_text("1 of 9 rows break")
        expect(finding).to_contain_text("quarantine.cleaned_documents")
        expect(finding.locator("td", has_text="<script>")).to_be_visible()  # shown as text, not run
        row = page.locator("tr", has=page.locator("code", has_text=re.compile("^undated$")))
        expect(row.locator("svg.trend")).to_have_attribute("aria-label", re.compile("^2 batches"))
        page.get_by_role("link", name="raw.documents").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("holds")
        browser.close()
    assert asked and all(url.startswith("file:") for url in asked)


def test_a_gate_run_again_replaces_what_it_said_before(folder, warehouse, more_pages):
    assert "language.language" in (folder / "index.html").read_text(encoding="utf-8")
    more_pages("b0002", pages=9).write(warehouse)
    judge_all(warehouse, "b0002", "run-3")
    write_data_docs(warehouse, folder)
    assert "language.language" not in (folder / "index.html").read_text(encoding="utf-8")


def test_before_anything_was_judged_the_index_says_so(warehouse, tmp_path):
    index = write_data_docs(warehouse, tmp_path / "docs")
    assert "attache run" in index.read_text(encoding="utf-8")


def result(observed, passed=True, minimum=None, maximum=None):
    return CheckResult(
        "r", "b", "t", "c", "e", "warn", passed, 1, 0, 0.0, observed, minimum, maximum, "", RECEIVED, None, None, None
    )


FIGURES = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(st.lists(FIGURES, min_size=2, max_size=80), st.none() | FIGURES, st.none() | FIGURES)
def test_a_trend_stays_inside_its_frame(figures, minimum, maximum):
    drawn = str(trend([result(figure, minimum=minimum, maximum=maximum) for figure in figures]))
    (points,) = re.findall(r'points="([^"]*)"', drawn)
    pairs = [tuple(map(float, pair.split(","))) for pair in points.split()]
    assert len(pairs) == len(figures)
    assert all(0 <= x <= 150 and 0 <= y <= 30 for x, y in pairs)


def test_a_trend_marks_what_did_not_hold_and_needs_two_figures():
    assert str(trend([result(0.1), result(0.9, passed=False)])).count("<circle") == 1
    assert not trend([result(0.1), result(None)])


def test_results_that_a_warehouse_of_before_holds_are_shown(warehouse, tmp_path):
    """Versions before 14 kept neither what was expected nor sample rows."""
    old = CheckResult(
        "r", "b0001", "raw.documents", "keys", "key_unique", "block", False, 3, 1, 33.0, None, None, None,
        "1 of 3 rows break: no other row has the same document_id.", RECEIVED, None, None, None,
    )  # fmt: skip
    with warehouse.transaction() as connection:
        connection.register("old", CHECK_RESULTS.frame([old]))
        connection.execute("INSERT INTO ops.check_results BY NAME FROM old")
    index = write_data_docs(warehouse, tmp_path / "docs")
    assert "1 of 3 rows break" in index.read_text(encoding="utf-8")
