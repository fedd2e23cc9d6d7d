"""Whom descriptions point back to: "the two countries", "its soldiers", an army named again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from assets.events.mentions.actors.actor import UNHOMED_SECTORS, Actor, DocumentContext
from assets.events.mentions.actors.forms import heads_last, is_definite
from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import Sign
from assets.events.mentions.sentence import Sentence

_OFFICES = frozenset({"GOV", "LEG"})  # whose holders travel, and are of another country than where they are


def references(
    sentence: Sentence, context: DocumentContext, phrases: list[Actor], marked: Callable[[list[Actor]], list[Actor]]
) -> list[Actor]:
    """Actors that descriptions such as "the two countries" point back to. `marked` marks phrases and lists them."""
    found: list[Actor] = []
    for match in sentence.signs.get("reference.both_countries", ()):
        earlier = marked([a for a in phrases if a.end <= match.start])
        here = sentence.clauses[match.start]
        told = [a for a in earlier if a.country and not (a.marking == "place" and sentence.clauses[a.start] != here)]
        both = _both(sentence, context, told, match.start)
        offices = (a.sector for a in phrases if match.start <= a.start and a.end <= match.end and a.is_role)
        sector = next(offices, None)
        found += [Actor(match.start, match.end, c, sector, "reference", group=match.start + 1000) for c in both]
    for match in sentence.signs.get("reference.the_country", ()):
        before = [a.country for a in phrases if a.country and a.end <= match.start] or _ruled(
            sentence, context, match
        )
        names_itself = any(a.start == match.end and a.country for a in phrases)  # "Государство Палестина"
        names_itself = (
            names_itself or sentence.prepositions.get(match.end, ("", 0))[0] == "of"
        )  # "el estado de sitio"
        if before and not names_itself:
            found.append(Actor(match.start, match.end, before[-1], None, "reference"))
    solid = [p for p in phrases if not any(covers(a, p) for a in found)]
    return [a for a in found if not any(p.start < a.end and a.start < p.end for p in solid)]


def _ruled(sentence: Sentence, context: DocumentContext, match: Match[Sign]) -> list[str]:
    """Whose "the country" is: the last named; of "die Regierung" or "die Junta", verb second, the page's own."""
    powers = any(m.meaning.kind == "role" and match.start <= m.start < match.end for m in sentence.actor_words)
    home = context.page.home
    return [home] if powers and home and sentence.language.grammar.word_order == "V2" else context.countries


def covers(reference: Actor, actor: Actor) -> bool:
    """Whether a role without a country is part of a description of two ("the two foreign ministers")."""
    return reference.group >= 0 and actor.is_role and reference.start <= actor.start and actor.end <= reference.end


def _both(sentence: Sentence, context: DocumentContext, named: list[Actor], position: int) -> list[str]:
    """The countries that "both" at a token stands for: a pair named before, else two names, else the page's pair.

    Who acts in its own clause ("France urged both sides") is one of them only where no two others are named.
    """
    listed = [_countries(a for a in named if a.group == group) for group in {a.group for a in named} if group >= 0]
    pairs = [pair for pair in listed if len(pair) == 2]
    if pairs:
        return max(pairs, key=lambda pair: max(a.start for a in named if a.country == pair[-1]))
    here = sentence.clauses[position]
    acting = _countries(
        a for a in named if a.marking == "" and not a.adjectival and sentence.clauses[a.start] == here
    )
    every = _countries(named)
    others = [country for country in every if country not in acting]
    if len(every) >= 2:
        return (others if len(others) >= 2 else every)[-2:]
    if pair := _pair_told(context, set(acting)):
        return list(pair)
    if context.page.home and not every and context.page.home in context.countries:
        return [context.page.home]  # the government and its rebels
    told = [country for country in context.countries if country not in every]
    both = [*told, *every][-2:] if len(told) < 2 else told[-2:]
    return both if len(both) == 2 else others


def _pair_told(context: DocumentContext, acting: set[str]) -> tuple[str, str] | None:
    """The two that a page has named together, or is about: those named last before those it is about."""
    named, main = context.pair, context.page.pair
    just_named = named is not None and set(named) == set(context.countries[-2:])
    if main is None or just_named or not acting.isdisjoint(main) or not set(main) <= set(context.countries):
        return named
    return main


def _countries(actors: Iterable[Actor]) -> list[str]:
    return list(dict.fromkeys(a.country for a in actors if a.country))


def with_possessors(sentence: Sentence, context: DocumentContext, actors: list[Actor]) -> list[Actor]:
    """ "its soldiers": a role that a possessive ties to the country named before it."""
    resolved: list[Actor] = []
    for actor in actors:
        if actor.is_role and _is_possessed(sentence, actor):
            before = [a.country for a in resolved if a.country] or _last_told(sentence, context)
            actor = replace(actor, country=before[-1] if before else None, possessed=True)
        elif actor.is_role and (same := _same_sector(resolved, actor)):
            actor = replace(actor, country=same.country)
        elif actor.is_role and (same_office := _office_again(sentence, context, actor)):
            actor = replace(actor, country=same_office)
        elif actor.is_role and (ruled := _ruled_before(sentence, resolved, actor)):
            actor = replace(actor, country=ruled)
        elif actor.is_role and _is_told_again(sentence, actor):
            told = context.country_of_sector.get(actor.sector or "")
            abroad = any(a.marking == "place" and a.country not in (None, told) for a in resolved)
            actor = actor if abroad else replace(actor, country=told)  # "In Senegal the gendarmerie": not Mali's
        resolved.append(actor)
    return resolved


def _same_sector(resolved: list[Actor], actor: Actor) -> Actor | None:
    """ "an attack on the army of Mali killed eleven soldiers": theirs, where one country's army is named before."""
    if actor.sector in UNHOMED_SECTORS or actor.sector == "CVL":
        return None
    same = [a for a in resolved if a.sector == actor.sector and a.kind == "role" and a.country]
    return same[0] if len({a.country for a in same}) == 1 else None


def _last_told(sentence: Sentence, context: DocumentContext) -> list[str]:
    """The countries told of before: "Die Junta … in Luxemburg. Ihr Sprecher wies" is the subject's, verb second."""
    subject = context.last_subject
    if sentence.language.grammar.word_order == "V2" and subject:
        ruled = context.page.home if subject.is_role and subject.sector in _OFFICES else None
        told = subject.country or ruled
        return [told] if told else context.countries
    return context.countries


def _ruled_before(sentence: Sentence, resolved: list[Actor], actor: Actor) -> str | None:
    """ "Belgrad lenkt ein: Die Regierung …": of the one country that the clauses before have for their subject."""
    if sentence.language.grammar.word_order != "V2" or actor.sector != "GOV" or actor.marking:
        return None
    here = sentence.clauses[actor.start]
    before = {a.country for a in resolved if a.marking == "" and a.country and sentence.clauses[a.start] < here}
    return before.pop() if len(before) == 1 and _is_told_again(sentence, actor) else None


def _office_again(sentence: Sentence, context: DocumentContext, actor: Actor) -> str | None:
    """ "The minister met": of the country whose trade minister an earlier sentence was about."""
    if actor.sector not in _OFFICES or actor.marking or _names_an_office(sentence, actor):
        return None
    return context.country_of_office(sentence, actor)


def _is_told_again(sentence: Sentence, actor: Actor) -> bool:
    """Whether a role is a definite one ("the army"), which names again the one that a country was named with."""
    language = sentence.language
    if language.grammar.definite_prefix:
        return is_definite(sentence, actor)
    if _names_an_office(sentence, actor):
        return False
    return any(sentence.sign_at("determiner", p) for p in range(max(actor.start - 2, 0), actor.start))


def _names_an_office(sentence: Sentence, actor: Actor) -> bool:
    """ "Fabio Luján, the defence minister, visited": the office of a person just named, who may be anybody's."""
    tokens = sentence.tokens
    comma = next((p for p in range(actor.start - 1, max(actor.start - 3, 0), -1) if tokens[p].text == ","), 0)
    ends = actor.end < len(tokens) and tokens[actor.end].text == ","
    before = tokens[max(comma - 2, 0) : comma]
    is_name = len(before) == 2 and all(token.is_word and token.text[0].isupper() for token in before)
    return ends and is_name and not any(m.end == comma for m in sentence.actor_words)


def _is_possessed(sentence: Sentence, actor: Actor) -> bool:
    before = range(max(actor.start - 2, 0), actor.start)
    if any(sentence.sign_at("reference.possessives", p) for p in before):
        return True
    if heads_last(sentence):  # "askerlerini": a title's ending ("Dışişleri Bakanı") owns none
        is_title = sentence.tokens[actor.start].text[0].isupper()
        alone = actor.end - actor.start == 1
        return alone and not is_title and bool(sentence.possessed_case(actor.end - 1))
    suffix = sentence.language.possessive_suffix
    return suffix is not None and bool(suffix.search(sentence.tokens[actor.start].text))
