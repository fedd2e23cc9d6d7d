"""How alike two reports are: a sum of weights, each with its reason, so that a person sees why two are one event.

A weight is evidence in bits: +1 makes it twice as likely that the two tell of one event, as the match weights of
Fellegi and Sunter's record linkage do. They were set by judgement; how well they do is measured by
`python -m benchmarks.resolution.benchmark quality`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt

from assets.events.events.reports import (
    ANNOUNCING_TYPES,
    DEEDS,
    MODES_OF_SEVERAL,
    NEIGHBOURING_TYPES,
    NEIGHBOURING_WORDS,
    Report,
)

PRIOR = -2.0
DAYS_APART = 7
"""The most that the days of two reports of one event may lie apart."""

_EARTH_RADIUS_KM = 6371.0
_NEAR_KM, _FAR_KM = 40.0, 120.0
_MANY_DEAD = 20  # so many that the same number is hardly told of two attacks
_ALIKE = 0.6  # of the greater number of dead, at least
_IN_PERSON = frozenset({"visit", "third-party"})
_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PRM"})
_ARMED_NON_STATE = frozenset({"REB", "UAF", "CRM"})
_OF_NO_COUNTRY = frozenset({"IGO", "UNO", "EUR"})

_OF_TWO_BODIES = frozenset({"organisation against country", "organisations differ"})

WEIGHTS: dict[str, float] = {
    "types neighbouring": -3.4,
    "types of speech neighbouring": -5.5,
    "planned, and told as done": -1.0,
    "planned, and announced": 0.0,
    "party same": 2.0,
    "same country's other party": 0.5,
    "sides exchanged": -6.0,
    "party unknown in one": -0.5,
    "another party of several": -1.0,
    "another party named": -4.5,
    "country hit against group in it": -1.0,
    "organisation against country": -4.0,
    "organisations differ": -4.0,
    "named actor same": 1.5,
    "sector same": 0.6,
    "sectors both of the state": 0.0,
    "sectors both of armed groups": 0.0,
    "sectors differ": -1.0,
    "state against armed group": -3.0,
    "same day, both stated": 2.5,
    "same day": 2.0,
    "1 day apart, both stated": -4.5,
    "reported the day after": 1.5,
    "both reported, 1 day apart": 1.0,
    "reported 2 or 3 days after": -2.0,
    "both reported, 2 or 3 days apart": -2.0,
    "2 or 3 days apart, both stated": -6.0,
    "reported 4 to 7 days after": -4.0,
    "both reported, 4 to 7 days apart": -4.0,
    "4 to 7 days apart, both stated": -8.0,
    "reported the day before": -2.0,
    "reported days before": -8.0,
    "same month": 1.0,
    "same year": 0.0,
    "no date": -1.5,
    "same place": 2.0,
    "places near": -5.0,
    "places apart": -5.0,
    "same division of place": 1.0,
    "divisions differ": -5.0,
    "same country of place": 0.4,
    "place unknown in one": 0.0,
    "said about elsewhere": -3.0,
    "mode same": 0.7,
    "modes differ": -1.0,
    "modes differ on one page": -2.5,
    "by telephone against in person": -7.0,
    "many dead, same": 3.0,
    "many dead, alike": 2.7,
    "dead same": 2.0,
    "dead alike": 0.5,
    "dead differ": -2.5,
    "injured same": 1.0,
    "injured differ": -0.3,
    "number of people same": 1.5,
    "number of people differs": -1.5,
    "sum same": 2.5,
    "sum differs": -2.5,
    "same page or copy of it": 1.5,
}
"""Bits for each way in which two reports can be alike or differ."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The score of two reports in bits and the features it is made of, in the order they were looked at."""

    score: float
    features: tuple[str, ...]

    @property
    def probability(self) -> float:
        """The score as a probability."""
        return float(1.0 / (1.0 + 2.0 ** -max(min(self.score, 60.0), -60.0)))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Each feature with its weight."""
        return tuple(f"{feature} {WEIGHTS[feature]:+.1f}" for feature in self.features)


def are_alike(found: Likeness | None) -> bool:
    """Whether two reports are more likely one event than two."""
    return found is not None and found.score > 0


def likeness(a: Report, b: Report) -> Likeness | None:
    """How alike two reports are; null where they cannot be one event (parties, time or place exclude it)."""
    stage, kind = _stage(a, b), _kind(a, b)
    parties = _parties(a, b)
    time = _time(a, b)
    place = _place(a, b)
    if stage is None or kind is None or parties is None or time is None or place is None:
        return None
    features = [*stage, *kind, *parties, time, *place, *_figures(a, b)]
    on_one_page = not a.pages.isdisjoint(b.pages)
    if on_one_page and not _OF_TWO_BODIES.isdisjoint(parties):
        return None  # a page that names a state and an organisation tells what each of them did
    if a.plover_type == b.plover_type and a.mode and b.mode:
        features.append(_modes(a.mode, b.mode, on_one_page=on_one_page))
    if on_one_page and features[-1] != "modes differ on one page":
        features.append("same page or copy of it")
    return Likeness(PRIOR + sum(WEIGHTS[f] for f in features), tuple(features))


def _stage(a: Report, b: Report) -> list[str] | None:
    """Whether both took place, or both may; a plan and what is told on its day, or its announcement, are one."""
    if a.real == b.real:
        return []
    plan, done = (b, a) if a.real else (a, b)
    if not plan.planned:
        return None
    if plan.plover_type != done.plover_type:
        return ["planned, and announced"] if done.plover_type in ANNOUNCING_TYPES else None
    on_its_day = plan.day is not None and plan.precision == "day" and not plan.reported
    return ["planned, and told as done"] if on_its_day and (done.day or 0) >= (plan.day or 0) else None


def _kind(a: Report, b: Report) -> list[str] | None:
    """Whether the types can be told of one event; a page that tells of both tells of two."""
    if a.plover_type == b.plover_type:
        return []
    if not a.pages.isdisjoint(b.pages):
        return None
    types = frozenset((a.plover_type, b.plover_type))
    if types in NEIGHBOURING_TYPES:
        return ["types neighbouring"]
    return ["types of speech neighbouring"] if types in NEIGHBOURING_WORDS else None


def _modes(one: str, other: str, *, on_one_page: bool) -> str:
    if one == other:
        return "mode same"
    if on_one_page:  # a page that tells of two modes most often tells of two acts
        return "modes differ on one page"
    by_telephone = "phone" in (one, other) and not _IN_PERSON.isdisjoint((one, other))
    return "by telephone against in person" if by_telephone else "modes differ"


def _parties(a: Report, b: Report) -> list[str] | None:
    """Features of both sides; where either may be told as the source, as they fit better."""
    straight = _sides(a, b, crossed=False)
    straight = _another_party(a, b) if straight is None else straight
    if not (a.may_be_crossed and b.may_be_crossed):
        return straight
    crossed = _sides(a, b, crossed=True)
    if crossed is not None and not (a.is_joint and b.is_joint):
        crossed = [*crossed, "sides exchanged"]
    found = [sides for sides in (straight, crossed) if sides is not None]
    if not found and (others := _of_several(a, b)):
        return others
    return max(found, key=lambda sides: sum(WEIGHTS[f] for f in sides), default=None)


def _of_several(a: Report, b: Report) -> list[str] | None:
    """Features of two tellings of one meeting of several countries in a place, of which each names two.

    So is a mediation: the mediator is named beside one of those between whom he mediates, or those two alone.
    """
    if not (a.is_of_several or b.is_of_several) or not (a.is_joint and b.is_joint):
        return None
    if a.place is None or a.place != b.place or not {a.mode, b.mode} <= {None, *MODES_OF_SEVERAL}:
        return None
    shared = {a.source_country, a.target_country} & {b.source_country, b.target_country} - {None}
    return ["party same", "another party of several"] if shared else None


def _another_party(a: Report, b: Report) -> list[str] | None:
    """Features of two tellings of one deed in a town on a day, whose one party is the same and the other is not."""
    if a.plover_type != b.plover_type or a.plover_type not in DEEDS or a.place is None or a.place != b.place:
        return None
    source = _side((a.source_country, a.source_sector, None), (b.source_country, b.source_sector, None))
    target = _side((a.target_country, a.target_sector, None), (b.target_country, b.target_sector, None))
    same = source or target
    return [*same, "another party named"] if same and same[0] == "party same" else None


def _sides(a: Report, b: Report, *, crossed: bool) -> list[str] | None:
    if not crossed and a.source_country and a.source_country == b.source_country and _hits_group(a, b):
        return ["party same", "country hit against group in it"]
    first = (a.source_country, a.source_sector, a.source_actor), (a.target_country, a.target_sector, a.target_actor)
    other = (b.source_country, b.source_sector, b.source_actor), (b.target_country, b.target_sector, b.target_actor)
    if crossed:
        other = other[1], other[0]
    features: list[str] = []
    for mine, its in zip(first, other, strict=True):
        side = _side(mine, its)
        if side is None:
            return None
        features += side
    if features.count("party same") == 2 and a.source_country == a.target_country:
        features[features.index("party same")] = "same country's other party"
    return features


def _hits_group(a: Report, b: Report) -> bool:
    """Whether one tells that a country was hit, and the other that an armed group was, in that country."""
    for one, other in ((a, b), (b, a)):
        if one.hits_the_country and other.target_sector in _ARMED_NON_STATE:
            return other.place_country == one.place_country and other.target_country != one.target_country
    return False


def _side(
    mine: tuple[str | None, str | None, str | None], its: tuple[str | None, str | None, str | None]
) -> list[str] | None:
    (country, sector, actor), (other_country, other_sector, other_actor) = mine, its
    if country and other_country and country != other_country:
        return None
    if actor and other_actor and actor == other_actor and not actor[0].isupper():
        return ["party same", "named actor same"]
    features = []
    if country and other_country:
        features.append("party same")
    elif apart := _organisations(mine, its):
        return [apart]
    elif country or other_country:
        features.append("party unknown in one")
    elif sector and sector == other_sector and sector in _ARMED_NON_STATE | _OF_NO_COUNTRY:
        features.append("sector same")
    if sector and other_sector:
        features.append(_sectors(sector, other_sector))
    elif (country and sector is None and other_country is None and other_sector in _ARMED_NON_STATE) or (
        other_country and other_sector is None and country is None and sector in _ARMED_NON_STATE
    ):
        features.append("state against armed group")  # a country named alone is its state
    return features


def _organisations(
    mine: tuple[str | None, str | None, str | None], its: tuple[str | None, str | None, str | None]
) -> str | None:
    """Whether an organisation of no country stands against a country, or another one: then no party is unknown."""
    named = [
        actor
        for country, sector, actor in (mine, its)
        if actor and not actor[0].isupper() and not country and sector not in _ARMED_NON_STATE
    ]
    if len(named) == 2:
        return "organisations differ" if named[0] != named[1] else None
    return "organisation against country" if named and (mine[0] or its[0]) else None


def _sectors(one: str, other: str) -> str:
    if one == other:
        return "sector same"
    if {one, other} <= _STATE:
        return "sectors both of the state"
    if {one, other} <= _ARMED_NON_STATE:  # what one paper calls rebels another calls a gang
        return "sectors both of armed groups"
    if (one in _STATE and other in _ARMED_NON_STATE) or (other in _STATE and one in _ARMED_NON_STATE):
        return "state against armed group"
    return "sectors differ"


def _time(a: Report, b: Report) -> str | None:
    if a.day is None or b.day is None:
        return "no date" if not a.pages.isdisjoint(b.pages) else None
    if a.precision == "year" or b.precision == "year":
        return "same year" if a.precision == b.precision and a.day == b.day else None
    if a.precision == "month" or b.precision == "month":
        return "same month" if _months(a.day) == _months(b.day) else None
    return _days(a, b)


def _days(a: Report, b: Report) -> str | None:
    """How far apart the days lie, and whether they are stated or only those of the reports."""
    first, then = sorted((a, b), key=lambda report: report.day or 0)
    apart = (then.day or 0) - (first.day or 0)
    if apart > DAYS_APART:
        return None
    if apart == 0:
        return "same day" if a.reported or b.reported else "same day, both stated"
    span = "1 day" if apart == 1 else "2 or 3 days" if apart <= 3 else "4 to 7 days"
    if a.reported == b.reported:
        return f"both reported, {span} apart" if a.reported else f"{span} apart, both stated"
    if first.reported:
        return "reported the day before" if apart == 1 else "reported days before"
    return "reported the day after" if apart == 1 else f"reported {span} after"


def _months(day: int) -> tuple[int, int]:
    found = date.fromordinal(day)
    return found.year, found.month


def _place(a: Report, b: Report) -> list[str] | None:
    if a.place_country and b.place_country and a.place_country != b.place_country:
        return ["said about elsewhere"] if _said_of_a_party(a, b) else None
    if a.place and b.place:
        if a.place == b.place:
            return ["same place"]
        if too_far_apart(a, b):
            return None
        return ["places near" if (distance(a, b) or 0.0) <= _NEAR_KM else "places apart"]
    if a.place_admin1 and b.place_admin1:  # one of the two names no city
        return ["same division of place" if a.place_admin1 == b.place_admin1 else "divisions differ"]
    if a.place_country and b.place_country:
        return ["same country of place"]
    return ["place unknown in one"] if a.place_country or b.place_country else []


def _said_of_a_party(a: Report, b: Report) -> bool:
    """Whether both are said or announced, and one place is that of a party: where it is said, or of whom."""
    parties = {a.source_country, a.target_country, b.source_country, b.target_country}
    return a.is_spoken and b.is_spoken and not parties.isdisjoint((a.place_country, b.place_country))


def too_far_apart(a: Report, b: Report) -> bool:
    """Whether the places of two reports are two, and too far apart for one event."""
    if a.place == b.place or (a.place_country != b.place_country and _said_of_a_party(a, b)):
        return False
    kilometres = distance(a, b)
    return kilometres is None or kilometres > _FAR_KM


def distance(a: Report, b: Report) -> float | None:
    """Kilometres between the places of two reports along the great circle; null where one has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    around = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(around)))


def _figures(a: Report, b: Report) -> list[str]:
    features = []
    if a.dead is not None and b.dead is not None:
        features.append(_dead(*sorted((a.dead, b.dead))))
    if a.injured is not None and b.injured is not None:
        features.append("injured same" if a.injured == b.injured else "injured differ")
    if a.size is not None and b.size is not None:
        features += _figure(a.size, b.size, "number of people same", "number of people differs")
    if a.amount is not None and b.amount is not None and a.currency == b.currency:
        features += _figure(a.amount, b.amount, "sum same", "sum differs")
    return features


def _figure(one: float, other: float, same: str, differs: str) -> list[str]:
    """What a number of people or a sum says; of numbers that are near each other either may be rounded."""
    if one == other:
        return [same] if one > 1 else []
    return [differs] if min(one, other) < _ALIKE * max(one, other) else []


def _dead(least: int, most: int) -> str:
    """How two numbers of dead compare; the same great number is hardly told of two events, one death often is."""
    if least < _ALIKE * most:
        return "dead differ"
    if least >= _MANY_DEAD:
        return "many dead, same" if least == most else "many dead, alike"
    return "dead same" if least == most and most > 1 else "dead alike"
