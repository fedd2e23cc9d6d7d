"""What counts as found, in part and on its day where a warehouse is set beside an analyst's events."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benchmarks.whole_road import Gold, Score

STRIKE = Gold(
    "strike", frozenset({"ASSAULT"}), frozenset({"IRN"}), frozenset({"IRQ"}), joint=False, day="2026-03-16",
    background=False, pages=("a.html",), quotes={"a.html": "Iranian drones struck a camp near Ranya on Monday."},
)  # fmt: skip


def mention(source: str | None, target: str | None, **changes: Any) -> dict[str, Any]:
    base = {"page": "a.html", "language": "en", "plover_type": "ASSAULT", "status": "actual", "event_id": "e1"}
    base |= {"source_country": source, "target_country": target, "confidence": 0.8, "date_precision": "day"}
    return base | {"event_date": date(2026, 3, 16), "evidence_text": STRIKE.quotes["a.html"]} | changes


@pytest.mark.parametrize(
    ("source", "target", "fit"),
    [("IRN", "IRQ", 1), ("IRN", None, 0.5), (None, None, 0), ("IRQ", "IRN", 0), ("IRN", "SYR", 0)],
)
def test_a_mention_fits_by_its_countries(source: str | None, target: str | None, fit: float) -> None:
    assert STRIKE.fit(mention(source, target)) == fit
    assert STRIKE.fit(mention(source, target, plover_type="AID")) == 0


def test_joint_acts_fit_in_either_order_and_unnamed_sides_anyhow() -> None:
    joint = replace(STRIKE, joint=True)
    assert joint.fit(mention("IRQ", "IRN")) == 1
    talks = replace(STRIKE, joint=True, source=frozenset({"IRN", "IRQ"}), target=frozenset())
    assert talks.fit(mention("IRQ", "IRN")) == 1 and talks.fit(mention("IRQ", "SYR")) == 0
    assert replace(STRIKE, target=frozenset()).fit(mention("IRN", "SYR")) == 1


def test_pages_are_counted_by_language_and_days_by_the_quoted_sentence() -> None:
    elsewhere = mention("IRN", "IRQ", evidence_text="In 2022 Iran struck Iraq.", event_date=date(2022, 1, 1))
    stray = mention(None, None, page="b.html", plover_type="PROTEST")
    found = [mention("IRN", "IRQ", event_date=date(2026, 3, 17)), elsewhere, stray]
    score = Score([STRIKE], found, {"a.html": "en", "b.html": "tr"})
    assert (score.counts["en"]["told"], score.counts["en"]["found"], score.counts["en"]["sound"]) == (1, 1, 2)
    assert (score.counts["tr"]["mentions"], score.counts["tr"]["stray"]) == (1, 1)
    assert dict(score.days) == {"a day off": 1}
    assert Score([STRIKE], [], {"a.html": "en"}).missed
