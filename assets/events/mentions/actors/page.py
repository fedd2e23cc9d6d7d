"""What a page as a whole tells and its single sentences leave unsaid: at whose home it plays, who bears which name.

A page on one country names it once and then speaks of "the police", "the government", "Larriva".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assets.events.mentions.actors.actor import UNHOMED_SECTORS, Actor, DocumentContext, Page, Person
from assets.events.mentions.actors.find import find_actors
from assets.events.mentions.gazetteer import Nearby
from assets.events.mentions.places import dateline_country, places_named
from assets.events.mentions.sentence import Sentence

_TITLE, _DATELINE, _LEAD, _REST = 3.0, 2.0, 2.0, 1.0  # how much a sentence's countries weigh
_LEAD_SENTENCES = 3
_LEAST_WEIGHT = 4.0  # of a page's home: a title and a sentence, or two sentences of the lead
_HOME_SHARE = 0.4  # of all weight, that a page's home has …
_HOME_LEAD = 1.6  # … and how many times the weight of the next country
_LEAST_OF_PAIR = 3.0  # weight of the second of the two countries that a page is about …
_PAIR_LEAD = 1.5  # … and how many times the weight of the third
_LONGEST_NAME = 4  # words
_LONGEST_OFFICE = 5  # words between a title and a name
_SHORTEST_SURNAME = 3  # letters


@dataclass
class _Tally:
    """What the sentences of a page say of countries, by weight, and of persons."""

    weights: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    persons: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    sentences_with: Counter[str] = field(default_factory=Counter)


def read_page(title: Sentence | None, sentences: Sequence[Sentence]) -> Page:
    """What the title (null where there is none) and the sentences of a page tell together."""
    tally = _Tally()
    for number, sentence in enumerate([title, *sentences]):
        if sentence is not None:
            _take_in(tally, sentence, number)
    home = _home(tally.weights)
    persons = {name: _agreed(known, home) for name, known in tally.persons.items() if _recurs(tally, name)}
    return Page(home, _pair(tally.weights), persons)


def _take_in(tally: _Tally, sentence: Sentence, number: int) -> None:
    weight = _TITLE if number == 0 else _LEAD if number <= _LEAD_SENTENCES else _REST
    actors = find_actors(sentence, DocumentContext())
    countries = {actor.country for actor in actors if actor.country}
    countries |= {place.country for place in places_named(sentence, actors, Nearby(countries)) if place.country}
    if number <= _LEAD_SENTENCES and (dated := dateline_country(sentence, actors)):
        tally.weights[dated] += _DATELINE
    for country in countries:
        tally.weights[country] += weight
    tally.sentences_with.update(
        {token.text for token in sentence.tokens if token.is_word and not _has_case(token.text)}
    )
    for actor in actors:
        if actor.kind == "role" and actor.sector not in UNHOMED_SECTORS:
            for name in _names_beside(sentence, actor):
                tally.persons[name].append(Person(actor.country, actor.sector))


def _home(weights: Mapping[str, float]) -> str | None:
    home, most = max(weights.items(), key=lambda item: item[1], default=(None, 0.0))
    second = max((weight for country, weight in weights.items() if country != home), default=0.0)
    least = max(_LEAST_WEIGHT, _HOME_SHARE * sum(weights.values()), _HOME_LEAD * second)
    return home if most >= least else None


def _pair(weights: Mapping[str, float]) -> tuple[str, str] | None:
    """The two countries that a page tells most of, where both weigh enough and no third comes near them."""
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:3]
    if len(ranked) < 2 or ranked[1][1] < _LEAST_OF_PAIR:
        return None
    third = ranked[2][1] if len(ranked) > 2 else 0.0
    return (ranked[0][0], ranked[1][0]) if ranked[1][1] >= _PAIR_LEAD * third else None


def _recurs(tally: _Tally, name: str) -> bool:
    """Whether a name is one beyond doubt: written large, or, where a script knows no capitals, told again."""
    return _has_case(name) or tally.sentences_with[name] > 1


def _has_case(word: str) -> bool:
    return word[0].lower() != word[0].upper()


def _agreed(known: Sequence[Person], home: str | None) -> Person:
    """The first country and sector that a person is given; a person whom nobody gives a country is at home."""
    country = next((person.country for person in known if person.country), home)
    return Person(country, next((person.sector for person in known if person.sector), None))


def _names_beside(sentence: Sentence, actor: Actor) -> Iterator[str]:
    """What may be the surname of whom a role tells: "President Esteban Larriva", "Esteban Larriva, the president"."""
    inside = [p for p in range(actor.start, actor.end) if _is_name(sentence, p)]
    words = _run(sentence, actor.end, 1) if not inside or inside[-1] == actor.end - 1 else []
    names = [*inside, *words] or _behind_office(sentence, actor)
    if not names and actor.start > 1 and sentence.tokens[actor.start - 1].text in ",،":
        before = _run(sentence, actor.start - 2, -1)
        names = before[::-1] if len(before) > 1 else []
    # Without capitals nothing tells where a name ends, and a lone word is more likely none.
    capitals = bool(names) and _has_case(sentence.tokens[names[0]].text)
    for position in names[-1:] if capitals else names[1:]:
        if len(surname := _bare(sentence.tokens[position].text)) >= _SHORTEST_SURNAME:
            yield surname


def _behind_office(sentence: Sentence, actor: Actor) -> list[int]:
    """A name of several words behind what the role is of: "le ministre des Affaires étrangères Abdoulaye Keita"."""
    if sentence.language.grammar.capitalised_nouns:
        return []
    position, last = actor.end, min(actor.end + _LONGEST_OFFICE, len(sentence.tokens))
    while position < last and sentence.tokens[position].is_word:
        words = _run(sentence, position, 1)
        if len(words) > 1:
            return words if sentence.tokens[words[0]].text[0].isupper() else []
        position += max(len(words), 1)
    return []


def _run(sentence: Sentence, position: int, step: int) -> list[int]:
    """The tokens of a name from a token on."""
    found: list[int] = []
    while 0 <= position < len(sentence.tokens) and len(found) < _LONGEST_NAME and _is_name(sentence, position):
        found.append(position)
        position += step
    return found


def _is_name(sentence: Sentence, position: int) -> bool:
    """Whether a token may be of a person's name: written large where a script does so, unknown to the vocabulary."""
    token = sentence.tokens[position]
    first = token.text[0]
    if not token.is_word or (_has_case(token.text) and not first.isupper()):
        return False
    if first.isdigit() or position in sentence.numbers or position in sentence.prepositions:
        return False
    spans = [(m.start, m.end) for m in sentence.actor_words]
    spans += [(m.start, m.end) for m in sentence.triggers]
    spans += [(m.start, m.end) for found in sentence.signs.values() for m in found]
    return not any(start <= position < end for start, end in spans) and not any(
        position in positions for positions in sentence.objects.values()
    )


def _bare(word: str) -> str:
    """A name without what an apostrophe ties to it ("Sarıyer'in", "Touray's")."""
    return word.replace("’", "'").split("'")[0]
