"""Source and target of a verb, by its frame and voice: who meets, gives, receives, suffers, is sent."""

from __future__ import annotations

from assets.events.mentions.actors.actor import UNHOMED_SECTORS, Actor
from assets.events.mentions.roles.addressees import spoken_of
from assets.events.mentions.roles.nouns import genitive_of, owner_of, victim_of
from assets.events.mentions.roles.objects import (
    asked_before,
    giver_of,
    object_markings,
    object_of,
    owned_object,
    partner_of,
)
from assets.events.mentions.roles.speakers import speaker_behind
from assets.events.mentions.roles.stage import Found, Stage, is_fire, is_suffering
from assets.events.mentions.roles.subjects import agent_of, subject_of

_VICTIM_REACH = 3  # tokens behind a verb of killing within which the one who was killed begins


def verbal_cast(stage: Stage) -> tuple[Found | None, Found | None]:
    """Source and target of a verb."""
    frame = stage.trigger.entry.frame
    if stage.order == "VSO" and stage.is_circumstance(reach=1):
        return agent_of(stage), victim_of(stage, None)  # a phrase of nouns: "in the blast of a bomb"
    if victim := _unnamed_doers_victim(stage):
        return agent_of(stage), Found(victim, 0.85)
    if sides := _both_sides(stage):
        return sides
    opened = stage.trigger.entry.type == "SUPPORT" and frame == "visit"  # "Die türkische Botschaft wurde eröffnet"
    if stage.trigger.passive and (opened or stage.trigger.entry.type == "MOBILIZE") and agent_of(stage) is None:
        return _deployed(stage)
    if stage.trigger.passive and frame not in ("receive", "suffer", "self"):
        # "введены санкции против": what is done stands there
        plain = stage.sentence.sign_at("voice.auxiliary", stage.trigger.start) and len(stage.trigger.words) == 2
        set_phrase = len(stage.trigger.words) > 1 and not plain  # "été interpellé" is but a passive
        given = frame == "give" or (set_phrase and stage.trigger.entry.type != "ACCUSE")
        recipient = stage.marked(stage.others(None), "target") if given else None
        recipient = recipient or (_where_gifts_are(stage) if frame == "give" else None)
        giver = agent_of(stage) or (_sender(stage) if recipient else None) or _state_left(stage) or _summoner(stage)
        giver = giver or _doer_suffered_from(stage)
        return giver, Found(recipient, 0.95) if recipient else subject_of(stage, passive=True) or _where_given(stage)
    if stage.trigger.passive and frame == "receive" and stage.trigger.entry.type == "CONSULT":
        host = stage.marked([*stage.after(), *stage.before()], "place")
        return subject_of(stage, passive=True), agent_of(stage) or (Found(host, 0.85) if host else None)
    subject = _giver(stage, subject_of(stage))
    if frame == "receive":
        return giver_of(stage, subject), subject
    if frame == "suffer":
        doer = agent_of(stage) or _doer_suffered_from(stage) or _state_left(stage)
        named = subject is not None and subject.actor.country is not None
        return doer, subject if named else _struck(stage) or subject
    if frame == "joint":
        return _joint_cast(stage, subject)
    if subject and speaker_behind(stage):
        told = stage.marked([a for a in stage.after() if a.start != subject.actor.start], "target", "object", "with")
        return subject, Found(told, 0.95) if told and told.country else spoken_of(stage, subject)
    if stage.order == "SOV" and stage.trigger.entry.type == "REQUEST" and (asked := asked_before(stage, subject)):
        return subject, asked
    return subject, object_of(stage, subject, object_markings(stage)) or owned_object(stage, subject)


def _where_given(stage: Stage) -> Found | None:
    """ "in Chad hospitals opened that the Emirates gave": where what is given stands, to those it is given."""
    if not stage.trigger.reduced or stage.trigger.entry.type != "AID":
        return None
    giver = agent_of(stage)
    others = [a for a in stage.others(giver) if a.country and not (giver and a.country == giver.actor.country)]
    place = stage.marked(others, "place", "of")
    return Found(place, 0.75) if place else None


def _both_sides(stage: Stage) -> tuple[Found, Found] | None:
    """The two that "between" joins: both act, but where somebody named before mediates between them."""
    between = [a for a in (*stage.before(), *stage.after()) if a.marking == "between"]
    if len(between) < 2:
        return None
    mediates = stage.trigger.entry.mode == "third-party"
    mediator = next((a for a in stage.before() if a.marking == ""), None) if mediates else None
    is_joint = stage.trigger.entry.frame == "joint"
    if is_joint and mediator:
        return Found(mediator, 1.0), Found(between[0], 1.0)
    is_fight = stage.trigger.entry.type == "ASSAULT"  # "между ними произошла перестрелка"
    is_theirs = is_joint or is_fight or (_ends_in_between(stage) and not mediates)
    return (Found(between[0], 1.0), Found(between[-1], 1.0)) if is_theirs else None


def _joint_cast(stage: Stage, subject: Found | None) -> tuple[Found | None, Found | None]:
    if subject is None and (pair := _pair(stage)):
        return pair
    subject = subject or genitive_of(stage)  # "состоялась встреча президента России с"
    between = [a for a in stage.after() if a.marking == "between"]
    if subject is None and len(between) > 1:
        return Found(between[0], 1.0), Found(between[-1], 1.0)
    together = (
        subject is not None and stage.order == "V2" and len({a.country for a in stage.group_of(subject.actor)}) > 1
    )
    return subject, partner_of(stage, subject) or (owned_object(stage, subject) if not together else None)


def _pair(stage: Stage) -> tuple[Found, Found] | None:
    """ "Türkiye ile Irak imzaladı": where "with" joins two names before a verb that stands last, both act."""
    if stage.order != "SOV":
        return None
    paired = [a for a in stage.before() if a.marking == "with" and a.group >= 0]
    partners = stage.group_of(paired[0]) if paired else ()
    return (Found(partners[0], 0.95), Found(partners[-1], 0.95)) if len(partners) > 1 else None


def _state_left(stage: Stage) -> Found | None:
    """ "были высланы из Черногории", "freed from a Venezuelan prison": whose ground people or goods leave."""
    left = stage.marked([*stage.after(), *stage.before()], "origin")
    leaves = stage.trigger.entry.mode in ("expel", "deport", "release") or stage.trigger.entry.type == "AID"
    return Found(left, 0.85) if leaves and left and left.country else None


def _summoner(stage: Stage) -> Found | None:
    """ "посол вызван в МИД Швеции": the office that words of a summons end in summons."""
    own = (a for a in stage.after() if a.kind == "role" and a.start in stage.trigger.words)
    office = next((a for a in own if a.country and stage.trigger.entry.type == "ACCUSE"), None)
    return Found(office, 0.9) if office else None


def _sender(stage: Stage) -> Found | None:
    """ "Japonya'nın bağışladığı araçlar Moldova'ya ulaştı": who gave what is handed over or arrives."""
    if stage.order != "SOV" or stage.trigger.entry.type != "AID" or stage.trigger.entry.frame != "give":
        return None
    own = (a for a in stage.actors if stage.clause(a) == stage.trigger.clause and a.end <= stage.trigger.start)
    sender = next((a for a in own if a.marking in ("of", "origin") and a.country), None)
    return Found(sender, 0.8) if sender else None


def _giver(stage: Stage, subject: Found | None) -> Found | None:
    """The subject; of what arrives in a clause whose subject names no country, who sent it."""
    inner = stage.trigger.traits & {"embedded", "relative", "converb"}
    if stage.trigger.entry.frame != "give" or inner:
        return subject
    here = subject is not None and stage.clause(subject.actor) == stage.trigger.clause
    return subject if subject and here and subject.actor.country else _sender(stage) or subject


def _where_gifts_are(stage: Stage) -> Actor | None:
    """ "abrieron en Chad hospitales donados por": to whom goods went that a bare participle tells of."""
    if not stage.trigger.reduced:
        return None
    doer = agent_of(stage)
    others = [a for a in stage.before() if a.country and not (doer and doer.actor.country == a.country)]
    return stage.marked(others, "target", "place")


def _deployed(stage: Stage) -> tuple[Found | None, Found | None]:
    """ "Chadian troops were deployed near Mali": forces of a country are sent by it, to where they stand."""
    subject = subject_of(stage, passive=True)
    own = subject.actor.country if subject else None
    others = [a for a in stage.others(subject) if a.country not in (None, own)]
    target = stage.marked(others, "target", "place")
    return subject, Found(target, 0.85) if target else None


def _unnamed_doers_victim(stage: Stage) -> Actor | None:
    """Who was killed or taken, where the passive is written as the active is (Arabic قتل ثلاثة جنود).

    It is one if only one actor follows, a person, indefinite or counted; a doer would be known or have an object.
    """
    unwritten = stage.sentence.language.passive_unwritten
    if unwritten is None or not unwritten.search(stage.sentence.tokens[stage.trigger.start].text):
        return None
    follow = [a for a in stage.after() if a.marking == ""]
    if not follow or len({(a.group, a.start) for a in follow if a.group < 0 or a is follow[0]}) > 1:
        return None
    return follow[0] if _is_victim(stage, follow[0]) else None


def _is_victim(stage: Stage, actor: Actor) -> bool:
    between = range(stage.trigger.end, actor.start)
    counted = any(p in stage.sentence.numbers or stage.sentence.tokens[p].text[0].isdigit() for p in between)
    article = stage.sentence.language.grammar.definite_prefix
    definite = stage.sentence.tokens[actor.start].text.startswith(article)
    head, feminine = stage.sentence.tokens[stage.trigger.start].text, stage.sentence.tokens[actor.start].text
    if head.endswith("ت") and not feminine.endswith(("ة", "ات")):
        return False  # a feminine verb does not tell of men
    is_person = actor.kind in ("role", "adjective") and actor.start - stage.trigger.end <= _VICTIM_REACH
    return is_person and not definite and (counted or actor.sector not in UNHOMED_SECTORS)


def _doer_suffered_from(stage: Stage) -> Found | None:
    """ "died in a Russian attack": whose the deed is that a verb of suffering leads to."""
    if stage.order == "SOV" and is_suffering(stage.trigger) and not stage.trigger.nominal:
        owner = next((a for a in stage.before() if a.end == stage.trigger.start and a.marking == "of"), None)
        return Found(owner, 0.9) if owner else None  # "Rus ordusunun saldırısına uğradı"
    if len(stage.trigger.words) > 1 and stage.order == "SVO" and is_suffering(stage.trigger):
        return genitive_of(stage) or _adjective_behind(stage)  # "подвергся удару армии": the words name the deed
    passive = stage.trigger.passive and stage.order == "SVO"  # "в результате российского обстрела ранены"
    hurt = is_suffering(stage.trigger) or (passive and stage.trigger.entry.type == "ASSAULT")
    beside = [t for t in stage.triggers if t.clause == stage.trigger.clause and t.start != stage.trigger.start]
    beside.sort(key=lambda t: t.start < stage.trigger.start)  # "погибли при ударе", else "в результате удара погибли"
    if not beside or not beside[0].nominal or not hurt or beside[0].entry.type != "ASSAULT":
        return None
    if (beside[0].entry.of == "target" and not is_fire(beside[0])) or beside[0].entry.frame != "act":
        return None
    deed = stage.of(beside[0])
    doer = owner_of(deed) or genitive_of(deed)
    return Found(doer.actor, 0.85) if doer and doer.actor.country else None


def _struck(stage: Stage) -> Found | None:
    """ "five people were killed in a strike on the Lebanese town": whom the deed that kills is aimed at."""
    if len(stage.trigger.words) == 1 or stage.trigger.entry.type != "ASSAULT":
        return None
    aim = next((a for a in stage.after() if a.country and a.marking == "target"), None)
    return Found(aim, 0.8) if aim else None


def _adjective_behind(stage: Stage) -> Found | None:
    """ "a été la cible d'une attaque ukrainienne": the adjective behind a deed's noun tells whose it was."""
    if not stage.sentence.language.grammar.adjective_after_noun:
        return None
    behind = next((a for a in stage.after(1) if a.adjectival and a.marking == ""), None)
    return Found(behind, 0.9) if behind else None


def _ends_in_between(stage: Stage) -> bool:
    """Whether the trigger's own words end in the preposition ("clashes between")."""
    return stage.sentence.prepositions.get(stage.trigger.end - 1, ("", 0))[0] == "between"
