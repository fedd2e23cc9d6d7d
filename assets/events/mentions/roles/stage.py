"""One trigger among the actors of its sentence: who stands where, and who is within its reach.

Which of them acts and which is acted upon is decided in `subjects`, `objects`, `addressees`, `nouns`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assets.events.mentions.actors.actor import Actor, DocumentContext
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.triggers import EventTrigger

_REACH = 14  # tokens after a trigger within which its target is looked for
_OPENING_QUOTES = frozenset('"“„«‘')
PROMISING_TYPES = frozenset({"AGREE", "THREATEN", "REJECT", "CONCEDE"})
SAYING_TYPES = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "ACCUSE", "CONCEDE", "SUPPORT"})


@dataclass(frozen=True, slots=True)
class Found:
    """An actor found for a part in an event, and how surely it plays it: 0 to 1."""

    actor: Actor
    sureness: float


def is_same(left: Actor, right: Actor) -> bool:
    """Whether two actors are one: a reference may stand for several countries at one place."""
    return left.start == right.start and left.country == right.country


def is_suffering(trigger: EventTrigger) -> bool:
    """Whether the words tell of an attack from the side of who suffers it."""
    return trigger.entry.type == "ASSAULT" and trigger.entry.frame == "suffer"


def is_fire(trigger: EventTrigger) -> bool:
    """Whether the words name fire from afar, whose adjective tells who fires ("российский обстрел")."""
    return trigger.entry.type == "ASSAULT" and trigger.entry.mode in ("aerial", "drone", "heavy-weapons")


class Stage:
    """One trigger among the actors of its sentence."""

    def __init__(
        self,
        sentence: Sentence,
        trigger: EventTrigger,
        actors: list[Actor],
        triggers: list[EventTrigger],
        context: DocumentContext,
    ) -> None:
        self.sentence = sentence
        self.trigger = trigger
        self.actors = actors
        self.triggers = triggers
        self.context = context
        self.order = sentence.language.grammar.word_order
        self._after: dict[int, list[Actor]] = {}  # by reach: asked many times of one trigger

    def clause(self, actor: Actor) -> int:
        """The clause an actor stands in."""
        return self.sentence.clauses[actor.start]

    def group_of(self, actor: Actor) -> tuple[Actor, ...]:
        """The actor and those coordinated with it, in order."""
        if actor.group < 0:
            return (actor,)
        return tuple(a for a in self.actors if a.group == actor.group)

    def before(self) -> list[Actor]:
        """Actors of the clause that stand before the trigger."""
        return self._before

    @cached_property
    def _before(self) -> list[Actor]:
        found = [a for a in self.actors if a.start < self.trigger.start and self.clause(a) == self.trigger.clause]
        return found if self.order != "SOV" else [a for a in found if not self._is_consumed(a)]

    def _is_consumed(self, actor: Actor) -> bool:
        """Whether, where verbs stand last, an actor belongs to a clause or noun inside the one of the trigger."""
        return any(
            other.end <= self.trigger.start and start <= actor.start < other.start
            for other, start in self.inner_domains()
        )

    def inner_domains(self) -> list[tuple[EventTrigger, int]]:
        """Inner verbs and possessed nouns of the trigger's clause, each with the place where its own words begin."""
        found = []
        for other in self.triggers:
            own = other.clause == self.trigger.clause and other.start != self.trigger.start
            own = own and not self._is_promised(other)
            if own and ("embedded" in other.traits or other.nominal):
                owner = self.owner_before(other)
                if owner:
                    found.append((other, owner.start))
        return found

    def owner_before(self, trigger: EventTrigger) -> Actor | None:
        """The genitive that is the subject of an embedded verb ("Rusya'nın saldırdığını") or possesses a noun."""
        verbs = [
            t.end
            for t in self.triggers
            if t.end <= trigger.start
            and t.clause == trigger.clause
            and t.traits
            and "converb" not in t.traits
            and not self._is_promised(t)
        ]
        start = max((end for end in verbs), default=0)
        before = [
            a for a in self.actors if start <= a.start and a.end <= trigger.start and self.clause(a) == trigger.clause
        ]
        owner = next((a for a in before if a.marking == "of"), None)
        if owner is None and trigger.nominal and "possessed" in trigger.traits and before:
            nearest = before[-1]
            bare = nearest.marking == "" and nearest.kind in ("country", "metonym", "adjective", "group")
            owner = nearest if bare and trigger.start - nearest.end <= 1 else None
        return owner

    def _is_promised(self, other: EventTrigger) -> bool:
        """ "hibe etme sözü verdi": a verbal noun right before a promise or threat of it shares its actors."""
        return other.end == self.trigger.start and self.trigger.entry.type in PROMISING_TYPES and not other.nominal

    def after(self, reach: int = _REACH) -> list[Actor]:
        """Actors of the clause that stand after the trigger's head, within reach and before the next verb.

        A trigger with a gap ("called ~ to withdraw") may hold actors inside.
        """
        found = self._after.get(reach)
        if found is None:
            limit = min(self.trigger.end + reach, self._next_verb)
            found = self._after[reach] = [
                a
                for a in self.actors
                if self.trigger.start < a.start <= limit and self.clause(a) == self.trigger.clause
            ]
            found.sort(key=lambda a: a.is_role and a.start in self.trigger.words)  # last: "recalled its ambassador"
        return found

    @cached_property
    def _next_verb(self) -> int:
        """The next verb that is a trigger; one right beside this one ("attacked and looted") shares its actors."""
        if self.trigger.entry.type in PROMISING_TYPES:
            return len(self.sentence.tokens)  # "pledged to fund schools in Kenya": what is promised is for the target
        later = [t.start for t in self.triggers if not t.nominal and t.start >= self.trigger.end]
        verbs = [
            start
            for start in later
            if start > self.trigger.end + 2 or self._has_object_before(start) or self._is_addressed_before(start)
        ]
        return min(verbs, default=len(self.sentence.tokens))

    def _has_object_before(self, verb: int) -> bool:
        """ "condemned the launch and held drills with Japan": one word and "and" before a verb are the first's."""
        joined = any(m.end == verb for m in self.sentence.signs.get("clause.coordinators", ()))
        between = [p for p in range(self.trigger.end, verb) if self.sentence.tokens[p].is_word]
        return joined and self.order == "SVO" and len(between) > 1

    def _is_addressed_before(self, verb: int) -> bool:
        """ "called on Iran to release the sailors": who is to act stands before the verb that tells what to do."""
        controls = self.trigger.entry.type == "REQUEST" and self.order != "SOV"
        return controls and any(self.trigger.end <= a.start < verb and a.country for a in self.actors)

    def marked(self, actors: list[Actor], *markings: str) -> Actor | None:
        """The first of the actors with one of the markings."""
        return next((a for a in actors if a.marking in markings), None)

    def others(self, subject: Found | None) -> list[Actor]:
        """Actors that may be acted upon: after the verb, or on both sides where the verb stands last."""
        own = {a.start for a in self.group_of(subject.actor)} if subject else set()
        places = self.after()
        if self.order == "SVO":
            places = [*places, *(a for a in self.before() if a.cases and a.marking in ("target", "object"))]
        if self.order in ("SOV", "V2"):
            group = self.sentence.infinitive_group(self.trigger.start)
            before = [a for a in reversed(self.before()) if group is None or a.start >= group]
            if self.order == "SOV":
                places = [
                    a for a in places if a.start < self.trigger.end
                ]  # in a gap; what follows is another clause's
            if self.trigger.traits & {"embedded", "relative"}:
                owner = self.owner_before(self.trigger)
                before = [a for a in before if a.marking or (owner and a.start > owner.start)]
            places = [*places, *before]
        return [a for a in places if a.start not in own]

    def is_reciprocal(self) -> bool:
        """Whether those who act do it to each other."""
        start, end = self.sentence.clause_range(self.trigger.clause)
        return bool(self.sentence.signs_between("reference.reciprocals", start, end))

    def words_between(self, start: int, end: int) -> int:
        """How many of tokens `[start, end)` are words."""
        return sum(1 for p in range(start, end) if self.sentence.tokens[p].is_word)

    def is_circumstance(self, reach: int = 3) -> bool:
        """ "eleven soldiers died in the attack": the subject of the clause is not who did what the noun names."""
        first = max(self.trigger.start - reach, 0)
        if self.order == "V2":  # "in Brüssel Sanktionen": the name or noun is what the preposition governs
            named = (a.end for a in self.actors if a.end <= self.trigger.start and not a.adjectival)
            nouns = (
                p + 1 for p in range(first, self.trigger.start) if p and self.sentence.tokens[p].text[0].isupper()
            )
            first = max(first, *named, *nouns, 0)
        near = range(first, self.trigger.start)
        kinds = {self.sentence.prepositions[p][0] for p in near if p in self.sentence.prepositions}
        return bool(kinds & {"topic", "place", "agent"})

    def is_quotation(self) -> bool:
        """Whether the sentence opens with what somebody says in words of their own."""
        return self.sentence.tokens[0].text in _OPENING_QUOTES

    def of(self, trigger: EventTrigger) -> Stage:
        """The same sentence around another trigger."""
        return Stage(self.sentence, trigger, self.actors, self.triggers, self.context)
