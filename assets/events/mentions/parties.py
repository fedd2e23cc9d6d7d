"""Whose a source or target is: the country of a role, by its city, the place or the other side; and who was hit."""

from __future__ import annotations

from dataclasses import dataclass

from assets.events.mentions.actors.actor import FOREIGN_SECTORS, UNHOMED_SECTORS, Actor, DocumentContext
from assets.events.mentions.coded import Party
from assets.events.mentions.gazetteer import Place
from assets.events.mentions.places import city_before, dateline_country, named_with, place_hit, place_struck
from assets.events.mentions.roles.cast import Cast
from assets.events.mentions.roles.stage import is_fire
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.triggers import EventTrigger

_AIM_REACH = 5  # tokens between a noun of attack and the preposition before what it is aimed at
_LAW_SECTORS = frozenset({"JUD", "COP"})  # whose hand seldom reaches beyond the border
_MEETINGS = frozenset({"joint", "visit"})
_DIPLOMACY = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
_ENVOYS = frozenset({"GOV", "LEG", "MIL"})  # who deal with other states in their own state's name
_STATELESS = frozenset(
    {"IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC", "UNK", "REF", "JRN"}
)  # of no country by nature
_OF_AUTHORITY = frozenset(
    {"arrest", "convict", "curfew", "martial-law", "deport", "investigate"}
)  # what none but the authorities of the place do: "two journalists were arrested in Harare"
_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
_FIGURES = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "ELI", "OPP", "PTY"})  # judged by their own state
_POWERS = frozenset({"GOV", "JUD", "COP", "MIL", "SPY"})
_ABROAD = frozenset({"expel", "deport"})
_OF_STATES = frozenset({"censor", "restrict", "expel"})  # what they alone do where no doer can be meant but them
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "PRM"})  # who, named by country, fight rebels at home


@dataclass(frozen=True, slots=True)
class Parties:
    """The sides of a sentence's events, found one trigger at a time."""

    sentence: Sentence
    actors: list[Actor]
    context: DocumentContext

    def of(
        self, trigger: EventTrigger, cast: Cast, place: Place | None
    ) -> tuple[list[Party | None], list[Party | None]]:
        """Those who act and those acted upon, each at least one, null where nobody is named."""
        home = place.country if place else self._home()
        meets = trigger.entry.frame in _MEETINGS and trigger.entry.type in _DIPLOMACY
        sources: list[Party | None] = [
            (self._abroad(a, cast.targets) if meets else None)
            or self._party(trigger, a, None if _is_from_elsewhere(trigger, a) else home, cast.targets, acts=True)
            for a in cast.sources
        ]
        struck = self._struck_before(trigger)
        decreed = trigger.entry.type in ("COERCE", "SANCTION", "AID") and any(
            a.kind == "organisation" and a.country is None for a in cast.sources
        )  # "Die Außenminister der EU verhängten in Brüssel": not against Belgians
        hurt = struck.country if struck else self._ground_hit(trigger) or (None if decreed else home)
        # "Harkiv'e düzenlenen saldırıda beş kişi öldü", "погибли при ударе по Краматорску"
        targets: list[Party | None] = [self._party(trigger, a, hurt, cast.sources, acts=False) for a in cast.targets]
        if not targets and struck and trigger.entry.type == "AID":
            targets = [Party(struck.country, None, struck.name)]  # "Port Sudan'a ulaştı"
        if not targets and (trigger.entry.type == "ASSAULT" or trigger.entry.mode == "seize"):
            targets = self._struck(trigger, cast, place)
        if not targets:
            targets = self.visited(trigger, cast)
        if not targets and trigger.entry.mode == "crowd-control":
            targets = _dispersed(sources)
        if not targets and trigger.entry.type == "RETREAT" and trigger.entry.mode == "withdraw":
            targets = _left(cast, place)
        here = home or self._page_home()
        if not sources and here and trigger.entry.type == "PROTEST":
            sources = [
                Party(here, "CVL", "", from_page=home is None, supposed=home is None)
            ]  # thousands march: the people of the place
        if not sources and is_power_of_state(trigger):
            sources = self._state(trigger, cast, place)
        if not targets and here and trigger.entry.type == "ASSAULT" and trigger.entry.frame == "suffer":
            targets = [
                Party(here, None, "", from_page=home is None, supposed=home is None)
            ]  # a bomb went off in Peshawar: Pakistan suffers
        return sources or [None], targets or [None]

    def visited(self, trigger: EventTrigger, cast: Cast) -> list[Party | None]:
        """The town abroad that a visit goes to, where no host is named ("travelled to Goma")."""
        guests = {actor.country for actor in cast.sources if actor.country}
        if trigger.entry.mode != "visit" or cast.targets or not guests:
            return []
        since = self._aimed_at(trigger) if trigger.nominal else trigger.end
        town = place_hit(self.sentence, self.actors, since) if since is not None else None
        if town is None or town.country is None or town.country in guests:
            return []
        return [Party(town.country, None, town.name)]

    def _state(self, trigger: EventTrigger, cast: Cast, place: Place | None) -> list[Party | None]:
        """Whose power it is where a passive or noun names nobody: of the place, of a known figure, of the page."""
        home = place.country if place else self._home()
        figures = (a.country or self._seat(a) for a in cast.targets if a.sector in _FIGURES)
        known = next((country for country in figures if country), None)
        told = home if trigger.entry.mode in _ABROAD else home or known or self._authority_that_tells(cast)
        state = told or (self._page_home() if trigger.entry.mode != "expel" else None)
        if trigger.entry.mode in _ABROAD and any(actor.country == state for actor in cast.targets):
            return []  # nobody is sent out of his own country
        return [Party(state, "GOV", "", from_page=home is None, supposed=told is None)] if state else []

    def _authority_that_tells(self, cast: Cast) -> str | None:
        """ "Wie die malische Regierung mitteilte, wurde ein Franzose festgenommen": whose police it was."""
        if self.sentence.language.grammar.word_order != "V2":
            return None
        victims = {actor.country for actor in cast.targets}
        told = (a for a in self.actors if a.kind in ("role", "group") and a.sector in _POWERS and a.country)
        return next((a.country for a in told if a.marking in ("", "topic") and a.country not in victims), None)

    def _struck(self, trigger: EventTrigger, cast: Cast, place: Place | None) -> list[Party | None]:
        """What an attack hit where no actor is named: the city behind the verb, else another country's place."""
        suffers = trigger.entry.frame == "suffer"  # "Харьков подвергся обстрелу": what was hit opens the clause
        since: int | None = self.sentence.clause_range(trigger.clause)[0] if suffers else trigger.end
        if trigger.nominal:
            since = self._aimed_at(trigger)
        elif self.sentence.language.grammar.word_order == "VSO":  # the object stands behind the subject
            since = max([trigger.end, *(a.end for a in cast.sources if a in self.actors)])
        hit = None if since is None or trigger.passive else place_hit(self.sentence, self.actors, since)
        hit = hit or self._struck_before(trigger)
        struck = hit or place
        if struck is None or struck.country is None or (hit is None and not cast.sources):
            return []
        if any(actor.country == struck.country for actor in cast.sources):
            return []
        return [Party(struck.country, None, struck.name if hit else "")]

    def _struck_before(self, trigger: EventTrigger) -> Place | None:
        """The city before an attack or a gift, in the case of what it is done to, where verbs stand last."""
        if trigger.entry.type not in ("ASSAULT", "AID") or self.sentence.language.grammar.word_order != "SOV":
            return None
        return place_struck(self.sentence, self.actors, self.sentence.clause_range(trigger.clause)[0], trigger.start)

    def _ground_hit(self, trigger: EventTrigger) -> str | None:
        """Where those hit live, told by what a noun of attack is aimed at ("погибли при ударе по Краматорску")."""
        since = self._aimed_at(trigger) if trigger.entry.type == "ASSAULT" else None
        hit = place_hit(self.sentence, self.actors, since) if since is not None else None
        return hit.country if hit else None

    def _aimed_at(self, trigger: EventTrigger) -> int | None:
        """Where a noun of attack names what it is aimed at ("strike on Belgorod", "атака дронов на Белгород")."""
        near = range(trigger.end, min(trigger.end + _AIM_REACH, len(self.sentence.tokens)))
        verb_second = self.sentence.language.grammar.word_order == "V2"
        follows = self.sentence.prepositions.get(trigger.end, ("", 0))[0]
        if trigger.nominal and verb_second and follows in ("agent", "of"):
            return trigger.end  # "bei russischem Beschuss von Cherson"
        aims = (p for p in near if self.sentence.clauses[p] == trigger.clause and p in self.sentence.prepositions)
        first = next((p for p in aims if self.sentence.prepositions[p][0] in ("target", "place")), None)
        return first if first is not None and self.sentence.prepositions[first][0] == "target" else None

    def _home(self) -> str | None:
        """The country of a place known by whose it is alone ("in Iranian cities", "at the congress of Peru")."""
        deeds = {m.start for m in self.sentence.triggers if m.meaning.part == "noun"}
        owned = (
            a
            for a in self.actors
            if a.marking == "place" and (a.kind == "role" or (a.adjectival and a.end not in deeds))
        )  # "bei einem russischen Angriff" tells of no place
        return next((a.country for a in owned if a.country), None)

    def _party(
        self, trigger: EventTrigger, actor: Actor, home: str | None, others: tuple[Actor, ...], *, acts: bool
    ) -> Party:
        here = actor in self.actors
        text = self.sentence.text_of(actor.start, actor.end) if here else self.context.text_of(actor)
        country = actor.country
        if country is None and actor.kind == "role":
            country = self._seat(actor) or home
            if country is None and not acts and others and self._is_spoken_to_from_abroad(trigger, others[0]):
                country = self._at_home(actor)
                return Party(country, actor.sector, text, from_page=country is not None, supposed=country is not None)
            speaks = trigger.entry.type in _SPEECH
            apart = not acts and is_fire(trigger) and actor.sector not in UNHOMED_SECTORS
            if country is None and others and not apart and _is_domestic(actor, others[0], acts=acts, speaks=speaks):
                known = others[0].country or self._seat(others[0])
                country = known if acts or not self._names_others(others[0]) else None
        at_home = self._at_home(actor) if country is None and actor.kind in ("role", "person") else None
        known_by_page = actor.kind == "person" and country is not None and self._is_of_page(actor)
        supposed = at_home is not None or known_by_page
        elsewhere = country is not None and not (here and self._names(country, home))
        return Party(country or at_home, actor.sector, text, from_page=supposed or elsewhere, supposed=supposed)

    def _abroad(self, actor: Actor, others: tuple[Actor, ...]) -> Party | None:
        """Whose a minister without a country is who visits or meets those of a named one: not theirs.

        "The foreign secretary spoke with her Turkish counterpart": of whom the sentences before tell, else of the
        page's country.
        """
        host = next((other.country for other in others if other.country), None)
        untold = actor.country is None or (actor.country == host and self._is_of_page(actor))
        is_envoy = actor.kind in ("role", "person") and actor.sector in _ENVOYS
        if host is None or not (untold and is_envoy) or self._seat(actor):
            return None
        last = self.context.last_subject
        told = [last.country if last else None, *reversed(self.context.countries), self._page_home()]
        country = next((country for country in told if country not in (None, host)), None)
        here = actor in self.actors
        text = self.sentence.text_of(actor.start, actor.end) if here else self.context.text_of(actor)
        return Party(country, actor.sector, text, from_page=country is not None, supposed=country is not None)

    def _is_spoken_to_from_abroad(self, trigger: EventTrigger, speaker: Actor) -> bool:
        """ "France demanded that the president be freed": on a page at home in Niger that is Niger's president."""
        home = self._page_home()
        names_state = speaker.kind in ("country", "metonym") or speaker.sector in _STATE_SECTORS
        abroad = home is not None and speaker.country not in (None, home) and names_state
        return abroad and trigger.entry.type in _SPEECH

    def _names(self, country: str, home: str | None) -> bool:
        """Whether words of the sentence name a country: its own name, its people's, a body's or a place's in it."""
        words = (m.meaning.country for m in self.sentence.actor_words)
        return country == home or country in words or any(self._seat(a) == country for a in self.actors if a.is_role)

    def _is_of_page(self, actor: Actor) -> bool:
        """Whether it is the page that gives a name its country."""
        here = actor in self.actors
        return here and any(
            self.context.page.person(self.sentence.tokens[p].text) for p in range(actor.start, actor.end)
        )

    def _page_home(self) -> str | None:
        """The country that the sentence's dateline names, else the page's own, else that of the dateline before."""
        here = dateline_country(self.sentence, self.actors)
        return here or self.context.page.home or self.context.dateline or self.context.scene

    def _at_home(self, actor: Actor) -> str | None:
        """The page's country for those who need no name there: its police, its government, its people."""
        home = self._page_home()
        if home is None or actor.sector in UNHOMED_SECTORS or actor.sector in _STATELESS:
            return None
        if actor.sector in FOREIGN_SECTORS and self.context.country_of_sector.get(actor.sector or "", home) != home:
            return None
        return home

    def _seat(self, actor: Actor) -> str | None:
        """The country of the city that a role is named with, unless it is of those who may come from abroad."""
        if actor.sector in FOREIGN_SECTORS or actor not in self.actors:
            return None
        place = named_with(self.sentence, self.actors, actor, self.context.countries)
        place = place or city_before(self.sentence, self.actors, actor, self.context.countries)
        return place.country if place else None

    def _names_others(self, actor: Actor) -> bool:
        """Whether a country beside the actor's is named behind it: those it acts upon may well be that one's."""
        behind = (a.country for a in self.actors if a.start > actor.start and a.country and not a.adjectival)
        return any(country != actor.country for country in behind)


def is_power_of_state(trigger: EventTrigger) -> bool:
    """Whether the words name what only those in power do, without telling who: "were arrested", "a curfew"."""
    entry = trigger.entry
    freed = entry.mode == "release" and entry.frame == "suffer"  # "вышли на свободу"
    untold = trigger.passive or (trigger.nominal and entry.of == "target")
    eased = trigger.passive and entry.type == "CONCEDE" and not trigger.reduced  # "the curfew was lifted"
    return freed or eased or entry.mode in _OF_AUTHORITY or (untold and entry.mode in _OF_STATES)


def _is_from_elsewhere(trigger: EventTrigger, actor: Actor) -> bool:
    """Whether it is no country's own for where it acts: rebels, and soldiers who leave the place."""
    leaves = trigger.entry.type == "RETREAT" and trigger.entry.mode == "withdraw" and actor.sector == "MIL"
    return leaves or actor.sector in UNHOMED_SECTORS


def _left(cast: Cast, place: Place | None) -> list[Party | None]:
    """Whose ground soldiers of one country leave: that of the place, where it lies in another."""
    own = {actor.country for actor in cast.sources if actor.country}
    abroad = place is not None and place.country is not None and own and place.country not in own
    return [Party(place.country, None, "")] if place is not None and abroad else []


def _dispersed(sources: list[Party | None]) -> list[Party | None]:
    """Whom police disperse: people of their own country, where nobody is named."""
    police = next((s for s in sources if s and s.country and s.sector in _STATE_SECTORS), None)
    return [Party(police.country, "CVL", "")] if police else []


def _is_domestic(actor: Actor, other: Actor, *, acts: bool, speaks: bool) -> bool:
    """Whether a role without a country is likely of the other's: all but forces that may come from abroad.

    Rebels whom a state acts upon are its own, as are soldiers whom its courts and police do; whose rebels act upon
    a state is left open, and so is whose minister deals with a country named as such ("criticised Chad").
    """
    names_state = other.kind in ("country", "metonym") and not other.adjectival
    if acts and actor.sector in _STATE_SECTORS and (names_state or (speaks and other.sector in _STATE_SECTORS)):
        return False
    if actor.sector in FOREIGN_SECTORS:
        homed = actor.sector in UNHOMED_SECTORS and other.sector in _STATE_SECTORS
        return not acts and (homed or other.sector in _LAW_SECTORS)
    return other.sector not in UNHOMED_SECTORS


def is_pair(source: Party | None, target: Party | None, *, joint: bool) -> bool:
    """Whether two parties out of coordinated groups are two; "both countries" may name a source again."""
    return not (joint and source and target and source.country and source.country == target.country)
