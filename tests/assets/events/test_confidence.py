"""Confidence is a probability made of the cues by the weights as they are filed."""

import tomllib
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assets.events.mentions.coder import code_text
from assets.events.mentions.confidence import CUES, probability
from assets.vocabulary.files import FOLDER


def test_every_cue_has_a_fitted_weight() -> None:
    fitted = tomllib.loads((FOLDER / "ontology" / "confidence.toml").read_text("utf-8"))
    assert set(fitted["weights"]) == set(CUES)
    assert fitted["fitted_on"] > 0


@given(st.lists(st.floats(0, 1), min_size=len(CUES), max_size=len(CUES)))
def test_it_is_a_probability(cues: list[float]) -> None:
    assert 0 < probability(tuple(cues)) < 1


def test_an_event_with_both_countries_is_surer_than_one_whose_target_is_unknown() -> None:
    both = code_text("Algeria attacked Mali.", "en", date(2025, 1, 1))[0]
    one = code_text("The Algerian army attacked again.", "en", date(2025, 1, 1))[0]
    assert len(both.cues) == len(CUES)
    assert both.confidence > one.confidence
