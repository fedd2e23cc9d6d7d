"""The coder's labelled development set keeps its layout and its breadth."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pycountry
import pytest

from assets.vocabulary.plover import load_ontology

FOLDER = Path(__file__).parents[2] / "benchmarks" / "labelled"
FEWEST = {"en": 60, "ar": 60, "de": 60, "fr": 60, "es": 40, "ru": 40, "tr": 40}
FEWEST_WITHOUT_EVENTS = 20
KOSOVO = "XKX"  # in use, though not assigned by ISO 3166
STATUSES = {"actual", "planned", "offered", "denied", "claimed", "hypothetical"}


def _read(language: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{language}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("language", FEWEST)
def test_lines_follow_the_layout(language: str) -> None:
    ontology = load_ontology()
    for line in _read(language):
        assert set(line) == {"id", "lang", "text", "date", "events"}
        assert line["lang"] == language
        assert date.fromisoformat(line["date"])
        for event in line["events"]:
            assert set(event) - {"root_also", "joint"} == {"root", "mode", "source", "target", "status"}
            assert event["mode"] is None or event["mode"] in ontology.types[event["root"]].modes
            assert all(root in ontology.types for root in event.get("root_also", ()))
            assert event["status"] in STATUSES
            for side in (event["source"], event["target"]):
                assert side in (None, KOSOVO) or pycountry.countries.get(alpha_3=side), line["id"]


@pytest.mark.parametrize("language", FEWEST)
def test_every_type_and_enough_sentences_without_events(language: str) -> None:
    lines = _read(language)
    assert len(lines) >= FEWEST[language]
    assert sum(not line["events"] for line in lines) >= FEWEST_WITHOUT_EVENTS
    assert {event["root"] for line in lines for event in line["events"]} == set(load_ontology().types)


@pytest.mark.parametrize("field", ["id", "text"])
def test_no_line_stands_twice(field: str) -> None:
    counts = Counter(line[field] for language in FEWEST for line in _read(language))
    assert [value for value, count in counts.items() if count > 1] == []
