"""Where verbs stand last, as in Turkish: the commas and coordinators that close a clause behind its finite verb."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from assets.events.mentions.lexicon import Match
from assets.events.mentions.meanings import Sign, Trigger
from assets.events.mentions.text import Token

_UNFINISHED = frozenset({"converb", "embedded", "infinitive", "relative"})
_COMMAS = frozenset(",،")


def clause_ends(
    tokens: Sequence[Token],
    triggers: Iterable[Match[Trigger]],
    reports: Iterable[Match[Sign]],
    joints: Collection[int],
    finite: re.Pattern[str],
) -> set[int]:
    """The marks right behind finite verbs ("ordu kenti vurdu, Mısır saldırıyı kınadı"); `joints` are coordinators."""
    verbs = (m.end for m in triggers if m.meaning.part == "verb" and not m.traits & _UNFINISHED)
    ends = {end for end in (*verbs, *(m.end for m in reports)) if finite.search(tokens[end - 1].text)}
    return {p for p in ends if p < len(tokens) - 1 and (tokens[p].text in _COMMAS or p in joints)}
