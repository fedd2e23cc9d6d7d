"""The event coder's vocabulary of a language as typed values: grammar, actors and event triggers.

The formats are described in `docs/adding-a-language.md`. Matching words in a text is not done here.
`python -m assets.vocabulary.coding LANGUAGE …` validates folders and counts what they hold.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from assets.vocabulary.files import (
    VocabularyError,
    VocabularyModel,
    languages_with,
    read_vocabulary_file,
    vocabulary_file,
)
from assets.vocabulary.plover import load_ontology

Words = tuple[str, ...]
Frame = Literal["act", "give", "receive", "joint", "visit", "self", "suffer"]
Needs = Literal["none", "any", "source", "target", "both"]
Status = Literal["actual", "planned", "offered", "denied", "claimed", "hypothetical"]
STATUSES: tuple[str, ...] = get_args(Status)


def _is_regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, AfterValidator(_is_regex)]


class Prepositions(VocabularyModel):
    """Words that mark the actor that follows them (or, as postpositions, the one before them)."""

    agent: Words = ()
    target: Words = ()
    origin: Words = ()
    with_: Words = Field((), alias="with")
    between: Words = ()
    of: Words = ()
    place: Words = ()
    topic: Words = ()


class Clauses(VocabularyModel):
    """Words that open or join clauses."""

    boundaries: Words = ()
    circumstances: Words = ()
    relatives: Words = ()
    article_relatives: Words = ()
    infinitive_end: Pattern = ""
    complementisers: Words = ()
    coordinators: Words = ()
    correlatives: Words = ()
    negative_correlatives: Words = ()


class Voice(VocabularyModel):
    """How the passive is told."""

    passive_auxiliaries: Words = ()
    perfect_auxiliaries: Words = ()
    resultatives: Words = ()
    participle: Pattern = ""
    auxiliary_anywhere_in_clause: bool = False
    active_participles: Words = ()
    passive_forms: Pattern = ""
    passive_unwritten: Pattern = ""
    verbal_forms: Pattern = ""
    infinitives: Pattern = ""
    converbs: Pattern = ""
    attributes: Pattern = ""
    finite_participles: Pattern = ""
    finite_forms: Pattern = ""
    regular_participles: dict[str, Pattern] = Field(default_factory=dict)


class StatusCues(VocabularyModel):
    """Words that tell whether what a trigger names took place."""

    negation: Words = ()
    planned: Words = ()
    offered: Words = ()
    hypothetical: Words = ()
    reported_future: Words = ()
    headline_future: Words = ()
    averting: Words = ()
    denied: Words = ()
    attempted: Words = ()
    background: Words = ()
    limits: Words = ()


class StatusPatterns(VocabularyModel):
    """Regexes on the trigger word itself that tell its status."""

    planned: Pattern = ""
    offered: Pattern = ""
    hypothetical: Pattern = ""
    reported_future: Pattern = ""
    negation: Pattern = ""


class Reporting(VocabularyModel):
    """Words by which a text says who says so."""

    verbs: Words = ()
    attributions: Words = ()
    doubt: Words = ()
    doubt_of_persons: Words = ()
    mood: Words = ()


class References(VocabularyModel):
    """Descriptions that point back to actors named before."""

    both_countries: Words = ()
    the_country: Words = ()
    pronouns: Words = ()
    persons: Words = ()
    countries: Words = ()
    object_suffix: Pattern = ""
    oblique_ending: Pattern = ""
    dropped_subject: Pattern = ""
    possessives: Words = ()
    reciprocals: Words = ()
    possessive_suffix: Pattern = ""


class Addressing(VocabularyModel):
    """Prepositions that by what they stand with tell whom something is said of, said to or aimed at."""

    about: Words = ()
    place: Words = ()
    aim: Words = ()


class Casualties(VocabularyModel):
    """Words that tell of people killed or hurt."""

    dead: Words = ()
    injured: Words = ()


class Grammar(VocabularyModel):
    """`grammar.toml`."""

    word_order: Literal["SVO", "VSO", "V2", "SOV"]
    morphology: tuple[Literal["lemma", "stem", "arabic", "russian", "turkish"], ...]
    adjective_after_noun: bool = False
    genitive_follows_noun: bool = False
    subject_behind_verb: bool = False
    definite_prefix: str = ""
    capitalised_nouns: bool = False
    commas_enclose: bool = False
    city_prepositions: Words = ()
    name_suffixes: Words = ()
    region_prefixes: Words = ()
    separable_particles: Words = ()
    participle_endings: dict[str, Words] = Field(default_factory=dict)
    determiners: Words = ()
    oblique_determiners: Words = ()
    feminine_determiners: Words = ()
    feminine: Pattern = ""
    genitive_marks: Words = ()
    origin_marks: Words = ()
    prepositions: Prepositions = Prepositions()
    postpositions: Prepositions = Prepositions()
    clauses: Clauses = Clauses()
    voice: Voice = Voice()
    status: StatusCues = StatusCues()
    status_patterns: StatusPatterns = StatusPatterns()
    reporting: Reporting = Reporting()
    references: References = References()
    casualties: Casualties = Casualties()
    addressing: Addressing = Addressing()
    elsewhere: Words = ()
    adjective_roles: Words = ()
    divisions: Words = ()
    settlements: Words = ()
    borders: Words = ()
    envoys: Words = ()
    numbers: dict[str, int] = Field(default_factory=dict)


class CountryWords(VocabularyModel):
    """Words for a country beside its CLDR names; the shared ones are another's unless this one is named as well.

    `places` are its regions and towns that news names without the country and that GeoNames lacks, has under another
    spelling or holds too small to be meant.
    """

    names: Words = ()
    adjectives: Words = ()
    metonyms: Words = ()
    places: Words = ()
    shared_names: Words = ()
    shared_adjectives: Words = ()


def _is_sector(code: str) -> str:
    if code not in load_ontology().sectors:
        raise ValueError(f"not a PLOVER sector; allowed: {', '.join(sorted(load_ontology().sectors))}")
    return code


Sector = Annotated[str, AfterValidator(_is_sector)]


class Role(VocabularyModel):
    """Nouns for those who act for a country or a society; `dependent` ones only beside a country."""

    sector: Sector
    words: Words
    dependent: bool = False


class NamedActor(VocabularyModel):
    """An organisation, armed group or person known by name; `country` is ISO 3166 alpha-3 or empty."""

    name: str
    sector: Sector
    country: str = Field("", pattern="^([A-Z]{3})?$")
    words: Words


class Actors(VocabularyModel):
    """`actors.toml`."""

    country: dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], CountryWords] = Field(default_factory=dict)
    role: tuple[Role, ...] = ()
    organisation: tuple[NamedActor, ...] = ()
    group: tuple[NamedActor, ...] = ()
    person: tuple[NamedActor, ...] = ()


class EventEntry(VocabularyModel):
    """Triggers that mean the same PLOVER type and mode with the same frame."""

    type: str
    mode: str | None = None
    cameo: str = Field("", pattern=r"^(\d{2,4})?$")
    contexts: tuple[str, ...] = ()
    frame: Frame = "act"
    of: Literal["source", "target"] = "source"
    needs: Needs = "any"
    verbs: Words = ()
    nouns: Words = ()
    phrases: Words = ()
    with_: Words = Field((), alias="with")
    without: Words = ()
    strength: float = Field(0.7, ge=0, le=1)
    status: Status | None = None

    @model_validator(mode="after")
    def _within_the_ontology(self) -> EventEntry:
        ontology = load_ontology()
        if self.type not in ontology.types:
            raise ValueError(f"type {self.type!r} is not a PLOVER type; allowed: {', '.join(ontology.types)}")
        modes = ontology.types[self.type].modes
        if self.mode is not None and self.mode not in modes:
            raise ValueError(f"mode {self.mode!r} is no mode of {self.type}; allowed: {', '.join(modes) or 'none'}")
        if unknown := set(self.contexts) - set(ontology.contexts):
            raise ValueError(f"unknown contexts {sorted(unknown)}; allowed: {', '.join(ontology.contexts)}")
        if not (self.verbs or self.nouns or self.phrases):
            raise ValueError("an entry needs verbs, nouns or phrases")
        return self


class Events(VocabularyModel):
    """`events.toml`."""

    ignore: Words = ()
    sets: dict[str, Words] = Field(default_factory=dict)
    event: tuple[EventEntry, ...] = ()

    @model_validator(mode="after")
    def _sets_exist(self) -> Events:
        for entry in self.event:
            for word in (*entry.with_, *entry.without):
                if word.startswith("@") and word[1:] not in self.sets:
                    raise ValueError(f"{entry.type} {entry.mode or ''} uses {word}, which [sets] does not define")
        return self

    def expand(self, words: Words) -> Words:
        """Words with every "@set" replaced by its members."""
        return tuple(m for word in words for m in (self.sets[word[1:]] if word.startswith("@") else (word,)))


class CodingVocabulary(VocabularyModel):
    """All that the coder knows of a language."""

    language: str
    grammar: Grammar
    actors: Actors
    events: Events


@lru_cache(maxsize=1)
def coding_languages() -> tuple[str, ...]:
    """Languages that can be coded: those whose folder holds grammar, actors and events."""
    folders = [set(languages_with(name)) for name in ("grammar.toml", "actors.toml", "events.toml")]
    return tuple(sorted(set.intersection(*folders)))


@lru_cache(maxsize=16)
def load_coding_vocabulary(language: str) -> CodingVocabulary:
    """The vocabulary of a language (ISO 639-1). Raises VocabularyError when a file is missing or wrong."""
    return _read_coding_vocabulary(language, lambda name: vocabulary_file(language, name))


def read_coding_vocabulary(folder: Path, language: str) -> CodingVocabulary:
    """The vocabulary in a folder. Raises VocabularyError when a file is missing or wrong."""
    return _read_coding_vocabulary(language, lambda name: folder / name)


def _read_coding_vocabulary(language: str, file: Callable[[str], Path]) -> CodingVocabulary:
    return CodingVocabulary(
        language=language,
        grammar=read_vocabulary_file(file("grammar.toml"), Grammar),
        actors=read_vocabulary_file(file("actors.toml"), Actors),
        events=read_vocabulary_file(file("events.toml"), Events),
    )


def describe(vocabulary: CodingVocabulary) -> str:
    """How much a vocabulary holds, and which types it has no trigger for, in a line."""
    entries = vocabulary.events.event
    triggers = {w for e in entries for w in (*e.verbs, *e.nouns, *e.phrases)}
    types = {e.type for e in entries}
    missing = sorted(set(load_ontology().types) - types)
    actors = vocabulary.actors
    named = len(actors.organisation) + len(actors.group) + len(actors.person)
    roles = sum(len(role.words) for role in actors.role)
    return (
        f"{vocabulary.language}: {len(triggers)} triggers in {len(entries)} entries over {len(types)} types"
        f"{' (missing: ' + ', '.join(missing) + ')' if missing else ''}; {len(actors.country)} countries' words, "
        f"{roles} role words, {named} named actors"
    )


if __name__ == "__main__":
    failed = False
    for code in sys.argv[1:] or coding_languages():
        try:
            print(describe(load_coding_vocabulary(code)))
        except VocabularyError as mistake:
            failed = True
            print(mistake, file=sys.stderr)
    sys.exit(1 if failed else 0)
