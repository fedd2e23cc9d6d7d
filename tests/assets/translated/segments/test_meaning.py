"""Sentence vectors: what lies nearer to a source than its English does. With the real model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.translated.segments.meaning import likeness, parts, with_negation, without_negation
from assets.translated.segments.vectors import LANGUAGES, Encoded

ENGLISH = "The union called off the strike because the company had agreed to raise the wages of its drivers."
SOURCES = {
    "es": "El sindicato canceló la huelga porque la empresa había aceptado subir el sueldo de sus conductores.",
    "it": "Il sindacato ha revocato lo sciopero perché l'azienda aveva accettato di alzare la paga degli autisti.",
    "nl": "De vakbond blies de staking af omdat het bedrijf had ingestemd met hogere lonen voor de chauffeurs.",
    "pl": "Związek odwołał strajk, ponieważ firma zgodziła się podnieść płace kierowców.",
    "ja": "会社が運転手の賃上げに同意したため、組合はストライキを中止した。",
}


@pytest.mark.parametrize("language", sorted(SOURCES))
def test_a_faithful_translation_lies_nearer_than_its_parts(language: str) -> None:
    assert language in LANGUAGES
    near = likeness(SOURCES[language], ENGLISH)
    assert near.whole > 0.5
    assert near.source_part is not None
    assert near.english_part is not None
    assert near.negated is not None
    assert max(near.source_part, near.english_part, near.negated) < 0


def test_a_dropped_half_lies_nearer_to_a_part_of_the_source() -> None:
    assert likeness("El sindicato canceló la huelga.", ENGLISH).source_part is None, "a short sentence has no parts"
    near = likeness(SOURCES["es"], "The company had agreed to raise the wages of its drivers.")
    assert near.source_part is not None
    assert near.source_part > 0


def test_negations_are_taken_out_and_put_in() -> None:
    assert without_negation("He did not go and nobody cannot see it.") == "He did go and somebody can see it."
    assert without_negation("He went.") is None
    assert "He has not gone." in with_negation("He has gone.")
    assert "Troops did not entered it." in with_negation("Troops entered it.")


def test_parts_are_runs_of_words() -> None:
    halves = ((0, 1, 2), (1, 2, 2))
    assert parts(Encoded("a b c d e f g h i j"), halves) == [(0, 5), (5, 10)]
    assert parts(Encoded("one two three"), halves) == []


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_likeness(source: str, english: str) -> None:
    near = likeness(source, english)
    assert -1.001 <= near.whole <= 1.001
    assert near == likeness(source, english)
