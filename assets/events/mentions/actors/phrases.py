"""Words put together into actor phrases: a role with its country, with another role, with the name behind it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from assets.events.mentions.actors.actor import CASES, FOREIGN_SECTORS, Actor
from assets.events.mentions.actors.forms import (
    agrees_in_definiteness,
    heads_last,
    is_bare_plural,
    is_definite,
    is_function_word,
    takes_no_possessor,
)
from assets.events.mentions.actors.markings import case_marking, clitic_marking
from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import ActorWord
from assets.events.mentions.sentence import Sentence

_BODIES = frozenset({"IGO", "EUR", "UNO", "IMG"})
_LONGEST_GENITIVE = 5  # tokens behind a role within which the countries are told that it is of
_MAXIMUM_MODIFIERS = 2  # unknown words that may stand between a country word and the role it belongs to
_ATTACHED_CONJUNCTIONS = ("و", "ف")
_COMMAS = frozenset(",،")


def phrase_of(sentence: Sentence, match: Match[ActorWord]) -> Actor:
    """The phrase that one word makes by itself, marked by its own ending and attached letters."""
    word = match.meaning
    follows = sentence.tokens[match.end].text.lower() if match.end < len(sentence.tokens) else ""
    possessive = word.genitive or follows in ("'s", "’s") or follows in ("'", "’")
    marking = clitic_marking(sentence, match.clitic) or case_marking(sentence, match)
    if marking == "of":
        possessive = True
    return Actor(
        match.start,
        match.end,
        word.country,
        word.sector,
        word.kind,
        marking=marking,
        adjectival=word.kind == "adjective",
        possessive=possessive,
        joined=match.clitic[:1] in _ATTACHED_CONJUNCTIONS,
        dependent=word.dependent,
        as_adjective=_adjective_reading(sentence, match),
        cases=match.traits & CASES,
    )


def _adjective_reading(sentence: Sentence, match: Match[ActorWord]) -> str | None:
    """The country of an adjective that stands in the very words of a name (Arabic تركيا, Turkey or Turkish)."""
    if match.meaning.kind not in ("country", "metonym"):
        return None
    readings = (m for m in sentence.actor_words if (m.start, m.end) == (match.start, match.end))
    return next((m.meaning.country for m in readings if m.meaning.kind == "adjective"), None)


def merge_neighbours(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """Join a country word with the role beside it, and roles with roles, names following."""
    merged: list[Actor] = []
    for phrase in phrases:
        joined = _of_body(merged[-1], phrase) or _joined(sentence, merged[-1], phrase) if merged else None
        if joined:
            sender = _sender_of_envoy(sentence, merged, phrase)
            if sender:
                merged.pop()
                joined = replace(joined, start=sender.start, country=sender.country)
            merged[-1] = joined
        else:
            merged.append(phrase)
    return [_with_name(sentence, a, merged) for a in merged]


def _sender_of_envoy(sentence: Sentence, before: list[Actor], envoy: Actor) -> Actor | None:
    """ "Rusya'nın Tokyo Büyükelçisi": an envoy is of the country in front, not of the city where he serves."""
    if len(before) < 2 or not sentence.sign_at("envoy", envoy.end - 1) or before[-1].kind != "metonym":
        return None
    sender = before[-2]
    owns = sender.country is not None and (sender.marking == "of" or sender.adjectival)
    return sender if owns and _adjacent(sentence, sender, before[-1]) else None


def _of_body(left: Actor, right: Actor) -> Actor | None:
    """ "EU foreign ministers": a role right behind an organisation of states is that organisation's."""
    return replace(left, end=right.end) if _is_body(left) and right.is_role and right.start == left.end else None


def _joined(sentence: Sentence, left: Actor, right: Actor) -> Actor | None:
    if not _adjacent(sentence, left, right):
        return None
    after_noun = sentence.language.grammar.adjective_after_noun
    if heads_last(sentence) and right.kind == "role":
        return _joined_to_head(sentence, left, right)
    gap = right.start - left.end - (1 if left.possessive and not _is_word(sentence, left.end) else 0)
    names_country = left.country and left.kind in ("adjective", "country", "metonym")
    owns = left.adjectival or left.possessive or (gap == 0 and not sentence.language.grammar.genitive_follows_noun)
    if right.kind == "role" and names_country and owns and not after_noun:
        marking = right.marking or ("" if left.possessive and left.marking == "of" else left.marking)
        possessive = right.possessive or marking == "of"
        return replace(
            right, start=left.start, country=left.country, kind="role", marking=marking, possessive=possessive
        )
    if left.kind == "role" and left.country is None and right.country and not heads_last(sentence):
        homed = _homed_by_neighbour(sentence, left, right, gap)
        if homed:
            return homed
    if after_noun and left.kind == "role" and left.country is None and right.kind == "group" and gap == 0:
        return replace(left, end=right.end, country=right.country)  # مقاتلو حزب الله
    if left.kind == "role" and right.kind == "role" and gap == 0 and not _is_closed(sentence, left, right):
        head = left if after_noun else right
        return replace(
            head, start=left.start, end=right.end, country=left.country or right.country, marking=left.marking
        )
    if (
        after_noun
        and left.kind == "metonym"
        and right.kind == "adjective"
        and gap == 0
        and agrees_in_definiteness(sentence, left, right)
    ):
        return replace(left, end=right.end, country=right.country, kind="role")  # الكونغرس الأرجنتيني
    if gap == 0 and (peacekeepers := _of_nation(left, right) or _of_nation(right, left)):
        return replace(peacekeepers, start=left.start, end=right.end, marking=left.marking or right.marking)
    same = right.country in (left.country, left.as_adjective)
    if gap == 0 and right.kind == "metonym" and same and not left.possessive:
        return replace(right, start=left.start, marking=left.marking)  # "the Malian capital Bamako"
    if left.kind == "role" and right.kind == "person" and gap <= 1:
        return replace(left, end=right.end, country=left.country or right.country)
    return _named_again(sentence, left, right) if gap == 0 else None


def _named_again(sentence: Sentence, left: Actor, right: Actor) -> Actor | None:
    """ "iranischen Revolutionsgarden", "Bundesaußenminister Wadephul": two words for one body or person."""
    pair = (left.adjectival and right.kind == "group") or (left.kind == "group" and right.kind == "person")
    if not sentence.language.grammar.capitalised_nouns or not pair or left.country in (None, ""):
        return None
    if left.country != right.country:
        return None
    return replace(right, start=left.start, sector=left.sector or right.sector, marking=left.marking)


def _homed_by_neighbour(sentence: Sentence, role: Actor, right: Actor, gap: int) -> Actor | None:
    """A role with the country whose adjective or genitive follows it ("soldados chilenos", "президент Мали")."""
    is_adjective = right.kind == "adjective"
    agrees = not is_adjective or agrees_in_definiteness(sentence, role, right)
    adjectives_follow = sentence.language.grammar.adjective_after_noun
    if adjectives_follow and (is_adjective or right.as_adjective) and not right.marking and agrees:
        return replace(role, end=right.end, country=right.as_adjective or right.country)
    possessor = (
        gap == 0
        and agrees
        and (is_adjective or not takes_no_possessor(sentence, role))
        and (not right.cases or "of" in right.cases or is_adjective)
        and right.kind in ("country", "metonym", "adjective")
        and (sentence.language.grammar.genitive_follows_noun or right.possessive)
    )
    return replace(role, end=right.end, country=right.country) if possessor else None


def _of_nation(adjective: Actor, body: Actor) -> Actor | None:
    """ "Burundian peacekeepers": people of the United Nations who are named by their nation act for it as well."""
    if adjective.kind != "adjective" or body.kind != "organisation" or body.sector != "UNO" or body.country:
        return None
    return replace(body, country=adjective.country, kind="role")


def _joined_to_head(sentence: Sentence, left: Actor, right: Actor) -> Actor | None:
    """The same where the head stands last and says with an ending that it has a possessor ("Mali ordusu")."""
    possessed = sentence.possessed_case(right.end - 1) is not None
    names_country = left.country is not None and left.kind in ("adjective", "country", "metonym")
    named_after = left.kind == "person" and right.start == left.end and right.sector == "GOV"  # "Trump yönetimi"
    names_country = names_country or (named_after and left.country is not None)
    if sentence.postpositions.get(left.end) == "of" and left.country:  # "Mali ordusuna mensup beş asker"
        return replace(right, start=left.start, country=left.country)
    if sentence.sign_at("envoy", left.end - 1) and right.marking == "target":
        return None  # "Büyükelçisi Dışişleri Bakanlığına çağrıldı": who goes, and where to
    bare_role = left.kind == "role" and left.marking in ("", "of") and right.start == left.end
    if bare_role and not left.marking and is_bare_plural(sentence, left) and right.marking:
        return None  # "öğrenciler Bakan'ın istifasını istedi": who acts, and whose it is
    if not (left.adjectival or (possessed and (names_country or bare_role) and left.marking in ("", "of"))):
        return None
    return replace(right, start=left.start, country=left.country or right.country)


def _is_closed(sentence: Sentence, left: Actor, right: Actor) -> bool:
    """Whether a role that possessors follow can take none any more: it has its country, or only it is definite."""
    if not sentence.language.grammar.adjective_after_noun:
        return False
    if takes_no_possessor(sentence, left):
        return True
    return left.country is not None or (is_definite(sentence, left) and not is_definite(sentence, right))


def _adjacent(sentence: Sentence, left: Actor, right: Actor) -> bool:
    """Whether only words that can modify a noun stand between two phrases."""
    between = range(left.end, right.start)
    if len(between) > _MAXIMUM_MODIFIERS + 1:
        return False
    for position in between:
        token = sentence.tokens[position]
        if token.text.lower() in ("'s", "’s", "'", "’", "-", "‑"):
            continue
        if heads_last(sentence) and sentence.sign_at("determiner", position):
            continue  # "Malili bir subay"
        if sentence.postpositions.get(position) == "of":
            continue  # "Mali ordusuna ait bir karakol"
        if heads_last(sentence) and (position in sentence.postpositions or sentence.possessed_case(position)):
            return False  # "Rusya sınırına ilave muhafız": the first noun closes with its case
        if not token.is_word or position in sentence.prepositions or is_function_word(sentence, position):
            return False
        if sentence.language.grammar.definite_prefix and position in sentence.numbers:
            return False  # "مسلحون ثلاثة مهندسين": the number opens a phrase of its own
        if any(m.start == position and m.meaning.part == "verb" for m in sentence.triggers):
            return False
    words = [p for p in between if _is_word(sentence, p)]
    return len(words) <= _MAXIMUM_MODIFIERS and sentence.clauses[left.start] == sentence.clauses[right.start]


def _is_word(sentence: Sentence, position: int) -> bool:
    return sentence.tokens[position].is_word


def _with_name(sentence: Sentence, actor: Actor, others: list[Actor]) -> Actor:
    """A role followed by a capitalised name takes the name in ("Defence Minister Jane Doe")."""
    if actor.kind != "role" or sentence.language.grammar.capitalised_nouns:
        return actor
    starts = {o.start for o in others}
    end = actor.end
    while end < len(sentence.tokens) and end - actor.end < 4 and end not in starts:
        text = sentence.tokens[end].text
        if not (text[0].isupper() and text[0].lower() != text[0].upper()):
            break
        end += 1
    return replace(actor, end=end) if end != actor.end else actor


def merge_of_phrases(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """ "president of Mali", "army in Niger": the role takes the country in."""
    merged: list[Actor] = []
    for phrase in phrases:
        left = merged[-1] if merged else None
        if (
            left
            and left.is_role
            and left.sector == "GOV"
            and _is_body(phrase)
            and _joined_by_of(sentence, left, phrase)
        ):
            merged[-1] = replace(left, end=phrase.end, sector=phrase.sector, kind="organisation")
        elif left and left.is_role and phrase.country and _joined_by_of(sentence, left, phrase):
            merged[-1] = replace(left, end=phrase.end, country=phrase.country)
        else:
            merged.append(phrase)
    return merged


def _is_body(actor: Actor) -> bool:
    """Whether an actor is an organisation of states, whose leaders and spokesmen are of no country."""
    return actor.kind == "organisation" and actor.country is None and actor.sector in _BODIES


def of_several_countries(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """ "the foreign ministers of 27 states": of no one country, wherever they meet."""
    several = {m.start for m in sentence.signs.get("reference.countries", ())}
    if not several:
        return phrases
    return [
        replace(a, kind="organisation", sector="IGO") if a.is_role and _leads_to(sentence, a, several) else a
        for a in phrases
    ]


def _leads_to(sentence: Sentence, role: Actor, words: set[int]) -> bool:
    """Whether a genitive of one of the words follows right behind a role, past a number and an adjective."""
    last = min(role.end + _LONGEST_GENITIVE, len(sentence.tokens))
    position = next((p for p in range(role.end, last) if p in words), None)
    if position is None or role.end == position:
        return False
    opens = sentence.prepositions.get(role.end, ("", 0))[0] == "of" or sentence.sign_at("genitive_mark", role.end)
    return opens and all(
        sentence.tokens[p].is_word or sentence.tokens[p].text[0].isdigit() for p in range(role.end, position)
    )


def homed_by_place(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """ "Lübnan'da öğretmenler": where the place stands first, a role right behind it is of the place."""
    if not heads_last(sentence):
        return phrases
    homed = phrases[:1]
    for left, right in pairwise(phrases):
        near = right.start - left.end <= 1 and right.is_role and right.sector not in FOREIGN_SECTORS
        homed.append(replace(right, country=left.country) if near and left.marking == "place" else right)
    return homed


def _joined_by_of(sentence: Sentence, left: Actor, right: Actor) -> bool:
    between = range(left.end, right.start)
    if heads_last(sentence):
        return False
    if not between and right.marking in ("of", "place"):
        return right.marking == "of" or left.sector not in FOREIGN_SECTORS
    if not 1 <= len(between) <= 3:
        return False
    kinds = {sentence.prepositions[p][0] for p in between if p in sentence.prepositions}
    if _comes_from(sentence, left, right):
        return True  # "Kriegsschiffe aus China haben": what stands before the verb of a main clause is one phrase
    if left.sector in FOREIGN_SECTORS and kinds & {"place", "origin"} and right.kind != "role":
        return False
    if len(between) == 1 and _is_genitive_mark(sentence, between[0]):
        return True
    others = [p for p in between if p not in sentence.prepositions and not sentence.sign_at("determiner", p)]
    if kinds == {"agent"} and sentence.language.grammar.word_order == "V2":
        return len(between) == 1 and left.sector not in FOREIGN_SECTORS  # "die Regierungschefs von Mali"
    if len(others) == 1 and others[0] == left.end and kinds == {"of"}:
        return sentence.language.grammar.adjective_after_noun and _may_be_adjective(sentence, others[0])
    return bool(kinds) and kinds <= {"of", "place", "origin"} and not others


def _comes_from(sentence: Sentence, left: Actor, right: Actor) -> bool:
    """Whether a role that opens a main clause, verb second, is told with the country that it comes from."""
    clause = sentence.clauses[left.start]
    if sentence.language.grammar.word_order != "V2" or clause in sentence.openers or right.kind == "role":
        return False
    opens = left.start - sentence.clause_range(clause)[0] <= _MAXIMUM_MODIFIERS
    return opens and sentence.sign_at("origin_mark", left.end)


def _is_genitive_mark(sentence: Sentence, position: int) -> bool:
    """Whether an article or preposition ties a name to the role before it; "von" may tell who acts in a passive."""
    if not sentence.sign_at("genitive_mark", position):
        return False
    clause = sentence.clauses[position]
    passive = any(sentence.clauses[m.start] == clause for m in sentence.signs.get("voice.auxiliary", ()))
    return position not in sentence.prepositions or not passive


def _may_be_adjective(sentence: Sentence, position: int) -> bool:
    """ "el mandatario electo de Honduras": a word in small letters that is no verb of the vocabulary."""
    token = sentence.tokens[position]
    written_small = token.is_word and token.text.islower()
    is_verb = any(m.start <= position < m.end and m.meaning.part != "noun" for m in sentence.triggers)
    return written_small and not is_verb and not is_function_word(sentence, position)


def without_appositions(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """ "the president of the council, Colonel X, received": the second names the first again."""
    kept: list[Actor] = []
    for phrase in phrases:
        left = kept[-1] if kept else None
        if left and _is_apposition(sentence, left, phrase):
            kept[-1] = replace(left, country=left.country or phrase.country)
        else:
            kept.append(phrase)
    return kept


def _is_apposition(sentence: Sentence, left: Actor, right: Actor) -> bool:
    persons = left.kind in ("role", "person") and right.kind in ("role", "person")
    agree = left.country is None or right.country in (None, left.country)
    if not (persons and agree) or right.start - left.end != 1 or sentence.tokens[left.end].text not in _COMMAS:
        return False
    closing = range(right.end, min(right.end + 5, len(sentence.tokens)))
    return any(sentence.tokens[p].text in _COMMAS for p in closing)
