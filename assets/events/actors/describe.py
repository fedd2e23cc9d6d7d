"""From an actor's id to its name in English, its kind and codes. Plain values; counting is the asset's."""

from __future__ import annotations

from dataclasses import dataclass

from assets.events.mentions.identities import known_actors, state_or_sector
from assets.vocabulary.plover import load_ontology
from assets.vocabulary.wikidata import wikidata_items
from assets.vocabulary.world import country_names


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of an actor besides its mentions."""

    name: str
    kind: str
    country: str | None
    sector: str | None
    wikidata_id: str | None


def describe(actor_id: str) -> Description:
    """The description of an actor; of an id that the vocabularies no longer know only its words."""
    item = wikidata_items().get(actor_id)
    known = known_actors().get(actor_id)
    if known:
        return Description(known.name, known.kind, known.country, known.sector, item)
    country, sector = state_or_sector(actor_id)
    names = country_names("en").get(country or "", (country or "",))
    name_of_sector = _sector_name(sector) if sector else ""
    if country and sector:
        return Description(f"{names[0]}: {name_of_sector}", "sector", country, sector, None)
    if country:
        return Description(names[0], "country", country, None, item)
    if sector:
        return Description(f"Unknown country: {name_of_sector}", "sector", None, sector, None)
    return Description(actor_id.replace("-", " "), "organisation", None, None, item)


def _sector_name(sector: str) -> str:
    meaning = load_ontology().sectors
    return meaning.get(sector, sector)
