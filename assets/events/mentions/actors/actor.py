"""An actor phrase as the coder knows it, and what the sentences read so far leave for the next ones to refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assets.events.mentions.answers import LastAct, main_act
from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.sentence import Sentence

UNHOMED_SECTORS = frozenset({"REB", "UAF", "CRM"})  # whose attack in a country does not make them that country's
FOREIGN_SECTORS = frozenset({"MIL", "REB", "UAF", "CRM", "SPY"})  # who may well not belong where they stand
_SHORTEST_WORD = 3  # letters of a word that is known again with an ending
_LONGEST_ENDING, _LEAST_STEM = 3, 4  # letters of a name's inflected ending, and of what is left of the name
CASES = frozenset({"subject", "object", "target", "origin", "of", "with", "place", "agent"})  # as traits name them


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor phrase over tokens `[start, end)`.

    `marking` is the preposition or case before it ("" where bare); `adjectival` a country adjective whose noun is no
    actor ("Turkish drones"); `possessive` a name in the genitive ("Mali's"); `possessed` a role tied to a country by
    a possessive ("its soldiers"); `joined` one with an attached "and"; `group` numbers coordinated actors.
    `cases` are those that the ending allows (none where it tells nothing).
    `dependent` is a role only beside a country; `as_adjective` the country that a name may also be the adjective of.
    """

    start: int
    end: int
    country: str | None
    sector: str | None
    kind: str
    marking: str = ""
    adjectival: bool = False
    possessive: bool = False
    joined: bool = False
    possessed: bool = False
    dependent: bool = False
    as_adjective: str | None = None
    cases: frozenset[str] = frozenset()
    group: int = -1

    @property
    def is_role(self) -> bool:
        """Whether the actor is known by role alone, its country unknown."""
        return self.kind == "role" and self.country is None


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a name on a page stands for."""

    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """What a page as a whole tells: its home, the two countries it is about, and who has a role, by surname."""

    home: str | None = None
    pair: tuple[str, str] | None = None
    persons: Mapping[str, Person] = field(default_factory=dict)

    def person(self, word: str) -> Person | None:
        """The person whose surname a word is, whatever ending the word carries."""
        name = word.replace("’", "'").split("'")[0]
        if name in self.persons:
            return self.persons[name]
        ends = (name[:-letters] for letters in range(1, _LONGEST_ENDING + 1) if len(name) - letters >= _LEAST_STEM)
        return next((self.persons[stem] for stem in ends if stem in self.persons), None)


@dataclass(frozen=True, slots=True)
class Office:
    """A role that a sentence named with its country: its words, whose it is, whether the sentence was about it."""

    words: tuple[str, ...]
    country: str
    is_subject: bool

    def is_meant_by(self, words: Sequence[str], *, compounds: bool) -> bool:
        """Whether each word of a later, shorter naming is one of this one's, whatever ending it has.

        "the minister" after "Indonesia's trade minister"; with `compounds` also "Ministerin" after
        "Verteidigungsministerin".
        """
        return all(any(_is_word_again(word, known, compounds=compounds) for known in self.words) for word in words)


def _is_word_again(word: str, known: str, *, compounds: bool) -> bool:
    if word == known or (compounds and len(word) > _LEAST_STEM and known.endswith(word)):
        return True
    if len(word) >= _SHORTEST_WORD and known.startswith(word) and len(known) - len(word) < _LONGEST_ENDING:
        return True
    stem = max(len(word), len(known)) - _LONGEST_ENDING
    return stem >= _LEAST_STEM and word[:stem] == known[:stem]


_SURE_OF_A_SCENE = 0.3  # of an event, after which "the police" are those of where it was


@dataclass
class DocumentContext:
    """What a page as a whole tells, and what the sentences read so far leave for the next ones to refer to."""

    page: Page = field(default_factory=Page)
    lead_day: date | None = None

    countries: list[str] = field(default_factory=list)
    pair: tuple[str, str] | None = None
    country_of_sector: dict[str, str] = field(default_factory=dict)
    offices: list[Office] = field(default_factory=list)
    last_subject: Actor | None = None
    last_subject_text: str = ""
    last_person: Actor | None = None
    last_person_text: str = ""
    last_act: LastAct | None = None
    dateline: str | None = None
    scene: str | None = None

    def remember(self, sentence: Sentence, actors: Sequence[Actor]) -> None:
        """Take in the actors of a sentence that has been coded."""
        subject = next((a for a in actors if a.marking == "" and not a.adjectival), None)
        if subject and not _opens_without_subject(sentence, subject):
            self.last_subject = subject
            self.last_subject_text = sentence.text_of(subject.start, subject.end)
        self._remember_person(sentence, actors)
        named = (a for a in actors if a.country and a.kind == "role" and a.sector not in UNHOMED_SECTORS)
        self.offices += [Office(words_of(sentence, a), a.country or "", a is subject) for a in named]
        for actor in actors:
            if actor.country:
                if actor.country in self.countries:
                    self.countries.remove(actor.country)
                self.countries.append(actor.country)
                if actor.kind == "role" and actor.sector not in UNHOMED_SECTORS:
                    self.country_of_sector[actor.sector or ""] = actor.country
        for group in {a.group for a in actors if a.group >= 0}:
            together = list(dict.fromkeys(a.country for a in actors if a.group == group and a.country))
            if len(together) == 2:
                self.pair = (together[0], together[1])

    def take_in(self, events: list[CodedEvent]) -> None:
        """Take in the events of the sentence just remembered, best first: whose its subject is, what was done."""
        self.last_act = main_act(events, self.last_act)
        told = next((event for event in events if event.confidence >= _SURE_OF_A_SCENE), None)
        if told:
            self.scene = _scene_of(told)
        parties = [party for event in events for party in (event.source, event.target) if party and party.country]
        for party in parties:
            if self.last_subject and self.last_subject.is_role and party.text == self.last_subject_text:
                self.last_subject = replace(self.last_subject, country=party.country)
            if self.last_person and self.last_person.is_role and party.text == self.last_person_text:
                self.last_person = replace(self.last_person, country=party.country)

    def country_of_office(self, sentence: Sentence, actor: Actor) -> str | None:
        """Whose a role is that names one of a sentence before again, in fewer words; subjects come first."""
        words, compounds = words_of(sentence, actor), sentence.language.grammar.capitalised_nouns
        meant = [o for o in reversed(self.offices) if o.is_meant_by(words, compounds=compounds)]
        office = next((o for o in meant if o.is_subject), meant[0] if meant else None)
        return office.country if office else None

    def text_of(self, actor: Actor) -> str:
        """The words with which an earlier sentence named an actor that is remembered."""
        return self.last_person_text if actor == self.last_person else self.last_subject_text

    def _remember_person(self, sentence: Sentence, actors: Sequence[Actor]) -> None:
        """The first bare actor with a person's name, else a bare one of the sentence."""
        persons = [a for a in actors if not a.adjectival and self._is_person(sentence, a)]
        person = next((a for a in persons if a.marking == ""), persons[0] if persons else None)
        if person:
            self.last_person, self.last_person_text = person, sentence.text_of(person.start, person.end)

    def _is_person(self, sentence: Sentence, actor: Actor) -> bool:
        """Whether an actor is one person: known to the page by name, or a name stands beside the role."""
        if actor.kind == "person":
            return True
        around = range(actor.start, min(actor.end + 2, len(sentence.tokens)))
        return actor.kind == "role" and any(self.page.person(sentence.tokens[p].text) for p in around)


def words_of(sentence: Sentence, actor: Actor) -> tuple[str, ...]:
    """The words of an actor, in small letters and without an article that is written as one with them."""
    words = (t.text.lower() for t in sentence.tokens[actor.start : actor.end] if t.is_word)
    return tuple(word.removeprefix(sentence.language.grammar.definite_prefix) for word in words)


def _opens_without_subject(sentence: Sentence, named: Actor) -> bool:
    """Whether a verb that leaves its subject out stands before the first who is named ("Acusó a las mafias")."""
    form = sentence.language.dropped_subject
    if form is None or sentence.language.grammar.word_order != "SVO":
        return False
    verbs = [m for m in sentence.triggers if m.meaning.part == "verb" and m.end <= named.start]
    return any(form.search(sentence.tokens[m.start].text) for m in verbs)


def _scene_of(event: CodedEvent) -> str | None:
    """Where an event plays: at its place, else in the one country that it is of; between two countries nowhere."""
    if event.place and event.place.country:
        return event.place.country
    sides = {party.country for party in (event.source, event.target) if party and party.country}
    return sides.pop() if len(sides) == 1 else None
