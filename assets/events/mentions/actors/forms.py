"""What the form of a word, and what stands beside it, tells of a noun: definite, counted, possessed, agreeing."""

from __future__ import annotations

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.sentence import Sentence

_QUOTES = frozenset('«»„“”"')


def heads_last(sentence: Sentence) -> bool:
    """Whether a noun stands behind all that tells of it, as in Turkish."""
    return sentence.language.grammar.word_order == "SOV"


def is_definite(sentence: Sentence, role: Actor) -> bool:
    """Whether a role bears the article that its language attaches; False where it has none to attach."""
    article = sentence.language.grammar.definite_prefix
    return bool(article) and sentence.tokens[role.start].text.lstrip("وف").startswith(article)


def takes_no_possessor(sentence: Sentence, role: Actor) -> bool:
    """Whether a plural or dual keeps the ن that it would lose before a possessor (Arabic مسلحون, not مسلحو)."""
    last = sentence.tokens[role.end - 1].text
    return bool(sentence.language.grammar.definite_prefix) and len(last) > 4 and last.endswith(("ون", "ين", "ان"))


def is_bare_plural(sentence: Sentence, role: Actor) -> bool:
    """Whether a role stands in the plural without another ending, which no possessor does (Turkish öğrenciler)."""
    return sentence.tokens[role.end - 1].text.endswith(("ler", "lar"))


def agrees_in_definiteness(sentence: Sentence, role: Actor, adjective: Actor) -> bool:
    """Whether an adjective is as definite as its noun, where an article tells: جنودها is, أرمينية is not."""
    language = sentence.language
    article, owned = language.grammar.definite_prefix, language.possessive_suffix
    if not article or is_definite(sentence, adjective):
        return True
    first = sentence.tokens[role.start].text
    return not (is_definite(sentence, role) or (owned is not None and owned.search(first)))


def is_counted(sentence: Sentence, position: int) -> bool:
    """Whether a number stands before, past adjectives."""
    for before in range(position - 1, max(position - 4, -1), -1):
        is_number = sentence.tokens[before].text[0].isdigit()
        if is_number or any(m.start <= before < m.end for m in sentence.numbers.values()):
            return True
        if not any("adjective" in traits for traits in sentence.analyses[before].traits.values()):
            return False
    return False


def follows_noun(sentence: Sentence, position: int) -> bool:
    """Whether a noun stands before, past adjectives: a form that may be genitive is its possessor then."""
    for before in range(position - 1, -1, -1):
        if sentence.tokens[before].text in _QUOTES:
            continue
        traits = frozenset().union(*sentence.analyses[before].traits.values())
        if "adjective" not in traits:
            return "noun" in traits
    return False


def is_function_word(sentence: Sentence, position: int) -> bool:
    """Whether the word can be no modifier of a noun: a conjunction, an auxiliary, a determiner and the like."""
    kinds = (
        "clause.boundaries",
        "clause.coordinators",
        "voice.auxiliary",
        "reporting.verbs",
        "status.planned",
        "determiner",
    )
    return any(sentence.sign_at(kind, position) for kind in kinds)
