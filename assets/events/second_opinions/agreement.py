"""Comparing two coders: which of their events are the same, and how far they agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

AGREED, TYPE_DIFFERS, ACTORS_DIFFER = "agreed", "type_differs", "actors_differ"
ONLY_RULES, ONLY_SECOND, NEITHER, UNREAD = "only_rules", "only_second", "neither", "unread"
AGREEMENTS = (AGREED, TYPE_DIFFERS, ACTORS_DIFFER, ONLY_RULES, ONLY_SECOND, NEITHER, UNREAD)
DISAGREEMENTS = (TYPE_DIFFERS, ACTORS_DIFFER, ONLY_RULES, ONLY_SECOND)


class Coding(NamedTuple):
    """What is compared of an event: PLOVER type and the two countries (ISO 3166 alpha-3)."""

    plover_type: str
    source: str | None
    target: str | None


@dataclass(frozen=True)
class Pairing:
    """One comparison: positions in the two coders' lists (None where one sees nothing), and how they agree."""

    first: int | None
    second: int | None
    agreement: str


def compare(first: Sequence[Coding], second: Sequence[Coding]) -> list[Pairing]:
    """Pair the rules' events of a sentence with the second coder's, likest first; what is left stands alone.

    Order of the result: the rules' events in their order, then what only the second coder sees.
    """
    candidates = sorted(
        ((-_likeness(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second) if _likeness(a, b)),
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in candidates:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    pairs = [
        Pairing(i, partner[i], _agreement(a, second[partner[i]])) if i in partner else Pairing(i, None, ONLY_RULES)
        for i, a in enumerate(first)
    ]
    pairs += [Pairing(None, j, ONLY_SECOND) for j in range(len(second)) if j not in taken]
    return pairs or [Pairing(None, None, NEITHER)]


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement of two coders' labels beyond chance (Cohen 1960): 1 is perfect, 0 what chance alone would bring.

    None where it is not defined: no labels, or both coders always gave one and the same.
    """
    if not pairs:
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def _likeness(a: Coding, b: Coding) -> int:
    """0 where two codings have nothing in common that counts; a country that both leave open counts for nothing."""
    actors = sum(1 for x, y in ((a.source, b.source), (a.target, b.target)) if x is not None and x == y)
    return 3 * (a.plover_type == b.plover_type) + actors


def _agreement(a: Coding, b: Coding) -> str:
    if a.plover_type != b.plover_type:
        return TYPE_DIFFERS
    return AGREED if a == b else ACTORS_DIFFER
