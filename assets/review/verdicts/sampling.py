"""Which mentions a person is asked to judge: a few from every type and language, drawn the same way each time."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class _Drawable(Protocol):
    @property
    def mention_id(self) -> str: ...

    @property
    def plover_type(self) -> str: ...

    @property
    def language(self) -> str: ...


Drawn = TypeVar("Drawn", bound=_Drawable)


def draw(mentions: Iterable[Drawn], size: int, seed: str = "") -> list[Drawn]:
    """At most `size` mentions, as many from each type and language as there can be (a stratified sample).

    Which of a stratum come is decided by a hash of seed and key, so that the draw is random with regard to everything
    else, is the same on every machine, and goes on where it stopped when judged mentions are left out.
    """
    strata: dict[tuple[str, str], list[Drawn]] = defaultdict(list)
    for mention in mentions:
        strata[mention.plover_type, mention.language].append(mention)
    for stratum in strata.values():
        stratum.sort(key=lambda m: _lot(seed, m.mention_id))
    return _deal([strata[key] for key in sorted(strata, key=lambda k: _lot(seed, *k))], size)


def _deal(strata: Sequence[list[Drawn]], size: int) -> list[Drawn]:
    """One from each stratum in turn."""
    dealt: list[Drawn] = []
    for turn in range(max(map(len, strata), default=0)):
        for stratum in strata:
            if turn < len(stratum) and len(dealt) < size:
                dealt.append(stratum[turn])
    return dealt


def _lot(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode()).digest()
