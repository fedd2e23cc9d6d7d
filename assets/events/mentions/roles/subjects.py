"""Who does it: the subject of a verb, where it stands, whom it is inherited from, and who is told with "by"."""

from __future__ import annotations

from assets.events.mentions.actors.actor import CASES, Actor
from assets.events.mentions.roles.objects import asked_before
from assets.events.mentions.roles.stage import PROMISING_TYPES, Found, Stage
from assets.events.mentions.sentence import CONVERB
from assets.events.mentions.status import attributed_to
from assets.events.mentions.triggers import EventTrigger

_INVERTED_REACH = 3  # how far behind its verb a subject may begin where verbs do not come first
_OWNER_REACH = 6  # how far behind a passive verb the one begins whose people or things it is said of
_SAID = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "ACCUSE", "CONCEDE", "SUPPORT"})
OBJECT_CONTROL = frozenset({"REQUEST", "ACCUSE"})
"""Types whose addressee is to do, or did, what their complement tells."""
_SHORTEST_WITH_PREPOSITION = 3  # letters
_COMPLAINTS = frozenset({"ACCUSE", "REQUEST", "REJECT"})
_FORCE = frozenset({"ASSAULT", "COERCE"})
_HEAD_REACH = 3  # tokens behind a verb within which the owner of the noun right behind it begins
_TRAVEL_REACH = 8  # the same of a traveller, behind where he goes: "Llegó a La Habana en visita oficial el ministro"
_PATIENT_REACH = 12  # the same of whom a passive is said of, behind its doer and place
_NAMES = frozenset({"country", "metonym", "organisation", "person", "group"})
_OF_PLACES = frozenset({"ASSAULT", "RETREAT"})  # done to what bears a name without a preposition
_COMMAS = frozenset(",،")
_CLOSING_QUOTES = frozenset('"“”»«')


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
    if told := _speaker(stage):
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
    if said_before := _speaker_joined(stage, bare):
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
    if bare and after and _owns_what_is_refused(stage, bare):
        return Found(after[0], 0.9)
    if bare:
        return Found(_subject_among(stage, bare), 1.0)
    if office := _office_that_speaks(stage):
        return Found(office, 0.85)
    return _inverted_subject(stage, after, passive=passive)


def _pronoun_that_speaks(stage: Stage) -> Actor | None:
    """ "…, drohte er": a verb of speech with its pronoun ends the sentence; it is of whom the one before told."""
    end, last = stage.trigger.end, len(stage.sentence.tokens)
    if stage.order != "V2" or stage.trigger.nominal or stage.trigger.entry.type not in _SAID:
        return None
    if not last - 3 < end < last or _mark_before(stage) is None:
        return None
    if not stage.sentence.sign_at("reference.pronouns", end):
        return None
    person = stage.context.last_person if stage.sentence.sign_at("reference.persons", end) else None
    return person or stage.context.last_subject


def _owns_what_is_refused(stage: Stage, bare: list[Actor]) -> bool:
    """ "Die Vorwürfe Australiens wies China zurück": whose words stand before the verb, who refuses behind it."""
    refuses = stage.order == "V2" and stage.trigger.entry.type == "REJECT"
    return refuses and all(a.adjectival or (a.possessive and a.kind in ("country", "metonym")) for a in bare)


def _speaker_joined(stage: Stage, bare: list[Actor]) -> Actor | None:
    """ "Moskau setze Streumunition ein, teilte Kiew mit und warf Moskau vor": who says so does what "and" adds."""
    if (
        stage.order != "V2"
        or len(bare) < 2
        or not any(m.end == stage.trigger.start for m in stage.sentence.signs.get("clause.coordinators", ()))
    ):
        return None
    tokens, start = stage.sentence.tokens, stage.sentence.clause_range(stage.trigger.clause)[0]
    commas = [p for p in range(start, stage.trigger.start - 1) if tokens[p].text in _COMMAS]
    if not commas or not tokens[commas[-1] + 1].text.islower():
        return None
    told = any(m.start in (commas[-1], commas[-1] + 1) for m in stage.sentence.signs.get("reporting.verbs", ()))
    return next((a for a in bare if told and a.start > commas[-1]), None)


def _speaker(stage: Stage) -> Found | None:
    """Who says so of himself ("«Мы требуем …», — заявил министр"), or stands behind what he says."""
    own = "own" in stage.trigger.traits
    if own and (named := attributed_to(stage.sentence, stage.trigger, stage.actors)):
        return Found(named, 0.9)
    if he := _pronoun_that_speaks(stage):
        return Found(he, 0.7)
    speaker = speaker_behind(stage)
    return _whom_speaker_is_of(stage, speaker) if speaker else None


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


def _office_that_speaks(stage: Stage) -> Actor | None:
    """ "В МИД Белоруссии призвали": those at a seat of power that opens the sentence in the case of a place."""
    first = stage.before()[0] if stage.before() else None
    if first is None or stage.order != "SVO" or stage.trigger.passive or stage.trigger.entry.type not in _SAID:
        return None
    untold = first.kind == "country" and "plural" in stage.trigger.traits  # "в Перу осудили"
    seat = first.kind == "metonym" or (first.kind == "role" and first.sector == "GOV") or untold
    sits = first.marking == "place" and ("place" in first.cases or not first.cases)  # "в Перу" is not declined
    return first if seat and first.start <= 1 and sits else None


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
    return Found(_main_subject(stage, follow), 0.9) if follow else None


def speaker_behind(stage: Stage) -> Actor | None:
    """ "Berlin solle … aussetzen, verlangte das Hilfswerk": whose words come first stands behind the verb.

    So it is after reported speech in a mood of its own or in quotation marks, and where the verb, its subject and
    no other event end the sentence.
    """
    if stage.order not in ("SVO", "V2") or stage.trigger.nominal or stage.trigger.entry.type not in _SAID:
        return None
    mark = _mark_before(stage)
    behind = [a for a in stage.after(_INVERTED_REACH + 1) if a.marking == "" and not a.adjectival]
    if mark is None or not behind or stage.trigger.passive:
        return None
    tokens, opens = stage.sentence.tokens, stage.sentence.openers.get(stage.sentence.clauses[mark - 1])
    quoted = tokens[mark].text in _CLOSING_QUOTES or tokens[mark - 1].text in _CLOSING_QUOTES
    told = any(stage.sentence.sign_at("reporting.mood", p) for p in range(mark))
    last = behind[0].kind == "role" and not any(t.start > behind[0].end for t in stage.triggers)
    ends = last and stage.order == "SVO" and opens != "clause.relatives"
    return behind[0] if told or quoted or ends else None


def _whom_speaker_is_of(stage: Stage, speaker: Actor) -> Found:
    """The speaker; for a minister of no named country the one whose act is announced or threatened."""
    own = stage.trigger.entry.type in PROMISING_TYPES and speaker.is_role
    first = next((a for a in stage.actors if a.end <= stage.trigger.start and a.marking == "" and a.country), None)
    if own and first and stage.order == "V2":
        return Found(first, 0.85)
    return Found(speaker, 0.95)


def _mark_before(stage: Stage) -> int | None:
    """The comma that the verb, with at most a short auxiliary, stands behind."""
    for position in range(stage.trigger.start - 1, max(stage.trigger.start - 3, 0), -1):
        token = stage.sentence.tokens[position]
        if not token.is_word:
            return position if token.text in _COMMAS or token.text in _CLOSING_QUOTES else None
        if not stage.sentence.sign_at("voice.perfect", position):
            return None
    return None


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
    asks_for = stage.order == "VSO" and bool(after) and _is_led_by_its_object(stage) and _drops_its_subject(stage)
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
        if owned and not _has_preposition(stage, first) and first not in stage.sentence.prepositions:
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


def inherited_subject(stage: Stage) -> Found | None:
    """Who acts where the clause names nobody: the head of a relative clause, the subject told before, or "he"."""
    clause = stage.trigger.clause
    start = stage.sentence.clause_range(clause)[0]
    pronoun = stage.sentence.signs_between("reference.pronouns", start, stage.trigger.start)
    earlier = [a for a in stage.actors if a.end <= start]
    if _tells_its_own_doer(stage, start) and (doer := _subject_of_clause_before(stage)):
        return Found(doer, 0.85)
    if stage.sentence.openers.get(clause) == "clause.relatives" and _is_of_a_deed(stage, start):
        return None
    if stage.sentence.openers.get(clause) == "clause.relatives" and earlier:
        near = start - earlier[-1].end <= 3
        if _is_of_another_noun(stage, earlier[-1], start):
            return None  # "condemned the violence that struck": the violence did, nobody who is named
        return Found(earlier[-1], 0.85) if near or stage.order != "VSO" else None
    subjects = [a for a in earlier if a.marking == ""]
    if stage.sentence.openers.get(clause) == "clause.complementisers" and (told := _subject_of_clause_before(stage)):
        return Found(told, 0.8)
    said = [c for c, kind in stage.sentence.openers.items() if kind == "clause.complementisers" and c < clause]
    subjects = [a for a in subjects if said and stage.clause(a) >= said[-1]] or subjects  # whom it is said of
    if subjects:
        return Found(_main_subject(stage, subjects), 0.8)
    if named := _named_before(stage, start, pronoun=bool(pronoun)):
        return Found(named, 0.6)
    attributed = stage.marked(earlier, "of", "agent", "origin", "with")
    if attributed is None and _drops_its_subject(stage) and stage.context.last_subject:
        return Found(stage.context.last_subject, 0.6)
    return Found(attributed, 0.55) if attributed else None


def _may_be_named(stage: Stage) -> bool:
    """Whether a word that the vocabulary does not know, before a verb that comes last, may be its subject."""
    known = {p for a in stage.actors for p in range(a.start, a.end)}
    known |= {p for matches in stage.sentence.signs.values() for m in matches for p in m.positions}
    known |= {p for t in stage.triggers for p in t.words}
    start = stage.trigger.start
    return any(p not in known and stage.sentence.tokens[p].is_word for p in range(start))


def _is_led_by_its_object(stage: Stage) -> bool:
    """ "وطالب بانسحاب رواندا": right behind the verb a noun with an attached preposition, whose it is behind that."""
    position = stage.trigger.start + 1
    subjects = {a.start for a in stage.actors if a.marking == ""}
    return position < len(stage.sentence.tokens) and position not in subjects and _has_preposition(stage, position)


def _has_preposition(stage: Stage, position: int) -> bool:
    """Whether a word begins as one with the attached preposition ب does."""
    word = stage.sentence.tokens[position].text
    return word.startswith("ب") and len(word) > _SHORTEST_WITH_PREPOSITION


def _has_object_next(stage: Stage) -> bool:
    """Whether what follows a verb that opens the sentence is no subject: a preposition, a number, an accusative."""
    if stage.trigger.start > 0:
        return False
    position = stage.trigger.start + 1
    tokens, suffix = stage.sentence.tokens, stage.sentence.language.object_suffix
    verb = tokens[stage.trigger.start].text
    if verb.endswith("وا") or (suffix is not None and suffix.search(verb)):
        return True
    if position >= len(tokens):
        return True
    if any(a.start == position and a.marking == "" for a in stage.actors):
        return False
    led = position in stage.sentence.prepositions or _has_preposition(stage, position)
    return led or position in stage.sentence.numbers or tokens[position].text.endswith(("اً", "ًا", "ةً"))


def _drops_its_subject(stage: Stage) -> bool:
    """ "También acusó a la oposición": a finite verb of a sentence that names nobody before it."""
    form = stage.sentence.language.dropped_subject
    if form is None or stage.trigger.nominal or stage.trigger.passive or stage.is_quotation():
        return False
    if stage.trigger.traits & {"embedded", "infinitive", "relative"}:
        return False
    if stage.trigger.entry.frame in ("receive", "suffer"):
        return False
    if (stage.order == "VSO" and not _has_object_next(stage)) or (stage.order == "SOV" and _may_be_named(stage)):
        return False
    last = stage.order == "SOV"
    verb = stage.sentence.tokens[stage.trigger.end - 1 if last else stage.trigger.start].text
    return form.search(verb) is not None


def _is_of_another_noun(stage: Stage, actor: Actor, start: int) -> bool:
    """Whether a relative clause from a token on belongs to a noun behind the actor: one that a verb parts from it.

    Where verbs come first, it is so too if any word stands between it and a name (Arabic أدانت مصر العنف الذي).
    """
    if stage.order == "VSO" and actor.kind not in ("role", "adjective"):
        return stage.words_between(actor.end, start) > 0
    parted = any(actor.end <= t.start < start and not t.nominal for t in stage.triggers)
    return stage.order != "V2" and parted


def _named_before(stage: Stage, start: int, *, pronoun: bool) -> Actor | None:
    """Whom an earlier sentence named and a pronoun stands for."""
    personal = stage.sentence.signs_between("reference.persons", start, stage.trigger.start)
    if personal and stage.context.last_person:
        return stage.context.last_person
    return stage.context.last_subject if pronoun else None


def _tells_its_own_doer(stage: Stage, start: int) -> bool:
    """ "two diplomats whom it accuses": a relative clause with a pronoun for its subject is of its antecedent."""
    relative = stage.sentence.openers.get(stage.trigger.clause) == "clause.relatives"
    plain = stage.order == "SVO" and not stage.trigger.passive and not stage.trigger.nominal
    between = range(start + 1, stage.trigger.start)
    return (
        relative
        and plain
        and len(between) in (1, 2)
        and any(
            stage.sentence.sign_at("reference.pronouns", p) and not stage.sentence.sign_at("reference.possessives", p)
            for p in between
        )
    )


def _subject_of_clause_before(stage: Stage) -> Actor | None:
    before = [a for a in stage.actors if stage.clause(a) == stage.trigger.clause - 1 and a.marking == ""]
    return _main_subject(stage, before) if before else None


def _is_of_a_deed(stage: Stage, start: int) -> bool:
    """Whether a relative clause tells of a deed that others speak of: "condemned the violence that hit civilians"."""
    named = any(m.end == start and m.meaning.part == "noun" for m in stage.sentence.triggers)
    return named and any(not t.nominal and t.end <= start and t.entry.type in _SAID for t in stage.triggers)


def _main_subject(stage: Stage, subjects: list[Actor]) -> Actor:
    solid = [a for a in subjects if not a.adjectival]
    return solid[0] if solid else subjects[0]
