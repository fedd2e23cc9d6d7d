"""Which of the events that a sentence tells is the main one, and which add nothing to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.coded import STATUS_RANK, CodedEvent, Party
from assets.events.mentions.roles.cast import Cast
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.status import Standing
from assets.events.mentions.triggers import EventTrigger
from assets.vocabulary.plover import load_ontology

_SUBORDINATE = 0.85
_TOPIC_REACH = 2  # tokens between "after" or "over" and the noun of an event that it leads
_BACKDROP = 0.7
_DEMANDED_IN_PROTEST = 0.6
_OBJECT_REACH = 6  # tokens between a verb and the noun that is its object
_OBJECT_OF_ANSWER = 0.1  # below what makes a row
_SURELY_ELSEWHERE = 2  # words of sport and the like: beside so many, countries are teams and settings
_DONE_TO_ANYONE = frozenset(
    {"arrest", "deport", "censor", "ban", "convict", "expel"}
)  # a film director, a footballer
_NAMING_KINDS = frozenset({"country", "metonym", "organisation", "group", "person"})
_STATEMENTS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})  # what protesters say by protesting


def is_elsewhere(sentence: Sentence, actors: Sequence[Actor], trigger: EventTrigger, cast: Cast) -> bool:
    """Whether the sentence is of sport, nature, fiction or the like: surely, or without two named sides in it."""
    taken = {p for a in actors for p in range(a.start, a.end)}
    words = [m for m in sentence.signs.get("elsewhere", ()) if m.start not in taken]
    if not words or trigger.entry.mode in _DONE_TO_ANYONE:
        return False
    if len({sentence.text_of(m.start, m.end).lower() for m in words}) >= _SURELY_ELSEWHERE:
        return True
    sides = (cast.sources, cast.targets)
    return not all(any(a.kind in _NAMING_KINDS and not a.adjectival for a in side) for side in sides)


def prominence(
    sentence: Sentence, actors: Sequence[Actor], triggers: Sequence[EventTrigger], trigger: EventTrigger
) -> float:
    """A noun beside a verb of the same clause that names an event itself is what that verb is about.

    What those who protest demand or reject by it is no event of its own rank: "marched to demand".
    """
    if trigger.entry.type in _STATEMENTS and any(
        other.entry.type == "PROTEST" and not other.nominal and other.end <= trigger.start for other in triggers
    ):
        return _DEMANDED_IN_PROTEST
    if trigger.entry.type == "PROTEST" and _is_dispersed(triggers, trigger):
        return _DEMANDED_IN_PROTEST
    if _is_object_of_answer(sentence, triggers, trigger):
        return _OBJECT_OF_ANSWER
    subordinate = trigger.nominal and any(not other.nominal and other.clause == trigger.clause for other in triggers)
    subordinate = subordinate or _is_reduced_relative(sentence, actors, triggers, trigger)
    behind = is_backdrop(sentence, triggers, trigger) or _is_circumstance(sentence, triggers, trigger)
    return _BACKDROP if behind else _SUBORDINATE if subordinate else 1.0


def _is_reduced_relative(
    sentence: Sentence, actors: Sequence[Actor], triggers: Sequence[EventTrigger], trigger: EventTrigger
) -> bool:
    """ "leaders accused by Chad of … were arrested": a participle right behind its noun, beside a finite verb."""
    beside = any(a.end == trigger.start for a in actors)
    finite = (t for t in triggers if not t.nominal and t.clause == trigger.clause and t.start != trigger.start)
    return trigger.passive and beside and sentence.language.grammar.word_order == "SVO" and any(finite)


def _is_object_of_answer(sentence: Sentence, triggers: Sequence[EventTrigger], trigger: EventTrigger) -> bool:
    """ "rejected the charge", "mediated the talks": a noun of speech that is what the clause's verb deals with.

    The verb tells who does it; that the noun's own act took place is of other sentences.
    """
    if not trigger.nominal:
        return False
    for verb in triggers:
        if verb.nominal or verb.clause != trigger.clause or verb.start == trigger.start:
            continue
        answers = verb.entry.type == "REJECT" and trigger.entry.type in _STATEMENTS
        mediates = verb.entry.mode == "third-party" and trigger.entry.type == "CONSULT"
        if (answers or mediates) and _is_beside_its_verb(sentence, verb, trigger):
            return True
    return False


def _is_beside_its_verb(sentence: Sentence, verb: EventTrigger, trigger: EventTrigger) -> bool:
    """Whether a noun is within reach of a verb on the side where its object stands."""
    if sentence.language.grammar.word_order in ("V2", "SOV"):
        return abs(trigger.start - verb.start) <= _OBJECT_REACH
    return 0 <= trigger.start - verb.start <= _OBJECT_REACH


def _is_dispersed(triggers: Sequence[EventTrigger], trigger: EventTrigger) -> bool:
    """Whether a verb of force before a protest in its clause has it for its object: "broke up a rally"."""
    before = [t for t in triggers if t.end <= trigger.start and t.clause == trigger.clause]
    return any(not t.nominal and t.entry.mode == "crowd-control" for t in before)


def is_backdrop(sentence: Sentence, triggers: Sequence[EventTrigger], trigger: EventTrigger) -> bool:
    """Whether the clause tells only when, where or why the main one's event was: "…, after Peru demanded"."""
    if not sentence.is_circumstance(trigger.clause):
        return False
    return any(not other.nominal and not sentence.is_circumstance(other.clause) for other in triggers)


def _is_circumstance(sentence: Sentence, triggers: Sequence[EventTrigger], trigger: EventTrigger) -> bool:
    """Whether words behind "after", "over" and the like only tell of a verb's time or reason: "after clashes"."""
    reach = _TOPIC_REACH if trigger.nominal else 1
    near = range(max(trigger.start - reach, 0), trigger.start)
    led = any(sentence.prepositions.get(p, ("", 0))[0] == "topic" for p in near)
    return led and any(not other.nominal and other.start != trigger.start for other in triggers)


def salience(
    trigger: EventTrigger, cast: Cast, standing: Standing, source: Party | None, target: Party | None
) -> float:
    """What orders the events of a sentence, 0 to 1: the trigger's strength, and how well its roles are filled."""
    known = sum(1 for party in (source, target) if party and party.country_told)
    named = sum(1 for party in (source, target) if party)
    roles = {0: 0.7, 1: 0.85, 2: 1.0}[named] * {0: 0.9, 1: 0.95, 2: 1.0}[known]
    sureness = cast.sureness if named else 0.75
    governed = 0.8 if standing.governor else 1.0
    if load_ontology().types[trigger.entry.type].recipient_required and target is None:
        roles *= 0.8
    return min(trigger.entry.strength * sureness * roles * governed, 0.99)


def rank(event: CodedEvent) -> tuple[int, bool, float, int]:
    """The key that sorts events: what took place first, backdrop last, then the more salient, then the earlier."""
    return STATUS_RANK[event.status], event.backdrop, -event.salience, event.start


def without_repeats(events: Iterable[CodedEvent]) -> list[CodedEvent]:
    """Of events of one type between the same parties only the best; one with fewer parties tells nothing more."""
    kept: list[CodedEvent] = []
    for event in events:
        if not any(_tells_as_much(other, event) for other in kept):
            kept.append(event)
    return kept


def _tells_as_much(other: CodedEvent, event: CodedEvent) -> bool:
    """Whether `event` adds nothing to `other`: same type, and no party that the other does not have."""
    if other.plover_type != event.plover_type:
        return False
    apart = event.mode is not None and other.mode != event.mode
    if apart and not (other.mode is None and other.source and other.target and None in (event.source, event.target)):
        return False  # "met at a summit in Bamako": the summit tells no more than who met
    mine = [_identity(party) for party in (other.source, other.target)]
    its = [_identity(party) for party in (event.source, event.target)]
    if all(identity is None or identity == own for own, identity in zip(mine, its, strict=True)):
        return True
    return None in its and all(identity is None or identity in mine for identity in its)


def _identity(party: Party | None) -> str | None:
    """What tells two parties of one sentence apart: their country, or where it is unknown their sector."""
    return (party.country or party.sector) if party else None
