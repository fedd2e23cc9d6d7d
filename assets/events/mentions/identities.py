"""Who an actor is, beyond one sentence: the id by which `events.actors` knows it, the same in every language.

Organisations, groups and persons that a vocabulary names are known by their English name there; everybody else by
country and sector ("MLI-MIL"), by country alone, or by sector alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assets.events.mentions.language import compiled_language
from assets.events.mentions.lexicon import Lexicon
from assets.events.mentions.text import tokenise
from assets.vocabulary.coding import NamedActor, coding_languages, load_coding_vocabulary
from assets.vocabulary.world import country_names

_KINDS = ("organisation", "group", "person")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor that a vocabulary knows by name. `country` is ISO 3166 alpha-3 or null, `kind` one of the three."""

    actor_id: str
    name: str
    kind: str
    country: str | None
    sector: str | None


def actor_id(language: str, text: str, country: str | None, sector: str | None) -> str | None:
    """The id of an actor written as `text`; null where neither a known name, nor a country, nor a sector is there."""
    if text and (named := _named_in(language, text, country)):
        return named
    return "-".join(part for part in (country, sector) if part) or None


def state_or_sector(identity: str) -> tuple[str | None, str | None]:
    """The country and the sector that an id made of codes stands for; both null for an id made of a name."""
    found = re.fullmatch(r"([A-Z]{3})?-?([A-Z]{3})?", identity)
    if not found or not identity:
        return None, None
    first, second = found.groups()
    if second is None and first not in country_names("en"):
        return None, first
    return first, second


@lru_cache(maxsize=1)
def known_actors() -> dict[str, KnownActor]:
    """Every actor that the vocabularies know by name, by id; the English vocabulary's word on it comes first."""
    known: dict[str, KnownActor] = {}
    for language in sorted(coding_languages(), key=lambda code: (code != "en", code)):
        actors = load_coding_vocabulary(language).actors
        for kind in _KINDS:
            for actor in getattr(actors, kind):
                key = _identity(actor)
                known.setdefault(key, KnownActor(key, actor.name, kind, actor.country or None, actor.sector))
    return known


def _identity(actor: NamedActor) -> str:
    plain = unicodedata.normalize("NFKD", actor.name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or actor.name


@lru_cache(maxsize=16)
def _names(language: str) -> Lexicon[str]:
    """The names of the language's known actors, each leading to the actor's id."""
    lexicon: Lexicon[str] = Lexicon(compiled_language(language).morphology)
    actors = load_coding_vocabulary(language).actors
    for kind in _KINDS:
        for actor in getattr(actors, kind):
            for word in actor.words:
                lexicon.add(word, _identity(actor))
    return lexicon


@lru_cache(maxsize=20_000)
def _named_in(language: str, text: str, country: str | None) -> str | None:
    """The known actor that the words name, the one of the most words first; never one of another country."""
    if language not in coding_languages():
        return None
    morphology = compiled_language(language).morphology
    matches = _names(language).find([morphology.analyse(token.text) for token in tokenise(text, language)])
    fitting = [m for m in matches if known_actors()[m.meaning].country in (country, None)]
    best = max(fitting, key=lambda m: (m.end - m.start, -m.start, m.meaning), default=None)
    return best.meaning if best else None
