"""How much speaks for two actors having changed places: with the real vectors and the real event coder."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.events.mentions.told import told
from assets.translated.segments.exchanged import evidence_of_exchange, exchange_model, signs_of_pairs
from assets.translated.segments.quality import aligned, calibration

CASES = [
    (
        "de",
        "Weil das Unternehmen einer Lohnerhöhung zugestimmt hatte, sagte die Gewerkschaft den Streik ab.",
        "The union called off the strike because the company had agreed to raise wages.",
        "The company called off the strike because the union had agreed to raise wages.",
    ),
    (
        "ru",
        "Литва передала Словакии четыре гаубицы.",
        "Lithuania handed four howitzers to Slovakia.",
        "Slovakia handed four howitzers to Lithuania.",
    ),
    (
        "uk",
        "Молдова вислала російського дипломата через втручання у вибори.",
        "Moldova has expelled a Russian diplomat for interfering in its election.",
        "Russia has expelled a Moldovan diplomat for interfering in its election.",
    ),
    (
        "ja",
        "ペルー政府はチリの大使を呼び出した。",
        "Peru's government summoned the Chilean ambassador.",
        "Chile's government summoned the Peruvian ambassador.",
    ),
    (
        "ar",
        "انتقدت الغابون تشاد بسبب إغلاق القنصلية.",
        "Gabon criticised Chad over the closure of the consulate.",
        "Chad criticised Gabon over the closure of the consulate.",
    ),
]


def evidence(source: str, english: str, language: str) -> float:
    theirs, ours = told(source, language), told(english, "en")
    return evidence_of_exchange(aligned(source, english, language, theirs, ours), language, theirs, ours)


@pytest.mark.parametrize(("language", "source", "right", "exchanged"), CASES)
def test_more_speaks_for_an_exchange_where_there_was_one(
    language: str, source: str, right: str, exchanged: str
) -> None:
    assert evidence(source, exchanged, language) > evidence(source, right, language) + 1


def test_a_passive_explains_another_order() -> None:
    source = "Le Tchad a été critiqué par le Gabon pour la fermeture du consulat."
    active = "Gabon criticised Chad over the closure of the consulate."
    exchanged = "Chad criticised Gabon over the closure of the consulate."
    assert evidence(source, active, "fr") < calibration().limit.exchanged_doubtful
    assert evidence(source, exchanged, "fr") > calibration().limit.exchanged


def test_every_sign_has_a_weight_and_every_weight_a_sign() -> None:
    language, source, right, _ = CASES[1]
    theirs, ours = told(source, language), told(right, "en")
    (signs, *_) = signs_of_pairs(aligned(source, right, language, theirs, ours), language, theirs, ours)
    assert set(signs) == set(exchange_model().weight)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_two_texts_can_be_weighed(source: str, english: str) -> None:
    assert -100 < evidence(source, english, "xx") < 100
