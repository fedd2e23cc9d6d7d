"""Coordinated actors: which stand in one list ("Mali and Niger"), and what the members share."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.actors.forms import heads_last
from assets.events.mentions.sentence import Sentence

_NAMES = frozenset({"country", "metonym", "person"})
_COMMAS = frozenset(",،")
_LONGEST_NAME = 4  # words
_CASES_OF_OBJECTS = frozenset({"object", "target", "origin", "place", "with"})
_BY_PREPOSITION = frozenset({"between", "with", "topic"})  # shared by all that are coordinated, whatever their case


def coordinate(sentence: Sentence, actors: list[Actor]) -> list[Actor]:
    """Number coordinated actors as one group; later members take the first one's marking, adjectives a role."""
    links = [""] + [_link(sentence, left, right) for left, right in pairwise(actors)]
    for number in range(1, len(links)):  # a comma lists only where the list goes on to its "and"
        if links[number] == "comma" and _opens_headline(sentence, actors, number):
            links[number] = "and"
        elif links[number] == "comma" and (
            not _reaches_coordinator(links, number) or _sets_subject_off(sentence, actors, links, number)
        ):
            links[number] = ""
    result: list[Actor] = []
    for number, actor in enumerate(actors):
        if actor.group >= 0 or not links[number] or not result:
            result.append(actor)
            continue
        previous = result[-1]
        group = previous.group if previous.group >= 0 else number
        if actor.adjectival and previous.kind == "role" and links[number] == "and":
            actor = replace(actor, adjectival=False, kind="role", sector=previous.sector)
        result[-1] = _sharing_role(previous, actor, group)
        if previous.marking in ("", "with") and actor.marking and heads_last(sentence):
            result = [  # "Türkiye ve Mali'nin": the last bears the case of all
                replace(a, marking=actor.marking, possessive=actor.possessive) if a.group == group else a
                for a in result
            ]
        if links[number] == "pair" and not actor.marking and not actor.adjectival:
            result = [replace(a, marking="") if a.group == group else a for a in result]
            previous = result[-1]  # "Yunanistan ile Türkiye görüştü": both are the subject
        shares = links[number] == "and" and _shares_head(sentence, previous, actor)
        if actor.marking == "object" and previous.marking not in ("", "of") and not actor.cases:
            shares = True  # "zwischen der Armee und den Rebellen"
        own = actor.marking if not shares and not (actor.cases and previous.marking in _BY_PREPOSITION) else ""
        result.append(replace(actor, group=group, marking=own or previous.marking))
    return result


def _opens_headline(sentence: Sentence, actors: list[Actor], number: int) -> bool:
    """ "US, China hold talks": in headlines a comma stands for "and" between the first two names."""
    first, second = actors[0], actors[number]
    names = all(a.kind in _NAMES or a.kind in ("organisation", "group") for a in (first, second))
    if heads_last(sentence):
        return False  # "Erivan, Bakü'yü suçladı": there the comma sets the subject off
    return sentence.is_headline and number == 1 and first.start == 0 and second.start == first.end + 1 and names


def _sets_subject_off(sentence: Sentence, actors: list[Actor], links: list[str], number: int) -> bool:
    """ "Peru, Şili ve Bolivya'yı kınadı": where the list of two bears a case, the comma sets the subject off."""
    first = actors[number - 1]
    opens = first.start == sentence.clause_range(sentence.clauses[first.start])[0]
    is_of_two = links[number + 1] == "and" and (number + 2 == len(links) or not links[number + 2])
    return heads_last(sentence) and opens and is_of_two and actors[number + 1].marking in _CASES_OF_OBJECTS


def _reaches_coordinator(links: list[str], number: int) -> bool:
    for link in links[number + 1 :]:
        if link != "comma":
            return link == "and"  # not a "pair": "Umman, İran ile ABD arasında" lists no three
    return False


def _sharing_role(previous: Actor, actor: Actor, group: int) -> Actor:
    if previous.adjectival and actor.kind == "role":
        return replace(previous, group=group, adjectival=False, sector=actor.sector, kind="role")
    if previous.adjectival and not actor.adjectival:
        return replace(previous, group=group, adjectival=False)
    return replace(previous, group=group)


def _shares_head(sentence: Sentence, left: Actor, right: Actor) -> bool:
    """ "agentes de la Guardia Civil y de la Gendarmería": both genitives hang on the noun before."""
    inside = range(left.start + 1, left.end)
    return right.marking == "of" and any(sentence.prepositions.get(p, ("", 0))[0] == "of" for p in inside)


def _link(sentence: Sentence, left: Actor, right: Actor) -> str:
    """How two neighbours are joined: "and", "comma" or not at all."""
    between = range(left.end, right.start)
    between = range(_name_end(sentence, left, right.start), right.start)
    parted = left.marking == "with" and right.marking not in ("", "of", "between", "with")
    if parted and heads_last(sentence) and right.start - left.end == 1 and right.marking == "object":
        parted = left.kind not in _NAMES or right.kind not in _NAMES  # "Peru ile Şili'yi itidale çağırdı"
    if parted or len(between) > 4 or sentence.clauses[left.start] != sentence.clauses[right.start]:
        return ""
    link = "and" if right.joined else ""
    joins = "pair" if left.marking == "with" and heads_last(sentence) else "and"
    for position in between:
        text = sentence.tokens[position].text.lower()
        if (
            text in ("/", "-", "–")
            or sentence.sign_at("clause.coordinators", position)
            or _pairs(sentence, position, left)
        ):
            link = joins
        elif text in _COMMAS:
            link = link or "comma"
        elif position in sentence.prepositions:
            if sentence.prepositions[position][0] != left.marking and not (
                link and _shares_head(sentence, left, right)
            ):
                return ""
        elif text not in ("'s", "’s") and not (
            sentence.sign_at("determiner", position) or _is_possessive(sentence, position)
        ):
            return ""
    return link


def _is_possessive(sentence: Sentence, position: int) -> bool:
    return sentence.sign_at("reference.possessives", position)


def _name_end(sentence: Sentence, left: Actor, end: int) -> int:
    """Where the name ends that follows a role and is no noun of its own: "Minister Dong Jun und sein Kollege"."""
    position = left.end
    if left.kind != "role" or not sentence.language.grammar.capitalised_nouns:
        return position
    while position < min(end, left.end + _LONGEST_NAME) and sentence.tokens[position].text[0].isupper():
        position += 1
    joined = position < end and (
        sentence.sign_at("clause.coordinators", position) or sentence.tokens[position].text in _COMMAS
    )
    return position if joined else left.end


def _pairs(sentence: Sentence, position: int, left: Actor) -> bool:
    """Whether a word joins with one before the first of two: "tanto Perú como Chile", "ni le Mali ni le Niger"."""
    return any(m.start < left.start and position in m.positions for m in sentence.correlatives)
