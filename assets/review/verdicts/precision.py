"""Estimates of precision from verdicts: how many of the coded mentions are right, a type and a language, and how sure
that figure is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from assets.review.verdicts.rows import RIGHT, SAMPLE, Verdict

_Z = NormalDist().inv_cdf(0.975)
Stratum = tuple[str, str]


@dataclass(frozen=True)
class Precision:
    """Precision of a group of mentions. `low` and `high` bound it with 95 % confidence; shares are 0 to 1.

    `judged` verdicts stand for `mentions` coded ones. `measure` is `type` (there is an event of this type) or `exact`
    (type, mode, source, target and status are all right).
    """

    group: str
    measure: str
    judged: int
    mentions: int
    share: float
    low: float
    high: float


def estimate(verdicts: Iterable[Verdict], coded: Mapping[Stratum, int]) -> list[Precision]:
    """Precision over all mentions, by type, and by language; groups without a verdict are left out.

    Only mentions that were drawn evenly count: what was picked out for being doubtful says nothing of the rest.
    `coded`: how many mentions there are of each (type, language). Samples hold as many of rare types as of common
    ones (`sampling.draw`), so each stratum counts by its share of the mentions: the stratified estimator of a
    proportion (Cochran, Sampling Techniques, 1977, chapter 5). The bounds are Wilson's (1927) on the number of
    verdicts that would be as sure if they had been drawn at random; a stratum's spread is taken with one right and
    one wrong verdict more, so that three right ones out of three do not count as certainty.
    """
    drawn = [v for v in verdicts if v.drawn_from == SAMPLE]
    latest = {v.mention_id: v for v in sorted(drawn, key=lambda v: v.decided_at)}.values()
    strata: dict[Stratum, list[Verdict]] = defaultdict(list)
    for verdict in latest:
        strata[verdict.plover_type, verdict.language].append(verdict)
    groups: dict[str, list[Stratum]] = {"all": list(strata)} if strata else {}
    for plover_type, language in strata:
        groups.setdefault(plover_type, []).append((plover_type, language))
    for plover_type, language in strata:
        groups.setdefault(language, []).append((plover_type, language))
    return [
        _precision(group, measure, [(strata[s], coded.get(s, 0)) for s in members])
        for group, members in groups.items()
        for measure in ("type", "exact")
    ]


def wilson(share: float, number: float) -> tuple[float, float]:
    """Bounds of a proportion with 95 % confidence (Wilson 1927), for `number` independent trials."""
    middle = share + _Z**2 / (2 * number)
    spread = _Z * sqrt(share * (1 - share) / number + _Z**2 / (4 * number**2))
    scale = 1 + _Z**2 / number
    return max((middle - spread) / scale, 0.0), min((middle + spread) / scale, 1.0)


def _precision(group: str, measure: str, strata: Sequence[tuple[list[Verdict], int]]) -> Precision:
    # Mentions that have gone since (recoded, retired) are none now; their verdicts still count for one each.
    sizes = [max(size, len(verdicts)) for verdicts, size in strata]
    total = sum(sizes)
    share = variance = 0.0
    for (verdicts, _), size in zip(strata, sizes, strict=True):
        right = sum(_is_right(verdict, measure) for verdict in verdicts)
        number, weight = len(verdicts), size / total
        share += weight * right / number
        cautious = (right + 1) / (number + 2)
        variance += weight**2 * cautious * (1 - cautious) / number
    judged = sum(len(verdicts) for verdicts, _ in strata)
    middle = (share * judged + 1) / (judged + 2)
    low, high = wilson(share, min(middle * (1 - middle) / variance, judged) if len(strata) > 1 else judged)
    return Precision(group, measure, judged, sum(size for _, size in strata), share, low, high)


def _is_right(verdict: Verdict, measure: str) -> bool:
    return verdict.verdict == RIGHT if measure == "exact" else verdict.right_type == verdict.plover_type
