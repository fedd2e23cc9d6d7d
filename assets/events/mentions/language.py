"""A language made ready for coding: its vocabulary compiled into one lexicon, once a process."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from assets.events.mentions.lexicon import MAXIMUM_GAP, WIDEST_GAP, Lexicon
from assets.events.mentions.meanings import (
    ActorKind,
    ActorWord,
    Ignored,
    Meaning,
    NumberWord,
    ObjectWord,
    Part,
    PlaceWord,
    Sign,
    Trigger,
)
from assets.events.mentions.morphology import Morphology
from assets.vocabulary.coding import (
    Actors,
    CodingVocabulary,
    CountryWords,
    EventEntry,
    Grammar,
    NamedActor,
    load_coding_vocabulary,
)
from assets.vocabulary.world import capital_names, country_names

_FUNCTION_WORDS = (
    "preposition.",
    "postposition.",
    "clause.",
    "determiner",
    "genitive_mark",
    "reference.",
    "adjective_role",
    "addressing.",
)
_CITY_STATES = {
    "SGP",
    "MCO",
    "VAT",
    "SMR",
    "LUX",
    "GIB",
    "DJI",
    "KWT",
    "PAN",
    "GTM",
}  # capital and country share a name


class Language:
    """One language's lexicon, morphology and grammar, ready to read sentences."""

    def __init__(self, vocabulary: CodingVocabulary) -> None:
        self.code = vocabulary.language
        self.grammar: Grammar = vocabulary.grammar
        self.morphology = Morphology(self.code, self.grammar)
        self.lexicon: Lexicon[Meaning] = Lexicon(
            self.morphology, WIDEST_GAP if self.grammar.word_order == "V2" else MAXIMUM_GAP
        )
        self.participle = _compiled(self.grammar.voice.participle)
        self.verbal_form = _compiled(self.grammar.voice.verbal_forms)
        self.infinitive = _compiled(self.grammar.voice.infinitives)
        self.infinitive_end = _compiled(self.grammar.clauses.infinitive_end)
        self.attribute = _compiled(self.grammar.voice.attributes)
        self.passive_form = _compiled(self.grammar.voice.passive_forms)
        self.passive_unwritten = _compiled(self.grammar.voice.passive_unwritten)
        self.finite_participle = _compiled(self.grammar.voice.finite_participles)
        self.finite_form = _compiled(self.grammar.voice.finite_forms)
        self.regular_participles = {
            ending: re.compile(rf"(?:{pattern})$", re.IGNORECASE)
            for ending, pattern in self.grammar.voice.regular_participles.items()
        }
        self.converb = _compiled(self.grammar.voice.converbs)
        self.object_suffix = _compiled(self.grammar.references.object_suffix)
        self.oblique_ending = _compiled(self.grammar.references.oblique_ending)
        self.dropped_subject = _compiled(self.grammar.references.dropped_subject)
        prepositions = self.grammar.prepositions.model_dump(by_alias=True)
        self.marking_of_preposition = {
            word: kind for kind, words in reversed(prepositions.items()) for word in words if " " not in word
        }
        self.particles = frozenset(self.grammar.separable_particles)
        self.ambiguous_particles = self.particles & {
            word.lstrip("=^+") for words in (*prepositions.values(), self.grammar.determiners) for word in words
        }
        self.oblique_determiners = frozenset(self.grammar.oblique_determiners)
        self.feminine_determiners = frozenset(self.grammar.feminine_determiners)
        self.feminine = _compiled(self.grammar.feminine)
        self.possessive_suffix = _compiled(self.grammar.references.possessive_suffix)
        self.status_patterns = {
            kind: re.compile(pattern, re.IGNORECASE)
            for kind, pattern in self.grammar.status_patterns.model_dump().items()
            if pattern
        }
        self._word_groups: dict[tuple[str, ...], int] = {}
        self._groups_of_word: dict[str, set[int]] = defaultdict(set)
        self._add_signs()
        self._add_actors(vocabulary)
        self._add_events(vocabulary)

    def _add_signs(self) -> None:
        grammar = self.grammar
        tables = {
            "preposition": grammar.prepositions,
            "postposition": grammar.postpositions,
            "clause": grammar.clauses,
            "status": grammar.status,
            "reporting": grammar.reporting,
            "reference": grammar.references,
            "casualty": grammar.casualties,
            "addressing": grammar.addressing,
        }
        lists = {
            f"{table}.{name}": words
            for table, model in tables.items()
            for name, words in model.model_dump(by_alias=True).items()
            if not isinstance(words, str)
        }
        lists["determiner"] = grammar.determiners
        lists["genitive_mark"] = grammar.genitive_marks
        lists["origin_mark"] = grammar.origin_marks
        lists["elsewhere"] = grammar.elsewhere
        lists["adjective_role"] = grammar.adjective_roles
        lists["division"] = grammar.divisions
        lists["settlement"] = grammar.settlements
        lists["border"] = grammar.borders
        lists["envoy"] = grammar.envoys
        lists["voice.auxiliary"] = grammar.voice.passive_auxiliaries
        lists["voice.perfect"] = grammar.voice.perfect_auxiliaries
        lists["voice.resultative"] = grammar.voice.resultatives
        lists["voice.active"] = grammar.voice.active_participles
        for kind, words in lists.items():
            for word in words:
                self.lexicon.add(_exact(word) if kind.startswith(_FUNCTION_WORDS) else word, Sign(kind))
        for word, value in grammar.numbers.items():
            self.lexicon.add(word, NumberWord(value))

    def _add_actors(self, vocabulary: CodingVocabulary) -> None:
        actors = vocabulary.actors
        for country, names in country_names(self.code).items():
            shared = actors.country[country].shared_names if country in actors.country else ()
            for name in names:
                if name not in shared:
                    self._add_name(name, ActorWord("country", country, None))
        for country, names in capital_names(self.code).items():
            for name in names:
                if country not in _CITY_STATES:
                    self._add_name(name, ActorWord("metonym", country, "GOV"))
        for country, words in actors.country.items():
            self._add_country_words(country, words)
        self._add_regions(actors)
        for role in actors.role:
            for word in role.words:
                self.lexicon.add(word, ActorWord("role", None, role.sector, dependent=role.dependent))
        self._add_named("organisation", actors.organisation)
        self._add_named("group", actors.group)
        self._add_named("person", actors.person)

    def _add_regions(self, actors: Actors) -> None:
        """ "Ostukraine", "nordsyrisch": a part of a country, named by its direction, is of the country."""
        names = {name: country for country, every in country_names(self.code).items() for name in every}
        names |= {name: country for country, words in actors.country.items() for name in words.names}
        adjectives = {word: country for country, words in actors.country.items() for word in words.adjectives}
        known = {name.lower() for name in names} | set(adjectives)
        for prefix in self.grammar.region_prefixes:
            for name, country in names.items():
                if name.isalpha() and not name.isupper() and prefix + name.lower() not in known:
                    self._add_name((prefix + name.lower()).capitalize(), ActorWord("country", country, None))
            for word, country in adjectives.items():
                if word.endswith("*") and word[:-1].isalpha() and prefix + word not in known:
                    self.lexicon.add(prefix + word, ActorWord("adjective", country, None))

    def _add_country_words(self, country: str, words: CountryWords) -> None:
        for word in words.names:
            self._add_name(word, ActorWord("country", country, None))
        for word in words.adjectives:
            self.lexicon.add(word, ActorWord("adjective", country, None))
        for word in words.metonyms:
            self.lexicon.add(word, ActorWord("metonym", country, "GOV"))
        for place in words.places:
            name = self.morphology.name_pattern(place)
            self.lexicon.add(_exact(place) if name == place else name, PlaceWord(country, place))
        for word in words.shared_names:
            self._add_name(word, ActorWord("country", country, None, shared=True))
        for word in words.shared_adjectives:
            self.lexicon.add(word, ActorWord("adjective", country, None, shared=True))

    def _add_named(self, kind: ActorKind, actors: tuple[NamedActor, ...]) -> None:
        for actor in actors:
            for word in actor.words:
                for pattern in {word, self.morphology.name_pattern(word)}:
                    self.lexicon.add(pattern, ActorWord(kind, actor.country or None, actor.sector))

    def _add_name(self, name: str, actor: ActorWord) -> None:
        """A proper name, also with the endings that names take in the language."""
        pattern = name.replace("’", "'").replace("*", "").replace("~", " ")
        lemmas = self.morphology.name_pattern(pattern)
        self.lexicon.add(_exact(pattern) if lemmas == pattern else lemmas, actor)
        for suffix in self.grammar.name_suffixes:
            self.lexicon.add("=" + pattern.lstrip("=^") + suffix, replace(actor, genitive=True))

    def _add_events(self, vocabulary: CodingVocabulary) -> None:
        events = vocabulary.events
        for phrase in events.ignore:
            self.lexicon.add(phrase, Ignored())
        for entry in events.event:
            objects = self._word_group(events.expand(entry.with_))
            excluded = self._word_group(events.expand(entry.without))
            self._add_triggers(entry, objects, excluded)
        for word, groups in self._groups_of_word.items():
            self.lexicon.add(word, ObjectWord(frozenset(groups)))

    def _add_triggers(self, entry: EventEntry, objects: int | None, excluded: int | None) -> None:
        parts: dict[Part, tuple[str, ...]] = {"verb": entry.verbs, "noun": entry.nouns, "phrase": entry.phrases}
        for part, words in parts.items():
            trigger = Trigger(entry, part, objects, excluded)
            for word in words:
                self.lexicon.add(word, trigger)

    def _word_group(self, words: tuple[str, ...]) -> int | None:
        if not words:
            return None
        if words not in self._word_groups:
            number = self._word_groups[words] = len(self._word_groups)
            for word in words:
                self._groups_of_word[word].add(number)
        return self._word_groups[words]


@lru_cache(maxsize=16)
def compiled_language(code: str) -> Language:
    """The language ready for coding. Raises VocabularyError when its vocabulary is missing or wrong."""
    return Language(load_coding_vocabulary(code))


def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def _exact(pattern: str) -> str:
    """The pattern without inflection: names and function words have none but what is attached to their front."""
    return " ".join(word if word[0] in "=^+~*" or word[-1] == "*" else "+" + word for word in pattern.split())
