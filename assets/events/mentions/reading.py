"""One sentence coded trigger by trigger: what each names, who does it to whom, whether, when and where.

Each question has its module (`roles`, `status`, `parties`, `places`, `salience`, `magnitude`); here they are asked.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property
from itertools import product

from assets.cleaned.documents.dates.finding import FoundDate
from assets.events.mentions.actors.actor import Actor, DocumentContext
from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.confidence import cues_of, probability
from assets.events.mentions.contexts import contexts_of
from assets.events.mentions.gazetteer import Place
from assets.events.mentions.magnitude import casualties, people_counted
from assets.events.mentions.money import money_in
from assets.events.mentions.parties import Parties, is_pair, is_power_of_state
from assets.events.mentions.places import capital_of, find_place
from assets.events.mentions.roles.cast import Cast, cast_event
from assets.events.mentions.salience import is_backdrop, is_elsewhere, prominence, salience
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.spoken_of import mode_by_what_is_spoken_of, threatened_mode
from assets.events.mentions.status import Standing, attributed_to, standing_of
from assets.events.mentions.triggers import EventTrigger
from assets.vocabulary.plover import load_ontology

_LEAST_SALIENCE = 0.25
_MOST_PAIRS = 6  # of coordinated sources and targets, per trigger
_CROWDS = frozenset({"PROTEST", "MOBILIZE"})  # whose size is that of who acts
_SIZED = _CROWDS | {"COERCE", "SANCTION", "RETREAT", "CONCEDE", "ASSAULT", "AID"}
_PAID = frozenset({"AID", "AGREE", "SUPPORT", "COOPERATE", "CONCEDE", "REQUEST", "SANCTION", "COERCE", "REJECT"})
_FIRST_YEAR = 1979  # the first year of event data (GDELT): what a text dates earlier is history, not news
_SPOKEN_FOR_SURENESS = 0.9
_ELSEWHERE = 0.3
_SPOKEN_FOR = frozenset({"AGREE", "THREATEN", "REJECT", "REQUEST"})  # whose addressee the act in question may name
_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
_BESIDE_DATE = 4  # letters of an ending and a blank
_LAST_CENTURY = 1900
_OLD_YEAR = re.compile(r"^1[0-8]\d\d$")
_HAPPENED = frozenset({"actual", "claimed", "denied"})


class Reading:
    """One sentence with triggers, ready to be coded trigger by trigger."""

    def __init__(
        self,
        sentence: Sentence,
        actors: list[Actor],
        triggers: list[EventTrigger],
        context: DocumentContext,
        dates: list[FoundDate],
        published: date | None,
    ) -> None:
        self.sentence = sentence
        self.actors = actors
        self.triggers = triggers
        self.context = context
        self.dates = dates
        self.published = published
        self._parties = Parties(sentence, actors, context)
        self._standings: dict[tuple[int, int, int], Standing] = {}

    @cached_property
    def _contexts(self) -> tuple[str, ...]:
        return contexts_of(self.sentence)

    def events_of(self, trigger: EventTrigger) -> list[CodedEvent]:
        """The events that one trigger names: one a pair of coordinated sources and targets."""
        cast = self._cast(trigger)
        standing = self._standing(trigger)
        if _is_promised_by(trigger, standing):
            return []
        threat = threatened_mode(self.sentence, trigger, standing)
        if threat is not None:
            cast, standing = self._threatened_by(trigger, cast), Standing("actual")
        place = self._place(trigger, cast, standing)
        travels = trigger.entry.needs == "both" and bool(cast.sources) and bool(self._parties.visited(trigger, cast))
        if not (travels or _meets_needs(trigger, cast, place)):
            alternatives = (self.events_of(alternative) for alternative in trigger.alternatives)
            return next((events for events in alternatives if events), [])
        day, precision, basis = self._date(trigger, standing)
        if (day and day.year < _FIRST_YEAR) or self._is_history():
            return []
        sources, targets = self._parties.of(trigger, cast, place)
        plover_type, mode, cameo = _threat(threat) if threat is not None else self._coding(trigger, standing)
        dead, injured = casualties(self.sentence) if plover_type == "ASSAULT" else (None, None)
        size = self._size(trigger, cast) if plover_type in _SIZED else None
        money = money_in(self.sentence) if plover_type in _PAID else None
        contexts = tuple(dict.fromkeys((*trigger.entry.contexts, *self._contexts)))
        speaker = attributed_to(self.sentence, trigger, self.actors) or self._accuser(standing)
        rank_in_sentence = prominence(self.sentence, self.actors, self.triggers, trigger) * (
            _ELSEWHERE if is_elsewhere(self.sentence, self.actors, trigger, cast) else 1.0
        )
        backdrop = is_backdrop(self.sentence, self.triggers, trigger)
        rivals = sum(other.clause == trigger.clause for other in self.triggers) - 1
        events = []
        every = list(product(sources, targets))
        pairs = [pair for pair in every if is_pair(*pair, joint=len(sources) + len(targets) > 2)] or every[:1]
        for source, target in pairs[:_MOST_PAIRS]:
            weight = salience(trigger, cast, standing, source, target) * rank_in_sentence
            if weight < _LEAST_SALIENCE:
                continue
            cues = cues_of(trigger, rivals, cast, standing, source, target, weight)
            events.append(
                CodedEvent(
                    plover_type=plover_type,
                    mode=mode,
                    contexts=contexts,
                    cameo_code=cameo,
                    source=source,
                    target=target,
                    status=standing.status,
                    claimed_by=self.sentence.text_of(speaker.start, speaker.end) if speaker else None,
                    event_date=day,
                    date_precision=precision,
                    date_basis=basis,
                    place=place,
                    dead=dead,
                    injured=injured,
                    size=size,
                    amount=money.amount if money else None,
                    currency=money.currency if money else None,
                    confidence=probability(cues),
                    trigger_text=self.sentence.text_of(trigger.start, trigger.end),
                    start=0,
                    end=len(self.sentence.text),
                    salience=weight,
                    cues=cues,
                    backdrop=backdrop,
                )
            )
        return events

    def _standing(self, trigger: EventTrigger) -> Standing:
        key = (trigger.start, trigger.end, id(trigger.entry))
        if key not in self._standings:
            self._standings[key] = standing_of(self.sentence, trigger, self.triggers)
        return self._standings[key]

    def _place(self, trigger: EventTrigger, cast: Cast, standing: Standing) -> Place | None:
        """Where it took place; a visit to those in a capital took place there."""

        def is_apart(position: int) -> bool:
            return self._is_of_another_act(trigger, standing, position)

        found = find_place(self.sentence, self.actors, trigger.clause, self.context.countries, is_apart)
        if trigger.entry.frame == "visit" and (found is None or found.precision == "country"):
            hosts = [actor for actor in cast.targets if actor in self.actors]
            return next((place for host in hosts if (place := capital_of(self.sentence, host))), found)
        return found

    def _is_of_another_act(self, trigger: EventTrigger, standing: Standing, position: int) -> bool:
        """Whether a place or date at a token is of an act of another standing: "spoke, and are to meet in Quito"."""
        if standing.status == "hypothetical":
            return False  # what is asked for or supposed has the place and day of the sentence, if any
        clause = self.sentence.clauses[position]
        verbs = [t for t in self.triggers if not t.nominal and t.clause == clause and t.start <= position]
        if verbs and verbs[-1].start != trigger.start:
            other = self._standing(verbs[-1])
            return (other.status in _HAPPENED) != (standing.status in _HAPPENED) and other.governor is None
        if verbs or clause == trigger.clause or standing.status not in _HAPPENED:
            return False
        ahead = ("status.planned", "status.hypothetical", "status.reported_future")
        start = self.sentence.clause_range(clause)[0]
        return any(self.sentence.signs_between(kind, start, position) for kind in ahead)

    def _accuser(self, standing: Standing) -> Actor | None:
        """Who says so of what somebody is accused of: the accuser."""
        if standing.governor is None or standing.governor.entry.type != "ACCUSE":
            return None
        return next((a for a in self._cast(standing.governor).sources if a in self.actors), None)

    def _size(self, trigger: EventTrigger, cast: Cast) -> int | None:
        """How many people act in what crowds and troops do, or are acted upon in arrests, expulsions, releases."""
        crowds = trigger.entry.type in _CROWDS
        first, then = (cast.sources, cast.targets) if crowds else (cast.targets, cast.sources)
        here = [actor for actor in (*first, *then) if actor in self.actors]
        return people_counted(self.sentence, here, trigger.start)

    def _coding(self, trigger: EventTrigger, standing: Standing) -> tuple[str, str | None, str]:
        """Type, mode and CAMEO code; a mode that the vocabulary leaves open is read off the act spoken of."""
        plover_type, mode, cameo = _coded_type(trigger, standing)
        spoken_of = mode_by_what_is_spoken_of(self.sentence, trigger, self.triggers) if mode is None else None
        if spoken_of is None:
            return plover_type, mode, cameo
        return plover_type, spoken_of, trigger.entry.cameo or load_ontology().cameo(plover_type, spoken_of)

    def _cast(self, trigger: EventTrigger) -> Cast:
        """Who does it to whom; a promise or demand without an addressee is for whom the act in question is for."""
        cast = cast_event(self.sentence, trigger, self.actors, self.triggers, self.context)
        if cast.targets or trigger.nominal or trigger.entry.type not in _SPOKEN_FOR:
            return cast
        own = {actor.country for actor in cast.sources}
        for other in self.triggers:
            if other.start >= trigger.end and standing_of(self.sentence, other, self.triggers).governor == trigger:
                there = cast_event(self.sentence, other, self.actors, self.triggers, self.context).targets
                if there and own.isdisjoint(actor.country for actor in there):
                    return Cast(cast.sources, there, cast.sureness * _SPOKEN_FOR_SURENESS)
        return cast

    def _threatened_by(self, trigger: EventTrigger, cast: Cast) -> Cast:
        """Who threatens, where the act to come names no doer: who says so."""
        speaker = None if cast.sources else attributed_to(self.sentence, trigger, self.actors)
        return Cast((speaker,), cast.targets, cast.sureness) if speaker else cast

    def _is_history(self) -> bool:
        """Whether a year of an earlier century is named ("in 1812"): such sentences tell no news."""
        tokens = self.sentence.tokens
        return any(found.value.year < _LAST_CENTURY for found in self.dates) or any(
            _OLD_YEAR.match(token.text) and self._dates_a_year(position) for position, token in enumerate(tokens)
        )

    def _dates_a_year(self, position: int) -> bool:
        """A bare number in brackets or a range is a year, as of a life or a war; elsewhere it may count anything."""
        around = (
            self.sentence.tokens[max(position - 1, 0)],
            self.sentence.tokens[min(position + 1, len(self.sentence.tokens) - 1)],
        )
        return around[0].text in "([–-" or around[1].text in ")]–-"

    def _date(self, trigger: EventTrigger, standing: Standing) -> tuple[date | None, str | None, str]:
        at = self.sentence.tokens[trigger.start].start
        dates = self.dates
        tokens = self.sentence.tokens
        dates = [
            d
            for d in dates
            if not self._is_of_another_act(
                trigger, standing, next((i for i, t in enumerate(tokens) if t.end > d.start), 0)
            )
        ]
        dates = [d for d in dates if not self._is_limit(d)]
        if self.published and standing.status in _HAPPENED:
            dates = [d for d in dates if not self._is_said_to_come(d)]
            # What has taken place cannot lie ahead: "pledged to send aid next year" was pledged by now.
            dates = [d for d in dates if d.value <= self.published + timedelta(days=1)]
        if dates:
            nearest = min(dates, key=lambda d: min(abs(d.start - at), abs(d.end - at)))
            value = nearest.value
            if nearest.ahead and self._is_yet_to_come(trigger, standing, nearest):
                value = nearest.ahead
            return value, "day" if nearest.precision == "minute" else nearest.precision, nearest.basis
        background = self.sentence.signs.get("status.background")
        if self.published and standing.status in _HAPPENED and not background:
            lead = self.context.lead_day
            return (lead, "day", "lead") if lead else (self.published, "day", "publication")
        return None, None, "none"

    def _is_yet_to_come(self, trigger: EventTrigger, standing: Standing, found: FoundDate) -> bool:
        """Whether a weekday dates what is planned ("will visit on Sunday"), rather than when the plan was told."""
        if standing.status != "planned" or standing.governor is not None:
            return False
        if trigger.entry.type == "AGREE" and trigger.entry.status != "planned":
            return False
        at = next((i for i, token in enumerate(self.sentence.tokens) if token.end > found.start), 0)
        said = [abs(m.start - at) for m in self.sentence.signs.get("reporting.verbs", ())]
        is_of_the_saying = any(distance < abs(trigger.start - at) for distance in said)
        return self.sentence.clauses[at] == trigger.clause and not is_of_the_saying

    def _is_limit(self, found: FoundDate) -> bool:
        """Whether a date is since when something lasts or by when it is due, rather than when something was done."""
        tokens, limits = self.sentence.tokens, self.sentence.signs.get("status.limits", ())
        if self.sentence.language.grammar.word_order == "SOV":  # "cumaya kadar": the word stands behind
            return any(found.start < tokens[m.start].start <= found.end + _BESIDE_DATE for m in limits)
        return any(found.start - 1 <= tokens[m.end - 1].end < found.end for m in limits)

    def _is_said_to_come(self, found: FoundDate) -> bool:
        """Whether the words of a date tell that it lies ahead ("next week"), whatever day they begin with."""
        tokens = self.sentence.tokens
        return any(
            tokens[m.start].start < found.end and found.start < tokens[m.end - 1].end
            for m in self.sentence.signs.get("status.planned", ())
        )


def _is_promised_by(trigger: EventTrigger, standing: Standing) -> bool:
    """ "pledged to send tents": the promise is the event, not the act that it promises as well."""
    governor = standing.governor
    promised = governor is not None and governor.entry.type == "AGREE" and not trigger.nominal
    return promised and load_ontology().future_type(trigger.entry.type) == "AGREE"


def _meets_needs(trigger: EventTrigger, cast: Cast, place: Place | None) -> bool:
    """Whether the actors that the entry needs were found."""
    has_source, has_target = bool(cast.sources), bool(cast.targets)
    return {
        "none": True,
        "any": has_source or has_target or (place is not None and _needs_no_name(trigger)),
        "source": has_source,
        "target": has_target,
        "both": has_source and (has_target or _says_enough(trigger, cast)),
    }[trigger.entry.needs]


def _needs_no_name(trigger: EventTrigger) -> bool:
    """Whether it is enough to know where it was: of an attack, and of what the state of the place does."""
    return trigger.entry.type == "ASSAULT" or is_power_of_state(trigger)


def _says_enough(trigger: EventTrigger, cast: Cast) -> bool:
    """ "Turkey called for restraint": several words of speech by a state or body are news without an addressee."""
    speaks = trigger.entry.type in _SPEECH and not trigger.nominal and len(trigger.words) > 1
    return speaks and any(actor.country or actor.kind == "organisation" for actor in cast.sources)


def _coded_type(trigger: EventTrigger, standing: Standing) -> tuple[str, str | None, str]:
    """Type, mode and CAMEO code; a promised CONSULT, SUPPORT, COOPERATE or AID is AGREE (PLOVER manual)."""
    entry, ontology = trigger.entry, load_ontology()
    promised = standing.status in ("planned", "offered") and not trigger.nominal and standing.governor is None
    future = ontology.future_type(entry.type) if promised and not entry.status else None
    if future:
        return future, None, ontology.cameo(future, None)
    return entry.type, entry.mode, entry.cameo or ontology.cameo(entry.type, entry.mode)


def _threat(mode: str) -> tuple[str, str | None, str]:
    return "THREATEN", mode or None, load_ontology().cameo("THREATEN", mode or None)
