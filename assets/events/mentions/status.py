"""Whether what a trigger names took place, is planned, offered, denied, claimed or supposed; and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.sentence import CONJUNCTIONS, Sentence
from assets.events.mentions.triggers import EventTrigger

_CUE_REACH = 7  # words before a trigger within which a cue bears on it
_NEGATION_REACH = 4
_LINKING_SIGNS = ("clause.boundaries", "clause.coordinators", "clause.circumstances")
_PRONOUN_LETTERS = 2  # of "se", "s'"
_TAKES_INFINITIVE = frozenset({"REJECT", "REQUEST", "AGREE", "THREATEN", "CONCEDE"})
_COMPLEMENT_REACH = 16  # words after a governing trigger that its complement may take
_TOPIC_REACH = 3  # words between "about" and the noun that is talked of
_TALKED_OF = frozenset({"RETREAT", "COOPERATE", "AID", "SUPPORT", "AGREE", "CONCEDE"})
_GOVERNED_STATUS = {
    "REQUEST": "hypothetical",
    "THREATEN": "hypothetical",
    "REJECT": "hypothetical",
    "AGREE": "planned",
    "ACCUSE": "claimed",
}
_CUE_STATUS = (
    ("status.denied", "denied"),
    ("status.attempted", "hypothetical"),
    ("status.hypothetical", "hypothetical"),
    ("status.offered", "offered"),
    ("status.planned", "planned"),
)


_NO_STATUS = frozenset({"negation", "reported_future"})  # patterns that tell of something else than a status alone
_STATUS_TRAITS = ("hypothetical", "planned")


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an event and the trigger that governs it, if any. `negated`: the text says it did not happen."""

    status: str
    negated: bool = False
    governor: EventTrigger | None = None


def standing_of(sentence: Sentence, trigger: EventTrigger, triggers: list[EventTrigger]) -> Standing:
    """The status of the event that a trigger names."""
    if not trigger.nominal and trigger.start in sentence.reported_before():
        return Standing("actual")  # what is said stands before the verb; its mood is not the verb's
    if _is_negated(sentence, trigger):
        return Standing("denied", negated=True)
    if trigger.reduced or _is_talked_of(sentence, trigger, triggers):
        # "demanded the release of sailors held since May": they are held
        return Standing("actual" if trigger.reduced else "hypothetical")
    governor = _governor(sentence, trigger, triggers)
    cue = _cue_status(sentence, trigger)
    if cue == "denied":
        return Standing("denied", governor=governor)
    if governor is None and _is_told_to_come(sentence, trigger, cue):
        return Standing("planned")
    if governor:
        return Standing(_GOVERNED_STATUS[governor.entry.type], governor=governor)
    if cue:
        return Standing(cue)
    if "infinitive" in trigger.traits:
        return Standing("hypothetical")  # an aim
    if trigger.entry.status:
        return Standing(trigger.entry.status)
    if trigger.entry.type == "AGREE" and _offers(sentence, trigger):
        return Standing("offered")
    return Standing("claimed" if _is_doubted(sentence, trigger) else "actual")


def _is_talked_of(sentence: Sentence, trigger: EventTrigger, triggers: list[EventTrigger]) -> bool:
    """ "talked with Mali about the withdrawal of its troops": an act to come is the topic of what else is told."""
    if not trigger.nominal or trigger.entry.type not in _TALKED_OF:
        return False
    near = range(max(trigger.start - _TOPIC_REACH, 0), trigger.start)
    about = any(sentence.prepositions.get(p, ("", 0))[0] == "topic" for p in near)
    return about and any(
        t.entry.type == "CONSULT" and t.clause == trigger.clause and t.start != trigger.start for t in triggers
    )


def _offers(sentence: Sentence, trigger: EventTrigger) -> bool:
    """Whether the trigger's own words are an offer ("offered to send")."""
    cues = sentence.signs.get("status.offered", ())
    return any(m.start >= trigger.start and m.end <= trigger.end for m in cues)


def _is_negated(sentence: Sentence, trigger: EventTrigger) -> bool:
    if "negative" in trigger.traits:
        return True
    pattern = sentence.language.status_patterns.get("negation")
    if pattern and not trigger.nominal and pattern.search(sentence.tokens[trigger.start].text):
        return True
    neither = sentence.signs.get("clause.negative_correlatives", ())
    if not trigger.nominal and any(sentence.clauses[m.start] == trigger.clause for m in neither):
        return True
    start = max(trigger.start - _NEGATION_REACH, 0)
    before = sentence.signs_between("status.negation", start, trigger.start)
    if sentence.language.grammar.word_order in ("V2", "SOV"):
        before += sentence.signs_between("status.negation", trigger.end, min(trigger.end + 3, len(sentence.tokens)))
    return any(
        sentence.clauses[m.start] == trigger.clause
        and not _is_of_a_name(sentence, m.start)
        and not _is_of_a_connector(sentence, m.start, m.end)
        for m in before
    )


def _is_of_a_name(sentence: Sentence, position: int) -> bool:
    """Whether a word is part of an actor's name, as the "without" of Reporters Without Borders is."""
    return any(m.end - m.start > 1 and m.start <= position < m.end for m in sentence.actor_words)


def _is_of_a_connector(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a word is part of a longer one that links clauses, as the "sin" of "sin embargo" is."""
    found = (m for kind in _LINKING_SIGNS for m in sentence.signs.get(kind, ()))
    return any(m.start <= start and end <= m.end and m.end - m.start > end - start for m in found)


def _cue_status(sentence: Sentence, trigger: EventTrigger) -> str | None:
    head = _verb_of(sentence, trigger)
    if not trigger.nominal:
        if trait := next((trait for trait in _STATUS_TRAITS if trait in trigger.traits), None):
            return trait
        for kind, pattern in sentence.language.status_patterns.items():
            if kind not in _NO_STATUS and pattern.search(head):
                return kind
    if _is_headline_future(sentence, trigger):
        return "planned"
    for kind, status in _CUE_STATUS:
        if any(
            _bears_on(sentence, m.start, m.end, trigger, kind)
            and not (kind == "status.denied" and _goes_on_beside(sentence, m.end, trigger))
            and not (kind == "status.attempted" and _is_done_beside(sentence, m.end, trigger))
            and not (kind == "status.planned" and _makes_passive(sentence, m.start, trigger))
            for m in sentence.signs.get(kind, ())
        ):
            return status
    return None


def _makes_passive(sentence: Sentence, cue: int, trigger: EventTrigger) -> bool:
    """ "wird verurteilt": what would tell the future is the passive's one auxiliary ("wird verurteilt werden")."""
    if sentence.language.grammar.word_order != "V2" or not (
        trigger.passive or _ends_in_participle(sentence, trigger)
    ):
        return False
    auxiliaries = {m.start for m in sentence.signs.get("voice.auxiliary", ())}
    return cue in auxiliaries and sum(sentence.clauses[p] == trigger.clause for p in auxiliaries) == 1


def _ends_in_participle(sentence: Sentence, trigger: EventTrigger) -> bool:
    """Whether a set phrase ends in a participle that is no infinitive as well ("zu … Haft verurteilt")."""
    form, last = sentence.language.participle, sentence.tokens[trigger.end - 1].text
    is_participle = form is not None and form.search(last) is not None
    return is_participle and not trigger.nominal and (last.endswith("t") or "ge" in last)


def _verb_of(sentence: Sentence, trigger: EventTrigger) -> str:
    """The word whose form tells the tense: the trigger's first, but for a pronoun ("se rendra")."""
    first = sentence.tokens[trigger.start].text
    second = trigger.start + 1
    reflexive = len(first) <= _PRONOUN_LETTERS and second < trigger.end and second in trigger.words
    return sentence.tokens[second].text if reflexive else first


def _goes_on_beside(sentence: Sentence, denied: int, trigger: EventTrigger) -> bool:
    """Whether the verb after a denial is coordinated with it: "rejected the charges and demanded" denies no demand.

    `denied` is the token at which the words of the denial end; nothing from that verb on is denied.
    """
    verbs = [m for m in sentence.triggers if m.meaning.part == "verb" and denied <= m.start <= trigger.start]
    first = min(verbs, key=lambda m: m.start, default=None)
    if first is None:
        return False
    said = [m for m in sentence.signs.get("clause.complementisers", ()) if denied - 1 <= m.start < first.start]
    joined = first.clitic[:1] in CONJUNCTIONS or any(
        m.end == first.start for m in sentence.signs.get("clause.coordinators", ())
    )
    return joined and not said


def _is_done_beside(sentence: Sentence, tried: int, trigger: EventTrigger) -> bool:
    """ "… que intentó entrar y detuvo a catorce": a finite verb behind "and" is no part of what was tried."""
    infinitive, verb = sentence.language.infinitive, sentence.tokens[trigger.start].text
    if infinitive is None or trigger.nominal or infinitive.search(verb):
        return False
    return _goes_on_beside(sentence, tried, trigger)


def _goes_on_behind(sentence: Sentence, governor: EventTrigger, trigger: EventTrigger) -> bool:
    """Whether a finite verb goes on behind a complement: "refused to repeal the decree and declared an emergency"."""
    if governor.entry.type not in _TAKES_INFINITIVE:
        return False
    between = sentence.signs_between("clause.coordinators", governor.end, trigger.start)
    return any(_is_finite_behind(sentence, m.start, m.end, trigger) for m in between)


def _is_finite_behind(sentence: Sentence, start: int, end: int, trigger: EventTrigger) -> bool:
    """Whether a finite verb stands right behind a coordinator `[start, end)`."""
    text = sentence.tokens[end].text
    if sentence.language.grammar.word_order == "V2":
        is_function_word = sentence.sign_at("determiner", end) or end in sentence.prepositions
        set_off = sentence.tokens[start - 1].text == "," and text[0].islower() and not is_function_word
        return set_off or (end == trigger.start and not trigger.nominal)
    form = sentence.language.verbal_form
    return form is not None and form.search(text) is not None


def _is_told_to_come(sentence: Sentence, trigger: EventTrigger, cue: str | None) -> bool:
    """Whether words that sound of a condition or of hearsay tell what somebody said that it will be."""
    supposed = cue == "hypothetical" or (cue is None and _is_doubted(sentence, trigger))
    return supposed and _is_reported_future(sentence, trigger)


def _is_reported_future(sentence: Sentence, trigger: EventTrigger) -> bool:
    """ "said that it would send": the future as somebody told it, unless a condition is put to it."""
    cues = [
        m
        for m in sentence.signs.get("status.reported_future", ())
        if sentence.clauses[m.start] == trigger.clause and _bears_on(sentence, m.start, m.end, trigger, "")
    ]
    starts = {m.start for m in cues}
    pattern = sentence.language.status_patterns.get("reported_future")
    if pattern and not trigger.nominal and pattern.search(_verb_of(sentence, trigger)):
        starts.add(trigger.start)  # "anunció que enviaría": the verb's own ending
    told = any(m.end <= start for m in sentence.signs.get("reporting.verbs", ()) for start in starts)
    supposed = [m for m in sentence.signs.get("status.hypothetical", ()) if m.start not in starts]
    return told and not supposed


def _is_headline_future(sentence: Sentence, trigger: EventTrigger) -> bool:
    """ "Macron to visit Algeria": in a headline the infinitive right behind the subject that opens it."""
    before = trigger.start - 1
    if trigger.nominal or not sentence.is_headline or before < 1:
        return False
    subject = any(m.end == before for m in sentence.actor_words)
    return subject and sentence.sign_at("status.headline_future", before)


def _bears_on(sentence: Sentence, start: int, end: int, trigger: EventTrigger, kind: str) -> bool:
    if start >= trigger.start and end <= trigger.end:
        return False
    if kind == "status.denied" and sentence.language.grammar.word_order == "SOV":
        return sentence.clauses[start] == trigger.clause and 0 <= start - trigger.end <= _COMPLEMENT_REACH
    if kind == "status.denied":
        return end <= trigger.start and trigger.start - end <= _COMPLEMENT_REACH
    same_clause = sentence.clauses[start] == trigger.clause or _opens_with(sentence, end, trigger.clause)
    if start and any("embedded" in traits for traits in sentence.analyses[start - 1].traits.values()):
        return trigger.end == start  # "yapılması halinde": said of the verb before alone
    if kind == "status.hypothetical" and sentence.openers.get(sentence.clauses[start]) == "clause.boundaries":
        return same_clause
    verb_last = sentence.language.grammar.word_order in ("V2", "SOV")
    reach = _CUE_REACH if not trigger.nominal else _CUE_REACH - 3
    near = 0 <= trigger.start - end <= reach or (verb_last and 0 <= start - trigger.end <= 3)
    return same_clause and near


def _opens_with(sentence: Sentence, end: int, clause: int) -> bool:
    """Whether a cue before a token is what a clause of "that" is said of: "it is expected that", ‏من المقرر أن‎."""
    if sentence.openers.get(clause) != "clause.complementisers":
        return False
    return sentence.clause_range(clause)[0] in (end - 1, end)


def _governor(sentence: Sentence, trigger: EventTrigger, triggers: list[EventTrigger]) -> EventTrigger | None:
    """The trigger in whose complement this one stands."""
    if sentence.language.grammar.word_order == "SOV":
        return _governor_after(trigger, triggers)
    for other in triggers:
        embraced = other.start < trigger.start < other.end and trigger.start not in other.words
        if (other.end > trigger.start and not embraced) or other.nominal:
            continue
        if trigger.start - other.end > _COMPLEMENT_REACH:
            continue
        if other.clause > trigger.clause:
            continue  # of a relative clause inside the one of the trigger
        kind = other.entry.type
        if kind not in _GOVERNED_STATUS or (kind == "ACCUSE" and other.entry.mode == "disapprove"):
            continue
        if kind == "ACCUSE" and trigger.nominal:
            continue
        goes_on = _goes_on_beside(sentence, other.end, trigger) or _goes_on_behind(sentence, other, trigger)
        if not _breaks_between(sentence, other, trigger) and not goes_on:
            return other
    return _speech_behind(sentence, trigger, triggers) if sentence.language.grammar.word_order == "V2" else None


def _speech_behind(sentence: Sentence, trigger: EventTrigger, triggers: list[EventTrigger]) -> EventTrigger | None:
    """ "Berlin solle die Abschiebungen aussetzen, verlangte das Hilfswerk": the verb of speech right behind it."""
    behind = (t for t in triggers if t.start > trigger.end and t.clause == trigger.clause + 1 and not t.nominal)
    other = next(behind, None)
    if other is None or other.entry.type not in _GOVERNED_STATUS or other.entry.mode == "disapprove":
        return None
    begins = sentence.clause_range(other.clause)[0] + 1 == other.start
    return other if begins and sentence.openers.get(other.clause) == "mark" else None


def _governor_after(trigger: EventTrigger, triggers: list[EventTrigger]) -> EventTrigger | None:
    """The same where verbs stand last: the next finite verb, if it governs an embedded verb or an infinitive."""
    if not trigger.traits & {"embedded", "infinitive"}:
        return None
    later = (t for t in triggers if t.start >= trigger.end and t.clause == trigger.clause and not t.nominal)
    other = next((t for t in later if not t.traits & {"embedded", "relative", "converb"}), None)
    if other is None or other.start - trigger.end > _COMPLEMENT_REACH or other.entry.type not in _GOVERNED_STATUS:
        return None
    return None if other.entry.type == "ACCUSE" and other.entry.mode == "disapprove" else other


def _breaks_between(sentence: Sentence, governor: EventTrigger, trigger: EventTrigger) -> bool:
    """Whether something that ends a complement stands between: a boundary word, a mark, a report."""
    for clause in range(governor.clause + 1, trigger.clause + 1):
        if sentence.openers.get(clause) not in ("clause.complementisers", "clause.relatives"):
            return True
    return False


def _is_doubted(sentence: Sentence, trigger: EventTrigger) -> bool:
    if trigger.nominal and any(
        m.end == trigger.start or m.start == trigger.end for m in sentence.signs.get("reporting.doubt_of_persons", ())
    ):
        return True  # "la presunta violación"; of "nueve presuntos pandilleros" it is doubted who they are
    return any(
        sentence.clauses[m.start] == trigger.clause and abs(m.start - trigger.start) <= _CUE_REACH
        for m in sentence.signs.get("reporting.doubt", ())
    )


def attributed_to(sentence: Sentence, trigger: EventTrigger, actors: list[Actor]) -> Actor | None:
    """Who, by the sentence, says that the event is so: the subject of a reporting verb, or after "according to"."""
    for match in sentence.signs.get("reporting.attributions", ()):
        named = next((a for a in actors if 0 <= a.start - match.end <= 3), None)
        if sentence.language.grammar.word_order == "SOV":
            named = next((a for a in actors if a.end == match.start), None)
        if named:
            return named
    for match in sentence.signs.get("reporting.verbs", ()):
        if match.start < trigger.end and trigger.start < match.end:
            continue
        clause = sentence.clauses[match.start]
        speakers = [a for a in actors if a.marking == "" and sentence.clauses[a.start] == clause and not a.adjectival]
        before = [a for a in speakers if a.end <= match.start and match.start - a.end <= 6]
        if sentence.language.grammar.word_order == "SOV":
            before = [a for a in speakers if a.end <= match.start][:1]
        inverted = match.start > 0 and not sentence.tokens[match.start - 1].is_word  # “…”, said the minister
        told = (a for a in actors if a.marking == "" and not a.adjectival)  # what is reported begins at the speaker
        after = [a for a in told if inverted and 0 <= a.start - match.end <= 2]
        if before or after:
            return before[-1] if before else after[0]
    return None
