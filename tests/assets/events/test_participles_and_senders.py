"""Participles tell of the noun before them, nouns of whom they come from; brackets and what is one's own aside."""

from datetime import date

import pytest

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 3, 25)


def of_type(plover_type: str, language: str, text: str) -> CodedEvent | None:
    return next((e for e in code_text(text, language, PUBLISHED) if e.plover_type == plover_type), None)


@pytest.mark.parametrize(
    ("language", "plover_type", "target", "text"),
    [
        ("fr", "ACCUSE", "NIC", "Le Canada a sanctionné deux responsables nicaraguayens, accusés par Ottawa de vol."),
        ("es", "COERCE", "ARG", "Paraguay liberó el lunes a seis pescadores argentinos detenidos en febrero."),
        ("fr", "COERCE", "MLI", "Le Tchad réclame la libération de deux ministres maliens, détenus depuis un mois."),
    ],
)
def test_a_participle_is_of_those_right_before_it(language: str, plover_type: str, target: str, text: str) -> None:
    found = of_type(plover_type, language, text)
    assert found and found.target
    assert (found.target.country, found.status) == (target, "actual")


def test_what_nobody_who_is_named_owns_was_not_done_to_the_subject_of_the_sentence() -> None:
    text = "Les Comores réclament la restitution de deux navires saisis en décembre."
    seized = of_type("COERCE", "fr", text)
    assert seized is None or (seized.source is None and seized.target is None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Cinq soldats ont été tués et huit blessés dans l'attaque."),
        ("en", "Five Malian soldiers were killed and eight wounded."),
    ],
)
def test_those_counted_behind_and_are_hurt_as_those_before_were(language: str, text: str) -> None:
    found = [e for e in code_text(text, language, PUBLISHED) if e.plover_type == "ASSAULT"]
    assert found and all(e.source is None for e in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'armée malienne a vendredi arrêté deux journalistes."),
        ("es", "El Ejército colombiano ha abatido a dos guerrilleros y capturado a otros cinco."),
        ("es", "Colombia negó haber bombardeado una aldea de Ecuador."),
        ("es", "El fiscal denunció que soldados colombianos habrían torturado a dos jornaleros en Ecuador."),
    ],
)
def test_a_participle_behind_its_own_has_is_active(language: str, text: str) -> None:
    found = [e for e in code_text(text, language, PUBLISHED) if e.plover_type in ("COERCE", "ASSAULT")]
    assert found and all(e.source and e.source.country in ("MLI", "COL") for e in found)


def test_what_is_kept_blocked_is_blocked_by_who_keeps_it_so() -> None:
    text = "Transportistas bolivianos mantienen bloqueada desde el lunes la carretera entre La Paz y Oruro."
    protest = of_type("PROTEST", "es", text)
    assert protest and protest.source and protest.source.country == "BOL"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "En el este de Chad abrieron hospitales de campaña donados por los Emiratos Árabes Unidos."),
        ("fr", "Des hôpitaux de campagne offerts par les Émirats arabes unis ont ouvert dans l'est du Tchad."),
    ],
)
def test_what_was_given_stands_with_those_it_was_given_to(language: str, text: str) -> None:
    gift = of_type("AID", language, text)
    assert gift and gift.source and gift.target
    assert (gift.source.country, gift.target.country) == ("ARE", "TCD")


def test_a_finite_verb_behind_what_was_tried_tells_what_was_done() -> None:
    text = "La policía mexicana dispersó a un grupo que intentó entrar en el Congreso y detuvo a catorce personas."
    arrest = of_type("COERCE", "es", text)
    assert arrest and arrest.status == "actual"


def test_charges_that_are_rejected_are_no_prosecution() -> None:
    rejected = of_type("REJECT", "ru", "Хорватия назвала обвинения беспочвенными.")
    assert rejected and rejected.source and rejected.source.country == "HRV" and rejected.target is None


def test_assets_abroad_that_are_frozen_are_not_the_host_s() -> None:
    frozen = of_type("COERCE", "fr", "Leurs avoirs au Canada sont gelés, a précisé la ministre canadienne.")
    assert frozen is None or frozen.target is None


def test_who_regrets_a_decision_of_another_concedes_nothing() -> None:
    found = code_text("Vanuatu regretted the decision and invited Fiji to talks.", "en", PUBLISHED)
    assert {e.plover_type for e in found} == {"ACCUSE", "REQUEST"}


def test_support_from_somebody_is_his() -> None:
    text = "Mali received equipment from Moscow and support from Russia's mercenary units."
    support = of_type("SUPPORT", "en", text)
    assert support and support.source and support.target
    assert (support.source.country, support.target.country) == ("RUS", "MLI")
    threats = of_type("THREATEN", "en", "Estonia faces threats from Russia, its president said.")
    assert threats and threats.source and threats.target
    assert (threats.source.country, threats.target.country) == ("RUS", "EST")


def test_a_bracket_parts_no_subject_from_its_verb_nor_a_verb_from_what_it_condemns() -> None:
    text = "وأدانت إثيوبيا (أديس أبابا) الهجوم، وأعلنت كينيا أنها ستفتح تحقيقا في الحادث."
    found = [(e.plover_type, e.source.country) for e in code_text(text, "ar", PUBLISHED) if e.source]
    assert sorted(found) == [("ACCUSE", "ETH"), ("ACCUSE", "KEN")]


def test_who_defends_his_own_supports_nobody() -> None:
    text = "Mali has learned to defend its interests beside Turkey, and thieves are serving sentences in Mali."
    assert not {e.plover_type for e in code_text(text, "en", PUBLISHED)} & {"SUPPORT", "SANCTION"}


def test_a_participle_names_nobody_though_the_vocabulary_lists_it_as_a_person() -> None:
    text = (
        "Le Canada a imposé jeudi des sanctions à deux hauts responsables nicaraguayens, accusés par Ottawa de vol."
    )
    sanction = of_type("SANCTION", "fr", text)
    assert sanction and sanction.target and sanction.target.country == "NIC"
    freed = of_type("RETREAT", "es", "Nicaragua liberó a doce detenidos.")
    assert freed and freed.target and freed.target.sector == "PRE"


def test_a_connector_that_holds_a_negation_negates_nothing() -> None:
    rejected = of_type("REJECT", "es", "Argentina, sin embargo, rechazó la propuesta paraguaya.")
    assert rejected and rejected.status == "actual"
