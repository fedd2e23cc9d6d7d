"""Who acts where a clause names nobody: a relative clause's head, the subject told before, or one left out."""

from __future__ import annotations

from assets.events.mentions.actors.actor import Actor
from assets.events.mentions.roles.stage import SAYING_TYPES, Found, Stage

_SHORTEST_WITH_PREPOSITION = 3  # letters


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
        return Found(main_subject(stage, subjects), 0.8)
    if named := _named_before(stage, start, pronoun=bool(pronoun)):
        return Found(named, 0.6)
    attributed = stage.marked(earlier, "of", "agent", "origin", "with")
    if attributed is None and drops_its_subject(stage) and stage.context.last_subject:
        return Found(stage.context.last_subject, 0.6)
    return Found(attributed, 0.55) if attributed else None


def _may_be_named(stage: Stage) -> bool:
    """Whether a word that the vocabulary does not know, before a verb that comes last, may be its subject."""
    known = {p for a in stage.actors for p in range(a.start, a.end)}
    known |= {p for matches in stage.sentence.signs.values() for m in matches for p in m.positions}
    known |= {p for t in stage.triggers for p in t.words}
    start = stage.trigger.start
    return any(p not in known and stage.sentence.tokens[p].is_word for p in range(start))


def is_led_by_its_object(stage: Stage) -> bool:
    """ "وطالب بانسحاب رواندا": right behind the verb a noun with an attached preposition, whose it is behind that."""
    position = stage.trigger.start + 1
    subjects = {a.start for a in stage.actors if a.marking == ""}
    return position < len(stage.sentence.tokens) and position not in subjects and has_preposition(stage, position)


def has_preposition(stage: Stage, position: int) -> bool:
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
    led = position in stage.sentence.prepositions or has_preposition(stage, position)
    return led or position in stage.sentence.numbers or tokens[position].text.endswith(("اً", "ًا", "ةً"))


def drops_its_subject(stage: Stage) -> bool:
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
    return main_subject(stage, before) if before else None


def _is_of_a_deed(stage: Stage, start: int) -> bool:
    """Whether a relative clause tells of a deed that others speak of: "condemned the violence that hit civilians"."""
    named = any(m.end == start and m.meaning.part == "noun" for m in stage.sentence.triggers)
    return named and any(not t.nominal and t.end <= start and t.entry.type in SAYING_TYPES for t in stage.triggers)


def main_subject(stage: Stage, subjects: list[Actor]) -> Actor:
    """The first of some subjects that is more than an adjective, if one is."""
    solid = [a for a in subjects if not a.adjectival]
    return solid[0] if solid else subjects[0]
