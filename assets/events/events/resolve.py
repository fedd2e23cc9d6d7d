"""Mentions of the same event put together into one: same type, parties and place, dates within a tolerance.

Mentions fall into blocks by type and parties; in a block they are walked in a fixed order (date, then id), so that
the same mentions give the same events and ids whatever the order of batches. A block can be resolved alone, which is
what makes the table incremental.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assets.cleaned.documents.rows import CleanedDocument
from assets.events.events.rows import Event
from assets.events.mentions.rows import Mention

DAYS_APART = 3  # how far the dated days of two mentions of one event may lie apart
DAYS_APART_REPORTED = 7  # the same where a date is only that of publication
_STATUS_ORDER = ("actual", "claimed", "planned", "offered", "hypothetical", "denied")
_REAL = frozenset({"actual", "claimed"})

Block = tuple[str, str | None, str | None, str | None, bool]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Resolution:
    """Events, and for each mention the event that it tells of."""

    events: list[Event]
    event_ids: dict[str, str]


def block_of(mention: Mention) -> Block:
    """What two mentions must share to be compared: type, countries, and whether the event took place.

    Joint acts (a meeting of A and B) are the same told from either side, so their countries are unordered. Where no
    country is known on either side the place must be the same, and without a place the page.
    """
    parties = [mention.source_country, mention.target_country]
    if mention.plover_type in ("CONSULT", "COOPERATE", "AGREE"):
        parties.sort(key=lambda c: c or "")
    where = None if any(parties) else mention.place_name or mention.document_id
    return mention.plover_type, parties[0], parties[1], where, mention.status in _REAL | {"denied"}


def resolve_events(mentions: Sequence[Mention], documents: Iterable[CleanedDocument]) -> Resolution:
    """The events that the mentions tell of. `documents` are the pages of the mentions, for publishers and dates."""
    pages = {document.document_id: document for document in documents}
    blocks: dict[Block, list[Mention]] = defaultdict(list)
    for mention in mentions:
        blocks[block_of(mention)].append(mention)
    events, event_ids = [], {}
    for block in sorted(blocks, key=repr):
        for cluster in _clusters(blocks[block]):
            event = _event(cluster, pages)
            events.append(event)
            event_ids.update({mention.mention_id: event.event_id for mention in cluster})
    return Resolution(events, event_ids)


def _clusters(mentions: list[Mention]) -> list[list[Mention]]:
    """Mentions of a block in runs whose dates follow closely; undated ones stay with their own document."""
    dated = sorted((m for m in mentions if m.event_date), key=lambda m: (m.event_date, m.mention_id))
    clusters: list[list[Mention]] = []
    for mention in dated:
        fitting = (c for c in reversed(clusters) if _same_time(c, mention) and _same_place(c, mention))
        cluster = next(fitting, None)
        if cluster is None:
            clusters.append([mention])
        else:
            cluster.append(mention)
    undated: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted((m for m in mentions if not m.event_date), key=lambda m: m.mention_id):
        undated[mention.document_id].append(mention)
    return clusters + [undated[document_id] for document_id in sorted(undated)]


def _same_time(cluster: list[Mention], mention: Mention) -> bool:
    """Whether a mention's date fits a cluster's: compared with its first so that runs do not creep on for ever."""
    first = cluster[0]
    assert first.event_date and mention.event_date
    if first.date_precision == "year" or mention.date_precision == "year":
        return first.date_precision == mention.date_precision and first.event_date == mention.event_date
    if first.date_precision == "month" or mention.date_precision == "month":
        return (first.event_date.year, first.event_date.month) == (mention.event_date.year, mention.event_date.month)
    reported = "publication" in (first.date_basis, mention.date_basis)
    return (mention.event_date - first.event_date).days <= (DAYS_APART_REPORTED if reported else DAYS_APART)


def _same_place(cluster: list[Mention], mention: Mention) -> bool:
    """Whether a mention's place can be a cluster's: two known cities must be the same."""
    cities = {m.geonames_id for m in cluster if m.geonames_id}
    return not cities or mention.geonames_id is None or mention.geonames_id in cities


def _event(cluster: list[Mention], pages: Mapping[str, CleanedDocument]) -> Event:
    best = max(cluster, key=lambda m: (m.confidence, m.mention_id))
    told_by = [pages[m.document_id] for m in cluster if m.document_id in pages]
    published = sorted(page.published for page in told_by if page.published)
    day, precision = _agreed_date(cluster)
    statuses = {mention.status for mention in cluster}
    placed = [m for m in cluster if m.place_name]
    place = _commonest([(m.place_name, m.place_country, m.latitude, m.longitude) for m in placed])
    dead = [m.dead for m in cluster if m.dead is not None]
    injured = [m.injured for m in cluster if m.injured is not None]
    return Event(
        event_id=hashlib.sha256(min(m.mention_id for m in cluster).encode()).hexdigest()[:32],
        plover_type=best.plover_type,
        mode=_commonest([m.mode for m in cluster if m.mode]),
        contexts=tuple(sorted({context for m in cluster for context in m.contexts})),
        cameo_code=_commonest([m.cameo_code for m in cluster]) or best.cameo_code,
        quad_class=best.quad_class,
        intensity=sum(m.intensity for m in cluster) / len(cluster),
        source_country=best.source_country,
        source_sector=_commonest([m.source_sector for m in cluster if m.source_sector]),
        target_country=best.target_country,
        target_sector=_commonest([m.target_sector for m in cluster if m.target_sector]),
        event_date=day,
        date_precision=precision,
        status=next(status for status in _STATUS_ORDER if status in statuses),
        disputed="denied" in statuses and bool(statuses & _REAL),
        place_name=place[0] if place else None,
        place_country=place[1] if place else None,
        latitude=place[2] if place else None,
        longitude=place[3] if place else None,
        dead_min=min(dead, default=None),
        dead_max=max(dead, default=None),
        injured_min=min(injured, default=None),
        injured_max=max(injured, default=None),
        mention_count=len(cluster),
        document_count=len({m.document_id for m in cluster}),
        publisher_count=len({page.publisher or page.document_id for page in told_by}),
        independent_publisher_count=_independent_publishers(told_by),
        languages=tuple(sorted({m.language for m in cluster})),
        first_seen=published[0] if published else None,
        last_seen=published[-1] if published else None,
        confidence=best.confidence,
    )


def _agreed_date(cluster: list[Mention]) -> tuple[date | None, str | None]:
    """The most precise date; of equally precise ones a stated before a reported one, then the commonest."""
    ranks = {"day": 0, "month": 1, "year": 2}
    dated = [m for m in cluster if m.event_date]
    if not dated:
        return None, None
    finest = min((ranks[m.date_precision or "day"], m.date_basis == "publication") for m in dated)
    agreed = _commonest(
        [m.event_date for m in dated if (ranks[m.date_precision or "day"], m.date_basis == "publication") == finest]
    )
    return agreed, next(name for name, rank in ranks.items() if rank == finest[0])


def _independent_publishers(pages: Sequence[CleanedDocument]) -> int:
    """Publishers that tell the event, those that only carry copies of one text counted once."""
    texts = {page.canonical_document_id for page in pages}
    return min(len(texts), len({page.publisher or page.document_id for page in pages}))


def _commonest(values: Sequence[Value]) -> Value | None:
    """The most frequent value; of equally frequent ones the least by its text, so that order does not matter."""
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], repr(v))) if counts else None
