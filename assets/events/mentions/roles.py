"""Who does it to whom: actors as source and target of a trigger, by clause, voice, marking and word order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assets.events.mentions.actors import UNHOMED_SECTORS, Actor, DocumentContext
from assets.events.mentions.sentence import CONVERB, Sentence
from assets.events.mentions.triggers import EventTrigger

_REACH = 14  # tokens after a trigger within which its target is looked for
_NOMINAL_REACH = 8
_DEED_REACH = 8  # words between a verb of blame and the deed it blames
_INVERTED_REACH = 3  # how far behind its verb a subject may begin where verbs do not come first
_COOPERATIVE_TYPES = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})
_AT_PLACES = frozenset(
    {"AGREE", "AID", "ASSAULT", "COERCE", "SANCTION", "THREATEN"}
)  # what is done in a country is to it
_PROMISING_TYPES = frozenset({"AGREE", "THREATEN", "REJECT", "CONCEDE"})
_JUDGING_TYPES = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE", "PROTEST"})
_COMPLEMENT_DISTANCE = 3  # words that may stand between a verb and the clause that is its complement
_SAID = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "ACCUSE", "CONCEDE", "SUPPORT"})
_COMMAS = frozenset(",،")
_CLOSING_QUOTES = frozenset('"“”»«')
_OBJECT_CONTROL = frozenset({"REQUEST", "ACCUSE"})


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts and who is acted upon, each a coordinated group or empty; `sureness` is 0 to 1."""

    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    sureness: float


@dataclass(frozen=True, slots=True)
class _Found:
    actor: Actor
    sureness: float


def cast_event(
    sentence: Sentence,
    trigger: EventTrigger,
    actors: list[Actor],
    triggers: list[EventTrigger],
    context: DocumentContext,
) -> Cast:
    """The source and target of one trigger."""
    stage = _Stage(sentence, trigger, actors, triggers, context)
    source, target = stage.nominal_cast() if trigger.nominal else stage.verbal_cast()
    judges = trigger.entry.type in _JUDGING_TYPES - {"THREATEN", "PROTEST"} and not trigger.nominal
    if stage.order == "SOV" and target is None and judges:
        target = stage.judged_before()
    elif trigger.entry.type == "ACCUSE" and not trigger.nominal and stage.order != "SOV":
        target = stage.blamed(target)
    if trigger.entry.mode == "expel" and source and target:
        target = stage.foreign_envoy(source, target)
    target = stage.relative_object(source) or target
    if source and target and _same(source.actor, target.actor):
        target = None
    if target is None and trigger.entry.type == "PROTEST":
        target = stage.government()
    if target is None:
        target = stage.pronominal_target(source) or stage.complement_subject(source) or stage.told_before(source)
    return _expanded(stage, source, target)


def _same(left: Actor, right: Actor) -> bool:
    return left.start == right.start and left.country == right.country


def _expanded(stage: _Stage, source: _Found | None, target: _Found | None) -> Cast:
    sources = stage.group_of(source.actor) if source else ()
    targets = stage.group_of(target.actor) if target else ()
    sureness = (source.sureness if source else 0.75) * (target.sureness if target else 0.85)
    unnamed = not any(actor.country for actor in targets)
    if sources == targets or (unnamed and (_act_together(stage.trigger, sources) or stage.is_reciprocal())):
        sources, targets = sources[:1], sources[1:]  # "A and B met": each is the other's partner
        sureness = source.sureness if source and targets else sureness
    return Cast(sources, targets, sureness)


def _act_together(trigger: EventTrigger, sources: tuple[Actor, ...]) -> bool:
    """Whether coordinated sources do with each other what the trigger names: joint or cooperative acts."""
    countries = {actor.country for actor in sources if actor.country}
    together = trigger.entry.frame == "joint" or trigger.entry.type in _COOPERATIVE_TYPES
    return len(countries) > 1 and together and trigger.entry.frame != "self"


def _is_suffering(trigger: EventTrigger) -> bool:
    return trigger.entry.type == "ASSAULT" and trigger.entry.frame == "suffer"


class _Stage:
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

    # -- what stands where -------------------------------------------------------------------------------------

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
        found = [a for a in self.actors if a.start < self.trigger.start and self.clause(a) == self.trigger.clause]
        return found if self.order != "SOV" else [a for a in found if not self._is_consumed(a)]

    def _is_consumed(self, actor: Actor) -> bool:
        """Whether, where verbs stand last, an actor belongs to a clause or noun inside the one of the trigger."""
        return any(
            other.end <= self.trigger.start and start <= actor.start < other.start
            for other, start in self._inner_domains()
        )

    def _inner_domains(self) -> list[tuple[EventTrigger, int]]:
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
        return other.end == self.trigger.start and self.trigger.entry.type in _PROMISING_TYPES and not other.nominal

    def after(self, reach: int = _REACH) -> list[Actor]:
        """Actors of the clause that stand after the trigger's head, within reach and before the next verb.

        A trigger with a gap ("called ~ to withdraw") may hold actors inside.
        """
        limit = min(self.trigger.end + reach, self._next_verb())
        found = [
            a for a in self.actors if self.trigger.start < a.start <= limit and self.clause(a) == self.trigger.clause
        ]
        found.sort(key=lambda a: a.is_role and a.start in self.trigger.words)  # last: "recalled its ambassador"
        return found

    def _next_verb(self) -> int:
        """The next verb that is a trigger; one right beside this one ("attacked and looted") shares its actors."""
        if self.trigger.entry.type in _PROMISING_TYPES:
            return len(self.sentence.tokens)  # "pledged to fund schools in Kenya": what is promised is for the target
        later = [t.start for t in self.triggers if not t.nominal and t.start >= self.trigger.end]
        verbs = [start for start in later if start > self.trigger.end + 2 or self._is_addressed_before(start)]
        return min(verbs, default=len(self.sentence.tokens))

    def _is_addressed_before(self, verb: int) -> bool:
        """ "called on Iran to release the sailors": who is to act stands before the verb that tells what to do."""
        controls = self.trigger.entry.type == "REQUEST" and self.order != "SOV"
        return controls and any(self.trigger.end <= a.start < verb and a.country for a in self.actors)

    def marked(self, actors: list[Actor], *markings: str) -> Actor | None:
        """The first of the actors with one of the markings."""
        return next((a for a in actors if a.marking in markings), None)

    # -- verbs -------------------------------------------------------------------------------------------------

    def verbal_cast(self) -> tuple[_Found | None, _Found | None]:
        """Source and target of a verb."""
        frame = self.trigger.entry.frame
        if self.order == "VSO" and self._is_circumstance(reach=1):
            return self._agent(), self._victim(None)  # a phrase of nouns: "in the blast of a bomb"
        if victim := self._unnamed_doers_victim():
            return self._agent(), _Found(victim, 0.85)
        between = [a for a in (*self.before(), *self.after()) if a.marking == "between"]
        is_theirs = frame == "joint" or (self._ends_in_between() and self.trigger.entry.mode != "third-party")
        if len(between) > 1 and is_theirs:
            return _Found(between[0], 1.0), _Found(between[-1], 1.0)
        if self.trigger.passive and self.trigger.entry.type == "MOBILIZE" and self._agent() is None:
            return self._deployed()
        if self.trigger.passive and frame not in ("receive", "suffer", "self"):
            # "введены санкции против": what is done stands there
            given = frame == "give" or (len(self.trigger.words) > 1 and self.trigger.entry.type != "ACCUSE")
            recipient = self.marked(self._others(None), "target") if given else None
            giver = self._agent() or (self._sender() if recipient else None)
            return giver, _Found(recipient, 0.95) if recipient else self._subject(passive=True)
        if self.trigger.passive and frame == "receive" and self.trigger.entry.type == "CONSULT":
            host = self.marked([*self.after(), *self.before()], "place")
            return self._subject(passive=True), self._agent() or (_Found(host, 0.85) if host else None)
        subject = self._subject()
        if frame == "receive":
            return self._giver(subject), subject
        if frame == "suffer":
            return self._agent() or self._doer_suffered_from(), subject
        if frame == "joint":
            return self._joint_cast(subject)
        if subject and self._speaker_behind():
            told = self.marked(
                [a for a in self.after() if a.start != subject.actor.start], "target", "object", "with"
            )
            return subject, _Found(told, 0.95) if told and told.country else self._spoken_of(subject)
        return subject, self._object(subject, self._object_markings()) or self._owned_object(subject)

    def _joint_cast(self, subject: _Found | None) -> tuple[_Found | None, _Found | None]:
        if subject is None and (pair := self._pair()):
            return pair
        subject = subject or self._genitive()  # "состоялась встреча президента России с"
        between = [a for a in self.after() if a.marking == "between"]
        if subject is None and len(between) > 1:
            return _Found(between[0], 1.0), _Found(between[-1], 1.0)
        return subject, self._partner(subject) or self._owned_object(subject)

    def _pair(self) -> tuple[_Found, _Found] | None:
        """ "Türkiye ile Irak imzaladı": where "with" joins two names before a verb that stands last, both act."""
        if self.order != "SOV":
            return None
        paired = [a for a in self.before() if a.marking == "with" and a.group >= 0]
        partners = self.group_of(paired[0]) if paired else ()
        return (_Found(partners[0], 0.95), _Found(partners[-1], 0.95)) if len(partners) > 1 else None

    def _sender(self) -> _Found | None:
        """ "Japonya'nın bağışladığı araçlar Moldova'ya teslim edildi": who gave what is handed over passively."""
        if self.order != "SOV" or self.trigger.entry.type != "AID":
            return None
        own = (a for a in self.actors if self.clause(a) == self.trigger.clause and a.end <= self.trigger.start)
        sender = next((a for a in own if a.marking == "of"), None)
        return _Found(sender, 0.8) if sender else None

    def _deployed(self) -> tuple[_Found | None, _Found | None]:
        """ "Chadian troops were deployed near Mali": forces of a country are sent by it, to where they stand."""
        subject = self._subject(passive=True)
        own = subject.actor.country if subject else None
        others = [a for a in self._others(subject) if a.country not in (None, own)]
        target = self.marked(others, "target", "place")
        return subject, _Found(target, 0.85) if target else None

    def _ends_in_between(self) -> bool:
        """Whether the trigger's own words end in the preposition ("clashes between")."""
        return self.sentence.prepositions.get(self.trigger.end - 1, ("", 0))[0] == "between"

    def _spoken_of(self, subject: _Found) -> _Found | None:
        """Of whom the words before a verb of speech are: the first actor in them, of another country."""
        others = [a for a in self.actors if a.end <= self.trigger.start and a.country != subject.actor.country]
        known = subject.actor.country is not None or subject.actor.kind == "organisation"
        found = next((a for a in others if known and a.country and a.marking in ("", "with", "target")), None)
        return _Found(found, 0.85) if found else None

    def _object_markings(self) -> tuple[str, ...]:
        """How the one acted upon is marked, the likeliest first."""
        if self.trigger.entry.frame == "self":
            return {
                "RETREAT": ("target", "origin", "of", "place", ""),  # from where one withdraws
                "MOBILIZE": ("target", "place", "with", "of", "origin"),  # "massed troops near the border with Iraq"
            }.get(self.trigger.entry.type, ("target",))
        if self.trigger.entry.mode == "third-party":
            return ("between", "", "target", "with")
        if self.trigger.entry.type == "MOBILIZE":
            return ("target", "place", "with", "")  # who is sent stands bare: "sent 150 soldiers to Lebanon"
        if self.trigger.entry.type == "REQUEST":
            return ("origin", "", "target", "with") if self.order == "SOV" else ("", "origin", "target", "with")
        return {"visit": ("place", "target", ""), "give": ("target", "")}.get(
            self.trigger.entry.frame, ("", "target", "with")
        )

    def _agent(self) -> _Found | None:
        found = self.marked(self.after(), "agent") or self.marked(self.before(), "agent")
        if found is None and self.order == "SOV" and self.trigger.entry.type == "ASSAULT":
            found = self.marked(self.before(), "with")  # "Ermeni ateşiyle öldürüldü"
        return _Found(found, 1.0) if found else None

    def _giver(self, subject: _Found | None) -> _Found | None:
        others = [a for a in (*self.after(), *self.before()) if not subject or a.start != subject.actor.start]
        guest = (
            ("object", "", "target") if self.trigger.entry.type == "CONSULT" else ("",)
        )  # Spanish "recibió a su homólogo"
        for markings, sureness in ((("origin", "agent"), 1.0), (("of",), 0.8), (guest, 0.8)):
            found = self.marked(others, *markings)
            if found:
                return _Found(found, sureness)
        return None

    def _partner(self, subject: _Found | None) -> _Found | None:
        others = self._others(subject)
        between = [a for a in others if a.marking == "between"]
        if len(between) > 1:
            return _Found(between[-1], 0.9)
        others = [a for a in others if not (a.is_role and a.start in self.trigger.words)]
        found = self.marked(others, "with") or self.marked(others, "") or self.marked(others, "target", "between")
        return _Found(found, 1.0 if found.marking == "with" else 0.85) if found else None

    def _object(self, subject: _Found | None, markings: tuple[str, ...]) -> _Found | None:
        own = subject.actor.country if subject else None
        others = [
            a
            for a in self._others(subject)
            if not ((a.possessed or a.kind == "reference") and a.country == own)
            and not self._is_cause(a)
            and not (a.is_role and self.trigger.entry.type == "MOBILIZE")  # "moved soldiers to the Russian border"
        ]
        ranked = [
            a
            for marking in (("object", *markings) if self.trigger.entry.frame != "self" else markings)
            for a in others
            if a.marking == marking
            and not (marking == "" and a.adjectival)
            and not (marking == "place" and a.country == own)
        ]
        if ranked:
            prefers = self.order == "SOV" and ranked[0].marking != "origin"
            known = next((a for a in ranked if a.country), None) if prefers else None
            if self._may_be_a_gift(ranked[0]):
                known = next((a for a in others if a.country and a.marking == "target"), None)
            if self.order == "VSO" and ranked[0].country is None and ranked[0].marking == "":
                known = next((a for a in others if a.country and a.marking in markings), None)
            return _Found(known or ranked[0], 1.0)
        if self.trigger.entry.frame == "self":  # "nurses in Viennese hospitals struck"
            others = [a for a in others if a.marking or a.start > self.trigger.start]
        adjectival = next((a for a in others if a.adjectival and a.marking in ("", *markings)), None)
        return _Found(adjectival, 0.8) if adjectival else None

    def _may_be_a_gift(self, actor: Actor) -> bool:
        """ "offered to send doctors to Haiti": people without a country, unmarked, may be what is given."""
        return self.trigger.entry.type in ("AGREE", "AID") and not actor.country and not actor.marking

    def _is_cause(self, actor: Actor) -> bool:
        """Whether a country is what a protest is about ("to demand an end to the war on Gaza"), not its target."""
        if self.trigger.entry.type != "PROTEST" or actor.kind not in ("country", "metonym"):
            return False
        between = range(self.trigger.end, actor.start)
        return any(self.sentence.prepositions.get(p, ("", 0))[0] == "topic" for p in between)

    def _owned_object(self, subject: _Found | None) -> _Found | None:
        """ "attacked positions of the army", "struck a village in Mali": the owner or the place is acted upon."""
        if self.trigger.entry.frame == "self":
            return None
        left = self.trigger.entry.mode == "withdraw" and self.trigger.entry.type == "RETREAT"
        places = ("place",) if left or self.trigger.entry.type in _AT_PLACES else ()
        others, own = self._others(subject), subject.actor.country if subject else None
        if self.trigger.entry.type == "MOBILIZE":  # "moved soldiers to the border with Iraq"
            places = ("place",)
            others = [a for a in others if not a.is_role and not (subject and a.country == subject.actor.country)]
        if self.trigger.entry.type in ("AGREE", "AID"):  # "pledged, in Muscat, that": not to itself
            others = [a for a in others if a.marking != "place" or a.country != own]
        found = self.marked(others, "target", "of", "with", "origin", *places)
        return _Found(found, 0.75) if found else None

    def _others(self, subject: _Found | None) -> list[Actor]:
        """Actors that may be acted upon: after the verb, or on both sides where the verb stands last."""
        own = {a.start for a in self.group_of(subject.actor)} if subject else set()
        places = self.after()
        if self.order == "SVO":
            places = [*places, *(a for a in self.before() if a.cases and a.marking in ("target", "object"))]
        if self.order in ("SOV", "V2"):
            before = [*reversed(self.before())]
            if self.order == "SOV":
                places = [
                    a for a in places if a.start < self.trigger.end
                ]  # in a gap; what follows is another clause's
            if self.trigger.traits & {"embedded", "relative"}:
                owner = self.owner_before(self.trigger)
                before = [a for a in before if a.marking or (owner and a.start > owner.start)]
            places = [*places, *before]
        return [a for a in places if a.start not in own]

    def blamed(self, target: _Found | None) -> _Found | None:
        """ "condemned the Russian attack on Kyiv": who did what is condemned is accused, not who suffered it."""
        deed = next(
            (
                t
                for t in self.triggers
                if t.nominal and t.clause == self.trigger.clause and 0 <= t.start - self.trigger.end <= _DEED_REACH
            ),
            None,
        )
        if deed is None or (target and target.actor.end <= deed.start and not target.actor.adjectival):
            return target
        doer, victim = _Stage(self.sentence, deed, self.actors, self.triggers, self.context).nominal_cast()
        if doer and doer.actor.start > self.trigger.start:
            return doer
        return None if target and victim and _same(target.actor, victim.actor) else target

    def judged_before(self) -> _Found | None:
        """ "Rusya'nın saldırısını kınadı", "çekilmesini istedi": the doer, where verbs stand last."""
        doers = [start for deed, start in self._inner_domains() if 0 <= self.trigger.start - deed.end <= _DEED_REACH]
        doer = next((a for a in self.actors if doers and a.start == doers[-1]), None)
        return _Found(doer, 0.9) if doer else None

    def government(self) -> _Found | None:
        """ "protested to demand that the president resign": those in power whom the rest of the sentence names."""
        named = [a for a in self.actors if a.end > self.trigger.end and a.start - self.trigger.end <= _REACH]
        if self.order == "SOV":
            named = [a for a in self.actors if a.end <= self.trigger.start and self.clause(a) == self.trigger.clause]
        power = next((a for a in named if a.kind == "role" and a.sector in ("GOV", "LEG")), None)
        return _Found(power, 0.8) if power else None

    def pronominal_target(self, source: _Found | None) -> _Found | None:
        """ "supplying it with drones", or an object attached to the verb: the last other country named before."""
        frame, suffix = self.trigger.entry.frame, self.sentence.language.object_suffix
        if frame not in ("act", "give") or (self.trigger.nominal and frame != "give"):
            return None
        attached = suffix is not None and suffix.search(self.sentence.tokens[self.trigger.start].text)
        end = self.trigger.end
        if not attached and not self.sentence.signs_between("reference.pronouns", end, end + 1):
            return None
        own = source.actor.country if source else None
        before = [a for a in self.actors if a.end <= self.trigger.start and a.country not in (None, own)]
        return _Found(before[-1], 0.75) if before else None

    def relative_object(self, source: _Found | None) -> _Found | None:
        """ "France, which the junta blamed": a relative clause that has a subject of its own is about an object."""
        trigger, start = self.trigger, self.sentence.clause_range(self.trigger.clause)[0]
        plain = not trigger.nominal and not trigger.passive and trigger.entry.frame == "act" and self.order == "SVO"
        relative = self.sentence.openers.get(trigger.clause) == "clause.relatives"
        if not (plain and relative and source) or not start < source.actor.start < trigger.start:
            return None
        antecedent = next((a for a in reversed(self.actors) if a.end <= start), None)
        near = antecedent is not None and start - antecedent.end <= 1
        return _Found(antecedent, 0.9) if antecedent and near else None

    def complement_subject(self, source: _Found | None) -> _Found | None:
        """ "demanded that Belize release": of whom it is demanded or said stands as the subject of what is."""
        clause = self.trigger.clause + 1
        opener = self.sentence.openers.get(clause)
        addresses = self.trigger.entry.type in _OBJECT_CONTROL and not self.trigger.nominal and self.order != "SOV"
        if not addresses or opener not in ("clause.complementisers", "clause.relatives"):
            return None
        start = self.sentence.clause_range(clause)[0]
        if start - self.trigger.end > _COMPLEMENT_DISTANCE:
            return None
        there = [a for a in self.actors if self.clause(a) == clause and a.marking == ""]
        own = source.actor.country if source else None
        found = next((a for a in there if a.country is None or a.country != own), None)
        return _Found(found, 0.85) if found else None

    def foreign_envoy(self, source: _Found, target: _Found) -> _Found:
        """ "ended the pact with France and expelled the ambassador": no state expels its own, but the other one's."""
        own, envoy = source.actor.country, target.actor
        if envoy.kind != "role" or own is None or envoy.country not in (own, None):
            return target
        others = {a.country for a in self.actors if a.country and a.country != own}
        return _Found(replace(envoy, country=others.pop()), target.sureness * 0.9) if len(others) == 1 else target

    def told_before(self, source: _Found | None) -> _Found | None:
        """ "Berlin solle …, verlangte das Hilfswerk": of whom it is said stands as the subject of what is said."""
        opener = self.sentence.openers.get(self.trigger.clause)
        opens = self.sentence.clause_range(self.trigger.clause)[0] + 1 == self.trigger.start
        addresses = self.trigger.entry.type in ("REQUEST", "ACCUSE", "THREATEN") and not self.trigger.nominal
        if self.order != "V2" or opener != "mark" or not (opens and addresses):
            return None
        before = [a for a in self.actors if a.end < self.trigger.start and a.marking == "" and not a.possessive]
        named = [a for a in before if a.country]
        own = source.actor.country if source else None
        if source and source.actor.is_role and named:
            own = named[0].country  # "Turkey would close the border …, warned the minister": Turkey's
        found = next((a for a in named if a.country != own), None)
        return _Found(found, 0.8) if found else None

    # -- subjects ----------------------------------------------------------------------------------------------

    def _subject(self, *, passive: bool = False) -> _Found | None:
        if speaker := self._speaker_behind():
            return self._whom_speaker_is_of(speaker)
        controller = self._controller() or self._embedded_subject()
        if controller:
            return _Found(controller, 0.95)
        if self.sentence.openers.get(self.trigger.clause) == CONVERB:
            return self._subject_of_next_clause()
        beside = next((a for a in self.before() if a.end == self.trigger.start and a.marking != "agent"), None)
        if passive and beside and self.order == "SVO":
            return _Found(beside, 0.9)  # "companies accused of": the participle belongs to the noun before it
        if doer := self._doer_behind_object():
            return _Found(doer, 0.95)
        bare = [a for a in self.before() if a.marking == ""]
        if first := self._verb_beside():
            bare = [a for a in bare if a.start < first.start]
            if not bare and not passive:
                return self._inherited_subject()
        if passive and not bare:
            patient = self.marked(self.before(), "target", "of")  # "aid to Mali was suspended by"
            if patient:
                return _Found(patient, 0.85)

        after = [a for a in self.after() if a.marking == ""]
        if bare:
            return _Found(self._subject_among(bare), 1.0)
        return self._inverted_subject(after, passive=passive)

    def _doer_behind_object(self) -> Actor | None:
        """Where verbs come first, who stands right behind one that has its object attached (Arabic زرعها مجهولون)."""
        suffix = self.sentence.language.object_suffix
        if self.order != "VSO" or suffix is None or self.trigger.end - self.trigger.start > 1:
            return None
        if not suffix.search(self.sentence.tokens[self.trigger.start].text):
            return None
        return next((a for a in self.after(1) if a.start == self.trigger.end and a.marking == ""), None)

    def _subject_of_next_clause(self) -> _Found | None:
        """ "Accusing Chad of meddling, Mali recalled": the opening clause has the subject of the main one."""
        follow = [a for a in self.actors if self.clause(a) == self.trigger.clause + 1 and a.marking == ""]
        return _Found(self._main_subject(follow), 0.9) if follow else None

    def is_reciprocal(self) -> bool:
        """Whether those who act do it to each other."""
        start, end = self.sentence.clause_range(self.trigger.clause)
        return bool(self.sentence.signs_between("reference.reciprocals", start, end))

    def _speaker_behind(self) -> Actor | None:
        """ "Berlin solle … aussetzen, verlangte das Hilfswerk": whose words come first stands behind the verb.

        So it is after reported speech in a mood of its own or in quotation marks, and where the verb, its subject and
        no other event end the sentence.
        """
        if self.order not in ("SVO", "V2") or self.trigger.nominal or self.trigger.entry.type not in _SAID:
            return None
        mark = self._mark_before()
        behind = [a for a in self.after(_INVERTED_REACH + 1) if a.marking == "" and not a.adjectival]
        if mark is None or not behind or self.trigger.passive:
            return None
        tokens, opens = self.sentence.tokens, self.sentence.openers.get(self.sentence.clauses[mark - 1])
        quoted = tokens[mark].text in _CLOSING_QUOTES or tokens[mark - 1].text in _CLOSING_QUOTES
        told = any(self.sentence.sign_at("reporting.mood", p) for p in range(mark))
        last = behind[0].kind == "role" and not any(t.start > behind[0].end for t in self.triggers)
        ends = last and self.order == "SVO" and opens != "clause.relatives"
        return behind[0] if told or quoted or ends else None

    def _whom_speaker_is_of(self, speaker: Actor) -> _Found:
        """The speaker; for a minister of no named country the one whose act is announced or threatened."""
        own = self.trigger.entry.type in _PROMISING_TYPES and speaker.is_role
        first = next((a for a in self.actors if a.end <= self.trigger.start and a.marking == "" and a.country), None)
        if own and first and self.order == "V2":
            return _Found(first, 0.85)
        return _Found(speaker, 0.95)

    def _mark_before(self) -> int | None:
        """The comma that the verb, with at most a short auxiliary, stands behind."""
        for position in range(self.trigger.start - 1, max(self.trigger.start - 3, 0), -1):
            token = self.sentence.tokens[position]
            if not token.is_word:
                return position if token.text in _COMMAS or token.text in _CLOSING_QUOTES else None
            if not self.sentence.sign_at("voice.perfect", position):
                return None
        return None

    def _verb_beside(self) -> EventTrigger | None:
        """The verb of the clause that "and" right before this one joins it to: they have one subject."""
        if self.order == "SOV" or not any(
            m.end == self.trigger.start for m in self.sentence.signs.get("clause.coordinators", ())
        ):
            return None
        earlier = (t for t in self.triggers if t.clause == self.trigger.clause and t.end < self.trigger.start)
        return next((t for t in earlier if not t.nominal and not t.passive), None)

    def _inverted_subject(self, after: list[Actor], *, passive: bool) -> _Found | None:
        """The subject of a verb before which no bare actor stands in its clause: behind it, or named before."""
        inherited = self._inherited_subject() if self._pronoun_subject() and not passive else None
        if inherited:
            return inherited  # "said it would provide Jamaica with boats": not Jamaica
        if after and any(a.marking == "object" for a in self.before()):
            return _Found(after[0], 0.95)  # "Украину обстреляла Россия"
        relative = self.sentence.openers.get(self.trigger.clause) == "clause.relatives"
        plural = self.order == "VSO" and self.sentence.tokens[self.trigger.start].text.endswith("وا")
        if plural or (self.order == "VSO" and after and not relative and self._carries_on(after[0])):
            return self._inherited_subject()
        if self.order == "VSO" and after and not relative:
            return _Found(after[0], 0.95)
        if self.order == "V2" and after and not passive:
            return _Found(after[0], 0.9)
        if passive and self.order in ("V2", "VSO") and after:
            return _Found(after[0], 0.9)
        follows = [a for a in after if a.start - self.trigger.end <= _INVERTED_REACH and not a.adjectival]
        opening = self.sentence.tokens[self.sentence.clause_range(self.trigger.clause)[0]]
        trailing = self.sentence.openers.get(self.trigger.clause) == "mark" and not opening.is_word
        # "…, предупредил генерал"
        if (
            follows
            and not relative
            and (passive or trailing or self.trigger.entry.frame in ("self", "suffer", "visit"))
        ):
            return _Found(follows[0], 0.85)  # Spanish "renunció el ministro"
        owner = self.marked(self.before(), "of")  # "warplanes of the army bombed"
        if owner is None and self.order == "VSO":
            owner = self.marked([a for a in self.after() if a.start - self.trigger.end <= 2], "of")
        owner = owner or self.marked(self.before(), "agent")
        return _Found(owner, 0.85) if owner else self._inherited_subject()

    def _pronoun_subject(self) -> bool:
        """Whether a pronoun that is no possessive stands before the verb in its clause."""
        start = self.sentence.clause_range(self.trigger.clause)[0]
        return any(
            not self.sentence.sign_at("reference.possessives", m.start)
            and not self.sentence.sign_at("determiner", m.start)
            for m in self.sentence.signs_between("reference.pronouns", start, self.trigger.start)
        )

    def _unnamed_doers_victim(self) -> Actor | None:
        """Who was killed or taken, where the passive is written as the active is (Arabic قتل ثلاثة جنود).

        It is one if only one actor follows, a person, indefinite or counted; a doer would be known or have an object.
        """
        unwritten = self.sentence.language.passive_unwritten
        if unwritten is None or not unwritten.search(self.sentence.tokens[self.trigger.start].text):
            return None
        follow = [a for a in self.after() if a.marking == ""]
        if not follow or len({(a.group, a.start) for a in follow if a.group < 0 or a is follow[0]}) > 1:
            return None
        return follow[0] if self._is_victim(follow[0]) else None

    def _is_victim(self, actor: Actor) -> bool:
        between = range(self.trigger.end, actor.start)
        counted = any(p in self.sentence.numbers or self.sentence.tokens[p].text[0].isdigit() for p in between)
        article = self.sentence.language.grammar.definite_prefix
        definite = self.sentence.tokens[actor.start].text.startswith(article)
        head, feminine = self.sentence.tokens[self.trigger.start].text, self.sentence.tokens[actor.start].text
        if head.endswith("ت") and not feminine.endswith(("ة", "ات")):
            return False  # a feminine verb does not tell of men
        is_person = actor.kind in ("role", "adjective") and actor.start - self.trigger.end <= _INVERTED_REACH
        return is_person and not definite and (counted or actor.sector not in UNHOMED_SECTORS)

    def _controller(self) -> Actor | None:
        """ "urged Mali to withdraw", "accused France of backing": who is urged or accused is to do it."""
        governors = [
            t
            for t in self.triggers
            if t.end <= self.trigger.start and not t.nominal and not t.passive and t.entry.type in _OBJECT_CONTROL
        ]
        if not governors:
            return None
        governor = governors[-1]
        # In a gap as well: "accused ~ of".
        between = [a for a in self.actors if governor.start < a.start and a.end <= self.trigger.start]
        same_clause = self.sentence.clauses[governor.start] == self.trigger.clause
        return self.marked(between, "", "target", "with") if same_clause and self.order != "SOV" else None

    def _carries_on(self, follower: Actor) -> bool:
        """Whether a verb with an attached "and" keeps the subject before it, so that who follows is its object.

        So it does where who follows is counted, part of the words of another trigger ("threatened to recall its
        ambassador"), or behind somebody with a preposition ("asked of France to send rescuers").
        """
        joined = self.sentence.tokens[self.trigger.start].text[0] in "وف" and self.trigger.clause > 0
        between = range(self.trigger.end, follower.start)
        if joined and any(self.trigger.end <= t.start <= follower.start for t in self.triggers):
            return True
        if joined and any(a.marking and self.trigger.end <= a.start < follower.start for a in self.actors):
            return True
        counted = any(p in self.sentence.numbers or self.sentence.tokens[p].text[0].isdigit() for p in between)
        return joined and counted and follower.kind == "role"

    def _embedded_subject(self) -> Actor | None:
        """Where verbs stand last, who does what an inner verb tells: a genitive before it or a head after it."""
        if (
            "converb" in self.trigger.traits
        ):  # "saldırarak … öldürdüğünü": its subject is that of the verb it leads to
            later = [t for t in self.triggers if t.start > self.trigger.start and t.clause == self.trigger.clause]
            main = next((t for t in later if not t.nominal and "converb" not in t.traits), None)
            return self.owner_before(main) if main and "embedded" in main.traits else None
        if "embedded" in self.trigger.traits:
            return self.owner_before(self.trigger)
        if "relative" in self.trigger.traits:
            head = next((a for a in self.actors if 0 <= a.start - self.trigger.end <= 2), None)
            return head if head and head.marking != "of" else None
        return None

    def _subject_among(self, bare: list[Actor]) -> Actor:
        """The bare actor right before the verb if a clause could start with it, else the first of the clause."""
        nearest = bare[-1]
        if self._words_between(nearest.end, self.trigger.start) <= 2 and self._starts_clause(bare[0], nearest):
            return nearest
        solid = [a for a in bare if not a.adjectival and not a.possessive] or [a for a in bare if not a.adjectival]
        return solid[0] if solid else bare[0]

    def _starts_clause(self, first: Actor, nearest: Actor) -> bool:
        """Whether "and" or a comma before an actor joins clauses: another verb stands between, or both marks do."""
        before = nearest.start - 1
        while before > 0 and self.sentence.sign_at("determiner", before):
            before -= 1
        comma = self.sentence.tokens[before].text in (",", "،")
        coordinator = self.sentence.sign_at("clause.coordinators", before)
        verb_between = any(first.end <= t.start < nearest.start and not t.nominal for t in self.triggers)
        after_comma = coordinator and before > 0 and self.sentence.tokens[before - 1].text in (",", "،")
        apart = nearest.group < 0 or nearest.group != first.group
        return apart and ((verb_between and (comma or coordinator)) or after_comma)

    def _words_between(self, start: int, end: int) -> int:
        return sum(1 for p in range(start, end) if self.sentence.tokens[p].is_word)

    def _inherited_subject(self) -> _Found | None:
        clause = self.trigger.clause
        start = self.sentence.clause_range(clause)[0]
        pronoun = self.sentence.signs_between("reference.pronouns", start, self.trigger.start)
        earlier = [a for a in self.actors if a.end <= start]
        if self.sentence.openers.get(clause) == "clause.relatives" and earlier:
            near = start - earlier[-1].end <= 3
            return _Found(earlier[-1], 0.85) if near or self.order != "VSO" else None
        subjects = [a for a in earlier if a.marking == ""]
        said = [c for c, kind in self.sentence.openers.items() if kind == "clause.complementisers" and c < clause]
        subjects = [a for a in subjects if said and self.clause(a) >= said[-1]] or subjects  # whom it is said of
        if subjects:
            return _Found(self._main_subject(subjects), 0.8)
        if pronoun and self.context.last_subject:
            return _Found(self.context.last_subject, 0.6)
        attributed = self.marked(earlier, "of", "agent", "origin", "with")
        return _Found(attributed, 0.55) if attributed else None

    def _main_subject(self, subjects: list[Actor]) -> Actor:
        solid = [a for a in subjects if not a.adjectival]
        return solid[0] if solid else subjects[0]

    # -- nouns -------------------------------------------------------------------------------------------------

    def nominal_cast(self) -> tuple[_Found | None, _Found | None]:
        """Source and target of a noun ("Algerian attack on Mali", "visit of the delegation to Rabat")."""
        entry = self.trigger.entry
        owner, genitive = self._owner(), self._genitive() if self.order != "SOV" else None
        after = self.after(_NOMINAL_REACH) if self.order != "SOV" else [*reversed(self.before())]
        between = [a for a in (*self.before(), *after) if a.marking == "between"]
        if between:
            return _Found(between[0], 1.0), _Found(between[-1], 1.0) if len(between) > 1 else None
        doer = self._dative_doer()
        target = self._nominal_target([a for a in after if a is not doer])
        agent = self.marked(after, "agent")
        by = agent or doer
        source = _Found(by, 1.0) if by else None
        if entry.type == "ASSAULT" and (target is None or target.actor.marking == "place"):
            target = self._victim(source) or target
        if entry.of == "target":
            target = genitive or target or (owner if owner and owner.actor.adjectival else None)
            owner = owner if target is not owner else None
            genitive = None
        if entry.frame == "suffer":
            return source, genitive or owner or target
        if entry.frame == "receive":
            return self._giver(genitive or owner), genitive or owner
        if entry.type == "ASSAULT" and target is None:
            target = self._sufferer()
        source = source or owner or genitive or self._light_verb_subject(target)
        if source is None and entry.frame == "visit" and self.context.last_subject:
            source = _Found(self.context.last_subject, 0.6)  # the visitor whom the sentence before named
        return source, target

    def _victim(self, source: _Found | None) -> _Found | None:
        """ "30 Palestinians died in an attack": whom the clause around a deed tells of."""
        if self.order == "SOV":
            in_it = "place" in self.trigger.traits or self.sentence.postpositions.get(self.trigger.end) == "topic"
            victims = [a for a in self.after() if a.marking in ("", "of")] if in_it else []
        else:
            victims = [a for a in reversed(self.before()) if a.marking == "" and a.kind in ("role", "adjective")]
            victims = victims if self._is_circumstance() and self._tells_of_casualties() else []
        victims = [a for a in victims if source is None or a.start != source.actor.start]
        return _Found(victims[0], 0.85) if victims else None

    def _dative_doer(self) -> Actor | None:
        """Who does what a noun of an act without object names, behind it with a letter (Arabic انتشار للجيش)."""
        if self.order != "VSO" or self.trigger.entry.frame != "self":
            return None
        return next(
            (
                a
                for a in self.after(2)
                if a.marking == "target"
                and a.start not in self.sentence.prepositions
                and self.sentence.tokens[a.start].text.startswith("ل")
                and self._words_between(self.trigger.end, a.start) <= 1
            ),
            None,
        )

    def _sufferer(self) -> _Found | None:
        """ "Одесса подверглась обстрелу": whoever a verb of suffering before the deed's noun tells of."""
        verbs = [t for t in self.triggers if t.start < self.trigger.start and t.clause == self.trigger.clause]
        if not verbs or verbs[-1].nominal or not _is_suffering(verbs[-1]):
            return None
        return _Stage(self.sentence, verbs[-1], self.actors, self.triggers, self.context)._subject()

    def _doer_suffered_from(self) -> _Found | None:
        """ "died in a Russian attack": whose the deed is that a verb of suffering leads to."""
        if len(self.trigger.words) > 1 and self.order == "SVO" and _is_suffering(self.trigger):
            return self._genitive()  # "подвергся удару российской армии": the words name the deed themselves
        later = [t for t in self.triggers if t.start >= self.trigger.end and t.clause == self.trigger.clause]
        if not later or not later[0].nominal or not _is_suffering(self.trigger) or later[0].entry.type != "ASSAULT":
            return None
        if later[0].entry.of == "target" or later[0].entry.frame != "act":
            return None
        deed = _Stage(self.sentence, later[0], self.actors, self.triggers, self.context)
        doer = deed._owner() or deed._genitive()
        return _Found(doer.actor, 0.85) if doer and doer.actor.country else None

    def _tells_of_casualties(self) -> bool:
        signs = (m for kind in ("casualty.dead", "casualty.injured") for m in self.sentence.signs.get(kind, ()))
        return any(
            self.sentence.clauses[m.start] == self.trigger.clause and m.start < self.trigger.start for m in signs
        )

    def _owner(self) -> _Found | None:
        """An adjective or genitive right before the noun, or right after it where the language puts it there."""
        if self.order == "SOV" and (owner := self.owner_before(self.trigger)):
            return _Found(owner, 0.95)
        start = self.trigger.start
        adjectives_follow = bool(self.sentence.language.grammar.definite_prefix)
        for actor in reversed(self.before() if not adjectives_follow else []):
            if start - actor.end > 3:
                break
            if actor.adjectival or actor.possessive:
                return _Found(actor, 0.95)
        if self.sentence.language.grammar.adjective_after_noun:
            follower = next((a for a in self.after(2) if a.adjectival and a.marking == ""), None)
            return _Found(follower, 0.95) if follower else None
        return None

    def _genitive(self) -> _Found | None:
        for actor in self.after(5):
            between = range(self.trigger.end, actor.start)
            counted = all(p in self.sentence.numbers or p in self.sentence.prepositions for p in between)
            near = counted or actor.start - self.trigger.end <= 1
            if not near and self.sentence.language.grammar.definite_prefix:
                return None  # possessors follow right behind their noun
            direct = self.sentence.language.grammar.genitive_follows_noun and near
            ambiguous = "target" in actor.cases and self.trigger.entry.frame == "give"
            if ambiguous and actor.start - self.trigger.end > 1:
                continue  # "выделение гранта армии": the dative is written as the genitive is
            if actor.marking == "of" or (actor.marking == "" and (direct or actor.possessive)):
                return _Found(actor, 0.95)
        return None

    def _nominal_target(self, after: list[Actor]) -> _Found | None:
        markings = {
            "joint": ("with", "target"),
            "visit": ("target", "place"),
            "give": ("target",),
        }.get(self.trigger.entry.frame, ("target", "with"))
        for marking in markings:
            found = self.marked(after, marking)
            if found:
                return _Found(found, 1.0)
        if self.trigger.entry.frame == "give":
            dative = next((a for a in after if "target" in a.cases), None) or self.marked(self.before(), "target")
            return _Found(dative, 0.9) if dative else None
        if self.trigger.entry.frame == "act" and self.trigger.entry.type in ("ASSAULT", "COERCE"):
            place = self.marked(after, "place")
            return _Found(place, 0.75) if place else None
        return None

    def _is_judged(self) -> bool:
        """ "Turkey condemned the attack": the subject of such a verb does not do what the noun names."""
        return any(
            t.clause == self.trigger.clause
            and t.end <= self.trigger.start
            and not t.nominal
            and t.entry.type in _JUDGING_TYPES
            for t in self.triggers
        )

    def _is_circumstance(self, reach: int = 3) -> bool:
        """ "eleven soldiers died in the attack": the subject of the clause is not who did what the noun names."""
        near = range(max(self.trigger.start - reach, 0), self.trigger.start)
        kinds = {self.sentence.prepositions[p][0] for p in near if p in self.sentence.prepositions}
        return bool(kinds & {"topic", "place", "agent"})

    def _light_verb_subject(self, target: _Found | None) -> _Found | None:
        """ "Algeria launched an attack on Mali": the clause's subject does what the noun names."""
        if self._is_judged() or self._is_circumstance():
            return None
        bare = [a for a in self.before() if a.marking == "" and not a.possessive]
        if not bare and self.order == "VSO" and self.trigger.entry.type != "ASSAULT":
            bare = [a for a in self.after() if a.marking == "" and a.possessive is False]
        bare = [a for a in bare if not target or a.start != target.actor.start]
        if bare:
            return _Found(bare[0], 0.8)
        inherited = self._inherited_subject()
        return _Found(inherited.actor, inherited.sureness * 0.8) if inherited else None
