"""Who is named in a sentence: country words, roles, organisations and groups put together into actor phrases.

Which part an actor plays in an event is decided in `roles`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assets.events.mentions.gazetteer import Nearby, is_namesake_of_capital
from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import ActorWord
from assets.events.mentions.money import money_in
from assets.events.mentions.sentence import Sentence, longest_first

_PRIORITY = ("person", "organisation", "group", "country", "metonym", "adjective", "role")
_NAMES = frozenset({"country", "metonym", "person"})
_MAXIMUM_MODIFIERS = 2  # unknown words that may stand between a country word and the role it belongs to
_ATTACHED_CONJUNCTIONS = ("و", "ف")
_COMMAS = frozenset(",،")
_QUOTES = frozenset('«»„“”"')
UNHOMED_SECTORS = frozenset({"REB", "UAF", "CRM"})  # whose attack in a country does not make them that country's
FOREIGN_SECTORS = frozenset({"MIL", "REB", "UAF", "CRM", "SPY"})  # who may well not belong where they stand
CASES = frozenset({"subject", "object", "target", "origin", "of", "with", "place", "agent"})  # as traits name them
_BY_PREPOSITION = frozenset({"between", "with", "topic"})  # shared by all that are coordinated, whatever their case
_HEAD_REACH = 4  # words between a possessor and the noun whose case it shares
_LOOK_BACK = 4  # tokens searched for the preposition that marks an actor


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


@dataclass
class DocumentContext:
    """What the sentences read so far leave for the next ones to refer to."""

    countries: list[str] = field(default_factory=list)
    pair: tuple[str, str] | None = None
    country_of_sector: dict[str, str] = field(default_factory=dict)
    last_subject: Actor | None = None
    last_subject_text: str = ""

    def remember(self, sentence: Sentence, actors: Sequence[Actor]) -> None:
        """Take in the actors of a sentence that has been coded."""
        subject = next((a for a in actors if a.marking == "" and not a.adjectival), None)
        if subject:
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


def find_actors(sentence: Sentence, context: DocumentContext) -> list[Actor]:
    """The actor phrases of a sentence, by position, with marking, coordination and references resolved."""
    words = [word for word in _chosen_words(sentence) if not _is_namesake_of_capital(sentence, word, context)]
    words = [word for word in words if not _is_of_currency(sentence, word)]
    phrases = [_phrase(sentence, word) for word in words]
    phrases = _merge_neighbours(sentence, phrases)
    phrases = _merge_of_phrases(sentence, phrases)
    phrases = _homed_by_place(sentence, phrases)
    phrases = [p for p in phrases if not (p.dependent and p.country is None)]
    phrases = _without_appositions(sentence, phrases)
    phrases += _references(sentence, context, phrases)
    phrases.sort(key=lambda a: (a.start, a.group))
    taken = {position for a in phrases for position in range(a.start, a.end)}
    marked = [_marked(sentence, _with_head_case(sentence, a, taken), taken) for a in phrases]
    return _with_possessors(sentence, context, _coordinate(sentence, marked))


def _chosen_words(sentence: Sentence) -> list[Match[ActorWord]]:
    candidates = [
        m
        for m in sentence.actor_words
        if not sentence.is_ignored(m)
        and "verbal" not in m.traits
        and not _is_in_preposition(sentence, m)
        and (m.meaning.kind not in _NAMES or _is_cased(sentence, m))
        and not (m.meaning.kind == "role" and (_opens_as_verb(sentence, m) or _is_modifier(sentence, m)))
    ]
    named = {(m.meaning.country, m.start) for m in candidates}
    candidates.sort(key=lambda m: (not _is_named_elsewhere(m, named), _PRIORITY.index(m.meaning.kind)))
    return longest_first(candidates)


def _is_namesake_of_capital(sentence: Sentence, word: Match[ActorWord], context: DocumentContext) -> bool:
    """Whether a capital's name is that of a town in a country that is spoken of, as its own country is not.

    "Lebanese police arrested protesters in Tripoli" does not tell of Libya.
    """
    if word.meaning.kind != "metonym" or sentence.prepositions.get(word.start - 1, ("", 0))[0] != "place":
        return False
    others = {m.meaning.country for m in sentence.actor_words if m.meaning.kind != "metonym"}
    name, home = sentence.text_of(word.start, word.end), word.meaning.country
    return is_namesake_of_capital(name, sentence.language.code, home, Nearby(others, context.countries))


def _is_of_currency(sentence: Sentence, word: Match[ActorWord]) -> bool:
    """Whether a country's adjective only tells a currency: "18 million Canadian dollars"."""
    around = {word.start - 1, word.start - 2, word.end + 1}
    counted = any(p in sentence.numbers or _is_figure(sentence, p) for p in around)
    if word.meaning.kind != "adjective" or not counted:
        return False
    money = money_in(sentence)
    return money is not None and word.start in money.positions


def _is_figure(sentence: Sentence, position: int) -> bool:
    return 0 <= position < len(sentence.tokens) and sentence.tokens[position].text[0].isdigit()


def _is_in_preposition(sentence: Sentence, match: Match[ActorWord]) -> bool:
    """Whether a role is only a word of a preposition ("in front of the embassy of")."""
    around = [sentence.prepositions.get(p) for p in (match.start - 1, match.start, match.end)]
    return match.meaning.kind == "role" and around[0] is not None and around[0] == around[1] == around[2]


def _is_named_elsewhere(match: Match[ActorWord], named: set[tuple[str | None, int]]) -> bool:
    """Whether the sentence names the country in other words too: then عمان is Amman among Jordanians, else Oman."""
    country = match.meaning.country
    return country is not None and any(c == country and start != match.start for c, start in named)


def _opens_as_verb(sentence: Sentence, match: Match[ActorWord]) -> bool:
    """Whether a word that opens a clause where verbs come first is its verb (Arabic طالب, demanded or student)."""
    if sentence.language.grammar.word_order != "VSO" or match.end - match.start > 1:
        return False
    opens = match.start == 0 or sentence.clauses[match.start] != sentence.clauses[match.start - 1]
    return opens and any(m.start == match.start and m.meaning.part != "noun" for m in sentence.triggers)


def _is_modifier(sentence: Sentence, match: Match[ActorWord]) -> bool:
    """Whether a word that is noun and adjective stands before a noun of its case ("военные позиции")."""
    if match.end - match.start > 1 or "adjective" not in match.traits or match.end >= len(sentence.tokens):
        return False
    nouns = (found for found in sentence.analyses[match.end].traits.values() if "noun" in found)
    return any(found & match.traits & CASES for found in nouns)


def _is_cased(sentence: Sentence, match: Match) -> bool:
    letter = sentence.tokens[match.start].text[0]
    return letter.isupper() or letter.lower() == letter.upper()


def _phrase(sentence: Sentence, match: Match[ActorWord]) -> Actor:
    word = match.meaning
    follows = sentence.tokens[match.end].text.lower() if match.end < len(sentence.tokens) else ""
    possessive = word.genitive or follows in ("'s", "’s") or follows in ("'", "’")
    marking = _clitic_marking(sentence, match.clitic) or _case_marking(sentence, match)
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


def _clitic_marking(sentence: Sentence, clitic: str) -> str:
    preposition = clitic.lstrip("".join(_ATTACHED_CONJUNCTIONS))
    if not preposition:
        return ""
    return sentence.language.marking_of_preposition.get(preposition, "target")


def _case_marking(sentence: Sentence, match: Match[ActorWord]) -> str:
    """The marking that the case of the last word amounts to; "" where it may be the subject."""
    cases = match.traits & CASES
    if "of" in cases and not _heads_last(sentence) and _is_counted(sentence, match.start):
        return ""  # "двадцать военных": the number has the case
    if "of" in cases and (len(cases) == 1 or _follows_noun(sentence, match.start)):
        return "of"
    if not cases or "subject" in cases:
        return ""
    return next((case for case in ("agent", "object", "target", "origin", "with", "place") if case in cases), "of")


def _is_counted(sentence: Sentence, position: int) -> bool:
    """Whether a number stands before, past adjectives."""
    for before in range(position - 1, max(position - 4, -1), -1):
        is_number = sentence.tokens[before].text[0].isdigit()
        if is_number or any(m.start <= before < m.end for m in sentence.numbers.values()):
            return True
        if not any("adjective" in traits for traits in sentence.analyses[before].traits.values()):
            return False
    return False


def _follows_noun(sentence: Sentence, position: int) -> bool:
    """Whether a noun stands before, past adjectives: a form that may be genitive is its possessor then."""
    for before in range(position - 1, -1, -1):
        if sentence.tokens[before].text in _QUOTES:
            continue
        traits = frozenset().union(*sentence.analyses[before].traits.values())
        if "adjective" not in traits:
            return "noun" in traits
    return False


def _merge_neighbours(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """Join a country word with the role beside it, and roles with roles, names following."""
    merged: list[Actor] = []
    for phrase in phrases:
        joined = _joined(sentence, merged[-1], phrase) if merged else None
        if joined:
            merged[-1] = joined
        else:
            merged.append(phrase)
    return [_with_name(sentence, a, merged) for a in merged]


def _joined(sentence: Sentence, left: Actor, right: Actor) -> Actor | None:
    if not _adjacent(sentence, left, right):
        return None
    after_noun = sentence.language.grammar.adjective_after_noun
    if _heads_last(sentence) and right.kind == "role":
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
    if left.kind == "role" and left.country is None and right.country and not _heads_last(sentence):
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
        and _agrees(sentence, left, right)
    ):
        return replace(left, end=right.end, country=right.country, kind="role")  # الكونغرس الأرجنتيني
    if gap == 0 and (peacekeepers := _of_nation(left, right) or _of_nation(right, left)):
        return replace(peacekeepers, start=left.start, end=right.end, marking=left.marking or right.marking)
    same = right.country in (left.country, left.as_adjective)
    if gap == 0 and right.kind == "metonym" and same and not left.possessive:
        return replace(right, start=left.start, marking=left.marking)  # "the Malian capital Bamako"
    if left.kind == "role" and right.kind == "person" and gap <= 1:
        return replace(left, end=right.end, country=left.country or right.country)
    return None


def _homed_by_neighbour(sentence: Sentence, role: Actor, right: Actor, gap: int) -> Actor | None:
    """A role with the country whose adjective or genitive follows it ("soldados chilenos", "президент Мали")."""
    is_adjective = right.kind == "adjective"
    agrees = not is_adjective or _agrees(sentence, role, right)
    adjectives_follow = sentence.language.grammar.adjective_after_noun
    if adjectives_follow and (is_adjective or right.as_adjective) and not right.marking and agrees:
        return replace(role, end=right.end, country=right.as_adjective or right.country)
    possessor = (
        gap == 0
        and agrees
        and (is_adjective or not _takes_no_possessor(sentence, role))
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


def _heads_last(sentence: Sentence) -> bool:
    return sentence.language.grammar.word_order == "SOV"


def _joined_to_head(sentence: Sentence, left: Actor, right: Actor) -> Actor | None:
    """The same where the head stands last and says with an ending that it has a possessor ("Mali ordusu")."""
    possessed = sentence.possessed_case(right.end - 1) is not None
    names_country = left.country is not None and left.kind in ("adjective", "country", "metonym")
    if sentence.postpositions.get(left.end) == "of" and left.country:  # "Mali ordusuna mensup beş asker"
        return replace(right, start=left.start, country=left.country)
    bare_role = left.kind == "role" and left.marking in ("", "of") and right.start == left.end
    if bare_role and not left.marking and _is_bare_plural(sentence, left) and right.marking:
        return None  # "öğrenciler Bakan'ın istifasını istedi": who acts, and whose it is
    if not (left.adjectival or (possessed and (names_country or bare_role) and left.marking in ("", "of"))):
        return None
    return replace(right, start=left.start, country=left.country or right.country)


def _is_bare_plural(sentence: Sentence, role: Actor) -> bool:
    """Whether a role stands in the plural without another ending, which no possessor does (Turkish öğrenciler)."""
    return sentence.tokens[role.end - 1].text.endswith(("ler", "lar"))


def _is_closed(sentence: Sentence, left: Actor, right: Actor) -> bool:
    """Whether a role that possessors follow can take none any more: it has its country, or only it is definite."""
    if not sentence.language.grammar.adjective_after_noun:
        return False
    if _takes_no_possessor(sentence, left):
        return True
    return left.country is not None or (_is_definite(sentence, left) and not _is_definite(sentence, right))


def _takes_no_possessor(sentence: Sentence, role: Actor) -> bool:
    """Whether a plural or dual keeps the ن that it would lose before a possessor (Arabic مسلحون, not مسلحو)."""
    last = sentence.tokens[role.end - 1].text
    return bool(sentence.language.grammar.definite_prefix) and len(last) > 4 and last.endswith(("ون", "ين", "ان"))


def _agrees(sentence: Sentence, role: Actor, adjective: Actor) -> bool:
    """Whether an adjective is as definite as its noun, where an article tells: جنودها is, أرمينية is not."""
    language = sentence.language
    article, owned = language.grammar.definite_prefix, language.possessive_suffix
    if not article or _is_definite(sentence, adjective):
        return True
    first = sentence.tokens[role.start].text
    return not (_is_definite(sentence, role) or (owned is not None and owned.search(first)))


def _is_definite(sentence: Sentence, role: Actor) -> bool:
    article = sentence.language.grammar.definite_prefix
    return bool(article) and sentence.tokens[role.start].text.lstrip("وف").startswith(article)


def _adjacent(sentence: Sentence, left: Actor, right: Actor) -> bool:
    """Whether only words that can modify a noun stand between two phrases."""
    between = range(left.end, right.start)
    if len(between) > _MAXIMUM_MODIFIERS + 1:
        return False
    for position in between:
        token = sentence.tokens[position]
        if token.text.lower() in ("'s", "’s", "'", "’", "-", "‑"):
            continue
        if _heads_last(sentence) and sentence.sign_at("determiner", position):
            continue  # "Malili bir subay"
        if sentence.postpositions.get(position) == "of":
            continue  # "Mali ordusuna ait bir karakol"
        if _heads_last(sentence) and (position in sentence.postpositions or sentence.possessed_case(position)):
            return False  # "Rusya sınırına ilave muhafız": the first noun closes with its case
        if not token.is_word or position in sentence.prepositions or _is_function_word(sentence, position):
            return False
        if any(m.start == position and m.meaning.part == "verb" for m in sentence.triggers):
            return False
    words = [p for p in between if _is_word(sentence, p)]
    return len(words) <= _MAXIMUM_MODIFIERS and sentence.clauses[left.start] == sentence.clauses[right.start]


def _is_word(sentence: Sentence, position: int) -> bool:
    return sentence.tokens[position].is_word


def _is_function_word(sentence: Sentence, position: int) -> bool:
    kinds = (
        "clause.boundaries",
        "clause.coordinators",
        "voice.auxiliary",
        "reporting.verbs",
        "status.planned",
        "determiner",
    )
    return any(sentence.sign_at(kind, position) for kind in kinds)


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


def _merge_of_phrases(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """ "president of Mali", "army in Niger": the role takes the country in."""
    merged: list[Actor] = []
    for phrase in phrases:
        left = merged[-1] if merged else None
        if left and left.is_role and phrase.country and _joined_by_of(sentence, left, phrase):
            merged[-1] = replace(left, end=phrase.end, country=phrase.country)
        else:
            merged.append(phrase)
    return merged


def _homed_by_place(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
    """ "Lübnan'da öğretmenler": where the place stands first, a role right behind it is of the place."""
    if not _heads_last(sentence):
        return phrases
    homed = phrases[:1]
    for left, right in pairwise(phrases):
        near = right.start - left.end <= 1 and right.is_role and right.sector not in FOREIGN_SECTORS
        homed.append(replace(right, country=left.country) if near and left.marking == "place" else right)
    return homed


def _joined_by_of(sentence: Sentence, left: Actor, right: Actor) -> bool:
    between = range(left.end, right.start)
    if _heads_last(sentence):
        return False
    if not between and right.marking in ("of", "place"):
        return right.marking == "of" or left.sector not in FOREIGN_SECTORS
    if not 1 <= len(between) <= 3:
        return False
    kinds = {sentence.prepositions[p][0] for p in between if p in sentence.prepositions}
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
    return written_small and not is_verb and not _is_function_word(sentence, position)


def _references(sentence: Sentence, context: DocumentContext, phrases: list[Actor]) -> list[Actor]:
    """Actors that descriptions such as "the two countries" point back to."""
    found: list[Actor] = []
    for match in sentence.signs.get("reference.both_countries", ()):
        both = _last_two(context, [a.country for a in phrases if a.country and a.end <= match.start])
        found += [Actor(match.start, match.end, c, None, "reference", group=match.start + 1000) for c in both]
    for match in sentence.signs.get("reference.the_country", ()):
        before = [a.country for a in phrases if a.country and a.end <= match.start] or context.countries
        names_itself = any(a.start == match.end and a.country for a in phrases)  # "Государство Палестина"
        if before and not names_itself:
            found.append(Actor(match.start, match.end, before[-1], None, "reference"))
    return [a for a in found if not any(p.start < a.end and a.start < p.end for p in phrases)]


def _last_two(context: DocumentContext, named: list[str]) -> list[str]:
    """The two countries that "both" stands for: two named before it in the sentence, else the last pair."""
    distinct = list(dict.fromkeys(named))
    if len(distinct) >= 2:
        return distinct[-2:]
    if context.pair:
        return list(context.pair)
    return list(dict.fromkeys([*context.countries, *distinct]))[-2:]


def _with_possessors(sentence: Sentence, context: DocumentContext, actors: list[Actor]) -> list[Actor]:
    """ "its soldiers": a role that a possessive ties to the country named before it."""
    resolved: list[Actor] = []
    for actor in actors:
        if actor.is_role and _is_possessed(sentence, actor):
            before = [a.country for a in resolved if a.country] or context.countries
            actor = replace(actor, country=before[-1] if before else None, possessed=True)
        elif actor.is_role and (same := _same_sector(resolved, actor)):
            actor = replace(actor, country=same.country)
        elif actor.is_role and _is_told_again(sentence, actor):
            actor = replace(actor, country=context.country_of_sector.get(actor.sector or ""))
        resolved.append(actor)
    return resolved


def _same_sector(resolved: list[Actor], actor: Actor) -> Actor | None:
    """ "an attack on the army of Mali killed eleven soldiers": theirs, where one country's army is named before."""
    if actor.sector in UNHOMED_SECTORS or actor.sector == "CVL":
        return None
    same = [a for a in resolved if a.sector == actor.sector and a.kind == "role" and a.country]
    return same[0] if len({a.country for a in same}) == 1 else None


def _is_told_again(sentence: Sentence, actor: Actor) -> bool:
    """Whether a role is a definite one ("the army"), which names again the one that a country was named with."""
    language = sentence.language
    if language.grammar.definite_prefix:
        return _is_definite(sentence, actor)
    return any(sentence.sign_at("determiner", p) for p in range(max(actor.start - 2, 0), actor.start))


def _is_possessed(sentence: Sentence, actor: Actor) -> bool:
    before = range(max(actor.start - 2, 0), actor.start)
    if any(sentence.sign_at("reference.possessives", p) for p in before):
        return True
    if _heads_last(sentence):  # "askerlerini": a title's ending ("Dışişleri Bakanı") owns none
        is_title = sentence.tokens[actor.start].text[0].isupper()
        alone = actor.end - actor.start == 1
        return alone and not is_title and bool(sentence.possessed_case(actor.end - 1))
    suffix = sentence.language.possessive_suffix
    return suffix is not None and bool(suffix.search(sentence.tokens[actor.start].text))


def _marked(sentence: Sentence, actor: Actor, taken: set[int]) -> Actor:
    clitic = actor.marking if not actor.cases else ""
    if clitic and actor.start - 1 in sentence.prepositions:
        clitic = ""  # "تابعة للجيش": the word before tells more than the letter
    before = sentence.postpositions.get(actor.end) or clitic or _marking(sentence, actor, taken)
    if before == "topic" and _opens_a_clause(sentence, actor):
        before = ""  # "after Peru demanded": a conjunction here
    if before in ("topic", "place") and "of" in actor.cases and "place" not in actor.cases:
        before = "" if _is_counted(sentence, actor.start) else before  # "около трёхсот таксистов": about, not near
    if before == "target" and _stands_in_front(sentence, actor):
        before = "place"
    marking = before or _appended_case(sentence, actor) or actor.marking
    if before == "place" and "object" in actor.cases and "place" not in actor.cases:
        marking = "target"  # "в Афганистан": into, not in
    elif before == "target" and actor.cases == {"place"}:
        marking = "place"  # "на Кипре"
    elif before == "of" and _is_part_of_a_count(sentence, actor):
        marking = ""  # "ستة من رجال الشرطة"
    elif before == "with" and "of" in actor.cases and "agent" not in actor.cases:
        marking = "origin"  # "с Кипра": off, not with
    return replace(actor, marking=marking) if marking != actor.marking else actor


def _stands_in_front(sentence: Sentence, actor: Actor) -> bool:
    """ "À Bruxelles, des milliers de personnes": a city that a comma sets off in front tells where."""
    after = sentence.tokens[actor.end].text if actor.end < len(sentence.tokens) else ""
    return actor.kind == "metonym" and actor.start == 1 and after in _COMMAS


def _opens_a_clause(sentence: Sentence, actor: Actor) -> bool:
    """Whether the word before the actor is a conjunction whose clause has the actor for its subject."""
    clause = sentence.clauses[actor.start]
    opens = sentence.openers.get(clause) == "clause.boundaries"
    follows = any(
        m.meaning.part == "verb" and m.start == actor.end and sentence.clauses[m.start] == clause
        for m in sentence.triggers
    )
    return opens and follows and not actor.cases


def _is_part_of_a_count(sentence: Sentence, actor: Actor) -> bool:
    """Whether "of" before the actor follows a number, where an article tells nouns."""
    if not sentence.language.grammar.definite_prefix or actor.start < 2:
        return False
    count = actor.start - 2
    is_number = sentence.tokens[count].text[0].isdigit()
    return is_number or any(m.start <= count < m.end for m in sentence.numbers.values())


def _appended_case(sentence: Sentence, actor: Actor) -> str:
    """ "сотрудниками ФСБ": an actor behind a noun in the instrumental acts as that noun does."""
    if actor.start == 0 or actor.marking not in ("", "of") or (actor.cases and "of" not in actor.cases):
        return ""
    traits = sentence.analyses[actor.start - 1].traits.values()
    cases = frozenset().union(*(found & CASES for found in traits if "noun" in found))
    return "agent" if cases == {"agent"} else ""


def _with_head_case(sentence: Sentence, actor: Actor, taken: set[int]) -> Actor:
    """ "Irak'ın kuzeyinde", "Ukrayna kentlerine": a possessor takes the case of the noun that it possesses."""
    bare = not actor.marking and actor.kind in ("country", "metonym", "adjective")
    if not _heads_last(sentence) or not (bare or actor.marking == "of"):
        return actor
    for position in range(actor.end, min(actor.end + (2 if bare else _HEAD_REACH), len(sentence.tokens))):
        is_trigger = any(m.start <= position < m.end for m in sentence.triggers)
        token = sentence.tokens[position]
        if not token.is_word or position in taken or is_trigger:
            return actor
        if token.text[0].isupper() and actor.kind in ("role", "person", "group"):
            return actor  # "militanların Diyala ilinde": the province is another's
        case = sentence.possessed_case(position)
        if case == "of":
            continue  # "Finlandiya sınırının yakınına"
        if case is not None and case != "agent":  # "gece boyunca"
            case = sentence.postpositions.get(position + 1, case)
            shares = case not in ("", "of", "agent") and not (bare and case == "object")
            return replace(actor, marking=case, possessive=False, adjectival=False) if shares else actor
    return actor


def _marking(sentence: Sentence, actor: Actor, taken: set[int]) -> str:
    """The kind of the preposition before the actor, with at most some modifiers between, but no other noun."""
    for position in range(actor.start - 1, max(actor.start - 1 - _LOOK_BACK, -1), -1):
        if position in sentence.prepositions:
            return sentence.prepositions[position][0]
        token = sentence.tokens[position]
        if not token.is_word or sentence.clauses[position] != sentence.clauses[actor.start]:
            return "place" if position == actor.start - 1 and _locates(sentence, actor, taken) else ""
        if position in taken or token.text[0].isupper() or _governs_another(sentence, position, actor):
            return ""
        if any(m.start <= position < m.end for m in sentence.triggers):
            possesses = (
                position == actor.start - 1 and not actor.adjectival and _is_possessed_noun(sentence, position)
            )
            return "of" if possesses else ""
        if _stops_marking(sentence, position):
            return ""
    return ""


def _locates(sentence: Sentence, actor: Actor, taken: set[int]) -> bool:
    """ "in Tibú, Colombia": a country behind the comma after a name that is no actor tells where that is."""
    name = actor.start - 2
    if actor.kind != "country" or name < 1 or sentence.tokens[name + 1].text not in _COMMAS or name in taken:
        return False
    while name > 0 and name not in taken and sentence.tokens[name].text[0].isupper():
        name -= 1
    return name < actor.start - 2 and sentence.prepositions.get(name, ("", 0))[0] in ("place", "of", "target")


def _governs_another(sentence: Sentence, position: int, actor: Actor) -> bool:
    """Whether a noun that the preposition governs stands between, and the actor is no possessor of it by its case."""
    if not actor.cases or ("of" in actor.cases and "subject" not in actor.cases):
        return False
    traits = frozenset().union(*sentence.analyses[position].traits.values())
    return "noun" in traits and "adjective" not in traits


def _is_possessed_noun(sentence: Sentence, position: int) -> bool:
    """Whether a noun that names an event, and no verb, is possessed by what follows (Arabic اغتيال قائد)."""
    if not sentence.language.grammar.genitive_follows_noun or not sentence.language.grammar.definite_prefix:
        return False
    deeds = [m.meaning for m in sentence.triggers if m.start <= position < m.end]
    article = sentence.language.grammar.definite_prefix
    is_deed = all(deed.part == "noun" and deed.entry.type == "ASSAULT" for deed in deeds)
    return is_deed and not sentence.tokens[position].text.lstrip("وفبلك").startswith(article)


def _stops_marking(sentence: Sentence, position: int) -> bool:
    kinds = ("voice.auxiliary", "reporting.verbs", "clause.coordinators", "status.planned", "status.negation")
    return any(sentence.sign_at(kind, position) for kind in kinds)


def _without_appositions(sentence: Sentence, phrases: list[Actor]) -> list[Actor]:
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


def _coordinate(sentence: Sentence, actors: list[Actor]) -> list[Actor]:
    """Number coordinated actors as one group; later members take the first one's marking, adjectives a role."""
    links = [""] + [_link(sentence, left, right) for left, right in pairwise(actors)]
    for number in range(1, len(links)):  # a comma lists only where the list goes on to its "and"
        if links[number] == "comma" and _opens_headline(sentence, actors, number):
            links[number] = "and"
        elif links[number] == "comma" and not _reaches_coordinator(links, number):
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
        if previous.marking in ("", "with") and actor.marking and _heads_last(sentence):
            result = [  # "Türkiye ve Mali'nin": the last bears the case of all
                replace(a, marking=actor.marking, possessive=actor.possessive) if a.group == group else a
                for a in result
            ]
        if links[number] == "pair" and not actor.marking and not actor.adjectival:
            result = [replace(a, marking="") if a.group == group else a for a in result]
            previous = result[-1]  # "Yunanistan ile Türkiye görüştü": both are the subject
        shares = links[number] == "and" and _shares_head(sentence, previous, actor)
        own = actor.marking if not shares and not (actor.cases and previous.marking in _BY_PREPOSITION) else ""
        result.append(replace(actor, group=group, marking=own or previous.marking))
    return result


def _opens_headline(sentence: Sentence, actors: list[Actor], number: int) -> bool:
    """ "US, China hold talks": in headlines a comma stands for "and" between the first two names."""
    first, second = actors[0], actors[number]
    names = all(a.kind in _NAMES or a.kind in ("organisation", "group") for a in (first, second))
    if _heads_last(sentence):
        return False  # "Erivan, Bakü'yü suçladı": there the comma sets the subject off
    return sentence.is_headline and number == 1 and first.start == 0 and second.start == first.end + 1 and names


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
    parted = left.marking == "with" and right.marking not in ("", "of", "between", "with")
    if parted or len(between) > 4 or sentence.clauses[left.start] != sentence.clauses[right.start]:
        return ""
    link = "and" if right.joined else ""
    joins = "pair" if left.marking == "with" and _heads_last(sentence) else "and"
    for position in between:
        text = sentence.tokens[position].text.lower()
        if text in ("/", "-", "–") or sentence.sign_at("clause.coordinators", position):
            link = joins
        elif text in _COMMAS:
            link = link or "comma"
        elif position in sentence.prepositions:
            if sentence.prepositions[position][0] != left.marking and not (
                link and _shares_head(sentence, left, right)
            ):
                return ""
        elif text not in ("'s", "’s") and not sentence.sign_at("determiner", position):
            return ""
    return link
