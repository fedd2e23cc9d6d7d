"""The event coder: from sentences in their own language to coded events, and from documents to mentions.

Reading a sentence (`sentence`, `actors`, `triggers`), deciding who does what to whom (`roles`), whether (`status`),
when and where (`places`, `assets.cleaned.documents.dates`) each have their module; here they are put together.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Any

from assets.cleaned.documents.dates import FoundDate, find_dates
from assets.cleaned.documents.language import UNDETERMINED, detect_language, is_short, likely_languages
from assets.cleaned.documents.rows import CleanedDocument
from assets.cleaned.spans.rows import Span, raw_offsets
from assets.events.mentions.actors import (
    FOREIGN_SECTORS,
    UNHOMED_SECTORS,
    Actor,
    DocumentContext,
    find_actors,
)
from assets.events.mentions.confidence import cues_of, probability
from assets.events.mentions.contexts import contexts_of
from assets.events.mentions.gazetteer import Place
from assets.events.mentions.identities import actor_id
from assets.events.mentions.language import Language, compiled_language
from assets.events.mentions.magnitude import casualties, people_counted
from assets.events.mentions.money import money_in
from assets.events.mentions.places import capital_of, find_place, named_with, place_hit
from assets.events.mentions.roles import Cast, cast_event
from assets.events.mentions.rows import Mention
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.spoken_of import mode_by_what_is_spoken_of, threatened_mode
from assets.events.mentions.status import Standing, attributed_to, standing_of
from assets.events.mentions.triggers import EventTrigger, find_triggers
from assets.translated.segments.rows import Segment
from assets.translated.segments.segment import sentence_spans
from assets.vocabulary.coding import coding_languages
from assets.vocabulary.plover import load_ontology

_LEAST_SALIENCE = 0.25
_LANGUAGES_TRIED = 4
_LEAD_SENTENCES = 3  # of a body, in which the headline is told again
_AIM_REACH = 5  # tokens between a noun of attack and the preposition before what it is aimed at
_MOST_PAIRS = 6  # of coordinated sources and targets, per trigger
_CROWDS = frozenset({"PROTEST", "MOBILIZE"})  # whose size is that of who acts
_SIZED = _CROWDS | {"COERCE", "SANCTION", "RETREAT", "CONCEDE", "ASSAULT", "AID"}
_PAID = frozenset({"AID", "AGREE", "SUPPORT", "COOPERATE", "CONCEDE", "REQUEST", "SANCTION", "COERCE", "REJECT"})
_FIRST_YEAR = 1979  # the first year of event data (GDELT): what a text dates earlier is history, not news
_SUBORDINATE = 0.85
_BACKDROP = 0.7
_DEMANDED_IN_PROTEST = 0.6
_SPOKEN_FOR_SURENESS = 0.9
_ELSEWHERE = 0.3
_SURELY_ELSEWHERE = 2  # words of sport and the like: beside so many, countries are teams and settings
_DONE_TO_ANYONE = frozenset(
    {"arrest", "deport", "censor", "ban", "convict", "expel"}
)  # a film director, a footballer
_NAMING_KINDS = frozenset({"country", "metonym", "organisation", "group", "person"})
_STATEMENTS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})  # what protesters say by protesting
_SPOKEN_FOR = frozenset({"AGREE", "THREATEN", "REJECT", "REQUEST"})  # whose addressee the act in question may name
_LAST_CENTURY = 1900
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of characters, which no encoder takes
_OLD_YEAR = re.compile(r"^1[0-8]\d\d$")
_LAW_SECTORS = frozenset({"JUD", "COP"})  # whose hand seldom reaches beyond the border
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "PRM"})  # who, named by country, fight rebels at home
_HAPPENED = frozenset({"actual", "claimed", "denied"})
_STATUS_RANK = {"actual": 0, "claimed": 0, "planned": 1, "offered": 1, "hypothetical": 2, "denied": 3}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of an event: ISO 3166 alpha-3, PLOVER sector (null where unknown) and the words themselves."""

    country: str | None
    sector: str | None
    text: str


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One event read off one sentence. `start` and `end` are half-open character offsets of the sentence.

    `confidence` is how likely its type and countries are right, by the `cues` it was read with; `salience` is what
    orders the events of a sentence: the main one first.
    """

    plover_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo_code: str
    source: Party | None
    target: Party | None
    status: str
    claimed_by: str | None
    event_date: date | None
    date_precision: str | None
    date_basis: str
    place: Place | None
    dead: int | None
    injured: int | None
    size: int | None
    amount: float | None
    currency: str | None
    confidence: float
    trigger_text: str
    start: int
    end: int
    salience: float = 0.0
    cues: tuple[float, ...] = ()

    def as_record(self) -> dict[str, Any]:
        """The event as `attache code` prints it."""
        return {
            "root": self.plover_type,
            "mode": self.mode,
            "contexts": list(self.contexts),
            "cameo": self.cameo_code,
            "source": self.source.country if self.source else None,
            "target": self.target.country if self.target else None,
            "source_sector": self.source.sector if self.source else None,
            "target_sector": self.target.sector if self.target else None,
            "source_text": (self.source.text or None) if self.source else None,
            "target_text": (self.target.text or None) if self.target else None,
            "status": self.status,
            "claimed_by": self.claimed_by,
            "date": self.event_date.isoformat() if self.event_date else None,
            "date_precision": self.date_precision,
            "place": self.place.name if self.place else None,
            "dead": self.dead,
            "injured": self.injured,
            "size": self.size,
            "amount": self.amount,
            "currency": self.currency,
            "confidence": round(self.confidence, 3),
            "trigger": self.trigger_text,
            "start": self.start,
            "end": self.end,
        }


def code_text(text: str, language: str | None = None, published: date | None = None) -> list[CodedEvent]:
    """The events of a text, best first. A language (found where not given) without vocabulary yields none.

    A text too short for its language to be sure is read in the likeliest few, and the best reading stands.
    """
    text = _SURROGATES.sub("\ufffd", text)
    code = language or detect_language(text)
    unsure = language is None and code not in coding_languages() and is_short(text)
    if code == UNDETERMINED or unsure:
        likely = likely_languages(text, coding_languages())[:_LANGUAGES_TRIED]
        readings = [_events_of_text(text, tried, published) for tried in likely]
        return max(readings, key=lambda events: max((e.salience for e in events), default=0.0), default=[])
    return _events_of_text(text, code, published) if code in coding_languages() else []


def _events_of_text(text: str, code: str, published: date | None) -> list[CodedEvent]:
    compiled, context, events = compiled_language(code), DocumentContext(), []
    for start, end in sentence_spans(text, code):
        for event in code_sentence(text[start:end], compiled, context, published):
            events.append(replace(event, start=event.start + start, end=event.end + start))
    return sorted(events, key=_rank)


def code_document(document: CleanedDocument, segments: Sequence[Segment], spans: Sequence[Span]) -> list[Mention]:
    """The mentions of one document, by the order of its segments."""
    context, mentions = DocumentContext(), []
    known_day = document.published_precision in ("day", "minute")
    published = document.published if known_day else None
    headline = _headline_events(document, context, published)
    for number, segment in enumerate(sorted(segments, key=lambda s: s.position)):
        code = segment.language if segment.language in coding_languages() else document.language
        if code not in coding_languages():
            continue
        events = code_sentence(segment.source_text, compiled_language(code), context, published)
        if number < _LEAD_SENTENCES:
            events = [_completed(event, headline) for event in events]
        mentions += [_mention(document, segment, code, spans, event) for event in events]
    return list({m.mention_id: m for m in mentions}.values())


def _headline_events(document: CleanedDocument, context: DocumentContext, published: date | None) -> list[CodedEvent]:
    """The events of the headline: outside the body, they only complete those that the lead tells again."""
    if not document.title or document.language not in coding_languages():
        return []
    return code_sentence(document.title, compiled_language(document.language), context, published)


def _completed(event: CodedEvent, headline: Sequence[CodedEvent]) -> CodedEvent:
    """The event with the countries that the headline names and the sentence does not, where the rest agrees."""
    for other in headline:
        same = other.plover_type == event.plover_type and _STATUS_RANK[other.status] <= 1
        sides = ((event.source, other.source), (event.target, other.target))
        agree = all(_agree(mine, its) for mine, its in sides)
        if same and agree and any(mine and mine.country for mine, _ in sides):
            return replace(event, source=_with_country(*sides[0]), target=_with_country(*sides[1]))
    return event


def _agree(mine: Party | None, its: Party | None) -> bool:
    if mine is None or its is None or mine.country is None or its.country is None:
        return mine is None or its is None or None in (mine.sector, its.sector) or mine.sector == its.sector
    return mine.country == its.country


def _with_country(mine: Party | None, its: Party | None) -> Party | None:
    if its is None or its.country is None or (mine and mine.country):
        return mine
    return Party(its.country, mine.sector if mine else its.sector, mine.text if mine else "")


def code_sentence(
    text: str, language: Language, context: DocumentContext, published: date | None
) -> list[CodedEvent]:
    """The events of one sentence, best first. `context` takes the sentence's actors in for those that follow."""
    sentence = Sentence(text, language)
    actors = find_actors(sentence, context)
    triggers = find_triggers(sentence, actors)
    events: list[CodedEvent] = []
    if triggers:
        reading = _Reading(sentence, actors, triggers, context, find_dates(text, language.code, published), published)
        for trigger in triggers:
            events += reading.events_of(trigger)
    context.remember(sentence, actors)
    return _without_repeats(sorted(events, key=_rank))


class _Reading:
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
        self._standings: dict[tuple[int, int, int], Standing] = {}

    @cached_property
    def _contexts(self) -> tuple[str, ...]:
        return contexts_of(self.sentence)

    def events_of(self, trigger: EventTrigger) -> list[CodedEvent]:
        """The events that one trigger names: one a pair of coordinated sources and targets."""
        cast = self._cast(trigger)
        standing = self._standing(trigger)
        threat = threatened_mode(self.sentence, trigger, standing)
        if threat is not None:
            cast, standing = self._threatened_by(trigger, cast), Standing("actual")
        place = self._place(trigger, cast, standing)
        if not _meets_needs(trigger, cast, place):
            alternatives = (self.events_of(alternative) for alternative in trigger.alternatives)
            return next((events for events in alternatives if events), [])
        day, precision, basis = self._date(trigger, standing)
        if (day and day.year < _FIRST_YEAR) or self._is_history():
            return []
        sources, targets = self._parties(trigger, cast, place)
        plover_type, mode, cameo = _threat(threat) if threat is not None else self._coding(trigger, standing)
        dead, injured = casualties(self.sentence) if plover_type == "ASSAULT" else (None, None)
        size = self._size(trigger, cast) if plover_type in _SIZED else None
        money = money_in(self.sentence) if plover_type in _PAID else None
        contexts = tuple(dict.fromkeys((*trigger.entry.contexts, *self._contexts)))
        speaker = attributed_to(self.sentence, trigger, self.actors) or self._accuser(standing)
        prominence = self._prominence(trigger) * (_ELSEWHERE if self._is_elsewhere(trigger, cast) else 1.0)
        rivals = sum(other.clause == trigger.clause for other in self.triggers) - 1
        events = []
        every = list(product(sources, targets))
        pairs = [pair for pair in every if _is_pair(*pair, joint=len(sources) + len(targets) > 2)] or every[:1]
        for source, target in pairs[:_MOST_PAIRS]:
            salience = _salience(trigger, cast, standing, source, target) * prominence
            if salience < _LEAST_SALIENCE:
                continue
            cues = cues_of(trigger, rivals, cast, standing, source, target, salience)
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
                    salience=salience,
                    cues=cues,
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

    def _is_elsewhere(self, trigger: EventTrigger, cast: Cast) -> bool:
        """Whether the sentence is of sport, nature, fiction or the like: surely, or without two named sides in it."""
        taken = {p for a in self.actors for p in range(a.start, a.end)}
        words = [m for m in self.sentence.signs.get("elsewhere", ()) if m.start not in taken]
        if not words or trigger.entry.mode in _DONE_TO_ANYONE:
            return False
        if len({self.sentence.text_of(m.start, m.end).lower() for m in words}) >= _SURELY_ELSEWHERE:
            return True
        sides = (cast.sources, cast.targets)
        return not all(any(a.kind in _NAMING_KINDS and not a.adjectival for a in side) for side in sides)

    def _prominence(self, trigger: EventTrigger) -> float:
        """A noun beside a verb of the same clause that names an event itself is what that verb is about.

        What those who protest demand or reject by it is no event of its own rank: "marched to demand".
        """
        if trigger.entry.type in _STATEMENTS and any(
            other.entry.type == "PROTEST" and not other.nominal and other.end <= trigger.start
            for other in self.triggers
        ):
            return _DEMANDED_IN_PROTEST
        if trigger.entry.type == "PROTEST" and self._is_dispersed(trigger):
            return _DEMANDED_IN_PROTEST
        subordinate = trigger.nominal and any(
            not other.nominal and other.clause == trigger.clause for other in self.triggers
        )
        subordinate = subordinate or self._is_reduced_relative(trigger)
        return _BACKDROP if self._is_backdrop(trigger) else _SUBORDINATE if subordinate else 1.0

    def _is_reduced_relative(self, trigger: EventTrigger) -> bool:
        """ "leaders accused by Chad of … were arrested": a participle right behind its noun, beside a finite verb."""
        beside = any(a.end == trigger.start for a in self.actors)
        finite = (
            t for t in self.triggers if not t.nominal and t.clause == trigger.clause and t.start != trigger.start
        )
        return trigger.passive and beside and self.sentence.language.grammar.word_order == "SVO" and any(finite)

    def _is_dispersed(self, trigger: EventTrigger) -> bool:
        """Whether a verb of force before a protest in its clause has it for its object: "broke up a rally"."""
        before = [t for t in self.triggers if t.end <= trigger.start and t.clause == trigger.clause]
        return any(not t.nominal and t.entry.mode == "crowd-control" for t in before)

    def _is_backdrop(self, trigger: EventTrigger) -> bool:
        """Whether the clause tells only what came before or after the main one's event: "…, after Peru demanded"."""
        if self.sentence.openers.get(trigger.clause) != "clause.boundaries":
            return False
        start = self.sentence.clause_range(trigger.clause)[0]
        kind = self.sentence.prepositions.get(start, ("", 0))[0]
        return kind == "topic" and any(other.clause < trigger.clause for other in self.triggers)

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
        if self.published and standing.status in _HAPPENED:
            # What has taken place cannot lie ahead: "pledged to send aid next year" was pledged by now.
            dates = [d for d in dates if d.value <= self.published + timedelta(days=1)]
        if dates:
            nearest = min(dates, key=lambda d: min(abs(d.start - at), abs(d.end - at)))
            return nearest.value, "day" if nearest.precision == "minute" else nearest.precision, nearest.basis
        background = self.sentence.signs.get("status.background")
        if self.published and standing.status in _HAPPENED and not background:
            return self.published, "day", "publication"
        return None, None, "none"

    def _parties(
        self, trigger: EventTrigger, cast: Cast, place: Place | None
    ) -> tuple[list[Party | None], list[Party | None]]:
        home = place.country if place else self._home()
        sources: list[Party | None] = [
            self._party(a, None if a.sector in UNHOMED_SECTORS else home, cast.targets, acts=True)
            for a in cast.sources
        ]
        targets: list[Party | None] = [self._party(a, home, cast.sources, acts=False) for a in cast.targets]
        if not targets and trigger.entry.type == "ASSAULT":
            targets = self._struck(trigger, cast, place)
        if not targets and trigger.entry.type == "RETREAT" and trigger.entry.mode == "withdraw":
            targets = _left(cast, place)
        if not sources and home and trigger.entry.type == "PROTEST":
            sources = [Party(home, "CVL", "")]  # thousands march: the people of the place
        if not targets and home and trigger.entry.type == "ASSAULT" and trigger.entry.frame == "suffer":
            targets = [Party(home, None, "")]  # a bomb went off in Peshawar: it is Pakistan that suffers
        return sources or [None], targets or [None]

    def _struck(self, trigger: EventTrigger, cast: Cast, place: Place | None) -> list[Party | None]:
        """What an attack hit where no actor is named: the city behind the verb, else another country's place."""
        suffers = trigger.entry.frame == "suffer"  # "Харьков подвергся обстрелу": what was hit opens the clause
        since: int | None = self.sentence.clause_range(trigger.clause)[0] if suffers else trigger.end
        if trigger.nominal:
            since = self._aimed_at(trigger)
        hit = None if since is None or trigger.passive else place_hit(self.sentence, self.actors, since)
        struck = hit or place
        if struck is None or struck.country is None or (hit is None and not cast.sources):
            return []
        if any(actor.country == struck.country for actor in cast.sources):
            return []
        return [Party(struck.country, None, struck.name if hit else "")]

    def _aimed_at(self, trigger: EventTrigger) -> int | None:
        """Where a noun of attack names what it is aimed at ("strike on Belgorod", "атака дронов на Белгород")."""
        near = range(trigger.end, min(trigger.end + _AIM_REACH, len(self.sentence.tokens)))
        aims = (p for p in near if self.sentence.clauses[p] == trigger.clause and p in self.sentence.prepositions)
        first = next((p for p in aims if self.sentence.prepositions[p][0] in ("target", "place")), None)
        return first if first is not None and self.sentence.prepositions[first][0] == "target" else None

    def _home(self) -> str | None:
        """The country of a place known by whose it is alone ("in Iranian cities", "at the congress of Peru")."""
        owned = (a for a in self.actors if a.marking == "place" and (a.adjectival or a.kind == "role"))
        return next((a.country for a in owned if a.country), None)

    def _party(self, actor: Actor, home: str | None, others: tuple[Actor, ...], *, acts: bool) -> Party:
        here = actor in self.actors
        text = self.sentence.text_of(actor.start, actor.end) if here else self.context.last_subject_text
        country = actor.country
        if country is None and actor.kind == "role":
            country = self._seat(actor) or home
            if country is None and others and _is_domestic(actor, others[0], acts=acts):
                known = others[0].country or self._seat(others[0])
                country = known if acts or not self._names_others(others[0]) else None
        return Party(country, actor.sector, text)

    def _seat(self, actor: Actor) -> str | None:
        """The country of the city that a role is named with, unless it is of those who may come from abroad."""
        if actor.sector in FOREIGN_SECTORS or actor not in self.actors:
            return None
        place = named_with(self.sentence, self.actors, actor, self.context.countries)
        return place.country if place else None

    def _names_others(self, actor: Actor) -> bool:
        """Whether a country beside the actor's is named behind it: those it acts upon may well be that one's."""
        behind = (a.country for a in self.actors if a.start > actor.start and a.country and not a.adjectival)
        return any(country != actor.country for country in behind)


def _left(cast: Cast, place: Place | None) -> list[Party | None]:
    """Whose ground soldiers of one country leave: that of the place, where it lies in another."""
    own = {actor.country for actor in cast.sources if actor.country}
    abroad = place is not None and place.country is not None and own and place.country not in own
    return [Party(place.country, None, "")] if place is not None and abroad else []


def _is_domestic(actor: Actor, other: Actor, *, acts: bool) -> bool:
    """Whether a role without a country is likely of the other's: all but forces that may come from abroad.

    Rebels whom a state acts upon are its own, as are soldiers whom its courts and police do; whose rebels act upon
    a state is left open, and so is whose minister deals with a country named as such ("criticised Chad").
    """
    if acts and actor.sector in _STATE_SECTORS and other.kind in ("country", "metonym") and not other.adjectival:
        return False
    if actor.sector in FOREIGN_SECTORS:
        homed = actor.sector in UNHOMED_SECTORS and other.sector in _STATE_SECTORS
        return not acts and (homed or other.sector in _LAW_SECTORS)
    return other.sector not in UNHOMED_SECTORS


def _is_pair(source: Party | None, target: Party | None, *, joint: bool) -> bool:
    """Whether two parties out of coordinated groups are two; "both countries" may name a source again."""
    return not (joint and source and target and source.country and source.country == target.country)


def _meets_needs(trigger: EventTrigger, cast: Cast, place: Place | None) -> bool:
    """Whether the actors that the entry needs were found; of an attack it is enough to know where it was."""
    has_source, has_target = bool(cast.sources), bool(cast.targets)
    return {
        "none": True,
        "any": has_source or has_target or (trigger.entry.type == "ASSAULT" and place is not None),
        "source": has_source,
        "target": has_target,
        "both": has_source and has_target,
    }[trigger.entry.needs]


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


def _salience(
    trigger: EventTrigger, cast: Cast, standing: Standing, source: Party | None, target: Party | None
) -> float:
    """What orders the events of a sentence, 0 to 1: the trigger's strength, and how well its roles are filled."""
    known = sum(1 for party in (source, target) if party and party.country)
    named = sum(1 for party in (source, target) if party)
    roles = {0: 0.7, 1: 0.85, 2: 1.0}[named] * {0: 0.9, 1: 0.95, 2: 1.0}[known]
    sureness = cast.sureness if named else 0.75
    governed = 0.8 if standing.governor else 1.0
    if load_ontology().types[trigger.entry.type].recipient_required and target is None:
        roles *= 0.8
    return min(trigger.entry.strength * sureness * roles * governed, 0.99)


def _rank(event: CodedEvent) -> tuple[int, float, int]:
    return _STATUS_RANK[event.status], -event.salience, event.start


def _without_repeats(events: Iterable[CodedEvent]) -> list[CodedEvent]:
    """Of events of one type between the same parties only the best; one with fewer parties tells nothing more."""
    kept: list[CodedEvent] = []
    for event in events:
        if not any(_tells_as_much(other, event) for other in kept):
            kept.append(event)
    return kept


def _tells_as_much(other: CodedEvent, event: CodedEvent) -> bool:
    """Whether `event` adds nothing to `other`: same type, and no party that the other does not have."""
    if other.plover_type != event.plover_type or (event.mode is not None and other.mode != event.mode):
        return False
    mine = [_identity(party) for party in (other.source, other.target)]
    its = [_identity(party) for party in (event.source, event.target)]
    if all(identity is None or identity == own for own, identity in zip(mine, its, strict=True)):
        return True
    return None in its and all(identity is None or identity in mine for identity in its)


def _identity(party: Party | None) -> str | None:
    """What tells two parties of one sentence apart: their country, or where it is unknown their sector."""
    return (party.country or party.sector) if party else None


def _mention(
    document: CleanedDocument, segment: Segment, language: str, spans: Sequence[Span], event: CodedEvent
) -> Mention:
    ontology = load_ontology()
    raw_start, raw_end = raw_offsets(spans, segment.source_start, segment.source_end)
    claimed_by = event.claimed_by or (document.publisher if event.status == "claimed" else None)
    source, target, place = event.source, event.target, event.place
    identity = (
        document.document_id,
        segment.source_start,
        segment.source_end,
        event.plover_type,
        event.mode,
        source.country if source else None,
        source.sector if source else None,
        target.country if target else None,
        target.sector if target else None,
        event.trigger_text,
    )
    return Mention(
        mention_id=hashlib.sha256(repr(identity).encode()).hexdigest()[:32],
        document_id=document.document_id,
        batch=document.batch,
        segment_id=segment.segment_id,
        language=language,
        plover_type=event.plover_type,
        mode=event.mode,
        contexts=event.contexts,
        cameo_code=event.cameo_code,
        quad_class=ontology.types[event.plover_type].quad,
        intensity=ontology.scale(event.plover_type, event.mode),
        source_country=source.country if source else None,
        source_sector=source.sector if source else None,
        source_text=(source.text or None) if source else None,
        target_country=target.country if target else None,
        target_sector=target.sector if target else None,
        target_text=(target.text or None) if target else None,
        event_date=event.event_date,
        date_precision=event.date_precision,
        date_basis=event.date_basis,
        status=event.status,
        claimed_by=claimed_by,
        place_name=place.name if place else None,
        place_country=place.country if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        geonames_id=place.geonames_id if place else None,
        dead=event.dead,
        injured=event.injured,
        size=event.size,
        amount=event.amount,
        currency=event.currency,
        confidence=round(event.confidence, 4),
        trigger_text=event.trigger_text,
        evidence_text=segment.source_text,
        evidence_start=segment.source_start,
        evidence_end=segment.source_end,
        raw_start=raw_start,
        raw_end=raw_end,
        event_id=None,
        source_actor_id=actor_id(language, source.text, source.country, source.sector) if source else None,
        target_actor_id=actor_id(language, target.text, target.country, target.sector) if target else None,
        place_admin1=place.admin1 if place else None,
        place_precision=place.precision if place else None,
        place_ambiguous=place.ambiguous if place else None,
        place_admin1_name=place.admin1_name if place else None,
    )
