"""Charts for the Dagster UI: pictures of the right counts, small, whatever the texts in them."""

import base64
import re
import struct
import zlib
from datetime import date, timedelta

import polars as pl
import pytest

from assets import charts


def picture(markdown: str) -> bytes:
    found = re.fullmatch(r"!\[[\w ]+\]\(data:image/png;base64,([A-Za-z0-9+/=]+)\)", markdown)
    assert found, markdown[:80]
    return base64.b64decode(found.group(1))


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n") and png.endswith(b"IEND\xaeB`\x82")
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    at = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[at - 4 : at])
    assert (depth, colour) == (8, 6)
    assert len(zlib.decompress(png[at + 4 : at + 4 + length])) == height * (1 + 4 * width)  # every pixel is there
    return width, height


@pytest.mark.parametrize("days", [1, 40, 300, 3000, 40_000])
def test_volume_is_drawn_with_bars_that_can_be_seen(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[pl.DataFrame] = []
    draw = charts._drawn
    monkeypatch.setattr(charts, "_drawn", lambda frame, *more: drawn.append(frame) or draw(frame, *more))
    rows = [
        {"day": date(1900, 1, 1) + timedelta(days=n), "language": language, "documents": 1 + n % 3}
        for n in range(0, days, max(days // 50, 1))
        for language in ("en", "ar")
    ]
    width, height = size(picture(charts.volume_chart(pl.DataFrame(rows))))
    assert 300 < width < 700 and 100 < height < 400
    (frame,) = drawn
    assert frame["documents"].sum() == sum(row["documents"] for row in rows)
    assert frame["day"].n_unique() <= 121


def test_pairs_types_and_time_are_drawn_whatever_the_texts_are() -> None:
    hostile = ")<script>alert(1)</script>](javascript:alert(1))"
    pairs = pl.DataFrame(
        [{"source_country": f"C{n % 30}", "target_country": hostile, "events": n + 1} for n in range(60)]
    )
    for chart in (
        charts.pair_chart(pairs),
        charts.type_chart(pl.DataFrame({"plover_type": [hostile, "AID"], "events": [2, 1]})),
        charts.timeline_chart(
            pl.DataFrame({"day": [date(2026, 1, 1), None], "quad_class": [hostile, "x"], "events": [1, 1]})
        ),
    ):
        png = picture(chart)
        size(png)
        assert len(png) < 40_000
    assert picture(charts.type_chart(pl.DataFrame({"plover_type": ["AID"], "events": [1]}))) != picture(
        charts.type_chart(pl.DataFrame({"plover_type": ["AID", "ASSAULT"], "events": [1, 2]}))
    )


def test_events_are_drawn_where_they_took_place() -> None:
    def drawn(*places: tuple[float, float]) -> bytes:
        rows = [
            {"latitude": y, "longitude": x, "quad_class": "material conflict", "events": n + 1}
            for n, (y, x) in enumerate(places)
        ]
        return picture(charts.map_chart(pl.DataFrame(rows)))

    png = drawn((16.27, -0.04))
    width, height = size(png)
    assert 300 < width < 700 and 150 < height < 400 and len(png) < 40_000
    assert png != drawn((48.0, 37.8)) != drawn((48.0, 37.8), (16.27, -0.04))


def test_nothing_to_draw_is_said() -> None:
    assert charts.map_chart(pl.DataFrame()).startswith("*")
    assert charts.type_chart(pl.DataFrame(schema={"plover_type": pl.String, "events": pl.Int64})).startswith("*")
