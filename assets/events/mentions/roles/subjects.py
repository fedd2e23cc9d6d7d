"""Who does it: the subject of a verb by where it stands in its clause, and who is told with "by"."""

from __future__ import annotations

from assets.events.mentions.actors.actor import CASES, Actor
from assets.events.mentions.roles.inherited import (
    drops_its_subject,
    has_preposition,
    inherited_subject,
    is_led_by_its_object,
    main_subject,
)
from assets.events.mentions.roles.objects import asked_before
from assets.events.mentions.roles.speakers import (
    office_that_speaks,
    owns_what_is_refused,
    speaker_joined,
    speaker_of,
)
from assets.events.mentions.roles.stage import Found, Stage
from assets.events.mentions.sentence import CONVERB
from assets.events.mentions.triggers import EventTrigger

_INVERTED_REACH = 3  # how far behind its verb a subject may begin where verbs do not come first
_OWNER_REACH = 6  # how far behind a passive verb the one begins whose people or things it is said of
OBJECT_CONTROL = frozenset({"REQUEST", "ACCUSE"})
"""Types whose addressee is to do, or did, what their complement tells."""
_COMPLAINTS = frozenset({"ACCUSE", "REQUEST", "REJECT"})
_FORCE = frozenset({"ASSAULT", "COERCE"})
_HEAD_REACH = 3  # tokens behind a verb within which the owner of the noun right behind it begins
_TRAVEL_REACH = 8  # the same of a traveller, behind where he goes: "Llegó a La Habana en visita oficial el ministro"
_PATIENT_REACH = 12  # the same of whom a passive is said of, behind its doer and place
_NAMES = frozenset({"country", "metonym", "organisation", "person", "group"})
_OF_PLACES = frozenset({"ASSAULT", "RETREAT"})  # done to what bears a name without a preposition


def agent_of(stage: Stage) -> Found | None:
    """Who does it by a preposition or case that tells the doer ("by the army", "ordu tarafından")."""
    before = (
        stage.before() if stage.order != "V2" else stage.before()[::-1]
    )  # "Leichen von Soldaten wurden von … übergeben"
    found = stage.marked(stage.after(), "agent") or stage.marked(before, "agent")
    if found is None and stage.order == "SOV" and stage.trigger.entry.type == "ASSAULT":
        found = stage.marked(stage.before(), "with")  # "Ermeni ateşiyle öldürüldü"
    return Found(found, 1.0) if found else None


def subject_of(stage: Stage, *, passive: bool = False) -> Found | None:
    """The subject of a verb; of a passive one it is who is acted upon."""
    if told := speaker_of(stage):
        return told
    controller = _controller(stage) or _embedded_subject(stage)
    if controller:
        return Found(controller, 0.95)
    if stage.sentence.openers.get(stage.trigger.clause) == CONVERB:
        return _subject_of_next_clause(stage)
    if stage.trigger.reduced:
        return _head_of_participle(stage)
    if passive and (beside := _noun_of_participle(stage)):
        return Found(beside, 0.9)
    if doer := _absolute_subject(stage) or _doer_behind_object(stage):
        return Found(doer, 0.95)
    return _subject_in_clause(stage, passive=passive)


def _noun_of_participle(stage: Stage) -> Actor | None:
    """ "companies accused of": the participle belongs to the noun before it."""
    if stage.order != "SVO":
        return None
    return next((a for a in stage.before() if a.end == stage.trigger.start and not _stands_apart(a)), None)


def _subject_in_clause(stage: Stage, *, passive: bool) -> Found | None:
    """The subject by where it stands in the clause of the verb, else by what the clauses before leave to it."""
    bare = [a for a in stage.before() if a.marking == ""]
    if said_before := speaker_joined(stage, bare):
        return Found(said_before, 0.9)
    if first := _verb_beside(stage):
        bare = [a for a in bare if a.start < first.start]
        if not bare and not passive:
            return inherited_subject(stage)
    if passive and not bare:
        aims = () if stage.trigger.entry.mode == "seize" else ("target",)  # "leurs avoirs au Canada sont gelés"
        patient = stage.marked(stage.before(), "object", *aims, "of")  # "aid to Mali was suspended by"
        if patient:
            return Found(patient, 0.85)

    after = [a for a in stage.after() if a.marking == "" and not _is_oblique_noun(stage, a)]
    if bare and after and owns_what_is_refused(stage, bare):
        return Found(after[0], 0.9)
    if bare:
        return Found(_subject_among(stage, bare), 1.0)
    if office := office_that_speaks(stage):
        return Found(office, 0.85)
    return _inverted_subject(stage, after, passive=passive)


def _head_of_participle(stage: Stage) -> Found | None:
    """ "fishermen detained in May", "two officials, accused by Ottawa": who stands right before a bare participle.

    Where that is somebody's ("a convoy of the army attacked"), so is what was done to it. None where a word that is
    nobody stands there ("boats seized").
    """
    start, tokens = stage.trigger.start, stage.sentence.tokens
    near = [a for a in stage.actors if a.end <= start and not _stands_apart(a)]
    if not near or any(t.text[0].islower() for t in tokens[near[-1].end : start] if t.is_word):
        return None
    return Found(near[-1], 0.9)


def _stands_apart(actor: Actor) -> bool:
    """Whether an actor before a participle is not what it is said of: who did it, or where."""
    where = actor.marking in ("place", "origin", "topic")  # "в Вильнюсе взят под стражу"
    return actor.marking == "agent" or where


def _absolute_subject(stage: Stage) -> Actor | None:
    """ "…, with Qatar mediating": who stands between "with" and a converb is its subject."""
    converb = stage.sentence.language.converb
    if stage.order != "SVO" or converb is None or not converb.search(stage.sentence.tokens[stage.trigger.start].text):
        return None
    beside = (a for a in stage.before() if a.end == stage.trigger.start)
    return next((a for a in beside if a.marking == "with"), None)


def _doer_behind_object(stage: Stage) -> Actor | None:
    """Where verbs come first, who stands right behind one that has its object attached (Arabic زرعها مجهولون)."""
    suffix = stage.sentence.language.object_suffix
    if stage.order != "VSO" or suffix is None or stage.trigger.end - stage.trigger.start > 1:
        return None
    if not suffix.search(stage.sentence.tokens[stage.trigger.start].text):
        return None
    return next((a for a in stage.after(1) if a.start == stage.trigger.end and a.marking == ""), None)


def _subject_of_next_clause(stage: Stage) -> Found | None:
    """ "Accusing Chad of meddling, Mali recalled": the opening clause has the subject of the main one."""
    if stage.trigger.clause > 0:
        return inherited_subject(stage)  # "Мали, обвинив Чад, отозвало": the main clause stands around it
    follow = [a for a in stage.actors if stage.clause(a) == stage.trigger.clause + 1 and a.marking == ""]
    return Found(main_subject(stage, follow), 0.9) if follow else None


def _verb_beside(stage: Stage) -> EventTrigger | None:
    """The verb of the clause that "and" right before this one joins it to: they have one subject."""
    if stage.order == "SOV" or not any(
        m.end == stage.trigger.start for m in stage.sentence.signs.get("clause.coordinators", ())
    ):
        return None
    earlier = (t for t in stage.triggers if t.clause == stage.trigger.clause and t.end < stage.trigger.start)
    return next((t for t in earlier if not t.nominal and not t.passive), None)


def _inverted_subject(stage: Stage, after: list[Actor], *, passive: bool) -> Found | None:
    """The subject of a verb before which no bare actor stands in its clause: behind it, or named before."""
    inherited = inherited_subject(stage) if _pronoun_subject(stage) and not passive else None
    if inherited:
        return inherited  # "said it would provide Jamaica with boats": not Jamaica
    if after and any(a.marking == "object" for a in stage.before()):
        return Found(after[0], 0.95)  # "Украину обстреляла Россия"
    relative = stage.sentence.openers.get(stage.trigger.clause) == "clause.relatives"
    plural = stage.order == "VSO" and stage.sentence.tokens[stage.trigger.start].text.endswith("وا")
    if plural or (stage.order == "VSO" and after and not relative and _carries_on(stage, after[0])):
        return inherited_subject(stage)
    asks_for = stage.order == "VSO" and bool(after) and is_led_by_its_object(stage) and drops_its_subject(stage)
    if asks_for and stage.context.last_subject:
        return Found(stage.context.last_subject, 0.6)
    if stage.order == "VSO" and not relative and not passive and (owner := _owner_of_first_noun(stage, after)):
        return Found(owner, 0.85)
    if stage.order == "VSO" and after and not relative:
        return Found(after[0], 0.95)
    if after and (stage.order == "V2" or (passive and stage.order == "VSO")):
        return Found(after[0], 0.9)
    if named := _subject_behind(stage, after, passive=passive):
        return named
    follows = [a for a in after if a.start - stage.trigger.end <= _INVERTED_REACH and not a.adjectival]
    if stage.order == "SVO" and (told := _told_behind(stage, follows, passive=passive)):
        return told
    opening = stage.sentence.tokens[stage.sentence.clause_range(stage.trigger.clause)[0]]
    trailing = stage.sentence.openers.get(stage.trigger.clause) == "mark" and not opening.is_word
    # "…, предупредил генерал"
    if follows and not relative and (passive or trailing or stage.trigger.entry.frame in ("self", "suffer", "visit")):
        return Found(follows[0], 0.85)  # Spanish "renunció el ministro"
    owner = stage.marked(stage.before(), "of")  # "warplanes of the army bombed"
    if owner is None and stage.order == "VSO":
        owner = stage.marked([a for a in stage.after() if a.start - stage.trigger.end <= 2], "of")
    owner = owner or (_owner_behind(stage) if not relative else None) or stage.marked(stage.before(), "agent")
    return Found(owner, 0.85) if owner else inherited_subject(stage)


def _subject_behind(stage: Stage, after: list[Actor], *, passive: bool) -> Found | None:
    """Who stands behind a verb that opens its clause, where subjects may: "Rompe relaciones Belice con Israel".

    Of a passive it is the first who is named at all ("Fue decomisado por la Guardia Costera un pesquero chino").
    """
    grammar, opener = stage.sentence.language.grammar, stage.sentence.openers.get(stage.trigger.clause)
    if not grammar.subject_behind_verb or opener == "clause.relatives":
        return None
    if passive:
        return _patient_behind(stage)
    reach = _TRAVEL_REACH if stage.trigger.entry.frame == "visit" else _INVERTED_REACH
    near = [a for a in after if a.start - stage.trigger.end <= reach and _may_be_subject(stage, a)]
    hits_names = stage.trigger.entry.type in _OF_PLACES
    if not near or (hits_names and len(near) < 2 and near[0].kind in _NAMES):
        return None  # "Abandonó Kiev": what is left or struck may be a name as well
    return Found(near[0], 0.9)


def _may_be_subject(stage: Stage, actor: Actor) -> bool:
    """Whether an actor behind a verb is a name or has a definite article: "envió soldados" tells of no subject."""
    if actor.adjectival or actor.possessed:
        return False
    before = actor.start - 1
    article = stage.sentence.sign_at("determiner", before) and before not in stage.sentence.numbers
    return actor.kind in _NAMES or (article and before not in stage.sentence.prepositions)


def _patient_behind(stage: Stage) -> Found | None:
    """Whom a passive that opens its clause is said of: the first behind it who is neither its doer nor its place."""
    start = stage.sentence.clause_range(stage.trigger.clause)[0]
    if stage.trigger.start - start > _INVERTED_REACH or stage.trigger.reduced:
        return None
    after = stage.after(_PATIENT_REACH)
    patient = stage.marked(after, "") or stage.marked(after, "of")
    return Found(patient, 0.85) if patient else None


def _owner_behind(stage: Stage) -> Actor | None:
    """ "zog ein Großaufgebot der Polizei auf": whose the noun is that stands right behind the verb (verb second)."""
    near = [a for a in stage.after() if stage.order == "V2" and a.start - stage.trigger.end <= _HEAD_REACH]
    return stage.marked(near, "of")


def _told_behind(stage: Stage, follows: list[Actor], *, passive: bool) -> Found | None:
    """Who stands right behind a verb in the case of a subject, or whose people or things it is said of.

    "С просьбой обратилось правительство", "задержаны сорок членов оппозиции".
    """
    behind = follows[0] if follows and follows[0].start - stage.trigger.end <= 1 else None
    if behind and not stage.trigger.passive and "subject" in behind.cases:
        opens = stage.sentence.clause_range(stage.trigger.clause)[0] in stage.sentence.prepositions
        if opens or "object" not in behind.cases:
            return Found(behind, 0.85)
    if follows or not (passive or stage.trigger.entry.frame == "suffer"):
        return None
    whose = next((a for a in stage.after(_OWNER_REACH) if a.marking in ("", "of", "object")), None)
    return Found(whose, 0.75) if whose and whose.cases else None


def _owner_of_first_noun(stage: Stage, bare: list[Actor]) -> Actor | None:
    """Whose the ship or drone is that stands right behind a verb of force (Arabic هاجمت سفينة للبحرية الصينية)."""
    if stage.trigger.entry.type not in _FORCE or stage.trigger.entry.frame != "act":
        return None
    tokens, first = stage.sentence.tokens, stage.trigger.end
    for actor in stage.after(_HEAD_REACH):
        if actor.marking == "" or actor.start <= first or any(a.start < actor.start for a in bare):
            return None
        owned = actor.marking == "of" or (actor.marking == "target" and tokens[actor.start].text.startswith("ل"))
        if owned and not has_preposition(stage, first) and first not in stage.sentence.prepositions:
            return actor
    return None


def _pronoun_subject(stage: Stage) -> bool:
    """Whether a pronoun that is no possessive stands before the verb in its clause."""
    start = stage.sentence.clause_range(stage.trigger.clause)[0]
    return any(
        not stage.sentence.sign_at("reference.possessives", m.start)
        and not stage.sentence.sign_at("determiner", m.start)
        and not _is_oblique(stage, m.start)
        for m in stage.sentence.signs_between("reference.pronouns", start, stage.trigger.start)
    )


def _is_oblique_noun(stage: Stage, actor: Actor) -> bool:
    """Whether a reference stands in a form that no subject has ("دعت الطرفين": the two sides are called upon)."""
    ending, word = stage.sentence.language.oblique_ending, stage.sentence.tokens[actor.start].text
    return ending is not None and actor.kind == "reference" and bool(ending.search(word))


def _is_oblique(stage: Stage, position: int) -> bool:
    """Whether a word's every reading with a case is of another than the subject's ("ему", "их")."""
    cased = [found & CASES for found in stage.sentence.analyses[position].traits.values() if found & CASES]
    return bool(cased) and all("subject" not in cases for cases in cased)


def _controller(stage: Stage) -> Actor | None:
    """ "urged Mali to withdraw", "accused France of backing": who is urged or accused is to do it."""
    governors = [
        t
        for t in stage.triggers
        if t.end <= stage.trigger.start and not t.nominal and not t.passive and t.entry.type in OBJECT_CONTROL
    ]
    if not governors:
        return None
    governor = governors[-1]
    summons = governor.entry.mode == "disapprove" and stage.trigger.entry.type in _COMPLAINTS
    if summons or _is_joined_to(stage, governor):
        return None  # "summoned the envoy to express its displeasure": who summons expresses it
    # In a gap as well: "accused ~ of".
    between = [a for a in stage.actors if governor.start < a.start and a.end <= stage.trigger.start]
    same_clause = stage.sentence.clauses[governor.start] == stage.trigger.clause
    if not same_clause or stage.order == "SOV":
        return None
    group = stage.sentence.infinitive_group(stage.trigger.start)
    asked = [a for a in between if group is None or a.start < group]  # "verlangte von Kenia, Soldaten abzuziehen"
    return stage.marked(asked, "", "object", "target", "with", *(("origin", "agent") if group else ()))


def _is_joined_to(stage: Stage, governor: EventTrigger) -> bool:
    """ "ordered the army to attack and cancelled a trip": a verb behind "and" that is finite as the governor is."""
    form = stage.sentence.language.verbal_form
    joined = any(m.end == stage.trigger.start for m in stage.sentence.signs.get("clause.coordinators", ()))
    if joined and stage.order == "V2":
        return True  # "mahnte Serbien und stellte Hilfe in Aussicht": infinitives stand last
    if not joined:
        return False
    tokens, infinitive = stage.sentence.tokens, stage.sentence.language.infinitive
    if form is None:  # "convocó al embajador y llamó al suyo": no infinitive, and so no act that is asked for
        return infinitive is not None and not infinitive.search(tokens[stage.trigger.start].text)
    return all(form.search(tokens[t.start].text) for t in (governor, stage.trigger))


def _carries_on(stage: Stage, follower: Actor) -> bool:
    """Whether a verb with an attached "and" keeps the subject before it, so that who follows is its object.

    So it does where who follows is counted, part of the words of another trigger ("threatened to recall its
    ambassador"), or behind somebody with a preposition ("asked of France to send rescuers").
    """
    joined = stage.sentence.tokens[stage.trigger.start].text[0] in "وف" and stage.trigger.clause > 0
    between = range(stage.trigger.end, follower.start)
    if joined and any(stage.trigger.end <= t.start <= follower.start for t in stage.triggers):
        return True
    if joined and any(a.marking and stage.trigger.end <= a.start < follower.start for a in stage.actors):
        return True
    counted = any(p in stage.sentence.numbers or stage.sentence.tokens[p].text[0].isdigit() for p in between)
    return joined and follower.kind == "role" and (counted or _disagrees(stage, follower))


def _disagrees(stage: Stage, follower: Actor) -> bool:
    """ "وطردت سفيرها": a feminine verb does not have a man for its subject, who is somebody's here."""
    noun = stage.sentence.tokens[follower.start].text
    suffix = stage.sentence.language.possessive_suffix
    owned = suffix.search(noun) if suffix is not None and follower.possessed else None
    feminine = stage.sentence.tokens[stage.trigger.start].text.endswith("ت")
    return feminine and owned is not None and not noun[: owned.start(1)].endswith(("ت", "ات", "ة"))


def _embedded_subject(stage: Stage) -> Actor | None:
    """Where verbs stand last, who does what an inner verb tells: a genitive before it or a head after it."""
    if "converb" in stage.trigger.traits:  # "saldırarak … öldürdüğünü": its subject is that of the verb it leads to
        later = [t for t in stage.triggers if t.start > stage.trigger.start and t.clause == stage.trigger.clause]
        main = next((t for t in later if not t.nominal and "converb" not in t.traits), None)
        return stage.owner_before(main) if main and "embedded" in main.traits else None
    if "embedded" in stage.trigger.traits:
        return stage.owner_before(stage.trigger) or _asked_to(stage)
    if "relative" in stage.trigger.traits:
        head = next((a for a in stage.actors if 0 <= a.start - stage.trigger.end <= 2), None)
        return head if head and head.marking != "of" else None
    return None


def _asked_to(stage: Stage) -> Actor | None:
    """Where verbs stand last, who is asked for the act of an inner verb: "Çad'ı askerlerini çekmeye çağırdı"."""
    later = (t for t in stage.triggers if t.start >= stage.trigger.end and t.clause == stage.trigger.clause)
    main = next((t for t in later if not t.nominal and not t.traits & {"embedded", "relative", "converb"}), None)
    if main is None or main.entry.type != "REQUEST":
        return None
    asked = asked_before(stage.of(main), subject_of(stage.of(main)))
    return asked.actor if asked else None


def _subject_among(stage: Stage, bare: list[Actor]) -> Actor:
    """The bare actor right before the verb if a clause could start with it, else the first of the clause."""
    nearest = bare[-1]
    if stage.words_between(nearest.end, stage.trigger.start) <= 2 and _starts_clause(stage, bare[0], nearest):
        return nearest
    solid = [a for a in bare if not a.adjectival and not a.possessive] or [a for a in bare if not a.adjectival]
    return solid[0] if solid else bare[0]


def _starts_clause(stage: Stage, first: Actor, nearest: Actor) -> bool:
    """Whether "and" or a comma before an actor joins clauses: another verb stands between, or both marks do."""
    before = nearest.start - 1
    while before > 0 and stage.sentence.sign_at("determiner", before):
        before -= 1
    comma = stage.sentence.tokens[before].text in (",", "،")
    coordinator = stage.sentence.sign_at("clause.coordinators", before)
    verb_between = any(first.end <= t.start < nearest.start and not t.nominal for t in stage.triggers)
    after_comma = coordinator and before > 0 and stage.sentence.tokens[before - 1].text in (",", "،")
    apart = nearest.group < 0 or nearest.group != first.group
    return apart and ((verb_between and (comma or coordinator)) or after_comma)
