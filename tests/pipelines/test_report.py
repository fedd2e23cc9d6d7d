"""The report in a real browser: filters, evidence, right-to-left, hostile pages, verdicts, a phone, the keyboard."""

import itertools
import json
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

import pipelines.cli
from assets.cleaned.documents.rows import DOCUMENTS
from assets.events.claims.rows import CLAIMS
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.raw.documents.rows import DOCUMENTS as RAW_DOCUMENTS
from assets.table import Table
from assets.translated.segments.rows import SEGMENTS
from assets.warehouse import Replace
from pipelines.report.basemap import STEP, outlines
from pipelines.report.data import MOST_MENTIONS, read_report_data
from pipelines.report.page import report_page
from pipelines.warehouse import DuckDBWarehouse

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FILL: dict[str, Any] = {"VARCHAR": "x", "BIGINT": 1, "DOUBLE": 0.5, "BOOLEAN": False, "VARCHAR[]": [], "BLOB": b""}
HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
ARABIC = "قصف جيش السودان قرية في تشاد يوم الاثنين."
PAGES = {
    "en": (
        "Kenya and Uganda sign",
        "The Courier",
        "https://courier.example/1",
        "Kenya signed an accord with Uganda on Monday.",
    ),
    "ar": ("قصف على الحدود", "المرسى", "javascript:alert(1)", ARABIC),
    "fr": (HOSTILE, "Le Quotidien", "https://quotidien.example/2", f"Le Tchad accuse le Soudan. {HOSTILE}"),
}
ENGLISH = {"en": None, "ar": "The army of Sudan shelled a village in Chad on Monday.", "fr": "Chad accuses Sudan."}
DAYS = [date(2020, 1, 1) + timedelta(days=n) for n in range(2000)]
EVENT_ROWS = (
    {"event_id": "e1", "plover_type": "SUPPORT", "quad_class": 1, "source_country": "KEN", "target_country": "UGA"},
    {
        "event_id": "e2", "plover_type": "ASSAULT", "mode": "aerial", "quad_class": 4, "source_country": "SDN",
        "target_country": "TCD", "latitude": 13.45, "longitude": 22.45, "place_name": "أدري", "disputed": True,
        "dead_min": 3, "dead_max": 9, "conflicts": ["status", "dead", "date"],
    },
    {"event_id": "e3", "plover_type": "ACCUSE", "quad_class": 3, "source_country": "TCD", "target_country": "SDN"},
)  # fmt: skip
CLAIM_ROWS = (
    {"claim_id": "m2", "event_id": "e2", "stance": "asserted", "differs_in": ["status", "dead"]},
    {"claim_id": "m3", "event_id": "e2", "stance": "denied", "differs_in": ["status", "dead", "date"]},
)
MENTION_ROWS = (
    ("m1", "e1", "en", {"source_text": "Kenya", "target_text": "Uganda", "trigger_text": "signed an accord"}),
    (
        "m2",
        "e2",
        "ar",
        {
            "source_text": "جيش السودان",
            "trigger_text": "قصف",
            "dead": 3,
            "source_country": "SDN",
            "target_country": "TCD",
            "target_from_page": True,
            "date_basis": "lead",
        },
    ),
    ("m3", "e2", "fr", {"status": "denied", "dead": 9}),
    ("m4", "e3", "fr", {"source_text": "Le Tchad", "trigger_text": "accuse"}),
)


def row(table: Table, **values: Any) -> dict[str, Any]:
    """A row with something in every column that must not be null."""
    filled = {c.name: None if c.nullable else FILL.get(c.duckdb_type, datetime(2026, 1, 1)) for c in table.columns}
    return filled | values


def fill(warehouse: DuckDBWarehouse, tables: dict[Table, list[dict[str, Any]]]) -> None:
    frames = {table: pl.DataFrame(rows, schema=table.polars_schema) for table, rows in tables.items()}
    warehouse.write([Replace(table, frame) for table, frame in frames.items()])


def made_warehouse(path: Path) -> DuckDBWarehouse:
    warehouse = DuckDBWarehouse(path=str(path))
    warehouse.migrate()
    kinds = {e["event_id"]: e["plover_type"] for e in EVENT_ROWS}
    tables: dict[Table, list[dict[str, Any]]] = {
        RAW_DOCUMENTS: [],
        DOCUMENTS: [],
        SEGMENTS: [],
        EVENTS: [
            row(EVENTS, **{"event_date": date(2026, 3, n), "status": "actual", **event})
            for n, event in enumerate(EVENT_ROWS, 1)
        ],
        CLAIMS: [row(CLAIMS, **claim) for claim in CLAIM_ROWS],
        MENTIONS: [
            row(MENTIONS, mention_id=mention, event_id=event, document_id=page, segment_id=page)
            | {"plover_type": kinds[event], "event_date": date(2026, 3, 2), "status": "actual", **more}
            for mention, event, page, more in MENTION_ROWS
        ],
    }
    for key, (title, publisher, url, text) in PAGES.items():
        about = {"document_id": key, "language": key, "published": date(2026, 3, 2)}
        engine = {"ar": "human", "fr": "draft"}.get(key, "source")
        told = {"source_text": text, "english_text": ENGLISH[key], "engine": engine}
        tables[RAW_DOCUMENTS].append(row(RAW_DOCUMENTS, document_id=key, url=url))
        tables[DOCUMENTS].append(row(DOCUMENTS, title=title, publisher=publisher, **about))
        tables[SEGMENTS].append(row(SEGMENTS, segment_id=key, document_id=key, language=key, **told))
    fill(warehouse, tables)
    return warehouse


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    folder = tmp_path_factory.mktemp("report")
    warehouse = made_warehouse(folder / "w.duckdb")
    with pytest.raises(SystemExit) as ended:
        pipelines.cli.main(["report", "-w", str(folder / "w.duckdb"), "-o", str(folder / "report.html")])
    assert not ended.value.code
    return SimpleNamespace(file=folder / "report.html", warehouse=warehouse, folder=folder)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def show(browser: Any, report: SimpleNamespace) -> Iterator[Callable[..., Page]]:
    """Opens the report; afterwards asks that nothing was fetched and nothing went wrong."""
    pages: list[Page] = []
    troubles: list[str] = []

    def opened(width: int = 1280, file: Path | None = None) -> Page:
        page: Page = browser.new_page(viewport={"width": width, "height": 900})
        pages.append(page)
        page.on("request", lambda r: r.url.startswith(("file:", "blob:", "data:")) or troubles.append(r.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto((file or report.file).as_uri())
        page.wait_for_selector("body[data-ready]", timeout=30_000)
        return page

    yield opened
    for page in pages:
        page.close()
    assert not troubles


def test_filters_narrow_the_list_and_can_be_cleared(show: Callable[..., Page]) -> None:
    page = show()
    assert page.locator("#events > li").count() == 3
    page.select_option("[name=actor]", "KEN")
    assert page.locator("#events > li").all_inner_texts()[0].startswith("2026-03-01")
    assert page.locator("#count").inner_text() == "1 of 3 events"
    page.click("text=Clear filters")
    expect(page.locator("#events > li")).to_have_count(3)
    for name, value, expected in (
        ("type", "ASSAULT", 1), ("language", "fr", 2), ("publisher", "المرسى", 1), ("status", "actual", 3),
    ):  # fmt: skip
        page.select_option(f"[name={name}]", value)
        assert page.locator("#events > li").count() == expected, name
        page.select_option(f"[name={name}]", "")
    page.fill("[name=from]", "2026-03-02")
    page.fill("[name=until]", "2026-03-02")
    assert page.locator("#events > li").count() == 1
    page.fill("[name=words]", "no such words")
    assert page.locator("#events > li").count() == 0


def test_an_event_opens_to_its_evidence_from_right_to_left(show: Callable[..., Page]) -> None:
    page = show()
    page.select_option("[name=type]", "ASSAULT")
    page.click("#events button")
    quote = page.locator("dialog blockquote").first
    assert quote.inner_text() == ARABIC
    assert quote.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert quote.locator("mark").all_inner_texts() == ["قصف", "جيش السودان"]
    assert "shelled a village" in page.locator("dialog .english").first.inner_text()
    assert page.locator("dialog .english", has_text="draft quality").all_inner_texts() == [
        "Chad accuses Sudan.draft quality"
    ]
    warning = page.locator("dialog .disagree").inner_text()
    assert "denies" in warning and "Killed: 3–9." in warning and "Dates told: 2026-03-02." in warning
    assert "asserted, differs in status, dead" in page.locator("dialog article").first.inner_text()
    coded = page.locator("dialog article").first.inner_text()
    assert "Sudan → Chad (from the page)" in coded and "2026-03-02 (of the page's main event)" in coded
    assert page.locator("dialog article", has_text="from the page").count() == 1
    assert page.locator("dialog a").count() == 1  # the javascript: address became no link
    assert page.locator("dialog a").get_attribute("href") == "https://quotidien.example/2"


def test_hostile_pages_are_text(show: Callable[..., Page], report: SimpleNamespace) -> None:
    page = show()
    page.select_option("[name=type]", "ACCUSE")
    page.click("#events button")
    assert page.locator("dialog a").inner_text() == HOSTILE
    assert HOSTILE in page.locator("dialog blockquote").inner_text()
    assert page.title() == "Attaché report" and page.locator("img").count() == 0
    assert "owned" not in report.file.read_text()  # not even in the file: data is packed


def test_verdicts_are_saved_as_a_file_that_review_takes(show: Callable[..., Page], report: SimpleNamespace) -> None:
    page = show()
    page.select_option("[name=type]", "SUPPORT")
    page.click("#events button")
    page.click("dialog >> text=Right")
    page.keyboard.press("Escape")
    page.click("text=Clear filters")
    page.select_option("[name=type]", "ACCUSE")
    page.click("#events button")
    page.click("dialog >> text=Correct it")
    page.fill("dialog label:has-text('Target country') input", "EGY")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.click("#save")
    saved = report.folder / "verdicts.jsonl"
    download.value.save_as(saved)
    assert [json.loads(line)["verdict"] for line in saved.read_text().splitlines()] == ["right", "corrected"]
    with pytest.raises(SystemExit) as ended:
        pipelines.cli.main(
            ["review", "import", str(saved), "-w", report.warehouse.path, "--reviewer", "Ada", "--strict"]
        )
    assert not ended.value.code
    kept = report.warehouse.read("SELECT mention_id, verdict, right_target_country FROM review.verdicts ORDER BY 1")
    assert kept.rows() == [("m1", "right", None), ("m4", "corrected", "EGY")]


def test_a_phone_shows_it_without_scrolling_sideways(show: Callable[..., Page]) -> None:
    page = show(width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#events button").first.click()
    assert page.evaluate(
        "document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth"
    )


def test_the_keyboard_is_enough_and_everything_has_a_name(show: Callable[..., Page]) -> None:
    page = show()
    page.locator("#save").evaluate("e => e.focus()")
    page.locator("[name=words]").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#events') !== null"):
            break
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert page.evaluate("document.activeElement.closest('#events') !== null")  # back where one was
    controls = "[...document.querySelectorAll('button, input, select')]"
    assert page.evaluate(f"{controls}.filter(e => !e.innerText && !e.labels?.length).length") == 0
    assert page.get_by_role("status").inner_text() == "3 of 3 events"
    assert page.locator(".chart [aria-label]").count() >= 2 and page.locator("html[lang=en]").count() == 1


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_amiss_in_any_state(show: Callable[..., Page], width: int) -> None:
    page, axe = show(width=width), Axe()

    def amiss() -> list[str]:
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found]

    assert amiss() == []
    page.select_option("[name=type]", "ASSAULT")
    page.click("#events button")
    assert amiss() == []
    page.locator("dialog >> text=Correct it").first.click()
    assert amiss() == []


def test_the_map_is_zoomed_by_buttons_and_a_place_chosen_without_pointing(show: Callable[..., Page]) -> None:
    page = show()
    page.click("#fit")
    assert page.locator("#top-places button").all_inner_texts() == ["أدري: 1"]
    page.click("#top-places button")
    assert page.locator("#count").inner_text() == "1 of 3 events"
    assert page.locator("#chips").inner_text() == "At أدري ✕"
    page.click("#whole")
    page.click("#chips button")
    page.click("#top-pairs button")
    assert page.locator("#count").inner_text() == "1 of 3 events"


def test_a_click_on_the_matrix_asks_for_that_pair(show: Callable[..., Page]) -> None:
    page = show()
    page.locator("#matrix .mark-rect path[aria-label*='Kenya']").click(force=True)
    assert page.locator("#events > li").count() == 1
    assert "Kenya → Uganda" in page.locator("#chips").inner_text()


def test_ten_thousand_events_stay_well_under_five_megabytes(show: Callable[..., Page], tmp_path: Path) -> None:
    warehouse, lots, chance = DuckDBWarehouse(path=str(tmp_path / "w.duckdb")), 10_000, random.Random(1)
    warehouse.migrate()
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(4000)]
    texts = [" ".join(chance.choices(words, k=26)) for _ in range(lots)]
    aid = {"plover_type": "AID", "status": "actual"}
    fill(
        warehouse,
        {
            EVENTS: [
                row(EVENTS, event_id=f"e{n}", quad_class=2, event_date=DAYS[n % 2000], **aid)
                | ({"place_name": "Damascus", "latitude": 33.51, "longitude": 36.29} if n < 2000 else {})
                for n in range(lots)
            ],
            MENTIONS: [
                row(MENTIONS, mention_id=f"m{n}", event_id=f"e{n}", segment_id=f"s{n}", **aid) for n in range(lots)
            ],
            SEGMENTS: [
                row(SEGMENTS, segment_id=f"s{n}", source_text=text, english_text=text) for n, text in enumerate(texts)
            ],
        },
    )
    with warehouse.reading() as query:
        data = read_report_data(query, lots)
    assert len(data.events["event_id"]) == lots == len(data.sentences["source_text"])
    file = tmp_path / "report.html"
    file.write_text(report_page(data, title="Big", made_at=datetime(2026, 1, 1)), encoding="utf-8")
    assert file.stat().st_size < 5_000_000
    page = show(file=file)
    assert page.locator("#count").inner_text() == "10,000 of 10,000 events"
    assert page.locator("#events > li").count() == 50
    page.click("text=Damascus: 2,000")
    assert page.locator("#count").inner_text() == "2,000 of 10,000 events"


def test_where_mentions_are_too_many_those_of_disagreements_stay(
    report: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.report.data.MOST_IN_ALL", 3)
    with report.warehouse.reading() as query:
        assert sorted(read_report_data(query, 3).mentions["mention_id"]) == ["m1", "m2", "m4"]
    monkeypatch.setattr("pipelines.report.data.MOST_IN_ALL", 4)
    with report.warehouse.reading() as query:
        assert sorted(read_report_data(query, 3).mentions["mention_id"]) == ["m1", "m2", "m3", "m4"]


def test_an_event_of_many_mentions_shows_each_publisher_first(tmp_path: Path) -> None:
    warehouse = DuckDBWarehouse(path=str(tmp_path / "w.duckdb"))
    warehouse.migrate()
    about = {"event_id": "e", "plover_type": "AID", "status": "actual"}
    publishers = {f"d{n}": "Wire" if n < 20 else f"Paper {n}" for n in range(24)}
    fill(
        warehouse,
        {
            EVENTS: [row(EVENTS, quad_class=2, mention_count=24, **about)],
            MENTIONS: [
                row(MENTIONS, mention_id=f"m{n:02}", document_id=d, segment_id=d, source_text="a𐍈b", **about)
                | {"confidence": 0.9 if n < 20 else 0.2}
                for n, d in enumerate(publishers)
            ],
            SEGMENTS: [row(SEGMENTS, segment_id=d, source_text=f"𐍈 of {p}: a𐍈b") for d, p in publishers.items()],
            DOCUMENTS: [row(DOCUMENTS, document_id=d, publisher=p) for d, p in publishers.items()],
        },
    )
    with warehouse.reading() as query:
        data = read_report_data(query, 10)
    told = [data.documents["publisher"][n] for n in data.mentions["document"]]
    assert len(told) == MOST_MENTIONS == len(data.sentences["source_text"])
    assert set(told) == {"Wire", "Paper 20", "Paper 21", "Paper 22", "Paper 23"}
    at, sentence = data.mentions["source_start"][0], data.sentences["source_text"][data.mentions["sentence"][0]]
    units = sentence.encode("utf-16-le")
    assert units[2 * at : 2 * (at + data.mentions["source_length"][0])].decode("utf-16-le") == "a𐍈b"


def test_neighbours_share_their_border_and_enclaves_are_holes() -> None:
    world = outlines()
    rings = dict(zip(world["code"], world["rings"], strict=True))
    assert len(rings) > 230 and None in rings  # territories without a code
    mali, algeria = (set(_points(rings[code][0])) for code in ("MLI", "DZA"))
    assert len(mali & algeria) >= 5
    holes = [ring for ring in rings["ZAF"] if _turn(_points(ring)) < 0]
    assert len(holes) == 1 and set(_points(holes[0])) == set(_points(rings["LSO"][0]))
    at = world["code"].index("EGY")
    assert 25 < world["longitude"][at] < 35 and 22 < world["latitude"][at] < 31.6 and 5 < world["extent"][at] < 15


def _points(ring: list[int]) -> list[tuple[float, float]]:
    east, north = itertools.accumulate(ring[::2]), itertools.accumulate(ring[1::2])
    return [(round(x * STEP, 2), round(y * STEP, 2)) for x, y in zip(east, north, strict=True)]


def _turn(points: list[tuple[float, float]]) -> float:
    """Above zero where the ring runs clockwise."""
    return sum((u - x) * (v + y) for (x, y), (u, v) in itertools.pairwise(points))


def test_a_warehouse_without_events_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        pipelines.cli.main(["report", "-w", str(tmp_path / "none.duckdb"), "-o", str(tmp_path / "r.html")])
    assert ended.value.code == 2 and "attache run" in capfd.readouterr().err
    assert not (tmp_path / "r.html").exists()
