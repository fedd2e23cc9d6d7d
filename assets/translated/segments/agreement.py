"""Do a sentence and its English tell of the same events? The comparison; reading sentences is a later stage's work.

Whoever starts the translation may hand in a `ReadSentence`, as `pipelines` does with the event coder's. Coders miss
events and read them differently in two languages, so little is concluded: who acts on one side and is only acted on
on the other, and whether the two sides tell anything of one kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ToldEvent:
    """One event as a sentence tells it: its kind, and who does it to whom (a country's code or a sector, or None)."""

    kind: str
    source: str | None
    target: str | None


@dataclass(frozen=True)
class NamedActor:
    """An actor where a sentence names it, at characters `[start, end)`.

    `who` is a country's code or, where `is_country` is false, a sector, and `sector` what a country's actor is.
    `case` is what marks its part (target,
    agent, place, …), "" where nothing does or a possessor. `clause_start` is where its clause begins. `speaks` where
    a verb of saying follows; `possessed` where it stands in the genitive, or with words like according to;
    `attributed` where it stands behind what it is said to have said.
    """

    who: str
    start: int
    end: int
    is_country: bool = True
    case: str = ""
    clause_start: int = 0
    speaks: bool = False
    possessed: bool = False
    attributed: bool = False
    sector: str = ""


@dataclass(frozen=True)
class Reading:
    """What a sentence tells: its events, and its actors in order."""

    events: tuple[ToldEvent, ...] = ()
    actors: tuple[NamedActor, ...] = ()


ReadSentence = Callable[[str, str], Reading | None]
"""(sentence, language) -> what it tells, or None for a language that cannot be read."""


@dataclass(frozen=True)
class _Cast:
    """Who only acts, and who is only acted on, in all events of a sentence."""

    acting: frozenset[str]
    acted_on: frozenset[str]


def reversed_pairs(source: Sequence[ToldEvent], english: Sequence[ToldEvent]) -> set[frozenset[str]]:
    """Pairs of whom the English tells the reverse of what the source tells, and not what the source tells as well."""
    theirs, ours = _pairs(source), _pairs(english)
    return {frozenset(pair) for pair in theirs - ours if pair[::-1] in ours}


def parts_changed(source: Sequence[ToldEvent], english: Sequence[ToldEvent]) -> frozenset[str]:
    """Who only acts on one side and is only acted on on the other."""
    before, after = _cast(source), _cast(english)
    return before.acting & after.acted_on | before.acted_on & after.acting


def agreed_pairs(source: Sequence[ToldEvent], english: Sequence[ToldEvent]) -> set[frozenset[str]]:
    """Pairs of whom both sides tell that the one does something of one kind to the other, and never the reverse."""
    theirs, ours = _directed(source), _directed(english)
    both = theirs & ours
    reversed_ones = {(target, actor) for _, actor, target in theirs | ours}
    return {frozenset((actor, target)) for _, actor, target in both if (actor, target) not in reversed_ones}


def events_differ(source: Sequence[ToldEvent], english: Sequence[ToldEvent]) -> bool:
    """Whether both sides tell of events, and of no kind in common."""
    return bool(source and english) and not {e.kind for e in source} & {e.kind for e in english}


def _pairs(events: Sequence[ToldEvent]) -> set[tuple[str, str]]:
    return {(actor, target) for _, actor, target in _directed(events)}


def _directed(events: Sequence[ToldEvent]) -> set[tuple[str, str, str]]:
    return {(e.kind, e.source, e.target) for e in events if e.source and e.target and e.source != e.target}


def _cast(events: Iterable[ToldEvent]) -> _Cast:
    # One who does something to himself is a reading of "demands an apology from Peru" that found no Peru.
    told = [event for event in events if event.source != event.target]
    acting = {event.source for event in told if event.source}
    acted_on = {event.target for event in told if event.target}
    return _Cast(frozenset(acting - acted_on), frozenset(acted_on - acting))
