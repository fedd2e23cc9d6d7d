"""The figures of the coding benchmark: calibration and what counts as right."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text
from benchmarks.coding import Labelled, calibration_error, is_right, reliability


def test_calibration_error_is_the_gap_between_confidence_and_share_right() -> None:
    assert calibration_error([(0.85, True), (0.85, False)]) == pytest.approx(0.35)
    assert calibration_error([(1.0, True), (0.0, False)]) == 0
    assert calibration_error([]) == 0
    assert reliability([(0.85, True), (0.85, False)]) == ["  confidence 0.85  right 0.50  n 2"]


def test_an_event_is_right_with_its_type_and_the_countries_that_the_label_names() -> None:
    event = code_text("Algeria attacked Mali.", "en", date(2025, 1, 1))[0]

    def labelled(root: str, source: str | None, target: str | None, *, joint: bool = False) -> Labelled:
        label = {"root": root, "source": source, "target": target, "joint": joint}
        return Labelled("1", "en", "", None, (label,))

    assert is_right(event, labelled("ASSAULT", "DZA", "MLI"))
    assert is_right(event, labelled("ASSAULT", "DZA", None))
    assert is_right(event, labelled("ASSAULT", "MLI", "DZA", joint=True))
    assert not is_right(event, labelled("ASSAULT", "MLI", "DZA"))
    assert not is_right(event, labelled("ACCUSE", "DZA", "MLI"))
