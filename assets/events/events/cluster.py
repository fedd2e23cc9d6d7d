"""From scored pairs to events: the likeliest pairs are joined first, unless something in the two groups forbids it.

What comes out depends on the reports and scores alone, not on their order. Two groups are not joined where their
days would span too much, their places lie too far apart, their parties differ, or a person keeps them apart. Nor are
they where what each agrees on is not alike: a vague report ("an attack in Mali") fits two events, and does not make
them one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from assets.events.events.reports import DEEDS, Report
from assets.events.events.score import DAYS_APART, Likeness, are_alike, likeness, too_far_apart

BY_HAND = "decided by hand"
_PARTIES = (("source_country", "source_sector", "source_actor"), ("target_country", "target_sector", "target_actor"))
_WHOLE = _PARTIES[0] + _PARTIES[1]
_PLACE = ("place", "place_admin1", "place_country", "latitude", "longitude")
_DAY = ("day", "precision", "reported")
_KIND = ("plover_type", "mode")
_TOGETHER: tuple[tuple[str, ...], ...] = (
    _KIND,
    ("dead",),
    ("injured",),
    ("size",),
    ("amount", "currency"),
    _DAY,
    _PLACE,
)
"""Fields that are agreed on together: of a place its coordinates go with its name."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports that are alike (`a` before `b`), and whether they ended in one group, or why not."""

    a: str
    b: str
    likeness: Likeness | None
    joined: bool
    because: str = ""


@dataclass(frozen=True)
class Settled:
    """Groups that no later report can change, as numbers of reports, and the links that can be told with them.

    A link is told once both its reports are settled; `owed` are settled reports of which a later one will tell.
    """

    groups: list[list[int]]
    links: list[Link]
    owed: frozenset[str]


class _Scored(NamedTuple):
    """Two reports that are alike, the one with the lesser id first."""

    a: int
    b: int
    likeness: Likeness


@dataclass
class _Group:
    numbers: list[int]
    members: list[Report]
    reach: int
    labels: set[str]
    countries: tuple[set[str], set[str]]
    pages: set[str]
    types: set[str]
    may_be_crossed: bool
    is_of_several: bool
    places: dict[str, Report] = field(default_factory=dict)
    days: list[int] = field(default_factory=list)
    told: dict[tuple[str, ...], Counter[tuple[Any, ...]]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    waits: bool = False

    @staticmethod
    def of(number: int, report: Report, reach: int) -> _Group:
        return _Group(
            [number],
            [report],
            reach,
            {report.together} if report.together else set(),
            (_known(report.source_country), _known(None if report.hits_the_country else report.target_country)),
            set(report.pages),
            {report.plover_type},
            report.may_be_crossed,
            report.is_of_several,
            {report.place: report} if report.place else {},
            [report.day] if report.day is not None and report.precision == "day" else [],
        )

    def counts(self) -> dict[tuple[str, ...], Counter[tuple[Any, ...]]]:
        """How many reports tell what; not counted for a single one until it is joined."""
        return self.told or {names: Counter([values]) for names, values in _told(self.members[0]).items()}

    def agreed(self) -> Report:
        """What the reports agree on, as a report: of each field what most of them tell, stated days before others."""
        if len(self.members) == 1:
            return self.members[0]
        kind = _agreed_kind(self.told[_KIND])
        values: dict[str, Any] = {}
        # Of types that tell the parties differently those of the agreed type come last, and so stand.
        whole = replace(self.members[0], plover_type=kind[0], mode=kind[1]).may_be_crossed
        for names, counts in sorted(self.told.items(), key=lambda item: (len(item[0]) == len(_WHOLE)) == whole):
            best = max(counts, key=lambda found: (_exactness(names, found), counts[found], repr(found)))
            values.update(zip(names, best, strict=True))
        values |= zip(_KIND, kind, strict=True)
        values["real"] = any(report.real for report in self.members)
        values["planned"] = not values["real"] and self.members[0].planned
        return replace(self.members[0], pages=frozenset(), **values)


def _told(report: Report) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """What a report tells, by the fields that belong together; those of which it tells nothing are left out."""
    told = {names: tuple(getattr(report, name) for name in names) for names in _TOGETHER}
    source, target = (tuple(getattr(report, name) for name in names) for names in _PARTIES)
    if report.is_joint:  # whoever is told first
        told[_WHOLE] = min(source + target, target + source, key=repr)
    elif report.may_be_crossed:  # one telling whole: sources of some and targets of others may be one party
        told[_WHOLE] = source + target
    else:
        told |= {_PARTIES[0]: source, _PARTIES[1]: target}
    return {names: values for names, values in told.items() if any(v is not None and v is not False for v in values)}


def _agreed_kind(counts: Counter[tuple[Any, ...]]) -> tuple[str, str | None]:
    """The type that most tell, and the mode of it that most of those name."""
    types, modes = Counter[str](), Counter[str]()
    for (plover_type, _), count in counts.items():
        types[plover_type] += count
    agreed = max(types, key=lambda name: (types[name], name))
    for (plover_type, mode), count in counts.items():
        if plover_type == agreed and mode:
            modes[mode] += count
    return agreed, max(modes, key=lambda name: (modes[name], name), default=None)


def _exactness(names: tuple[str, ...], values: tuple[Any, ...]) -> int:
    """How exact a value is: a stated day before a reported one and a month, a city before a division."""
    if names == _DAY:
        return 2 * (values[1] == "day") + (not values[2])
    return sum(value is not None for value in values)


def _known(value: str | None) -> set[str]:
    return {value} if value else set()


class Clustering:
    """Reports that come block by block, in the order of their days, put into groups that tell of one event each.

    The likeliest pairs of all are joined first, wherever in time they stand. Yet a pair can be decided as soon as
    every likelier pair of its two groups is: so only groups that a later report may still change wait, and those that
    are alike to a waiting one; the others are settled and forgotten. Blocks of any size come to the same.
    """

    def __init__(self) -> None:
        self._groups: dict[int, _Group] = {}
        self._reports: dict[int, Report] = {}
        self._pending: list[_Scored] = []
        self._refused: list[tuple[_Scored, str]] = []
        self._settled: dict[int, tuple[Report, _Group]] = {}  # as long as a refused pair leads to it

    def add(self, reports: Mapping[int, Report], reach: Mapping[int, int], pairs: Iterable[tuple[int, int]]) -> None:
        """More reports by number, the number of the last that each is to be compared with, and pairs to compare.

        Reports of one label all come at once.
        """
        self._reports.update(reports)
        self._groups.update((n, _Group.of(n, report, reach.get(n, n))) for n, report in reports.items())
        self._join_by_hand(reports)
        for a, b in pairs:
            if self._reports[a].report_id > self._reports[b].report_id:
                a, b = b, a
            found = likeness(self._reports[a], self._reports[b])
            if found is not None and are_alike(found):
                self._pending.append(_Scored(a, b, found))

    def settle(self, end: int) -> Settled:
        """Decide whatever reports numbered `end` and above cannot change."""
        for group in self._groups.values():
            group.waits = group.reach >= end
        ranked = sorted(self._pending, key=self._rank)
        self._pending = []
        for pair in ranked:
            one, other = self._groups[pair.a], self._groups[pair.b]
            if one is other:
                continue
            if one.waits or other.waits:
                one.waits = other.waits = True
                self._pending.append(pair)
            elif because := _forbids(one, other):
                self._refused.append((pair, because))
            else:
                self._merge(one, other, Link(*self._ids(pair), pair.likeness, joined=True))
        return self._take_settled()

    def _take_settled(self) -> Settled:
        settled = {id(group): group for group in self._groups.values() if not group.waits}
        for group in settled.values():
            for number, report in zip(group.numbers, group.members, strict=True):
                self._settled[number] = report, group
                del self._groups[number], self._reports[number]
        links = [link for group in settled.values() for link in group.links] + self._apart()
        owed = {n for pair, _ in self._refused for n in (pair.a, pair.b)}
        self._settled = {number: found for number, found in self._settled.items() if number in owed}
        return Settled(
            sorted(sorted(group.numbers) for group in settled.values()),
            links,
            frozenset(report.report_id for report, _ in self._settled.values()),
        )

    def _apart(self) -> list[Link]:
        """For two settled groups that were kept apart the likeliest of the pairs between them."""
        best: dict[frozenset[int], Link] = {}
        waiting = []
        for pair, because in sorted(self._refused, key=lambda refused: self._rank(refused[0])):
            if pair.a not in self._settled or pair.b not in self._settled:
                waiting.append((pair, because))
                continue
            between = frozenset(id(self._settled[number][1]) for number in (pair.a, pair.b))
            if len(between) == 2:
                best.setdefault(between, Link(*self._ids(pair), pair.likeness, joined=False, because=because))
        self._refused = waiting
        return list(best.values())

    def _join_by_hand(self, reports: Mapping[int, Report]) -> None:
        first: dict[str, tuple[int, Report]] = {}
        labelled = [(number, report) for number, report in reports.items() if report.together]
        for number, report in sorted(labelled, key=lambda found: found[1].report_id):
            anchor, of_anchor = first.setdefault(report.together or "", (number, report))
            if anchor != number:
                link = Link(of_anchor.report_id, report.report_id, likeness(of_anchor, report), True, BY_HAND)
                self._merge(self._groups[anchor], self._groups[number], link)

    def _merge(self, one: _Group, other: _Group, link: Link) -> None:
        large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
        large.told, added = large.counts(), small.counts()
        for names, counts in added.items():
            large.told.setdefault(names, Counter()).update(counts)
        large.numbers += small.numbers
        large.members += small.members
        large.reach = max(large.reach, small.reach)
        large.labels |= small.labels
        for mine, its in zip(large.countries, small.countries, strict=True):
            mine |= its
        large.pages |= small.pages
        large.types |= small.types
        large.may_be_crossed &= small.may_be_crossed
        large.is_of_several |= small.is_of_several
        large.places |= small.places
        days = large.days + small.days
        large.days = [min(days), max(days)] if days else []
        large.links += [*small.links, link]
        for number in small.numbers:
            self._groups[number] = large

    def _report(self, number: int) -> Report:
        return self._settled[number][0] if number in self._settled else self._reports[number]

    def _ids(self, pair: _Scored) -> tuple[str, str]:
        return self._report(pair.a).report_id, self._report(pair.b).report_id

    def _rank(self, pair: _Scored) -> tuple[float, str, str]:
        return (-pair.likeness.score, *self._ids(pair))


def _forbids(one: _Group, other: _Group) -> str:
    """Why two groups cannot be one event; empty where they can."""
    if len(one.labels | other.labels) > 1:
        return "a person keeps them apart"
    days = one.days + other.days
    if days and max(days) - min(days) > DAYS_APART:
        return "the days of all reports would lie too far apart"
    if not _parties_fit(one, other):
        return "other reports name other parties"
    if len(one.types | other.types) > 1 and not one.pages.isdisjoint(other.pages):
        return "a page tells of both"
    if any(too_far_apart(a, b) for a in one.places.values() for b in other.places.values()):
        return "other reports name places too far apart"
    alone = len(one.members) == len(other.members) == 1  # then the pair itself has been scored
    agreed = None if alone else likeness(one.agreed(), other.agreed())
    if not alone and (agreed is None or agreed.score <= 0):
        return "what most reports of either say is not alike"
    return ""


def _parties_fit(one: _Group, other: _Group) -> bool:
    sources, targets = one.countries[0] | other.countries[0], one.countries[1] | other.countries[1]
    if one.may_be_crossed and other.may_be_crossed:
        if len(sources | targets) <= 2 or one.is_of_several or other.is_of_several:
            return True
    elif len(sources) <= 1 and len(targets) <= 1:
        return True
    deeds = one.types | other.types <= DEEDS  # whose town tells them from others, if there is one
    return deeds and one.places.keys() == other.places.keys() and len(one.places) == 1
