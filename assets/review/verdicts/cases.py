"""Verdicts as regression cases: labelled sentences for the benchmark, and whether the tables still agree with
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from assets.review.verdicts.rows import WRONG, Verdict


class Coded(NamedTuple):
    """An event of a sentence as far as a verdict speaks of it."""

    plover_type: str
    mode: str | None
    source_country: str | None
    target_country: str | None
    status: str


@dataclass(frozen=True)
class Outcome:
    """Whether the coder now agrees with a verdict: kept, mended, regressed, still_wrong, or gone (page not there)."""

    verdict: Verdict
    state: str


def outcomes(
    verdicts: Iterable[Verdict], coded_now: Mapping[str, Sequence[Coded]], there: frozenset[str]
) -> list[Outcome]:
    """What has become of every verdict. `coded_now`: events by sentence; `there`: the sentences in the warehouse."""
    return [
        Outcome(v, _state(v, coded_now.get(v.segment_id, ())) if v.segment_id in there else "gone") for v in verdicts
    ]


def labelled_sentences(verdicts: Iterable[Verdict]) -> Iterator[dict[str, Any]]:
    """The judged sentences in the layout of `benchmarks/labelled`, one a sentence: the events that people let stand
    or corrected, and under `not_events` what they struck out. Of several verdicts on a mention the latest counts.
    """
    sentences: dict[str, list[Verdict]] = defaultdict(list)
    latest = {v.mention_id: v for v in sorted(verdicts, key=lambda v: v.decided_at)}.values()
    for verdict in sorted(latest, key=lambda v: (v.segment_id, v.mention_id)):
        sentences[verdict.segment_id].append(verdict)
    for segment_id, judged in sentences.items():
        first = judged[0]
        yield {
            "id": segment_id,
            "lang": first.language,
            "text": first.text,
            "date": first.published.isoformat() if first.published else None,
            "events": [_event(_should_be(v)) for v in judged if v.verdict != WRONG],
            "not_events": [_event(_as_coded(v)) for v in judged if v.verdict == WRONG],
        }


def _state(verdict: Verdict, now: Sequence[Coded]) -> str:
    was_right = _as_coded(verdict) == _should_be(verdict) if verdict.verdict != WRONG else False
    if verdict.verdict == WRONG:
        return "still_wrong" if _as_coded(verdict)[:4] in [event[:4] for event in now] else "mended"
    if _should_be(verdict) in now:
        return "kept" if was_right else "mended"
    return "regressed" if was_right else "still_wrong"


def _as_coded(v: Verdict) -> Coded:
    return Coded(v.plover_type, v.mode, v.source_country, v.target_country, v.status)


def _should_be(v: Verdict) -> Coded:
    return Coded(
        v.right_type or "", v.right_mode, v.right_source_country, v.right_target_country, v.right_status or ""
    )


def _event(coded: Coded) -> dict[str, Any]:
    return {
        "root": coded.plover_type,
        "mode": coded.mode,
        "source": coded.source_country,
        "target": coded.target_country,
        "status": coded.status,
    }
