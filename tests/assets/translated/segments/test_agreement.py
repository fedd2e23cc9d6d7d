"""Do a sentence and its English tell of the same events? With events by hand, and with the real event coder."""

from __future__ import annotations

import pytest

from assets.events.mentions.told import told
from assets.translated.segments.agreement import ToldEvent, agreed_pairs, events_differ, parts_changed, reversed_pairs
from assets.translated.segments.quality import estimate_quality


@pytest.mark.parametrize(
    ("source", "english", "reverse", "changed"),
    [
        ([("FRA", "MLI")], [("MLI", "FRA")], True, {"FRA", "MLI"}),
        ([("FRA", "MLI")], [("FRA", "MLI")], False, set()),
        ([("FRA", "MLI"), ("MLI", "FRA")], [("MLI", "FRA")], True, set()),
        ([("FRA", "MLI")], [("MLI", "FRA"), ("FRA", "MLI")], False, set()),
        ([(None, "CVL")], [("CVL", None)], False, {"CVL"}),
        ([("PER", "PER")], [("COL", "PER")], False, set()),
        ([("PER", None)], [("COL", "PER")], False, {"PER"}),
        ([], [("FRA", "MLI")], False, set()),
    ],
)
def test_readings_tell_who_does_the_reverse_and_whose_part_changed(
    source: list[tuple[str | None, str | None]],
    english: list[tuple[str | None, str | None]],
    reverse: bool,
    changed: set[str],
) -> None:
    theirs, ours = ([ToldEvent("COERCE", *pair) for pair in side] for side in (source, english))
    assert bool(reversed_pairs(theirs, ours)) is reverse
    assert parts_changed(theirs, ours) == changed


def test_pairs_agree_where_one_does_the_same_to_the_other_on_both_sides() -> None:
    given, received = ToldEvent("AID", "EUR", "PER"), ToldEvent("AID", "PER", "EUR")
    assert agreed_pairs([given], [given]) == {frozenset(("EUR", "PER"))}
    assert not agreed_pairs([given], [given, received])
    assert not agreed_pairs([given], [received])
    assert not agreed_pairs([given], [ToldEvent("COERCE", "EUR", "PER")])


def test_an_owner_is_no_place_and_a_partner_no_speaker() -> None:
    english = told("Hungary refused to join in Serbia's sanctions on Russia.", "en")
    assert english is not None
    assert {a.who: (a.case, a.possessed) for a in english.actors}["SRB"] == ("", True)
    turkish = told("Macaristan, Peru ile görüşmelerin başlamasını istediğini söyledi.", "tr")
    assert turkish is not None
    assert not any(actor.attributed for actor in turkish.actors)


def test_events_differ_only_where_both_sides_tell_some() -> None:
    one, other = ToldEvent("AID", "FRA", None), ToldEvent("ASSAULT", "FRA", None)
    assert events_differ([one], [other])
    assert not events_differ([one], [one, other])
    assert not events_differ([one], [])


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("de", "Spanien wies gestern den marokkanischen Botschafter aus."),
        ("fr", "L'Espagne a expulsé hier l'ambassadeur marocain."),
        ("ar", "طردت إسبانيا أمس السفير المغربي."),
        ("tr", "İspanya dün Fas büyükelçisini sınır dışı etti."),
    ],
)
def test_swapped_actors_are_caught_through_the_event_coder(language: str, source: str) -> None:
    right, swapped = "Spain expelled the Moroccan ambassador.", "Morocco expelled the Spanish ambassador."
    assert estimate_quality(source, right, language, read_sentence=told).quality >= 0.5
    estimate = estimate_quality(source, swapped, language, read_sentence=told)
    assert "actors_swapped" in estimate.flags
    assert estimate.quality < 0.5


def test_a_language_without_vocabulary_and_a_lone_tatweel_are_no_trouble() -> None:
    assert told("Vláda odmítla návrh.", "cs") is None
    assert told("قال ـ الرئيس", "ar") is not None


@pytest.mark.parametrize(
    ("language", "source", "right", "swapped"),
    [
        (
            "de",
            "Nach Angaben des Ministeriums hat Litauen der Slowakei im Mai vier Haubitzen geliehen.",
            "Lithuania lent Slovakia four howitzers in May, the ministry said.",
            "Slovakia lent Lithuania four howitzers in May, the ministry said.",
        ),
        (
            "fr",
            "Le Tchad a été critiqué par le Gabon pour la fermeture du consulat.",
            "Gabon criticised Chad over the closure of the consulate.",
            "Chad criticised Gabon over the closure of the consulate.",
        ),
        (
            "pt",
            "A Noruega emprestou dois navios à Finlândia.",
            "Norway lent Finland two ships.",
            "Finland lent Norway two ships.",
        ),
        (
            "it",
            "I ribelli hanno liberato i soldati dopo due settimane.",
            "The rebels released the soldiers after two weeks.",
            "The soldiers released the rebels after two weeks.",
        ),
        (
            "zh",
            "挪威借给芬兰两艘船。",
            "Norway lent Finland two ships.",
            "Finland lent Norway two ships.",
        ),
    ],
)
def test_swapped_actors_are_caught_by_their_places(language: str, source: str, right: str, swapped: str) -> None:
    assert estimate_quality(source, right, language, read_sentence=told).quality >= 0.5
    flags = estimate_quality(source, swapped, language, read_sentence=told).flags
    assert {"actors_swapped", "actors_doubtful"} & {*flags}
