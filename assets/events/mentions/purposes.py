"""What a protest is for is no second protest: "went on strike to protest against the plan"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.triggers import EventTrigger

_PLAIN = "demo"  # the mode of a protest of which nothing but the protesting is told
_REACH = 14  # tokens between a strike or blockade and the words that say it is a protest

Told = tuple[EventTrigger, list[CodedEvent]]


def without_purposes(sentence: Sentence, told: Sequence[Told]) -> Iterator[CodedEvent]:
    """The events of the triggers of a sentence; a protest and the words for its purpose are one event."""
    purposes = {
        other.start: trigger.start
        for trigger, _ in told
        for other, _ in told
        if _is_purpose_of(sentence, other, trigger)
    }
    for trigger, events in told:
        if trigger.start in purposes:
            continue
        said = [e for other, found in told if purposes.get(other.start) == trigger.start for e in found]
        for event in events:
            yield _completed(event, said[0]) if said else event


def _is_purpose_of(sentence: Sentence, other: EventTrigger, trigger: EventTrigger) -> bool:
    """Whether a plain protest word tells what the act that another trigger names is for: nothing joins the two."""
    if trigger.entry.type != "PROTEST" or trigger.entry.mode in (None, _PLAIN):
        return False
    if other.entry.type != "PROTEST" or other.entry.mode not in (None, _PLAIN):
        return False
    first, last = sorted((trigger, other), key=lambda t: t.start)
    if (first is other) != (sentence.language.grammar.word_order == "SOV") or last.start - first.end > _REACH:
        return False
    return not any(first.end <= m.start < last.start for m in sentence.signs.get("clause.coordinators", ()))


def _completed(event: CodedEvent, said: CodedEvent) -> CodedEvent:
    """The event with a party that only the words of purpose tell."""
    alike = event.source is None or said.source is None or event.source.country in (None, said.source.country)
    if not alike:
        return event
    return replace(event, source=event.source or said.source, target=event.target or said.target)
