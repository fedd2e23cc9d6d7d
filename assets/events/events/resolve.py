"""Mentions of one type put together into events: candidates found, scored, clustered, agreed on, and told why.

A mention's event depends on the mentions that it is alike to, and on those they are alike to, and so on: on its
component of the graph of likenesses. So where some mentions changed only their components are made anew, and the same
mentions give the same events whatever the order in which they came.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.events.claims.claims import claims_of
from assets.events.claims.rows import Claim
from assets.events.events.agree import REAL, SUPPOSED, Told, agreed_event
from assets.events.events.candidates import Candidates, find_candidates
from assets.events.events.cluster import BY_HAND, Link, cluster
from assets.events.events.reports import Report
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
    """All of `resolve_in_parts` in one."""
    whole = Resolution([], [], [], {})
    for part in resolve_in_parts(mentions, neighbours):
        whole.events.extend(part.events)
        whole.claims.extend(part.claims)
        whole.pairs.extend(part.pairs)
        whole.event_ids.update(part.event_ids)
    return whole


def resolve_in_parts(
    mentions: pl.DataFrame, neighbours: Sequence[tuple[str, str]] = (), *, at_once: int = 20_000
) -> Iterator[Resolution]:
    """The events of the mentions of one type that changed, and of those that hang together with them.

    `mentions` are all of the type: the columns of `Told`, `event_id` (null until merged), `changed`, `page` and
    `together`. `neighbours` are pairs of events that were kept apart though alike (`events.pairs`). A part holds
    whole components of some `at_once` reports together, so that memory does not grow with the number of mentions.
    """
    compared = _compared(mentions)
    if not mentions["changed"].all():
        mentions = mentions.filter(_affected(mentions, compared, neighbours))
        compared = compared.filter(pl.col("mention_id").is_in(mentions["mention_id"].implode()))
    with find_candidates(compared, only_changed=False) as candidates:
        del compared
        first, second = array("q"), array("q")
        for a, b, one, other in candidates.pairs():
            if _alike(one, other):
                first.append(a)
                second.append(b)
        for part in _parts(candidates.count, first, second, at_once):
            yield _resolved(mentions, candidates, *part)


def _parts(
    count: int, first: Sequence[int], second: Sequence[int], at_once: int
) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
    """Reports and their pairs, whole components together, about `at_once` reports in a part."""
    components = _Components(count)
    for a, b in zip(first, second, strict=True):
        components.join(a, b)
    part_of, sizes = array("q", [-1]) * count, [0]
    for number in range(count):
        root = components.find(number)
        if part_of[root] < 0:
            if sizes[-1] >= at_once:
                sizes.append(0)
            part_of[root] = len(sizes) - 1
        part_of[number] = part_of[root]
        sizes[part_of[root]] += 1
    numbers: list[list[int]] = [[] for _ in sizes]
    pairs: list[list[tuple[int, int]]] = [[] for _ in sizes]
    for number in range(count):
        numbers[part_of[number]].append(number)
    for a, b in zip(first, second, strict=True):
        pairs[part_of[a]].append((a, b))
    for position in range(len(sizes)):
        yield numbers[position], pairs[position]
        numbers[position], pairs[position] = [], []


def _resolved(
    mentions: pl.DataFrame, candidates: Candidates, numbers: list[int], pairs: list[tuple[int, int]]
) -> Resolution:
    reports = candidates.reports(numbers)
    scored = [
        (reports[a].report_id, reports[b].report_id, found)
        for a, b in pairs
        if (found := likeness(reports[a], reports[b])) is not None
    ]
    groups, links = cluster(list(reports.values()), scored)
    return _told(mentions, candidates.members(numbers), [[r.report_id for r in group] for group in groups], links)


def _alike(one: Report, other: Report) -> bool:
    """Whether two reports are more likely one event than not."""
    found = likeness(one, other)
    return found is not None and found.score > 0


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
        (pl.col("date_basis").is_in(list(SUPPOSED))).alias("reported"),
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


def _affected(mentions: pl.DataFrame, compared: pl.DataFrame, neighbours: Sequence[tuple[str, str]]) -> pl.Series:
    """For each mention whether it changed or hangs together with one that did."""
    union = _Union()
    for one, other in neighbours:
        union.join(one, other)
    beside = set(mentions.filter("changed")["mention_id"])
    with find_candidates(compared, only_changed=True) as candidates:
        for members in candidates.changed():  # mentions alike in everything belong to one report
            beside.update(members)
        numbers = {n for a, b, one, other in candidates.pairs() if _alike(one, other) for n in (a, b)}
        for members in candidates.members(numbers).values():
            beside.update(members)
    told = mentions.filter(pl.col("mention_id").is_in(sorted(beside)))
    touched = {union.find(event) for event in told["event_id"].drop_nulls()}
    events = touched | {event for event in union.names() if union.find(event) in touched}
    return mentions["changed"] | mentions["event_id"].is_in(sorted(events)).fill_null(False)


def _told(
    mentions: pl.DataFrame, members: Mapping[str, list[str]], groups: Sequence[Sequence[str]], links: Iterable[Link]
) -> Resolution:
    chosen = pl.DataFrame({"mention_id": [m for report in members.values() for m in report]})
    rows_of_part = mentions.select(Told._fields).join(chosen, on="mention_id", how="semi")
    told = {row[0]: Told._make(row) for row in rows_of_part.iter_rows()}
    result = Resolution([], [], [], {})
    for group in groups:
        own = sorted(m for report_id in group for m in members[report_id])
        rows = [told[m] for m in own]
        event = agreed_event(rows)
        result.events.append(event)
        result.claims.extend(claims_of(event.event_id, rows))
        result.event_ids.update(dict.fromkeys(own, event.event_id))
    result.pairs.extend(_pairs(members, links, result.event_ids))
    return result


def _pairs(members: Mapping[str, list[str]], links: Iterable[Link], event_ids: Mapping[str, str]) -> list[Pair]:
    pairs = []
    for link in links:
        how = link.likeness
        score = _CERTAIN if how is None or link.because == BY_HAND else how.score
        reasons = (*((link.because,) if link.because else ()), *(how.reasons if how else ()))
        pairs.append(_pair(link.a, link.b, event_ids, link.joined, score, reasons))
    for own in members.values():
        pairs += [_pair(own[0], other, event_ids, True, _CERTAIN, (_ALIKE,)) for other in own[1:]]
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


class _Components:
    """Numbers from 0 that hang together; each set is named by its least number."""

    def __init__(self, count: int) -> None:
        self._above = array("q", range(count))

    def find(self, number: int) -> int:
        """The number that stands for the set."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make two sets one."""
        first, second = sorted((self.find(one), self.find(other)))
        self._above[second] = first


class _Union:
    """Sets of names that hang together."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def names(self) -> list[str]:
        """Every name that was joined to another."""
        return list(self._above)

    def find(self, name: str) -> str:
        """The name that stands for the set."""
        root = name
        while above := self._above.get(root):
            root = above
        while name != root:
            self._above[name], name = root, self._above[name]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._above[second] = first
