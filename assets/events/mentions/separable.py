"""Verbs whose particle stands apart from them at the end of their clause: "nahm … fest" is of "festnehmen"."""

from __future__ import annotations

from assets.events.mentions.language import Language
from assets.events.mentions.lexicon import MAXIMUM_GAP, Match
from assets.events.mentions.meanings import Meaning, Sign
from assets.events.mentions.morphology import Analysis
from assets.events.mentions.text import Token

SEPARATED = "separated"
"""The trait of a verb that was put together with its particle."""
_REACH = 40  # tokens between a verb and its particle
_STOPS = frozenset(";:—–()[]")
_TRAITS = frozenset({SEPARATED})


def parted_verbs(language: Language, tokens: list[Token], analyses: list[Analysis]) -> list[Match[Meaning]]:
    """What verbs mean together with a particle that stands apart.

    What is reported begins behind the particle, so that a verb of reporting is left to its pattern with a gap.
    """
    joined = rejoined(language, tokens, analyses)
    if not joined:
        return []
    whole = [joined.get(position, analysis) for position, analysis in enumerate(analyses)]
    return [
        match
        for match in language.lexicon.find(whole, joined)
        if not (isinstance(match.meaning, Sign) and not match.meaning.kind.startswith("status."))
        and len(match.gaps) <= MAXIMUM_GAP
    ]


def rejoined(language: Language, tokens: list[Token], analyses: list[Analysis]) -> dict[int, Analysis]:
    """Verbs by token, with the keys of the infinitives that they and the particle behind them make up."""
    found: dict[int, Analysis] = {}
    if not language.particles:
        return found
    for position, token in enumerate(tokens):
        if token.text in language.particles and _closes(language, tokens, position):
            _join(language, tokens, analyses, position, found)
    return found


def _closes(language: Language, tokens: list[Token], position: int) -> bool:
    """Whether a word that may be a preposition or an article stands where only a particle does: nothing follows."""
    if tokens[position].text not in language.ambiguous_particles:
        return True
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is None or following.text in language.grammar.clauses.coordinators:
        return True
    return not (following.is_word or following.text[0].isdigit() or following.text[0] in "\"'„»“”-’")


def _join(
    language: Language, tokens: list[Token], analyses: list[Analysis], particle: int, found: dict[int, Analysis]
) -> None:
    for position in range(particle - 1, max(particle - _REACH, -1), -1):
        text = tokens[position].text
        if text in _STOPS:
            return
        if position and not text[0].islower():
            continue
        bases = [key for key in analyses[position].keys if key[0].isalpha() and key[-1] != "*"]
        keys = [language.morphology.pattern_key(tokens[particle].text + base) for base in bases]
        known = tuple(key for key in dict.fromkeys(keys) if language.lexicon.opens(key))
        if known:
            found[position] = Analysis(known, {}, dict.fromkeys(known, _TRAITS))
            return
