"""Whom an answer is to: "Moscow called the move a provocation" names no target, the sentence before does.

What a report tells without naming the other side again is to who did the last thing told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assets.events.mentions.coded import STATUS_RANK, CodedEvent, Party

_ANSWERS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
"""Types by which those answer to whom something was done."""
_COMMENTS = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
"""Types by which third countries and organisations judge what was done."""
_ORGANISATIONS = frozenset({"IGO", "UNO", "EUR", "IMG"})
_STATES = frozenset({None, "GOV", "LEG"})
_REACH = 2  # sentences back, in which the act is told


@dataclass(frozen=True, slots=True)
class LastAct:
    """The main event told last: the countries of who acted and who was acted upon, and how many sentences ago."""

    source: str
    target: str | None
    age: int = 0


def main_act(events: list[CodedEvent], before: LastAct | None) -> LastAct | None:
    """The act that the sentences to come may answer, after one whose events are given, best first."""
    main = next((event for event in events if STATUS_RANK[event.status] <= 1), None)
    if main is None or main.source is None or main.source.country is None:
        return None if before is None or before.age + 1 >= _REACH else replace(before, age=before.age + 1)
    return LastAct(main.source.country, main.target.country if main.target else None)


def answered(event: CodedEvent, act: LastAct | None, named: frozenset[str]) -> CodedEvent:
    """The event with the target that its sentence leaves unsaid. `named` are the countries the sentence names."""
    source = event.source
    if act is None or source is None or event.target is not None or event.plover_type not in _ANSWERS:
        return event
    if STATUS_RANK[event.status] > 0 or named - {source.country} or source.country == act.source:
        return event
    is_hit = source.country is not None and source.country == act.target
    judges = event.plover_type in _COMMENTS and event.mode in (None, "disapprove")
    stands_outside = source.sector in _ORGANISATIONS or (source.country is not None and source.sector in _STATES)
    if not is_hit and not (judges and stands_outside):
        return event
    return replace(event, target=Party(act.source, None, "", from_page=True, supposed=True))
