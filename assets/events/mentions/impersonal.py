"""Verbs in the plural without a subject ("в Минске задержали двоих"): what is done matters, not who did it."""

from __future__ import annotations

from assets.events.mentions.actors.actor import CASES
from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import Trigger
from assets.events.mentions.sentence import Sentence

_FRAMES = frozenset({"act", "give"})
_SPEECH = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
_OPENERS = frozenset({"clause.complementisers", "clause.boundaries"})
_OBJECT = "object"


def is_impersonal(sentence: Sentence, match: Match[Trigger]) -> bool:
    """Whether a verb is plural and its clause has no word that can be its subject.

    Those who speak impersonally are told by where they sit ("в Хартуме заявили"), so that verbs of speech count only
    behind the one spoken of ("посла вызвали").
    """
    entry, traits = match.meaning.entry, match.traits
    if "plural" not in traits or match.meaning.part == "noun" or entry.frame not in _FRAMES:
        return False
    if traits & {"adjective", "noun", "passive", "own"}:
        return False
    clause = sentence.clauses[match.start]
    if clause and sentence.openers.get(clause) not in _OPENERS:
        return False
    start, end = sentence.clause_range(clause)
    if entry.type in _SPEECH and not _names_object(sentence, start, match.start):
        return False
    before = any(_may_act(sentence, p, behind=False) for p in range(start, match.start))
    behind = entry.type == "ASSAULT"  # "удар нанесли беспилотники"
    own = set(match.positions)
    return not before and not any(
        _may_act(sentence, p, behind=not behind) for p in range(match.end, end) if p not in own
    )


def _names_object(sentence: Sentence, start: int, end: int) -> bool:
    words = (m for m in sentence.actor_words if start <= m.start < end)
    return any(_OBJECT in m.traits and "subject" not in m.traits for m in words)


def _may_act(sentence: Sentence, position: int, *, behind: bool) -> bool:
    """Whether a word can be a plural subject; `behind` the verb a noun that may as well be its object is none."""
    if not behind and (position in sentence.numbers or sentence.tokens[position].text.isdigit()):
        return position not in sentence.prepositions and position - 1 not in sentence.prepositions
    for traits in sentence.analyses[position].traits.values():
        undeclined = "noun" in traits and not traits & CASES  # "ВВС"
        plural = {"noun", "subject", "plural"} <= traits
        if (plural or undeclined) and not (behind and (_OBJECT in traits or undeclined)):
            return True
        if traits and not behind and {"subject", "plural", "adjective"} <= traits and _OBJECT not in traits:
            return True
    unknown = sentence.tokens[position].text[0].isupper() and position > 0 and not sentence.analyses[position].traits
    return not behind and unknown
