"""The documentation as a site: built without a warning, whole, readable from disk, with nothing from another host."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, Request, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return folder


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    pages = {path: lxml.html.parse(str(path)).getroot() for path in site.rglob("*.html")}
    anchors = {path: set(page.xpath("//@id")) | set(page.xpath("//a/@name")) for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        if path.name == "404.html":
            continue  # its links count from the root of a server
        for link in page.xpath("//@href | //@src"):
            parts = urlsplit(link)
            if parts.scheme or link.startswith("//"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            lost = parts.fragment and target in anchors and unquote(parts.fragment) not in anchors[target]
            if not target.exists() or (lost and not parts.fragment.startswith("__")):
                broken.append(f"{path.name}: {link}")
    assert len(pages) > 20 and not broken


def test_every_page_of_the_folder_is_in_the_site(site: Path) -> None:
    for page in (ROOT / "docs").glob("*.md"):
        assert (site / page.with_suffix(".html").name).exists()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]  # as a reader starts it: no rights over other files
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


def test_pages_ask_no_other_host_for_anything(site: Path, browser: Browser) -> None:
    page, asked = browser.new_page(), []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    for name in sorted(site.glob("*.html")):
        page.goto(name.as_uri())
    assert asked and [url for url in asked if urlsplit(url).scheme not in ("file", "data", "blob")] == []
    page.close()


def test_search_finds_from_disk(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    box = page.get_by_role("textbox", name="Search").first
    box.click()  # the index is read when the field is entered
    page.wait_for_timeout(1_000)
    box.press_sequentially("quarantine release", delay=50)
    expect(page.locator(".md-search-result__list a").first).to_be_visible(timeout=60_000)
    page.close()


def test_examples_from_right_to_left_are_shown_so(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site / "coding-manual.html").as_uri())
    arabic = page.locator("td [dir=rtl]").first
    expect(arabic).to_have_css("direction", "rtl")
    assert arabic.get_attribute("lang") == "ar"
    page.close()


@pytest.mark.parametrize(
    "name", ["index", "tutorial", "coding-manual", "data-dictionary", "architecture", "settings"]
)
def test_a_phone_shows_a_page_without_moving_it_sideways(site: Path, browser: Browser, name: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
