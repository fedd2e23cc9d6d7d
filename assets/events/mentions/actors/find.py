"""Who is named in a sentence: words, put together into phrases, marked, listed, and led back to who was named before.

Which part an actor plays in an event is decided in `assets.events.mentions.roles`.
"""

from __future__ import annotations

from assets.events.mentions.actors.actor import Actor, DocumentContext
from assets.events.mentions.actors.lists import coordinate
from assets.events.mentions.actors.markings import with_head_case, with_marking
from assets.events.mentions.actors.phrases import (
    homed_by_place,
    merge_neighbours,
    merge_of_phrases,
    of_several_countries,
    phrase_of,
    without_appositions,
)
from assets.events.mentions.actors.references import covers, references, with_possessors
from assets.events.mentions.actors.words import words_of_actors
from assets.events.mentions.sentence import Sentence


def find_actors(sentence: Sentence, context: DocumentContext) -> list[Actor]:
    """The actor phrases of a sentence, by position, with marking, coordination and references resolved."""
    phrases = [phrase_of(sentence, word) for word in words_of_actors(sentence, context)]
    phrases = merge_neighbours(sentence, phrases)
    phrases = merge_of_phrases(sentence, phrases)
    phrases = of_several_countries(sentence, phrases)
    phrases = homed_by_place(sentence, phrases)
    phrases = [p for p in phrases if not (p.dependent and p.country is None)]
    phrases = without_appositions(sentence, phrases)
    described = references(sentence, context, phrases, lambda actors: _marked(sentence, actors))
    phrases = [p for p in phrases if not any(covers(reference, p) for reference in described)] + described
    phrases.sort(key=lambda a: (a.start, a.group))
    return with_possessors(sentence, context, _marked(sentence, phrases))


def _marked(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """The phrases with their markings, numbered by the lists they stand in."""
    taken = {position for a in phrases for position in range(a.start, a.end)}
    marked = [with_marking(sentence, with_head_case(sentence, a, taken), taken) for a in phrases]
    return coordinate(sentence, marked)
