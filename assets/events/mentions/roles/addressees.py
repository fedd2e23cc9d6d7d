"""Of whom something is said or asked: the target of speech that no object names.

Those who are blamed for a deed, told to act, thrown out or protested against, found in the words of what is said.
"""

from __future__ import annotations

from dataclasses import replace

from assets.events.mentions.roles.nouns import nominal_cast
from assets.events.mentions.roles.stage import Found, Stage, is_same
from assets.events.mentions.roles.subjects import OBJECT_CONTROL

_REACH = 14  # tokens behind a protest within which those in power are looked for
_DEED_REACH = 8  # words between a verb of blame and the deed it blames
_COMPLEMENT_DISTANCE = 3  # words that may stand between a verb and the clause that is its complement


def spoken_of(stage: Stage, subject: Found) -> Found | None:
    """Of whom the words before a verb of speech are: the first actor in them, of another country."""
    others = [a for a in stage.actors if a.end <= stage.trigger.start and a.country != subject.actor.country]
    known = subject.actor.country is not None or subject.actor.kind == "organisation"
    found = next((a for a in others if known and a.country and a.marking in ("", "with", "target")), None)
    return Found(found, 0.85) if found else None


def blamed(stage: Stage, target: Found | None) -> Found | None:
    """ "condemned the Russian attack on Kyiv": who did what is condemned is accused, not who suffered it."""
    deed = next(
        (
            t
            for t in stage.triggers
            if t.nominal and t.clause == stage.trigger.clause and 0 <= t.start - stage.trigger.end <= _DEED_REACH
        ),
        None,
    )
    if deed is None or (target and target.actor.end <= deed.start and not target.actor.adjectival):
        return target
    doer, victim = nominal_cast(stage.of(deed))
    if doer and doer.actor.start > stage.trigger.start:
        return doer
    return None if target and victim and is_same(target.actor, victim.actor) else target


def judged_before(stage: Stage) -> Found | None:
    """ "Rusya'nın saldırısını kınadı", "çekilmesini istedi": the doer, where verbs stand last."""
    doers = [start for deed, start in stage.inner_domains() if 0 <= stage.trigger.start - deed.end <= _DEED_REACH]
    doer = next((a for a in stage.actors if doers and a.start == doers[-1]), None)
    return Found(doer, 0.9) if doer else None


def government(stage: Stage) -> Found | None:
    """ "protested to demand that the president resign": those in power whom the rest of the sentence names."""
    named = [a for a in stage.actors if a.end > stage.trigger.end and a.start - stage.trigger.end <= _REACH]
    if stage.order == "SOV":
        named = [a for a in stage.actors if a.end <= stage.trigger.start and stage.clause(a) == stage.trigger.clause]
    if stage.order == "V2":  # "gingen gegen die Regierung auf die Straße": the verb may stand behind
        against = [a for a in stage.before() if a.marking in ("target", "of") and a.end <= stage.trigger.end]
        named = [*against, *(a for a in stage.after() if a.marking in ("target", "of")), *named]
    powers = ("role", "group") if stage.order == "V2" else ("role",)
    power = next((a for a in named if a.kind in powers and a.sector in ("GOV", "LEG")), None)
    return Found(power, 0.8) if power else None


def embassy_of(stage: Stage, source: Found | None) -> Found | None:
    """ "gathered outside the Iranian consulate": whose mission in another country they stand at."""
    own = source.actor.country if source else None
    missions = (
        a
        for a in stage.actors
        if stage.clause(a) == stage.trigger.clause
        and a.is_role
        and a.sector == "GOV"
        and a.country not in (None, own)
        and a.marking in ("place", "topic", "target")
    )
    found = next(missions, None)
    return Found(found, 0.85) if found else None


def complement_subject(stage: Stage, source: Found | None) -> Found | None:
    """ "demanded that Belize release": of whom it is demanded or said stands as the subject of what is."""
    clause = stage.trigger.clause + 1
    opener = stage.sentence.openers.get(clause)
    addresses = stage.trigger.entry.type in OBJECT_CONTROL and not stage.trigger.nominal and stage.order != "SOV"
    if not addresses or opener not in ("clause.complementisers", "clause.relatives"):
        return None
    start = stage.sentence.clause_range(clause)[0]
    if start - stage.trigger.end > _COMPLEMENT_DISTANCE:
        return None
    there = [a for a in stage.actors if stage.clause(a) == clause and a.marking == ""]
    own = source.actor.country if source else None
    found = next((a for a in there if a.country is None or a.country != own), None)
    return Found(found, 0.85) if found else None


def foreign_envoy(stage: Stage, source: Found, target: Found) -> Found:
    """ "ended the pact with France and expelled the ambassador": no state expels its own, but the other one's."""
    own, envoy = source.actor.country, target.actor
    if envoy.kind != "role" or own is None or envoy.country not in (own, None):
        return target
    others = {a.country for a in stage.actors if a.country and a.country != own}
    return Found(replace(envoy, country=others.pop()), target.sureness * 0.9) if len(others) == 1 else target


def envoys_host(stage: Stage, source: Found | None) -> Found | None:
    """ "recalled its ambassador because Israel bombed": from the one other country of the sentence."""
    if stage.trigger.entry.type != "SANCTION" or stage.trigger.entry.mode != "withdraw" or source is None:
        return None
    own = source.actor.country
    others = [a for a in stage.actors if a.country not in (None, own)]
    alone = own is not None and len({a.country for a in others}) == 1
    return Found(others[0], 0.7) if alone else None


def met_by_force(stage: Stage, source: Found | None) -> Found | None:
    """ "ließ Kampfjets aufsteigen, um russische Bomber abzufangen": whom the aim of what is sent out names."""
    clause = stage.trigger.clause + 1
    if stage.order != "V2" or stage.trigger.nominal or stage.sentence.openers.get(clause) != "clause.boundaries":
        return None
    start, end = stage.sentence.clause_range(clause)
    if not any(stage.sentence.sign_at("addressing.aim", p) for p in range(start, min(start + 2, end))):
        return None
    own = source.actor.country if source else None
    there = (a for a in stage.actors if stage.clause(a) == clause and a.country not in (None, own))
    found = next((a for a in there if a.marking in ("", "object", "target", "topic")), None)
    return Found(found, 0.8) if found else None


def told_before(stage: Stage, source: Found | None) -> Found | None:
    """ "Berlin solle …, verlangte das Hilfswerk": of whom it is said stands as the subject of what is said."""
    opener = stage.sentence.openers.get(stage.trigger.clause)
    opens = stage.sentence.clause_range(stage.trigger.clause)[0] + 1 == stage.trigger.start
    addresses = stage.trigger.entry.type in ("REQUEST", "ACCUSE", "THREATEN") and not stage.trigger.nominal
    if stage.order != "V2" or opener != "mark" or not (opens and addresses):
        return None
    before = [a for a in stage.actors if a.end < stage.trigger.start and a.marking == "" and not a.possessive]
    named = [a for a in before if a.country]
    own = source.actor.country if source else None
    if source and source.actor.is_role and named:
        own = named[0].country  # "Turkey would close the border …, warned the minister": Turkey's
    found = next((a for a in named if a.country != own), None)
    return Found(found, 0.8) if found else None
