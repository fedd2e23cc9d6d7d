"""Mentions of one type put together into events: candidates found, scored, clustered, agreed on, and told why.

A mention's event depends on the mentions that it is alike to, and on those they are alike to, and so on: on its
component of the graph of likenesses. So where some mentions changed only their components are made anew, and the same
mentions give the same events whatever the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.events.claims.claims import claims_of
from assets.events.claims.rows import Claim
from assets.events.events.agree import REAL, Told, agreed_event
from assets.events.events.candidates import Candidates, find_candidates
from assets.events.events.cluster import BY_HAND, Link, cluster
from assets.events.events.rows import Event
from assets.events.events.score import Likeness, likeness
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


def resolve(mentions: pl.DataFrame, neighbours: Sequence[tuple[str, str]] = ()) -> Resolution:
    """The events of the mentions of one type that changed, and of those that hang together with them.

    `mentions` are all of the type: the columns of `Told`, `event_id` (null until merged), `changed`, `page` and
    `together`. `neighbours` are pairs of events that were kept apart though alike (`events.pairs`).
    """
    compared = _compared(mentions)
    if not mentions["changed"].all():
        mentions = mentions.filter(pl.Series(_affected(mentions, compared, neighbours)))
        compared = compared.filter(pl.col("mention_id").is_in(mentions["mention_id"].implode()))
    candidates = find_candidates(compared, only_changed=False)
    groups, links = cluster(list(candidates.reports.values()), _scored(candidates))
    return _told(mentions, candidates, [[r.report_id for r in group] for group in groups], links)


def _compared(mentions: pl.DataFrame) -> pl.DataFrame:
    """The columns that reports are made of."""
    return mentions.select(
        "mention_id",
        "plover_type",
        "source_country",
        "target_country",
        "source_sector",
        "target_sector",
        "source_actor",
        "target_actor",
        "mode",
        ((pl.col("event_date") - pl.date(1, 1, 1)).dt.total_days() + 1).alias("day"),
        pl.col("date_precision").alias("precision"),
        (pl.col("date_basis") == "publication").alias("reported"),
        pl.col("status").is_in(sorted(REAL)).alias("real"),
        "place",
        "place_admin1",
        "place_country",
        "latitude",
        "longitude",
        "dead",
        "injured",
        "page",
        "together",
        "changed",
    )


def _scored(candidates: Candidates) -> list[tuple[str, str, Likeness]]:
    """The pairs that are more likely one event than not."""
    scored = []
    reports = candidates.reports
    for a, b in candidates.pairs:
        found = likeness(reports[a], reports[b])
        if found is not None and found.score > 0:
            scored.append((a, b, found))
    return scored


def _affected(mentions: pl.DataFrame, compared: pl.DataFrame, neighbours: Sequence[tuple[str, str]]) -> list[bool]:
    """For each mention whether it changed or hangs together with one that did."""
    union = _Union()
    for one, other in neighbours:
        union.join(one, other)
    events = dict(mentions.select("mention_id", "event_id").iter_rows())
    changed = set(mentions.filter("changed")["mention_id"])
    touched = {union.find(event) for mention in changed if (event := events[mention])}
    candidates = find_candidates(compared, only_changed=True)
    for members in candidates.members.values():
        if not changed.isdisjoint(members):  # mentions alike in everything belong to one report
            touched |= {union.find(event) for m in members if (event := events[m])}
    for a, b, _ in _scored(candidates):
        for member in (*candidates.members[a], *candidates.members[b]):
            if event := events[member]:
                touched.add(union.find(event))
    return [m in changed or (e is not None and union.find(e) in touched) for m, e in events.items()]


def _told(
    mentions: pl.DataFrame, candidates: Candidates, groups: Sequence[Sequence[str]], links: Iterable[Link]
) -> Resolution:
    told = {row[0]: Told._make(row) for row in mentions.select(Told._fields).iter_rows()}
    result = Resolution([], [], [], {})
    for group in groups:
        members = sorted(m for report_id in group for m in candidates.members[report_id])
        rows = [told[m] for m in members]
        event = agreed_event(rows)
        result.events.append(event)
        result.claims.extend(claims_of(event.event_id, rows))
        result.event_ids.update(dict.fromkeys(members, event.event_id))
    result.pairs.extend(_pairs(candidates, links, result.event_ids))
    return result


def _pairs(candidates: Candidates, links: Iterable[Link], event_ids: Mapping[str, str]) -> list[Pair]:
    pairs = []
    for link in links:
        how = link.likeness
        score = _CERTAIN if how is None or link.because == BY_HAND else how.score
        reasons = (*((link.because,) if link.because else ()), *(how.reasons if how else ()))
        pairs.append(_pair(link.a, link.b, event_ids, link.joined, score, reasons))
    for members in candidates.members.values():
        pairs += [_pair(members[0], other, event_ids, True, _CERTAIN, (_ALIKE,)) for other in members[1:]]
    return pairs


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


class _Union:
    """Sets of names that hang together."""

    def __init__(self) -> None:
        self._above: dict[str, str] = defaultdict(str)

    def find(self, name: str) -> str:
        """The name that stands for the set."""
        root = name
        while above := self._above[root]:
            root = above
        while name != root:
            self._above[name], name = root, self._above[name]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._above[second] = first
