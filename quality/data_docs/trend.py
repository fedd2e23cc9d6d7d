"""Draws the figure that an expectation measured, batch by batch, as a small line with its bounds."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from quality.results import CheckResult

_WIDTH, _HEIGHT, _MARGIN = 150, 30, 4


def trend(results: Sequence[CheckResult]) -> Markup:
    """An SVG of the observed figures, oldest first; empty where fewer than two were measured."""
    measured = [(result.observed, result.passed) for result in results if result.observed is not None]
    if len(measured) < 2:
        return Markup()
    figures = [figure for figure, _ in measured]
    bounds = [b for b in (results[-1].minimum, results[-1].maximum) if b is not None and _is_near(b, figures)]
    low, high = min((*figures, *bounds)), max((*figures, *bounds))
    spread = high - low or 1.0

    def y(figure: float) -> float:
        return round(_HEIGHT - _MARGIN - (figure - low) / spread * (_HEIGHT - 2 * _MARGIN), 1)

    step = (_WIDTH - 2 * _MARGIN) / (len(figures) - 1)
    points = [(round(_MARGIN + number * step, 1), y(figure), held) for number, (figure, held) in enumerate(measured)]
    line = " ".join(f"{x},{height}" for x, height, _ in points)
    limits = "".join(f'<line class="bound" x1="0" x2="{_WIDTH}" y1="{y(b)}" y2="{y(b)}"/>' for b in bounds)
    broken = "".join(
        f'<circle class="broken" cx="{x}" cy="{height}" r="3"/>' for x, height, held in points if not held
    )
    label = f"{len(figures)} batches, from {figures[0]:.4g} to {figures[-1]:.4g}"
    return Markup(  # noqa: S704 - made of numbers alone
        f'<svg class="trend" role="img" aria-label="{label}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}"><title>{label}</title>{limits}<polyline points="{line}"/>{broken}</svg>'
    )


def _is_near(bound: float, figures: Sequence[float]) -> bool:
    """Whether drawing the bound leaves the line more than a flat stroke."""
    spread = max(figures) - min(figures) or abs(figures[0]) or 1.0
    return min(figures) - 3 * spread <= bound <= max(figures) + 3 * spread
