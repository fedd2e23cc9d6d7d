"""How an actor is marked: by the preposition or case that tells its part in the clause, "" where it stands bare."""

from __future__ import annotations

from dataclasses import replace

from assets.events.mentions.actors.actor import CASES, Actor
from assets.events.mentions.actors.forms import follows_noun, heads_last, is_counted
from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import ActorWord
from assets.events.mentions.sentence import Sentence

_ATTACHED_CONJUNCTIONS = ("و", "ف")
_COMMAS = frozenset(",،")
_HEAD_REACH = 4  # words between a possessor and the noun whose case it shares
_LOCATED = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})  # what is done to nobody with "to"
_ATTRIBUTES = 3  # tokens between an actor and its article, with it
_LOOK_BACK = 4  # tokens searched for the preposition that marks an actor


def clitic_marking(sentence: Sentence, clitic: str) -> str:
    """The marking by letters attached to a word's front (Arabic ل in للجيش); "" where there are none."""
    preposition = clitic.lstrip("".join(_ATTACHED_CONJUNCTIONS))
    if not preposition:
        return ""
    return sentence.language.marking_of_preposition.get(preposition, "target")


def case_marking(sentence: Sentence, match: Match[ActorWord]) -> str:
    """The marking that the case of the last word amounts to; "" where it may be the subject."""
    cases = match.traits & CASES
    if "of" in cases and not heads_last(sentence) and is_counted(sentence, match.start):
        return ""  # "двадцать военных": the number has the case
    opens = match.start == 0 and not heads_last(sentence)
    if "of" in cases and not (opens and len(cases) == 1) and (len(cases) == 1 or follows_noun(sentence, match.start)):
        return "of"
    if not cases or "subject" in cases or (opens and cases == {"of"}):
        return ""  # a name that the dictionary lacks opens the sentence ("ЦАХАЛ"): nothing possesses it
    marked = next((case for case in ("agent", "object", "target", "origin", "with", "place") if case in cases), "of")
    # Without a preposition "Японии" is a dative, which is written as the locative is.
    return "target" if marked == "place" and "of" in cases and not heads_last(sentence) else marked


def with_marking(sentence: Sentence, actor: Actor, taken: set[int]) -> Actor:
    """The actor with the marking that what stands around it gives. `taken` are the tokens of all actors."""
    clitic = actor.marking if not actor.cases else ""
    if clitic and actor.start - 1 in sentence.prepositions:
        clitic = ""  # "تابعة للجيش": the word before tells more than the letter
    before = sentence.postpositions.get(actor.end) or clitic or _marking(sentence, actor, taken)
    if before == "topic" and _opens_a_clause(sentence, actor):
        before = ""  # "after Peru demanded": a conjunction here
    if before == "topic" and actor.start == 1 and "subject" in actor.cases and "of" not in actor.cases:
        before = ""  # "накануне Ташкент": an adverb here, which governs nothing
    if before in ("topic", "place") and "of" in actor.cases and "place" not in actor.cases:
        before = "" if is_counted(sentence, actor.start) else before  # "около трёхсот таксистов": about, not near
    if before == "place" and actor.kind == "country" and actor.start and _addresses(sentence, actor):
        before = "target"  # "entschuldigte sich bei Südkorea"
    if before == "target" and (_stands_in_front(sentence, actor) or _tells_where(sentence, actor)):
        before = "place"
    before = before or _case_of_article(sentence, actor, taken)
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


def _case_of_article(sentence: Sentence, actor: Actor, taken: set[int]) -> str:
    """ "Den Botschafter wies Polen aus", "sagte der Ukraine zu": an article that no subject has tells an object.

    Behind a noun that is nobody's name, the article of the genitive tells whose the noun is.
    """
    language = sentence.language
    if not language.oblique_determiners or actor.possessive:
        return ""
    position = actor.start - 1
    while position >= 0 and actor.start - position <= _ATTRIBUTES and sentence.tokens[position].text.islower():
        if sentence.sign_at("determiner", position) or not sentence.tokens[position].is_word:
            break
        position -= 1
    if position < 0 or position in taken:
        return ""
    article = sentence.tokens[position].text.lower()
    if article in language.oblique_determiners:
        return "object"
    led = (p for p in range(actor.start + 1, actor.end) if p in sentence.prepositions or _is_article(sentence, p))
    last = sentence.tokens[next(led, actor.end) - 1].text  # of "der Umweltminister in Wien" the minister
    if (
        article not in language.feminine_determiners
        or language.feminine is None
        or not language.feminine.search(last)
    ):
        return ""
    before = sentence.tokens[position - 1] if position else None
    is_noun = before is not None and before.is_word and before.text[0].isupper() and position - 1 not in taken
    return "of" if is_noun and sentence.clauses[position - 1] == sentence.clauses[actor.start] else "object"


def _addresses(sentence: Sentence, actor: Actor) -> bool:
    return any(sentence.sign_at("addressing.place", p) for p in range(max(actor.start - 2, 0), actor.start))


def _is_article(sentence: Sentence, position: int) -> bool:
    return sentence.sign_at("determiner", position)


def _stands_in_front(sentence: Sentence, actor: Actor) -> bool:
    """ "À Bruxelles, des milliers de personnes": a city that a comma sets off in front tells where."""
    after = sentence.tokens[actor.end].text if actor.end < len(sentence.tokens) else ""
    return actor.kind == "metonym" and actor.start == 1 and after in _COMMAS


def _tells_where(sentence: Sentence, actor: Actor) -> bool:
    """ "a dispersé des manifestants à Lomé": where nothing is given, some prepositions before a city tell where."""
    words = sentence.language.grammar.city_prepositions
    if actor.kind != "metonym" or actor.start == 0 or sentence.tokens[actor.start - 1].text.lower() not in words:
        return False
    before = [m for m in sentence.triggers if m.end <= actor.start and not sentence.is_ignored(m)]
    nearest = max(before, key=lambda m: (m.end, m.end - m.start), default=None)
    return nearest is not None and nearest.meaning.entry.type in _LOCATED and nearest.meaning.entry.frame != "give"


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


def with_head_case(sentence: Sentence, actor: Actor, taken: set[int]) -> Actor:
    """ "Irak'ın kuzeyinde", "Ukrayna kentlerine": a possessor takes the case of the noun that it possesses."""
    if not heads_last(sentence):
        return actor
    stem = actor.kind == "role" and sentence.possessed_case(actor.end - 1) is None  # "polis aracına"
    bare = not actor.marking and (stem or actor.kind in ("country", "metonym", "adjective"))
    if not (bare or actor.marking == "of"):
        return actor
    reach = (1 if stem else 2) if bare else _HEAD_REACH
    owner = actor
    for position in range(actor.end, min(actor.end + reach, len(sentence.tokens))):
        is_trigger = any(m.start <= position < m.end for m in sentence.triggers)
        token = sentence.tokens[position]
        if not token.is_word or position in taken or is_trigger or sentence.sign_at("determiner", position):
            return owner
        if token.text[0].isupper() and actor.kind in ("role", "person", "group"):
            return actor  # "militanların Diyala ilinde": the province is another's
        case = sentence.possessed_case(position)
        if case == "of":  # "Finlandiya sınırının yakınına", "Hindistan istihbaratının yaptığı"
            owner = replace(actor, marking="of", possessive=True, adjectival=False)
            continue
        if case is not None and case != "agent":  # "gece boyunca"
            case = sentence.postpositions.get(position + 1, case)
            shares = case not in ("", "of", "agent") and not (bare and case == "object")
            return replace(actor, marking=case, possessive=False, adjectival=False) if shares else owner
    return owner


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
        if _is_of_a_trigger(sentence, position):
            possesses = (
                position == actor.start - 1 and not actor.adjectival and _is_possessed_noun(sentence, position)
            )
            return "of" if possesses else ""
        if _stops_marking(sentence, position):
            return ""
    return ""


def _is_of_a_trigger(sentence: Sentence, position: int) -> bool:
    """Whether a word is one of a trigger's; verb second, what stands in its gap is not."""
    gaps = sentence.language.grammar.word_order == "V2"
    return any(position in m.positions if gaps else m.start <= position < m.end for m in sentence.triggers)


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
