"""Who says it: those who stand behind their own words, an office told of as a place, a minister of a state."""

from __future__ import annotations

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.roles.stage import PROMISING_TYPES, SAYING_TYPES, Found, Stage
from assets.events.mentions.status import attributed_to

_SPEAKER_REACH = 4  # how far behind its verb a speaker may begin
_COMMAS = frozenset(",،")
_CLOSING_QUOTES = frozenset('"“”»«')


def speaker_of(stage: Stage) -> Found | None:
    """Who says so of himself ("«Мы требуем …», — заявил министр"), or stands behind what he says."""
    own = "own" in stage.trigger.traits
    if own and (named := attributed_to(stage.sentence, stage.trigger, stage.actors)):
        return Found(named, 0.9)
    if he := pronoun_that_speaks(stage):
        return Found(he, 0.7)
    speaker = speaker_behind(stage)
    return _whom_speaker_is_of(stage, speaker) if speaker else None


def speaker_behind(stage: Stage) -> Actor | None:
    """ "Berlin solle … aussetzen, verlangte das Hilfswerk": whose words come first stands behind the verb.

    So it is after reported speech in a mood of its own or in quotation marks, and where the verb, its subject and
    no other event end the sentence.
    """
    if stage.order not in ("SVO", "V2") or stage.trigger.nominal or stage.trigger.entry.type not in SAYING_TYPES:
        return None
    mark = _mark_before(stage)
    behind = [a for a in stage.after(_SPEAKER_REACH) if a.marking == "" and not a.adjectival]
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


def pronoun_that_speaks(stage: Stage) -> Actor | None:
    """ "…, drohte er": a verb of speech with its pronoun ends the sentence; it is of whom the one before told."""
    end, last = stage.trigger.end, len(stage.sentence.tokens)
    if stage.order != "V2" or stage.trigger.nominal or stage.trigger.entry.type not in SAYING_TYPES:
        return None
    if not last - 3 < end < last or _mark_before(stage) is None:
        return None
    if not stage.sentence.sign_at("reference.pronouns", end):
        return None
    person = stage.context.last_person if stage.sentence.sign_at("reference.persons", end) else None
    return person or stage.context.last_subject


def owns_what_is_refused(stage: Stage, bare: list[Actor]) -> bool:
    """ "Die Vorwürfe Australiens wies China zurück": whose words stand before the verb, who refuses behind it."""
    refuses = stage.order == "V2" and stage.trigger.entry.type == "REJECT"
    return refuses and all(a.adjectival or (a.possessive and a.kind in ("country", "metonym")) for a in bare)


def speaker_joined(stage: Stage, bare: list[Actor]) -> Actor | None:
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


def office_that_speaks(stage: Stage) -> Actor | None:
    """ "В МИД Белоруссии призвали": those at a seat of power that opens the sentence in the case of a place."""
    first = stage.before()[0] if stage.before() else None
    if first is None or stage.order != "SVO" or stage.trigger.passive or stage.trigger.entry.type not in SAYING_TYPES:
        return None
    untold = first.kind == "country" and "plural" in stage.trigger.traits  # "в Перу осудили"
    seat = first.kind == "metonym" or (first.kind == "role" and first.sector == "GOV") or untold
    sits = first.marking == "place" and ("place" in first.cases or not first.cases)  # "в Перу" is not declined
    return first if seat and first.start <= 1 and sits else None
