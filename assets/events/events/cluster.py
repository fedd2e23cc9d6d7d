"""From scored pairs to events: the likeliest pairs are joined first, unless something in the two groups forbids it.

What comes out depends on the reports and scores alone, not on their order. Two groups are not joined where their
days would span too much, their places lie too far apart, their parties differ, or a person keeps them apart. Nor are
they where what each agrees on is not alike: a vague report ("an attack in Mali") fits two events, and does not make
them one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assets.events.events.reports import Report
from assets.events.events.score import DAYS_APART, Likeness, likeness, too_far_apart

BY_HAND = "decided by hand"
_PARTIES = (("source_country", "source_sector", "source_actor"), ("target_country", "target_sector", "target_actor"))
_PLACE = ("place", "place_admin1", "place_country", "latitude", "longitude")
_DAY = ("day", "precision", "reported")
_TOGETHER: tuple[tuple[str, ...], ...] = (("mode",), ("dead",), ("injured",), _DAY, _PLACE)
"""Fields that are agreed on together: of a place its coordinates go with its name."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports that are alike (`a` before `b`), and whether they ended in one group, or why not."""

    a: str
    b: str
    likeness: Likeness | None
    joined: bool
    because: str = ""


@dataclass
class _Group:
    members: list[Report]
    labels: set[str]
    countries: tuple[set[str], set[str]]
    places: dict[str, Report] = field(default_factory=dict)
    days: list[int] = field(default_factory=list)
    told: dict[tuple[str, ...], Counter[tuple[Any, ...]]] = field(default_factory=dict)

    @staticmethod
    def of(report: Report) -> _Group:
        return _Group(
            [report],
            {report.together} if report.together else set(),
            (_known(report.source_country), _known(report.target_country)),
            {report.place: report} if report.place else {},
            [report.day] if report.day is not None and report.precision == "day" else [],
            {names: Counter([values]) for names, values in _told(report).items()},
        )

    def agreed(self) -> Report:
        """What the reports agree on, as a report: of each field what most of them tell, stated days before others."""
        if len(self.members) == 1:
            return self.members[0]
        values: dict[str, Any] = {}
        for names, counts in self.told.items():
            best = max(counts, key=lambda found: (_exactness(names, found), counts[found], repr(found)))
            values.update(zip(names, best, strict=True))
        return replace(self.members[0], pages=frozenset(), **values)


def _told(report: Report) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """What a report tells, by the fields that belong together; those of which it tells nothing are left out."""
    told = {names: tuple(getattr(report, name) for name in names) for names in _TOGETHER}
    source, target = (tuple(getattr(report, name) for name in names) for names in _PARTIES)
    if report.is_joint:  # whoever is told first
        told[_PARTIES[0] + _PARTIES[1]] = min(source + target, target + source, key=repr)
    elif report.may_be_crossed:  # one telling whole: sources of some and targets of others may be one party
        told[_PARTIES[0] + _PARTIES[1]] = source + target
    else:
        told |= {_PARTIES[0]: source, _PARTIES[1]: target}
    return {names: values for names, values in told.items() if any(v is not None and v is not False for v in values)}


def _exactness(names: tuple[str, ...], values: tuple[Any, ...]) -> int:
    """How exact a value is: a stated day before a reported one and a month, a city before a division."""
    if names == _DAY:
        return 2 * (values[1] == "day") + (not values[2])
    return sum(value is not None for value in values)


def _known(value: str | None) -> set[str]:
    return {value} if value else set()


def cluster(
    reports: Sequence[Report], pairs: Iterable[tuple[str, str, Likeness]]
) -> tuple[list[list[Report]], list[Link]]:
    """Groups of reports that tell of one event each, and the links that made them or that were refused."""
    groups = {report.report_id: _Group.of(report) for report in reports}
    links = _join_by_hand(reports, groups)
    ranked = sorted(pairs, key=lambda pair: (-pair[2].score, pair[0], pair[1]))
    refused: dict[tuple[str, str], Link] = {}
    for a, b, how_alike in ranked:
        one, other = groups[a], groups[b]
        if one is other:
            continue
        because = _forbids(one, other)
        if because:
            refused[(a, b)] = Link(a, b, how_alike, joined=False, because=because)
        else:
            _merge(groups, one, other)
            links.append(Link(a, b, how_alike, joined=True))
    distinct = {id(group): group for group in groups.values()}.values()
    links += _best_refused(groups, refused)
    return sorted(
        (sorted(g.members, key=lambda r: r.report_id) for g in distinct), key=lambda m: m[0].report_id
    ), links


def _best_refused(groups: dict[str, _Group], refused: dict[tuple[str, str], Link]) -> list[Link]:
    """For two groups that were kept apart the likeliest of the pairs between them."""
    best: dict[frozenset[int], Link] = {}
    for (a, b), link in refused.items():  # likeliest first
        between = frozenset((id(groups[a]), id(groups[b])))
        if len(between) == 2:
            best.setdefault(between, link)
    return list(best.values())


def _join_by_hand(reports: Sequence[Report], groups: dict[str, _Group]) -> list[Link]:
    first: dict[str, Report] = {}
    links = []
    for report in sorted((r for r in reports if r.together), key=lambda r: r.report_id):
        anchor = first.setdefault(report.together or "", report)
        if anchor is not report:
            _merge(groups, groups[anchor.report_id], groups[report.report_id])
            links.append(Link(anchor.report_id, report.report_id, likeness(anchor, report), True, BY_HAND))
    return links


def _merge(groups: dict[str, _Group], one: _Group, other: _Group) -> None:
    large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
    large.members += small.members
    large.labels |= small.labels
    for mine, its in zip(large.countries, small.countries, strict=True):
        mine |= its
    large.places |= small.places
    for names, counts in small.told.items():
        large.told.setdefault(names, Counter()).update(counts)
    large.days = [min(large.days + small.days), max(large.days + small.days)] if large.days or small.days else []
    for report in small.members:
        groups[report.report_id] = large


def _forbids(one: _Group, other: _Group) -> str:
    """Why two groups cannot be one event; empty where they can."""
    if len(one.labels | other.labels) > 1:
        return "a person keeps them apart"
    days = one.days + other.days
    if days and max(days) - min(days) > DAYS_APART:
        return "the days of all reports would lie too far apart"
    if not _parties_fit(one, other):
        return "other reports name other parties"
    if any(too_far_apart(a, b) for a in one.places.values() for b in other.places.values()):
        return "other reports name places too far apart"
    alone = len(one.members) == len(other.members) == 1  # then the pair itself has been scored
    agreed = None if alone else likeness(one.agreed(), other.agreed())
    if not alone and (agreed is None or agreed.score <= 0):
        return "what most reports of either say is not alike"
    return ""


def _parties_fit(one: _Group, other: _Group) -> bool:
    sources, targets = one.countries[0] | other.countries[0], one.countries[1] | other.countries[1]
    if one.members[0].may_be_crossed and other.members[0].may_be_crossed:
        return len(sources | targets) <= 2
    return len(sources) <= 1 and len(targets) <= 1
