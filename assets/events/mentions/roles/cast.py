"""Source and target of one trigger: what its own words tell first, then what the rest of the sentence does."""

from __future__ import annotations

from dataclasses import dataclass

from assets.events.mentions.actors.actor import Actor, DocumentContext
from assets.events.mentions.roles.addressees import (
    blamed,
    complement_subject,
    embassy_of,
    envoys_host,
    foreign_envoy,
    government,
    judged_before,
    met_by_force,
    told_before,
)
from assets.events.mentions.roles.nouns import JUDGING_TYPES, nominal_cast, struck_by_deed
from assets.events.mentions.roles.objects import other_of_sentence, pronominal_target, relative_object, sender
from assets.events.mentions.roles.stage import Found, Stage, is_same
from assets.events.mentions.roles.verbs import verbal_cast
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.triggers import EventTrigger

_FORCES = frozenset({"COP", "MIL", "SPY"})
_FORCE = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_COOPERATIVE_TYPES = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts and who is acted upon, each a coordinated group or empty; `sureness` is 0 to 1."""

    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    sureness: float


def cast_event(
    sentence: Sentence,
    trigger: EventTrigger,
    actors: list[Actor],
    triggers: list[EventTrigger],
    context: DocumentContext,
) -> Cast:
    """The source and target of one trigger."""
    stage = Stage(sentence, trigger, actors, triggers, context)
    source, target = nominal_cast(stage) if trigger.nominal else verbal_cast(stage)
    if source is None and trigger.entry.type == "AID" and trigger.entry.frame == "give":
        source = sender(stage, target)
    judges = trigger.entry.type in JUDGING_TYPES - {"THREATEN", "PROTEST"} and not trigger.nominal
    if stage.order == "SOV" and judges and (target is None or _is_in_a_deed(stage, target.actor)):
        target = judged_before(stage) or target
    elif trigger.entry.type == "ACCUSE" and not trigger.nominal and stage.order != "SOV":
        target = blamed(stage, target)
    if trigger.entry.mode == "expel" and source and target:
        target = foreign_envoy(stage, source, target)
    if trigger.entry.type == "PROTEST" and source and _forces_protesters(stage, source.actor):
        source = None  # "police arrested twenty at a protest"
    if trigger.entry.type == "PROTEST" and source and source.actor not in actors and source.actor.sector != "CVL":
        source = None  # whom the sentence before told of, a government as a rule, takes to no streets
    if stage.order == "V2" and trigger.entry.type == "ASSAULT" and (target is None or target.actor.is_role):
        target = struck_by_deed(stage) or target
    target = relative_object(stage, source) or target
    if source and target and is_same(source.actor, target.actor):
        target = None
    if target is None and trigger.entry.type == "MOBILIZE":
        target = met_by_force(stage, source)
    if target is None and trigger.entry.type == "PROTEST":
        target = embassy_of(stage, source) or government(stage)
    if target is None:
        target = pronominal_target(stage, source) or complement_subject(stage, source) or told_before(stage, source)
    return _expanded(stage, source, target or envoys_host(stage, source) or other_of_sentence(stage, source))


def _is_in_a_deed(stage: Stage, actor: Actor) -> bool:
    """ "asker gönderme önerisi": a role without a country that is a word of another act is no side of this one."""
    others = (t for t in stage.triggers if t.start != stage.trigger.start)
    return actor.is_role and any(actor.start in t.words for t in others)


def _forces_protesters(stage: Stage, actor: Actor) -> bool:
    """Whether those who would protest are the police or soldiers who act against the protest in its own clause."""
    if actor.sector not in _FORCES:
        return False
    beside = (t for t in stage.triggers if t.clause == stage.trigger.clause and t.start != stage.trigger.start)
    return any(not t.nominal and t.entry.type in _FORCE for t in beside)


def _expanded(stage: Stage, source: Found | None, target: Found | None) -> Cast:
    sources = stage.group_of(source.actor) if source else ()
    targets = stage.group_of(target.actor) if target else ()
    sureness = (source.sureness if source else 0.75) * (target.sureness if target else 0.85)
    unnamed = not any(actor.country for actor in targets) and not _mediates(stage, sources)
    if sources == targets or (unnamed and (_act_together(stage.trigger, sources) or stage.is_reciprocal())):
        sources, targets = sources[:1], sources[1:]  # "A and B met": each is the other's partner
        sureness = source.sureness if source and targets else sureness
    return Cast(sources, targets, sureness)


def _mediates(stage: Stage, sources: tuple[Actor, ...]) -> bool:
    """ "Egypt and Qatar mediated": those named together, and nobody else, stand between others."""
    alone = all(actor in sources for actor in (*stage.before(), *stage.after()))
    return stage.trigger.entry.mode == "third-party" and not stage.trigger.nominal and alone


def _act_together(trigger: EventTrigger, sources: tuple[Actor, ...]) -> bool:
    """Whether coordinated sources do with each other what the trigger names: joint or cooperative acts."""
    countries = {actor.country for actor in sources if actor.country}
    together = trigger.entry.frame == "joint" or trigger.entry.type in _COOPERATIVE_TYPES
    return len(countries) > 1 and together and trigger.entry.frame != "self"
