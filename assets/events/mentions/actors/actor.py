"""An actor phrase as the coder knows it, and what the sentences read so far leave for the next ones to refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assets.events.mentions.sentence import Sentence

UNHOMED_SECTORS = frozenset({"REB", "UAF", "CRM"})  # whose attack in a country does not make them that country's
FOREIGN_SECTORS = frozenset({"MIL", "REB", "UAF", "CRM", "SPY"})  # who may well not belong where they stand
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
    """What a page as a whole tells: the country it is at home in, and the persons it gives a role, by surname."""

    home: str | None = None
    persons: Mapping[str, Person] = field(default_factory=dict)

    def person(self, word: str) -> Person | None:
        """The person whose surname a word is, whatever ending the word carries."""
        name = word.replace("’", "'").split("'")[0]
        if name in self.persons:
            return self.persons[name]
        ends = (name[:-letters] for letters in range(1, _LONGEST_ENDING + 1) if len(name) - letters >= _LEAST_STEM)
        return next((self.persons[stem] for stem in ends if stem in self.persons), None)


@dataclass
class DocumentContext:
    """What a page as a whole tells, and what the sentences read so far leave for the next ones to refer to."""

    page: Page = field(default_factory=Page)
    lead_day: date | None = None

    countries: list[str] = field(default_factory=list)
    pair: tuple[str, str] | None = None
    country_of_sector: dict[str, str] = field(default_factory=dict)
    last_subject: Actor | None = None
    last_subject_text: str = ""

    def remember(self, sentence: Sentence, actors: Sequence[Actor]) -> None:
        """Take in the actors of a sentence that has been coded."""
        subject = next((a for a in actors if a.marking == "" and not a.adjectival), None)
        if subject and not _opens_without_subject(sentence, subject):
            self.last_subject = subject
            self.last_subject_text = sentence.text_of(subject.start, subject.end)
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


def _opens_without_subject(sentence: Sentence, named: Actor) -> bool:
    """Whether a verb that leaves its subject out stands before the first who is named ("Acusó a las mafias")."""
    form = sentence.language.dropped_subject
    if form is None or sentence.language.grammar.word_order != "SVO":
        return False
    verbs = [m for m in sentence.triggers if m.meaning.part == "verb" and m.end <= named.start]
    return any(form.search(sentence.tokens[m.start].text) for m in verbs)
