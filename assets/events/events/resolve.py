"""Mentions put together into events: candidates found, scored, clustered, agreed on, and told why.

A mention's event depends on the mentions that it is alike to, and on those they are alike to, and so on: on its
component of the graph of likenesses. So where some mentions changed only their components are made anew, and the same
mentions give the same events whatever the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from assets.events.claims.claims import claims_of
from assets.events.claims.rows import Claim
from assets.events.events.agree import Told, agreed_event
from assets.events.events.candidates import Block, Candidates, candidates_among
from assets.events.events.cluster import BY_HAND, Clustering, Link, Settled
from assets.events.events.reports import Report
from assets.events.events.rows import Event
from assets.events.events.score import Likeness, are_alike, likeness
from assets.events.pairs.rows import Pair

_ALIKE = "alike in every field that is compared"
_CERTAIN = 20.0  # bits of what is alike in everything, or decided by hand


@dataclass(frozen=True)
class Resolution:
    """Events with their claims and the pairs that made them, and for each mention that was looked at its event."""

    events: list[Event]
    claims: list[Claim]
    pairs: list[Pair]
    event_ids: dict[str, str]


def resolve(mentions: pl.DataFrame, neighbours: pl.DataFrame | None = None) -> Resolution:
    """All of `resolve_in_parts` in one."""
    whole = Resolution([], [], [], {})
    for part in resolve_in_parts([mentions], [] if neighbours is None else [neighbours]):
        whole.events.extend(part.events)
        whole.claims.extend(part.claims)
        whole.pairs.extend(part.pairs)
        whole.event_ids.update(part.event_ids)
    return whole


def resolve_in_parts(
    mentions: Iterable[pl.DataFrame], neighbours: Iterable[pl.DataFrame] = (), *, at_once: int = 10_000
) -> Iterator[Resolution]:
    """The events of the mentions that changed, and of those that hang together with them, in the order of their days.

    `mentions` are all there are, frame by frame: the columns of `Told`, `event_id` (null until merged), `changed`,
    `page` and `together`. `neighbours` are the pairs of events (`event_a`, `event_b`) that were kept apart though
    alike (`events.pairs`). Some `at_once` reports are looked at together: memory grows with them and with what is
    told at one time, not with the number of mentions.
    """
    with candidates_among(mentions) as candidates:
        if not candidates.changed:
            return
        if candidates.unchanged:
            candidates.compare(only_changed=True)
            candidates.keep(_alike(candidates.blocks(at_once)), neighbours)
        candidates.compare()
        candidates.arrange()
        clustering, event_ids = Clustering(), dict[str, str]()
        for block in candidates.blocks(at_once):
            clustering.add(block.reports, block.reach, block.pairs)
            settled = clustering.settle(block.end)
            yield _told(candidates, settled, event_ids)


def _alike(blocks: Iterable[Block]) -> Iterator[set[int]]:
    """Reports that are alike to another with which they are compared."""
    reports: dict[int, Report] = {}
    reach: dict[int, int] = {}
    for block in blocks:
        reports |= block.reports
        reach |= block.reach
        yield {n for a, b in block.pairs if are_alike(likeness(reports[a], reports[b])) for n in (a, b)}
        reach = {number: last for number, last in reach.items() if last >= block.end}
        reports = {number: reports[number] for number in reach}


def _told(candidates: Candidates, settled: Settled, event_ids: dict[str, str]) -> Resolution:
    """What settled groups tell. `event_ids`: events of reports by id, kept as long as a later link leads to them."""
    result = Resolution([], [], [], {})
    told: dict[int, list[Told]] = {}
    for number, mention in candidates.told([number for group in settled.groups for number in group]):
        told.setdefault(number, []).append(mention)
    for group in settled.groups:
        rows = sorted((mention for number in group for mention in told[number]), key=lambda m: m.mention_id)
        event = agreed_event(rows)
        result.events.append(event)
        result.claims.extend(claims_of(event.event_id, rows))
        result.event_ids.update((m.mention_id, event.event_id) for m in rows)
    event_ids |= result.event_ids
    result.pairs.extend(_pairs(settled.links, event_ids))
    for own in told.values():
        result.pairs.extend(
            _pair(own[0].mention_id, other.mention_id, event_ids, True, _CERTAIN, (_ALIKE,)) for other in own[1:]
        )
    for gone in event_ids.keys() - settled.owed:
        del event_ids[gone]
    return result


def _pairs(links: Iterable[Link], event_ids: Mapping[str, str]) -> Iterator[Pair]:
    for link in links:
        how = link.likeness
        score = _CERTAIN if how is None or link.because == BY_HAND else how.score
        reasons = (*((link.because,) if link.because else ()), *(how.reasons if how else ()))
        yield _pair(link.a, link.b, event_ids, link.joined, score, reasons)


def _pair(
    one: str, other: str, event_ids: Mapping[str, str], joined: bool, score: float, reasons: tuple[str, ...]
) -> Pair:
    a, b = sorted((one, other))
    return Pair(
        mention_a=a,
        mention_b=b,
        event_a=event_ids[a],
        event_b=event_ids[b],
        decision="joined" if joined else "apart",
        score=round(score, 3),
        probability=round(Likeness(score, ()).probability, 6),
        reasons=reasons,
    )
