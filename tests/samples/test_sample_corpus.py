"""The sample corpus itself: it is what its script makes, holds what it claims, and is encoded as it claims."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq
import pycountry
import pytest

from assets.vocabulary.plover import load_ontology

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "samples"
EXPECTED = json.loads((HERE / "expected.json").read_text("utf-8"))
PAGES: list[dict[str, Any]] = EXPECTED["pages"]
PAGE_FILES = [page for page in PAGES if page["member"] is None]
ROOTS = set(load_ontology().types)


def _name(page: dict[str, Any]) -> str:
    return page["path"] + (f"#{page['member']}" if page["member"] else "")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", HERE / "make_samples.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_samples"] = module
    spec.loader.exec_module(module)
    return module


def _content(path: str, data: bytes) -> Any:
    """The bytes of a file, or for a packed one what is packed, since packing differs between library versions."""
    if path.endswith(".gz"):
        return gzip.decompress(data)
    if path.endswith(".parquet"):
        return pq.read_table(io.BytesIO(data)).to_pylist()
    return data


def _text(page: dict[str, Any]) -> str:
    """The text of a page, of a container's record too."""
    data = (SAMPLES / page["path"]).read_bytes()
    if page["member"] is None:
        return data.decode(page["encoding"])
    content = _content(page["path"], data)
    if isinstance(content, list):
        return content[int(page["member"]) - 1]["text"]
    return json.loads(content.decode().splitlines()[int(page["member"]) - 1])["text"]


def test_the_corpus_is_what_the_script_makes(script: ModuleType) -> None:
    files, expected = script.build(script.load_stories())
    on_disk = {p.relative_to(SAMPLES).as_posix() for p in SAMPLES.rglob("*") if p.is_file()} - {"README.md"}
    assert on_disk == set(files)
    for path, data in files.items():
        assert _content(path, (SAMPLES / path).read_bytes()) == _content(path, data), path
    assert expected == EXPECTED


def test_two_builds_are_the_same_bytes(script: ModuleType) -> None:
    assert script.build(script.load_stories()) == script.build(script.load_stories())


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_page_holds_its_title_its_body_and_its_dirt(page: dict[str, Any]) -> None:
    text = " ".join(_text(page).replace("&nbsp;", " ").split())
    for entity, character in (("&#8217;", "’"), ("&#8220;", "“"), ("&#8221;", "”"), ("&ndash;", "–"), ("&gt;", ">")):
        text = text.replace(entity, character)
    assert page["title"] in text
    assert page["first_words"] in text
    assert page["last_words"] in text
    assert page["must_not"], "a page without dirt shows nothing"
    for phrase in page["must_not"]:
        assert " ".join(phrase.split()) in text or phrase.replace("'", "&#x27;") in text, phrase


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_expected_events_are_well_formed(page: dict[str, Any]) -> None:
    assert page["events"]
    for event in page["events"]:
        assert {event["root"], *event["root_also"]} <= ROOTS
        assert event["status"] in {"actual", "planned", "offered", "denied", "claimed", "hypothetical"}
        for side in (event["source"], event["target"]):
            assert side is None or pycountry.countries.get(alpha_3=side), side


def test_wrong_encodings_are_really_wrong() -> None:
    lying = [page for page in PAGE_FILES if page["declared_encoding"] not in (None, page["encoding"])]
    assert lying
    for page in lying:
        with pytest.raises(UnicodeDecodeError):
            (SAMPLES / page["path"]).read_bytes().decode(page["declared_encoding"])
    assert {"utf-8", "windows-1251", "windows-1252", "windows-1256"} == {page["encoding"] for page in PAGES}
    for page in PAGE_FILES:
        if page["encoding"] != "utf-8":
            with pytest.raises(UnicodeDecodeError):
                (SAMPLES / page["path"]).read_bytes().decode("utf-8")


def test_the_unreadable_inputs_are_there() -> None:
    by_reason = {Path(entry["path"]).name: entry for entry in EXPECTED["rejected"]}
    assert (SAMPLES / by_reason["gallery-embed.html"]["path"]).read_bytes() == b""
    assert (SAMPLES / by_reason["karte.html"]["path"]).read_bytes().startswith(b"\x89PNG")
    lines = (SAMPLES / by_reason["2026-06.jsonl"]["path"]).read_text("utf-8").splitlines()
    broken = by_reason["2026-06.jsonl"]["line"]
    with pytest.raises(json.JSONDecodeError):
        json.loads(lines[broken - 1])
    assert all(json.loads(line)["text"] for line in lines[: broken - 1])


def test_the_corpus_is_broad_enough() -> None:
    assert {"en", "ar", "de", "fr", "es", "ru", "tr"} == {page["language"] for page in PAGES}
    assert len(PAGES) >= 24
    suffixes = {"".join(Path(page["path"]).suffixes[-2:]) for page in PAGES}
    assert {".html", ".txt", ".jsonl", ".jsonl.gz", ".parquet"} <= suffixes
    copies = [page for page in PAGES if page["near_copy_of"]]
    assert copies
    assert all(any(p["path"] == copy["near_copy_of"] for p in PAGES) for copy in copies)
    roots = {event["root"] for page in PAGES for event in page["events"]}
    assert roots == ROOTS
    assert any(page["published"] is None for page in PAGES)


def test_the_readme_tells_what_every_page_shows() -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    for page in PAGES:
        assert page["path"] in readme
        assert page["shows"] in readme
