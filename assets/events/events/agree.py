"""What the mentions of one event agree on, and in what they disagree. Plain values in, one `Event` out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from assets.events.events.rows import Event
from assets.vocabulary.place_names import standard_place_name
from assets.vocabulary.plover import load_ontology

STATUS_ORDER = ("actual", "claimed", "planned", "offered", "hypothetical", "denied")
REAL = frozenset({"actual", "claimed", "denied"})
"""Statuses of what is told as past or present, true or not; the others are of what may come."""

SUPPOSED = frozenset({"lead", "publication"})
"""Bases of dates that the sentence does not tell."""

_TOLD_AS_TRUE = frozenset({"actual", "claimed"})
_PRECISIONS = {"day": 0, "month": 1, "year": 2}
Value = TypeVar("Value", bound=Hashable)


class Told(NamedTuple):
    """A mention with what is known of its page. Columns of `events.mentions` and `cleaned.documents`.

    `place` is the GeoNames id of a city, null for a place known less exactly; `geonames_id` also that of a division.
    `origin` is whose report it is: the agency that the page credits, else the publisher of the first page of its
    near-duplicate cluster, else that page itself.
    """

    mention_id: str
    document_id: str
    language: str
    plover_type: str
    mode: str | None
    contexts: Sequence[str]
    cameo_code: str
    intensity: float
    source_country: str | None
    source_sector: str | None
    source_actor: str | None
    target_country: str | None
    target_sector: str | None
    target_actor: str | None
    event_date: date | None
    date_precision: str | None
    date_basis: str
    status: str
    claimed_by: str | None
    place_name: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    place: str | None
    geonames_id: str | None
    place_admin1: str | None
    place_admin1_name: str | None
    place_precision: str | None
    place_ambiguous: bool | None
    dead: int | None
    injured: int | None
    size: int | None
    amount: float | None
    currency: str | None
    confidence: float
    publisher: str | None
    agency: str | None
    published: date | None
    origin: str


def agreed_event(told: Sequence[Told]) -> Event:
    """The event that the mentions tell of; their order does not matter."""
    of_type = _of_agreed_type(told)
    best = max(of_type, key=lambda m: (_parties_known(m), m.confidence, m.mention_id))
    published = sorted(m.published for m in told if m.published)
    day, precision = _agreed_date(told)
    statuses = {m.status for m in told}
    place = _agreed_place(told)
    dead = [m.dead for m in told if m.dead is not None]
    injured = [m.injured for m in told if m.injured is not None]
    days = [m.event_date for m in told if m.event_date and m.date_precision == "day"]
    source, target = _agreed_sides(told, best)
    return Event(
        event_id=event_id(told),
        plover_type=best.plover_type,
        mode=_commonest(m.mode for m in of_type if m.mode),
        contexts=tuple(sorted({context for m in told for context in m.contexts})),
        cameo_code=_commonest(m.cameo_code for m in of_type) or best.cameo_code,
        quad_class=load_ontology().types[best.plover_type].quad,
        intensity=round(sum(sorted(m.intensity for m in of_type)) / len(of_type), 6),
        source_country=source[0],
        source_sector=source[1],
        target_country=target[0],
        target_sector=target[1],
        event_date=day,
        date_precision=precision,
        status=min((m.status for m in of_type), key=STATUS_ORDER.index),
        disputed="denied" in statuses and bool(statuses & _TOLD_AS_TRUE),
        place_name=_place_name(place) if place else None,
        place_country=place.place_country if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        dead_min=min(dead, default=None),
        dead_max=max(dead, default=None),
        injured_min=min(injured, default=None),
        injured_max=max(injured, default=None),
        mention_count=len(told),
        document_count=len({m.document_id for m in told}),
        publisher_count=len(publishers(told)),
        independent_publisher_count=independent_publishers(told),
        languages=tuple(sorted({m.language for m in told})),
        first_seen=published[0] if published else None,
        last_seen=published[-1] if published else None,
        confidence=max(m.confidence for m in told),
        source_actor_id=source[2],
        target_actor_id=target[2],
        date_min=min(days, default=None),
        date_max=max(days, default=None),
        geonames_id=place.geonames_id if place else None,
        place_admin1=place.place_admin1 if place else None,
        place_precision=place.place_precision if place else None,
        place_ambiguous=place.place_ambiguous if place else None,
        conflicts=conflicts(told),
        place_admin1_name=place.place_admin1_name if place else None,
    )


def event_id(told: Sequence[Told]) -> str:
    """Hash of the earliest published mention: pages that are published later leave an event's id as it is."""
    first = min(told, key=lambda m: (m.published or date.max, m.mention_id))
    return hashlib.sha256(first.mention_id.encode()).hexdigest()[:32]


def publishers(told: Iterable[Told]) -> set[str]:
    """Publishers of the mentions; a page that names none stands for itself."""
    return {m.publisher or m.document_id for m in told}


def independent_publishers(told: Sequence[Told]) -> int:
    """How many publishers tell the event of their own: carriers of one text, or of one agency, are one.

    A publisher that carries an agency's story beside its own counts once.
    """
    return min(len({m.origin for m in told}), len(publishers(told)))


def conflicts(told: Sequence[Told]) -> tuple[str, ...]:
    """In what the mentions disagree: type, actors (other countries), status (denied or asserted), date, place, dead,
    injured."""
    found = []
    if len({m.plover_type for m in told}) > 1:
        found.append("type")
    if len({parties_of(m) for m in told} - {None}) > 1:
        found.append("actors")
    statuses = {m.status for m in told}
    if "denied" in statuses and statuses & _TOLD_AS_TRUE:
        found.append("status")
    stated = {m.event_date for m in told if m.date_precision == "day" and m.date_basis not in SUPPOSED}
    if len(stated) > 1:
        found.append("date")
    if len({m.place for m in told if m.place}) > 1:
        found.append("place")
    if len({m.dead for m in told if m.dead is not None}) > 1:
        found.append("dead")
    if len({m.injured for m in told if m.injured is not None}) > 1:
        found.append("injured")
    return tuple(found)


def parties_of(mention: Told) -> frozenset[str] | None:
    """The countries of both parties, in no order; null where one is unknown."""
    source, target = mention.source_country, mention.target_country
    return frozenset((source, target)) if source and target else None


def _of_agreed_type(told: Sequence[Told]) -> list[Told]:
    """The mentions of the type that most of them have; of equally frequent ones the surer."""
    of_types: dict[str, list[Told]] = {}
    for m in told:
        of_types.setdefault(m.plover_type, []).append(m)
    return max(of_types.values(), key=lambda ms: (len(ms), max(m.confidence for m in ms), ms[0].plover_type))


def _parties_known(mention: Told) -> int:
    return (mention.source_country is not None) + (mention.target_country is not None)


def _agreed_sides(told: Sequence[Told], best: Told) -> tuple[tuple[str | None, str | None, str | None], ...]:
    """Country, sector and actor of source and target, mentions that tell a joint act the other way round turned."""
    sources, targets = [], []
    for m in told:
        source = (m.source_country, m.source_sector, m.source_actor)
        target = (m.target_country, m.target_sector, m.target_actor)
        straight = _alike(source[0], best.source_country) + _alike(target[0], best.target_country)
        crossed = _alike(source[0], best.target_country) + _alike(target[0], best.source_country) > straight
        sources.append(target if crossed else source)
        targets.append(source if crossed else target)
    return _agreed_side(sources), _agreed_side(targets)


def _alike(one: str | None, other: str | None) -> bool:
    return one is not None and one == other


def _agreed_side(
    sides: Sequence[tuple[str | None, str | None, str | None]],
) -> tuple[str | None, str | None, str | None]:
    country = _commonest(side[0] for side in sides if side[0])
    of_country = [side for side in sides if side[0] == country]  # a sector of another reading is not this country's
    sector = _commonest(side[1] for side in of_country if side[1])
    named = _commonest(side[2] for side in of_country if side[2] and not side[2][0].isupper())
    codes = "-".join(part for part in (country, sector) if part) or None
    return country, sector, named or codes


def _agreed_place(told: Sequence[Told]) -> Told | None:
    """The mention whose place is the most precise of the commonest."""
    placed = [m for m in told if m.place_name]
    if not placed:
        return None
    finest = [m for m in placed if m.place] or [m for m in placed if m.place_admin1] or placed
    commonest = _commonest(map(_whereabouts, finest))
    return min(
        (m for m in finest if _whereabouts(m) == commonest),
        key=lambda m: (m.language != "en", bool(m.place_ambiguous), m.place_name or "", m.mention_id),
    )


def _place_name(placed: Told) -> str | None:
    """The place's name in Latin letters, that reports in two scripts count under one; as written where unlisted."""
    return standard_place_name(placed.place, placed.place_admin1, placed.place_country) or placed.place_name


def _whereabouts(mention: Told) -> tuple[str, str, str]:
    return mention.place or "", mention.place_admin1 or "", mention.place_country or ""


def _agreed_date(told: Sequence[Told]) -> tuple[date | None, str | None]:
    """The most precise date; of equally precise ones a stated before a reported one, then the commonest."""
    ranked = [
        ((_PRECISIONS[m.date_precision or "day"], m.date_basis in SUPPOSED), m.event_date)
        for m in told
        if m.event_date
    ]
    if not ranked:
        return None, None
    finest = min(rank for rank, _ in ranked)
    agreed = _commonest(day for rank, day in ranked if rank == finest)
    return agreed, next(name for name, rank in _PRECISIONS.items() if rank == finest[0])


def _commonest(values: Iterable[Value]) -> Value | None:
    """The most frequent value; of equally frequent ones the least by its text, so that order does not matter."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], repr(v))) if counts else None
