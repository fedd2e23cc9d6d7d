"""French and Spanish: subjects behind their verb, the future as it was told, doubt of people, forms of "have"."""

from datetime import date

import pytest

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 3, 25)


def best(language: str, text: str) -> tuple[str, str | None, str | None, str]:
    event: CodedEvent = code_text(text, language, PUBLISHED)[0]
    source, target = (side.country if side else None for side in (event.source, event.target))
    return event.plover_type, source, target, event.status


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rompe relaciones Paraguay con Togo.", ("SANCTION", "PRY", "TGO", "actual")),
        ("Dialogan Omán y Yemen en Ginebra sobre la pesca.", ("CONSULT", "OMN", "YEM", "actual")),
        ("Llegó a Lisboa en visita oficial el ministro togolés.", ("CONSULT", "TGO", "PRT", "actual")),
        # the one acted upon, behind the doer and the place
        (
            "Fue decomisado por la Guardia Costera de Senegal un pesquero griego.",
            ("COERCE", "SEN", "GRC", "actual"),
        ),
        ("Fueron secuestrados en Malí dos trabajadores turcos.", ("ASSAULT", None, "TUR", "actual")),
    ],
)
def test_a_spanish_subject_may_stand_behind_its_verb(
    text: str, told: tuple[str, str | None, str | None, str]
) -> None:
    assert best("es", text) == told


def test_people_without_an_article_behind_a_verb_are_its_object() -> None:
    assert best("es", "Chad condenó el ataque. Envió soldados a la frontera con Sudán.")[1] != "SDN"


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "es",
            "La ministra uruguaya anunció que su país enviaría víveres a Haití.",
            ("AGREE", "URY", "HTI", "planned"),
        ),
        ("fr", "Le ministre turc a annoncé qu'il se rendrait à Bagdad.", ("AGREE", "TUR", "IRQ", "planned")),
        (
            "es",
            "La ministra uruguaya dijo que enviaría víveres a Haití si el puerto reabre.",
            ("AID", "URY", "HTI", "hypothetical"),
        ),
    ],
)
def test_a_conditional_that_was_told_is_the_future(
    language: str, text: str, told: tuple[str, str | None, str | None, str]
) -> None:
    assert best(language, text) == told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El Salvador detuvo a nueve presuntos pandilleros hondureños."),
        ("fr", "Le Togo a extradé vers le Bénin un trafiquant présumé."),
    ],
)
def test_who_somebody_is_may_be_doubted_and_not_what_was_done(language: str, text: str) -> None:
    assert best(language, text)[3] == "actual"


def test_forms_of_have_and_keep_make_a_participle_active() -> None:
    assert best("es", "Tailandia negó haber bombardeado una aldea de Laos.") == ("ASSAULT", "THA", "LAO", "denied")
    assert best("es", "Campesinos bolivianos mantienen bloqueada la carretera a Oruro.")[:2] == ("PROTEST", "BOL")


def test_goods_that_a_participle_tells_of_went_where_they_are() -> None:
    text = "En el este de Chad abrieron hospitales de campaña donados por Omán."
    assert best("es", text) == ("AID", "OMN", "TCD", "actual")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Le Mali déporte vingt migrants guinéens.", ("COERCE", "MLI", "GIN", "actual")),
        ("Le Soudan pointe du doigt le Tchad.", ("ACCUSE", "SDN", "TCD", "actual")),
        ("Le Caire convie les dirigeants soudanais à des pourparlers.", ("REQUEST", "EGY", "SDN", "actual")),
    ],
)
def test_a_present_that_ends_as_participles_do_is_active(
    text: str, told: tuple[str, str | None, str | None, str]
) -> None:
    assert best("fr", text) == told


def test_a_word_of_actors_behind_a_noun_is_its_adjective() -> None:
    found = code_text("Níger rompió los acuerdos militares con Chad.", "es", PUBLISHED)[0]
    assert (found.source and found.source.country, found.target and found.target.country) == ("NER", "TCD")


def test_what_is_promised_is_no_event_beside_the_promise() -> None:
    events = code_text("La Norvège s'est dite disposée à aider le Népal.", "fr", PUBLISHED)
    assert [event.plover_type for event in events] == ["AGREE"]


def test_a_finite_verb_behind_and_is_not_done_by_who_is_summoned() -> None:
    text = "L'Espagne a convoqué le chargé d'affaires argentin et rappelé son ambassadrice."
    events = {e.plover_type: e for e in code_text(text, "fr", PUBLISHED)}
    recalled = events["SANCTION"]
    assert recalled.source and recalled.source.country == "ESP"


def test_what_is_lifted_at_a_place_its_state_lifts() -> None:
    told = best("es", "El estado de emergencia fue levantado en Sri Lanka.")
    assert told[:3] == ("CONCEDE", None, "LKA") or told[:2] == ("CONCEDE", "LKA")


def test_what_commas_set_off_opens_no_clause() -> None:
    text = "Camboya quiere dialogar; Tailandia, en cambio, se niega a negociar."
    refused = next(e for e in code_text(text, "es", PUBLISHED) if e.plover_type == "REJECT")
    assert refused.source and refused.source.country == "THA"


def test_who_summons_an_envoy_expresses_displeasure() -> None:
    events = code_text("Bamako convocó al embajador mauritano para expresarle su malestar.", "es", PUBLISHED)
    assert {(e.source.country, e.target.country) for e in events if e.source and e.target} == {("MLI", "MRT")}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Detenido en Quito un joven por robar teléfonos en el metro."),
        ("fr", "Un homme a été écroué à Charleroi, soupçonné d'avoir poignardé sa compagne lors d'une dispute."),
        ("fr", "Il y a cinquante ans, les troupes portugaises quittaient l'Angola."),
    ],
)
def test_crime_between_private_persons_and_history_are_no_likely_events(language: str, text: str) -> None:
    assert all(e.confidence < 0.5 or e.date_basis == "none" for e in code_text(text, language, PUBLISHED))
