"""Which words of a sentence name an event, after idioms, missing objects and overlaps are weeded out."""

from __future__ import annotations

from dataclasses import dataclass

from assets.events.mentions.actors.actor import CASES, Actor
from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import Trigger
from assets.events.mentions.sentence import CONJUNCTIONS, Sentence, longest_first
from assets.events.mentions.separable import SEPARATED
from assets.events.mentions.voice import is_passive, is_reduced, may_be_finite
from assets.vocabulary.coding import EventEntry

_REASONS = frozenset({"REJECT", "ACCUSE", "SUPPORT", "REQUEST"})
_CIVILIANS = frozenset({"CVL", "LAB", "AGR", "EDU", "MED", "REL", "OPP", "SOC"})
_SAID_OF_HEAD = frozenset({"clause.relatives", "clause.complementisers"})
_HEAD_REACH = 2  # tokens before a clause in which its head stands
_EXCLUDED_HEAD_REACH = 5  # the same where a head says that it is no event: "an earthquake of magnitude 6 that killed"
_NAMING_KINDS = frozenset({"person", "organisation", "group", "country", "metonym"})


@dataclass(frozen=True, slots=True)
class EventTrigger:
    """A trigger that stands: tokens `[start, end)`, its vocabulary entry, and how it is used there.

    `traits` are what its ending tells (see `morphology.Analysis`), `words` the tokens that it consists of.
    `alternatives` are what the same words can mean where the actors that this entry needs are not found. `reduced` is
    a passive participle without an auxiliary, said of the noun before it ("boats seized in December").
    """

    start: int
    end: int
    entry: EventEntry
    nominal: bool
    passive: bool
    clause: int
    traits: frozenset[str] = frozenset()
    words: frozenset[int] = frozenset()
    alternatives: tuple[EventTrigger, ...] = ()
    reduced: bool = False


def find_triggers(sentence: Sentence, actors: list[Actor]) -> list[EventTrigger]:
    """The triggers of a sentence by position; where several overlap, the longest, then the most specific."""
    named = {p for a in actors if a.kind in _NAMING_KINDS for p in range(a.start, a.end)}
    persons = {p for a in actors if a.kind == "role" for p in range(a.start, a.end)}
    candidates = [
        m
        for m in sentence.triggers
        if m.start not in named
        and not ("verbal" in m.traits and m.meaning.part == "noun")
        and not _marks_agent(sentence, m)
        and not (
            (m.meaning.part == "noun" or m.traits & {"embedded", "adjective"}) and persons.issuperset(m.positions)
        )
        and _stands(sentence, m)
    ]
    candidates.sort(
        key=lambda m: (
            "embedded" in m.traits,
            SEPARATED not in m.traits,
            m.meaning.objects is None,
            m.meaning.entry.type != "PROTEST" or not _is_of_civilians(m, actors),
            -m.meaning.entry.strength,
        )
    )
    triggers = []
    for match in longest_first(candidates):
        others = [m for m in candidates if (m.start, m.end) == (match.start, match.end) and m is not match]
        alternatives = tuple(_event_trigger(sentence, other) for other in others)
        triggers.append(_event_trigger(sentence, match, alternatives))
    return triggers


def _is_of_civilians(match: Match[Trigger], actors: list[Actor]) -> bool:
    """Whether civilians stand right before the words: "dockers blocked the port" is a protest, no state's measure."""
    before = [actor for actor in actors if actor.end <= match.start]
    return bool(before) and before[-1].sector in _CIVILIANS


def _marks_agent(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether the words only lead to who did it: "an attack carried out by" (Arabic هجوم نفذه)."""
    return any((m.start, m.end) == (match.start, match.end) for m in sentence.signs.get("preposition.agent", ()))


def _is_attribute(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether a participle stands before the noun that it modifies ("бастующим учителям"): that tells of no deed."""
    if match.meaning.part == "noun" or match.end >= len(sentence.tokens):
        return False
    converb = sentence.language.converb
    if match.start == 0 and converb and converb.search(sentence.tokens[0].text) and match.end == 1:
        return any(m.start == 1 and m.meaning.kind == "role" for m in sentence.actor_words)  # "Striking dockers"
    if "adjective" not in match.traits:
        return False
    nouns = (found for found in sentence.analyses[match.end].traits.values() if "noun" in found)
    return any(found & match.traits & CASES for found in nouns)


def _is_reason(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether the words open the reason of something else ("in rejection of"), as a preposition does."""
    kind = sentence.prepositions.get(match.start, ("", 0))[0]
    return kind == "topic" and match.meaning.entry.type in _REASONS


def _counts(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether the word is a number (Arabic اثني, twelve, written as he praised is)."""
    return match.end - match.start == 1 and match.start in sentence.numbers


def _tells_who_says_so(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether a verb stands right behind words of attribution ("as the general warned")."""
    attributions = sentence.signs.get("reporting.attributions", ())
    return match.meaning.part != "noun" and any(m.end == match.start for m in attributions)


def _stands(sentence: Sentence, match: Match[Trigger]) -> bool:
    if sentence.is_ignored(match) or _tells_who_says_so(sentence, match):
        return False
    if _is_attribute(sentence, match) or _is_reason(sentence, match) or _counts(sentence, match):
        return False
    trigger, clause = match.meaning, sentence.clauses[match.start]
    if trigger.objects is not None and not (
        sentence.has_object(trigger.objects, clause)
        or _heads_clause(sentence, trigger.objects, clause)
        or _tells_of_speaker(sentence, match, trigger.objects)
    ):
        return False
    if trigger.excluded is not None and (
        sentence.has_object(trigger.excluded, clause)
        or _heads_clause(sentence, trigger.excluded, clause, _EXCLUDED_HEAD_REACH)
    ):
        return False
    return trigger.part == "phrase" or _fits_part(sentence, match)


def _heads_clause(sentence: Sentence, group: int, clause: int, reach: int = _HEAD_REACH) -> bool:
    """Whether a word of the group is what a clause is said of: "the strike that killed nine"."""
    if sentence.openers.get(clause) not in _SAID_OF_HEAD:
        return False
    start = sentence.clause_range(clause)[0]
    return any(start - reach <= position < start for position in sentence.objects.get(group, ()))


def _tells_of_speaker(sentence: Sentence, match: Match[Trigger], group: int) -> bool:
    """ "The minister said that he would visit": what a pronoun stands for is named in the clause before."""
    clause = sentence.clauses[match.start]
    if not clause or sentence.openers.get(clause) != "clause.complementisers":
        return False
    start = sentence.clause_range(clause)[0]
    pronoun = sentence.signs_between("reference.pronouns", start, match.start)
    dropped = match.start == start + 1  # Spanish "anunció que viajará"
    return bool(pronoun or dropped) and sentence.has_object(group, clause - 1)


def _fits_part(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether the word can be the noun or verb that its entry takes it for."""
    if sentence.language.grammar.capitalised_nouns and _stands_inside(sentence, match.start):
        is_noun = match.meaning.part == "noun"
        return sentence.tokens[match.start].text[0].isupper() == is_noun and (
            is_noun or not _is_inflected_attribute(sentence, match.start)
        )
    if match.end - match.start > 1:
        return match.meaning.part != "noun" or not _ends_in_verb(sentence, match)
    if match.meaning.part == "verb" and _is_participle_as_noun(sentence, match.start):
        return False
    both = any(
        other.start == match.start and other.end == match.end and other.meaning.part != match.meaning.part
        for other in sentence.triggers
    )
    verbal = sentence.language.verbal_form
    if verbal and verbal.search(sentence.tokens[match.start].text):
        return not both if match.meaning.part == "noun" else not _is_attributive(sentence, match.start)
    if not both:
        return True
    if match.clitic.lstrip("".join(CONJUNCTIONS)):
        return match.meaning.part == "noun"  # Arabic لقصف: what a preposition is attached to is a noun
    return _looks_nominal(sentence, match.start) == (match.meaning.part == "noun")


def _stands_inside(sentence: Sentence, position: int) -> bool:
    """Whether a word or figure stands right before, so that a capital is a noun's and not a sentence's."""
    before = sentence.tokens[position - 1] if position else None
    return before is not None and (before.is_word or before.text[0].isdigit())


def _ends_in_verb(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether the last word of what may be a noun of several ("rebel attack") stands there as a finite verb.

    "The rebels attacked the soldiers": who acts and what they do, not the name of a deed.
    """
    last, form = match.end - 1, sentence.language.verbal_form
    if form is None or not form.search(sentence.tokens[last].text):
        return False
    return any(m.start == last and m.meaning.part == "verb" for m in sentence.triggers)


def _is_participle_as_noun(sentence: Sentence, position: int) -> bool:
    """ "los liberados", "des détenus": where adjectives follow nouns, a participle behind an article is a noun."""
    language, tokens = sentence.language, sentence.tokens
    if not language.grammar.adjective_after_noun or language.participle is None or position == 0:
        return False
    text = tokens[position].text
    if language.grammar.definite_prefix or not language.participle.search(text) or may_be_finite(sentence, text):
        return False  # French "les punit", "le saisit" have a pronoun before them that is written as an article
    return sentence.sign_at("determiner", position - 1) and position - 1 not in sentence.numbers


def _is_inflected_attribute(sentence: Sentence, position: int) -> bool:
    """ "einen entführten Minister": where nouns have capitals, an inflected participle between article and noun."""
    form = sentence.language.attribute
    if form is None or not form.search(sentence.tokens[position].text) or position + 1 == len(sentence.tokens):
        return False
    determined = sentence.sign_at("determiner", position - 1) or position - 1 in sentence.numbers
    return determined and sentence.tokens[position + 1].text[0].isupper()


def _is_attributive(sentence: Sentence, position: int) -> bool:
    """ "the captured soldiers", "63 detained fishermen": a participle that tells of a noun already there."""
    if position == 0 or position + 1 == len(sentence.tokens):
        return False
    before, after = sentence.tokens[position - 1], sentence.tokens[position + 1]
    determined = sentence.sign_at("determiner", position - 1) or position - 1 in sentence.numbers
    counted = determined or before.text.isdigit()
    # "the strike that killed nine": what a determiner or number follows has an object of its own and is a verb.
    opens_object = sentence.sign_at("determiner", position + 1) or position + 1 in sentence.numbers
    return counted and after.is_word and not opens_object and position + 1 not in sentence.prepositions


def _comes_from_somebody(sentence: Sentence, match: Match[Trigger]) -> bool:
    """ "equipment and support from Russia": as a verb the word would have an object before "from"."""
    form = sentence.language.verbal_form
    given = match.meaning.entry.type in ("SUPPORT", "AID") and match.end - match.start == 1
    if not given or form is None or form.search(sentence.tokens[match.start].text):
        return False
    return sentence.prepositions.get(match.end, ("", 0))[0] == "origin"


def _looks_nominal(sentence: Sentence, position: int) -> bool:
    """Whether what stands before a word makes a noun of it: a determiner, a genitive, a preposition but "to".

    The first word of a sentence is a noun, but where verbs come first.
    """
    if position == 0:
        return sentence.language.grammar.word_order != "VSO"
    before = position - 1
    article = sentence.language.grammar.definite_prefix
    if article and sentence.tokens[position].text.lstrip("".join(CONJUNCTIONS)).startswith(article):
        return True
    if sentence.sign_at("determiner", before) or sentence.tokens[before].text.lower() in ("'s", "’s"):
        return True
    if before in sentence.prepositions:
        return sentence.prepositions[before][0] != "target" or sentence.language.grammar.word_order == "VSO"
    return any(m.meaning.kind == "adjective" and m.end == position for m in sentence.actor_words)


def _event_trigger(
    sentence: Sentence, match: Match[Trigger], alternatives: tuple[EventTrigger, ...] = ()
) -> EventTrigger:
    nominal = match.meaning.part == "noun" or _comes_from_somebody(sentence, match)
    passive = not nominal and is_passive(sentence, match)
    return EventTrigger(
        match.start,
        match.end,
        match.meaning.entry,
        nominal,
        passive,
        sentence.clauses[match.start],
        match.traits,
        frozenset(match.positions),
        alternatives,
        passive and is_reduced(sentence, match),
    )
