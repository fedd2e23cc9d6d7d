"""The picture of the road: every step with the folder of its code, the tables it makes, its gates and what it reads.

It is read off the definitions that Dagster loads, so it cannot tell anything else than what runs.
"""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import dagster as dg


@dataclass(frozen=True)
class Step:
    """One step of a run: a Dagster op that makes one or more tables, and the gates behind it."""

    name: str
    folder: str
    tables: tuple[str, ...]
    checks: Mapping[str, int]
    """How many blocking checks stand behind a table."""
    reads: frozenset[str]
    """Names of the steps whose tables it reads."""


def read_graph(definitions: dg.Definitions) -> list[Step]:
    """The steps of the definitions, by name."""
    checks = Counter(_name(key.asset_key) for key in definitions.resolve_asset_graph().asset_check_keys)
    assets = [asset for asset in definitions.assets or () if isinstance(asset, dg.AssetsDefinition)]
    maker = {key: asset.op.name for asset in assets for key in asset.keys}
    return [
        Step(
            asset.op.name,
            _folder(asset),
            tuple(sorted(map(_name, asset.keys))),
            {_name(key): checks[_name(key)] for key in asset.keys if checks[_name(key)]},
            frozenset(maker[key] for key in asset.dependency_keys if key in maker) - {asset.op.name},
        )
        for asset in sorted(assets, key=lambda asset: asset.op.name)
    ]


def _name(key: dg.AssetKey) -> str:
    return ".".join(key.path)


def _folder(asset: dg.AssetsDefinition) -> str:
    """Where a step's code is: its package as a folder, or its module where the folder holds more than this."""
    module: str = asset.op.compute_fn.decorated_fn.__module__  # type: ignore[union-attr]
    return module.removesuffix(".asset").replace(".", "/") + ("/" if module.endswith(".asset") else ".py")


def ranks(steps: Iterable[Step]) -> dict[str, int]:
    """How many steps at most lie before each step."""
    reads = {step.name: step.reads for step in steps}

    def rank(name: str) -> int:
        return 1 + max((rank(one) for one in reads[name]), default=-1)

    return {name: rank(name) for name in reads}


def arrows(steps: Iterable[Step]) -> list[tuple[str, str]]:
    """From a step to one that reads it, without those that a longer way tells already."""
    reads = {step.name: step.reads for step in steps}

    def before(name: str) -> set[str]:
        return set(reads[name]).union(*map(before, reads[name]))

    return sorted(
        (one, name)
        for name, direct in reads.items()
        for one in direct
        if not any(one in before(other) for other in direct)
    )


_WIDTH, _GAP, _BETWEEN, _LINE, _PADDING, _MARGIN = 264, 22, 58, 19, 12, 16
_GATE = 26
_COLOURS = {
    "raw": "#b45309",
    "cleaned": "#15803d",
    "translated": "#0e7490",
    "events": "#4338ca",
    "marts": "#a21caf",
    "ops": "#475569",
}
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#0f172a}.name{font-weight:600}"
    ".folder{font:11px ui-monospace,monospace;fill:#475569}.gate{font-size:12px;fill:#7f1d1d}"
    ".arrow{fill:none;stroke:#64748b;stroke-width:1.6}"
)


def graph_svg(steps: list[Step]) -> str:
    """The picture as SVG, of text and lines only; pixels at its natural size."""
    rows: dict[int, list[Step]] = defaultdict(list)
    for name, rank in ranks(steps).items():
        rows[rank].append(next(step for step in steps if step.name == name))
    width = max(len(row) for row in rows.values()) * (_WIDTH + _GAP) - _GAP + 2 * _MARGIN
    places: dict[str, tuple[float, float, float]] = {}
    y, boxes = float(_MARGIN), []
    for rank in sorted(rows):
        row = rows[rank]
        x = (width - len(row) * (_WIDTH + _GAP) + _GAP) / 2
        for step in row:
            places[step.name] = (x, y, _height(step))
            boxes.append(_box(step, x, y))
            x += _WIDTH + _GAP
        y += max(map(_height, row)) + _BETWEEN
    lines = [_arrow(places[one], places[other]) for one, other in arrows(steps)]
    height = y - _BETWEEN + _MARGIN
    told = "; ".join(f"{step.name} reads {', '.join(sorted(step.reads)) or 'the corpus'}" for step in steps)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}" width="{width}" '
        f'height="{height:g}" role="img" aria-labelledby="title told">\n'
        '<title id="title">The steps of a run, their tables and gates</title>\n'
        f'<desc id="told">{escape(told)}</desc>\n'
        f"<style>{_STYLE}</style>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#64748b"/></marker></defs>\n'
        f'<rect width="{width}" height="{height:g}" rx="8" fill="#ffffff"/>\n'
        + "\n".join([*lines, *boxes])
        + "\n</svg>\n"
    )


def _gate_lines(step: Step) -> list[str]:
    """What the gates of a step say of themselves, in lines that fit its box."""
    if not step.checks:
        return []
    total = sum(step.checks.values())
    number = f"{len(step.checks)} gates" if len(step.checks) > 1 else "gate"
    return textwrap.wrap(f"{number}: {total} checks that can block", 38)


def _height(step: Step) -> int:
    return 2 * _PADDING + (2 + len(step.tables)) * _LINE + (_GATE if step.checks else 0)


def _box(step: Step, x: float, y: float) -> str:
    colour = _COLOURS.get(step.tables[0].split(".")[0], _COLOURS["ops"])
    body = _height(step) - (_GATE if step.checks else 0)
    parts = [
        f'<rect x="{x:g}" y="{y:g}" width="{_WIDTH}" height="{body}" rx="6" fill="#f8fafc" stroke="{colour}" '
        'stroke-width="1.6"/>',
        f'<rect x="{x:g}" y="{y:g}" width="5" height="{body}" rx="2" fill="{colour}"/>',
    ]
    texts = [("name", step.name), ("folder", step.folder), *(("", _table(step, table)) for table in step.tables)]
    for number, (style, text) in enumerate(texts):
        at = y + _PADDING + _LINE * (number + 0.75)
        parts.append(f'<text class="{style}" x="{x + 16:g}" y="{at:g}">{escape(text)}</text>')
    for text in _gate_lines(step):
        top = y + body
        parts.append(
            f'<rect x="{x:g}" y="{top + 3:g}" width="{_WIDTH}" height="{_GATE - 3}" rx="4" fill="#fef2f2" '
            'stroke="#b91c1c"/>'
        )
        parts.append(f'<text class="gate" x="{x + 16:g}" y="{top + 19:g}">{escape(text)}</text>')
    return "\n".join(parts)


def _table(step: Step, table: str) -> str:
    number = step.checks.get(table)
    return f"{table}  ({number} checks)" if number else table


def _arrow(one: tuple[float, float, float], other: tuple[float, float, float]) -> str:
    """A line from the foot of one box to the head of another."""
    start, foot = one[0] + _WIDTH / 2, one[1] + one[2]
    end, head = other[0] + _WIDTH / 2, other[1] - 2
    bend = (head - foot) / 2
    return (
        f'<path class="arrow" marker-end="url(#tip)" '
        f'd="M{start:g} {foot:g}C{start:g} {foot + bend:g} {end:g} {head - bend:g} {end:g} {head:g}"/>'
    )
