"""Source and target of a noun that names an event ("Algerian attack on Mali", "visit of the delegation to Rabat")."""

from __future__ import annotations

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.roles.inherited import inherited_subject
from assets.events.mentions.roles.objects import giver_of
from assets.events.mentions.roles.stage import Found, Stage, is_fire, is_suffering
from assets.events.mentions.roles.subjects import subject_of

_REACH = 8  # tokens after a noun within which its target is looked for
_FORCE = frozenset({"ASSAULT", "COERCE"})
_SENT = frozenset({"ACCUSE", "AID", "REQUEST", "SUPPORT", "THREATEN"})  # what comes from somebody
_SENDER_REACH = 4  # tokens behind a noun within which he begins
_FORCES = frozenset({"MIL", "COP", "SPY"})
JUDGING_TYPES = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE", "PROTEST"})


def nominal_cast(stage: Stage) -> tuple[Found | None, Found | None]:
    """Source and target of a noun ("Algerian attack on Mali", "visit of the delegation to Rabat")."""
    entry = stage.trigger.entry
    owner, genitive = owner_of(stage), genitive_of(stage) if stage.order != "SOV" else None
    after = stage.after(_REACH) if stage.order != "SOV" else [*reversed(stage.before())]
    between = [a for a in (*stage.before(), *after) if a.marking == "between"]
    if between:
        return Found(between[0], 1.0), Found(between[-1], 1.0) if len(between) > 1 else None
    doer = _dative_doer(stage)
    target = _nominal_target(stage, [a for a in after if a is not doer])
    agent = stage.marked(after, "agent")
    if agent is None and stage.order == "V2" and entry.type in JUDGING_TYPES:
        agent = next((a for a in after[:1] if a.marking == "origin"), None)  # "Kritik aus Ankara an Athen"
    by = agent or doer
    source = Found(by, 1.0) if by else None
    if entry.type == "ASSAULT" and (target is None or target.actor.marking == "place"):
        target = victim_of(stage, source) or target
    if entry.of == "target":
        acted_upon = owner if owner and owner.actor.adjectival and not is_fire(stage.trigger) else None
        target = genitive or target or acted_upon
        owner = owner if target is not owner else None
        genitive = None
    if entry.frame == "suffer":
        return source, genitive or owner or target
    if entry.frame == "receive":
        return giver_of(stage, genitive or owner), genitive or owner
    if entry.type == "ASSAULT" and target is None:
        target = _sufferer(stage)
    if entry.mode == "third-party" and target is None and stage.order == "SOV" and "place" in stage.trigger.traits:
        meet = stage.marked(stage.after(), "")  # "Katar'ın arabuluculuğunda Çad ile Sudan görüştü"
        target = Found(meet, 0.85) if meet else None
    if sender := _from_whom(stage):
        return sender, target if target and target.actor is not sender.actor else _whom_it_reaches(stage, sender)
    moved = genitive is not None and entry.type == "MOBILIZE" and not genitive.actor.country
    does = _light_verb_subject(stage, target) if moved else None  # "announced the sending of two ships"
    source = source or owner or does or genitive or _light_verb_subject(stage, target)
    source = source or _force_that_reports(stage)
    if source is None and entry.frame == "visit" and stage.context.last_subject:
        source = Found(stage.context.last_subject, 0.6)  # the visitor whom the sentence before named
    return source, target


def _from_whom(stage: Stage) -> Found | None:
    """ "support from Russia", "threats from Moscow": whose words or help a noun names, by where they come from."""
    if stage.trigger.entry.type not in _SENT or stage.order == "SOV":
        return None
    near = stage.after(_SENDER_REACH)
    sender = stage.marked([a for a in near if stage.words_between(stage.trigger.end, a.start) <= 1], "origin")
    return Found(sender, 0.95) if sender and sender.country else None


def _whom_it_reaches(stage: Stage, sender: Found) -> Found | None:
    """ "Estonia faces threats from Russia": the subject of the clause, if that is another."""
    subject = _light_verb_subject(stage, sender)
    return subject if subject and subject.actor.country not in (None, sender.actor.country) else None


def _force_that_reports(stage: Stage) -> Found | None:
    """ "ЦАХАЛ сообщил о ликвидации командира": soldiers and police who report a deed of force did it."""
    led = stage.sentence.prepositions.get(stage.trigger.start - 1, ("", 0))[0] == "topic"
    if not led or stage.trigger.entry.type not in _FORCE:
        return None
    forces = (a for a in stage.actors if a.end <= stage.trigger.start and a.marking == "" and a.sector in _FORCES)
    said = {m.start for m in stage.sentence.signs.get("reporting.verbs", ()) if m.end == stage.trigger.start - 1}
    force = next((a for a in forces if a.end in said), None)
    return Found(force, 0.85) if force else None


def victim_of(stage: Stage, source: Found | None) -> Found | None:
    """ "30 Palestinians died in an attack": whom the clause around a deed tells of."""
    if stage.order == "SOV":
        in_it = "place" in stage.trigger.traits or stage.sentence.postpositions.get(stage.trigger.end) == "topic"
        victims = [a for a in stage.after() if a.marking in ("", "of")] if in_it else []
    else:
        victims = [a for a in reversed(stage.before()) if a.marking == "" and a.kind in ("role", "adjective")]
        victims = victims if stage.is_circumstance() and _tells_of_casualties(stage) else []
    victims = [a for a in victims if source is None or a.start != source.actor.start]
    return Found(victims[0], 0.85) if victims else None


def struck_by_deed(stage: Stage) -> Found | None:
    """ "Bei einem Angriff auf die Stadt Sumy kamen drei Menschen um": whom the deed was aimed at."""
    if stage.trigger.nominal:
        return None
    deeds = (
        t for t in stage.triggers if t.nominal and t.clause == stage.trigger.clause and t.entry.type == "ASSAULT"
    )
    deed = next(deeds, None)
    struck = nominal_cast(stage.of(deed))[1] if deed else None
    return Found(struck.actor, 0.85) if struck and struck.actor.country else None


def _dative_doer(stage: Stage) -> Actor | None:
    """Who does what a noun of an act without object names, behind it with a letter (Arabic انتشار للجيش)."""
    if stage.order != "VSO" or stage.trigger.entry.frame != "self":
        return None
    return next(
        (
            a
            for a in stage.after(2)
            if a.marking == "target"
            and a.start not in stage.sentence.prepositions
            and stage.sentence.tokens[a.start].text.startswith("ل")
            and stage.words_between(stage.trigger.end, a.start) <= 1
        ),
        None,
    )


def _sufferer(stage: Stage) -> Found | None:
    """ "Одесса подверглась обстрелу": whoever a verb of suffering before the deed's noun tells of."""
    verbs = [t for t in stage.triggers if t.start < stage.trigger.start and t.clause == stage.trigger.clause]
    if not verbs or verbs[-1].nominal or not is_suffering(verbs[-1]):
        return None
    return subject_of(stage.of(verbs[-1]))


def _tells_of_casualties(stage: Stage) -> bool:
    signs = (m for kind in ("casualty.dead", "casualty.injured") for m in stage.sentence.signs.get(kind, ()))
    return any(
        stage.sentence.clauses[m.start] == stage.trigger.clause and m.start < stage.trigger.start for m in signs
    )


def owner_of(stage: Stage) -> Found | None:
    """An adjective or genitive right before the noun, or right after it where the language puts it there."""
    if stage.order == "SOV" and (owner := stage.owner_before(stage.trigger)):
        return Found(owner, 0.95)
    start = stage.trigger.start
    adjectives_follow = bool(stage.sentence.language.grammar.definite_prefix)
    for actor in reversed(stage.before() if not adjectives_follow else []):
        if start - actor.end > 3:
            break
        if actor.adjectival or actor.possessive:
            return Found(actor, 0.95)
    if stage.sentence.language.grammar.adjective_after_noun:
        follower = next((a for a in stage.after(2) if a.adjectival and a.marking == ""), None)
        return Found(follower, 0.95) if follower else None
    return None


def genitive_of(stage: Stage) -> Found | None:
    """The possessor right behind the noun ("attack of the army", "удар российской армии")."""
    for actor in stage.after(5):
        between = range(stage.trigger.end, actor.start)
        counted = all(p in stage.sentence.numbers or p in stage.sentence.prepositions for p in between)
        near = counted or actor.start - stage.trigger.end <= 1
        if not near and stage.sentence.language.grammar.definite_prefix:
            return None  # possessors follow right behind their noun
        direct = stage.sentence.language.grammar.genitive_follows_noun and near
        ambiguous = "target" in actor.cases and stage.trigger.entry.frame == "give"
        if ambiguous and actor.start - stage.trigger.end > 1:
            continue  # "выделение гранта армии": the dative is written as the genitive is
        if actor.marking == "of" or (actor.marking == "" and (direct or actor.possessive)):
            return Found(actor, 0.95)
    return None


def _nominal_target(stage: Stage, after: list[Actor]) -> Found | None:
    markings = {
        "joint": ("with", "target"),
        "visit": ("target", "place"),
        "give": ("target",),
    }.get(stage.trigger.entry.frame, ("target", "with"))
    for marking in markings:
        found = stage.marked(after, marking)
        if found:
            return Found(found, 1.0)
    if stage.trigger.entry.frame == "give":
        dative = next((a for a in after if "target" in a.cases), None) or stage.marked(stage.before(), "target")
        return Found(dative, 0.9) if dative else None
    if stage.trigger.entry.type == "MOBILIZE":  # "the build-up of troops on the border with Guyana"
        own = {a.country for a in after if a.marking in ("of", "")}
        border = stage.marked([a for a in after if a.country and a.country not in own], "place")
        return Found(border, 0.75) if border and border.kind == "country" and not border.adjectival else None
    if stage.trigger.entry.frame == "act" and stage.trigger.entry.type in ("ASSAULT", "COERCE"):
        place = stage.marked(after, "place")
        return Found(place, 0.75) if place else None
    return None


def _is_judged(stage: Stage) -> bool:
    """ "Turkey condemned the attack": the subject of such a verb does not do what the noun names."""
    return any(
        t.clause == stage.trigger.clause
        and t.end <= stage.trigger.start
        and not t.nominal
        and t.entry.type in JUDGING_TYPES
        for t in stage.triggers
    )


def _light_verb_subject(stage: Stage, target: Found | None) -> Found | None:
    """ "Algeria launched an attack on Mali": the clause's subject does what the noun names."""
    if _is_judged(stage) or stage.is_circumstance():
        return None
    bare = [a for a in stage.before() if a.marking == "" and not a.possessive]
    if not bare and stage.order == "VSO" and stage.trigger.entry.type != "ASSAULT":
        bare = [a for a in stage.after() if a.marking == "" and a.possessive is False]
    bare = [a for a in bare if not target or a.start != target.actor.start]
    if bare:
        return Found(bare[0], 0.8)
    inherited = inherited_subject(stage)
    return Found(inherited.actor, inherited.sureness * 0.8) if inherited else None
