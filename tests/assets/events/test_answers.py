"""Sentences that follow one another: whom an answer is to, whom a pronoun stands for, whose a minister abroad is."""

from datetime import date

import pytest

from assets.events.mentions.actors.actor import DocumentContext
from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_sentence, code_text
from assets.events.mentions.language import compiled_language

PUBLISHED = date(2025, 11, 12)  # a Wednesday


def last(language: str, *sentences: str) -> CodedEvent:
    """The main event of the last of several sentences."""
    context, told = DocumentContext(), list[CodedEvent]()
    for sentence in sentences:
        told = code_sentence(sentence, compiled_language(language), context, PUBLISHED)
    return told[0]


def sides(event: CodedEvent) -> tuple[str | None, str | None]:
    return (event.source.country if event.source else None, event.target.country if event.target else None)


@pytest.mark.parametrize(
    ("language", "act", "answer", "expected"),
    [
        ("en", "Poland expelled two Russian diplomats.", "Moscow promised a tough response.", ("RUS", "POL")),
        ("en", "Ethiopia accused Eritrea of arming rebels.", "Eritrea dismissed the accusation.", ("ERI", "ETH")),
        ("de", "Polen hat drei belarussische Diplomaten ausgewiesen.", "Minsk kündigte Gegenmaßnahmen an.",
         ("BLR", "POL")),
        ("es", "Bolivia rompió relaciones diplomáticas con Israel.", "Israel lamentó la decisión.", ("ISR", "BOL")),
        ("fr", "Le Mali a expulsé l'ambassadeur de Suède.", "La Norvège a déploré cette décision.", ("NOR", "MLI")),
    ],
)  # fmt: skip
def test_an_answer_is_to_who_did_the_act_told_last(
    language: str, act: str, answer: str, expected: tuple[str, str]
) -> None:
    event = last(language, act, answer)
    assert sides(event) == expected
    assert event.target and event.target.from_page
    assert sides(last(language, answer)) == (expected[0], None)


def test_what_answers_nobody_and_whoever_acts_twice_stay_without_a_target() -> None:
    assert sides(last("en", "Poland expelled two Russian diplomats.", "Poland promised a tough response."))[1] is None
    assert last("en", "Mali expelled a French envoy.", "Police arrested ten men.").target.country is None  # type: ignore[union-attr]


def test_an_act_is_forgotten_after_two_sentences() -> None:
    between = ("The weather was fine.", "Nothing else was said.")
    assert (
        sides(last("en", "Poland expelled two Russian diplomats.", *between, "Moscow promised a tough response."))[1]
        is None
    )


def test_where_verbs_need_no_subject_the_one_before_goes_on() -> None:
    event = last(
        "es", "El presidente de Ecuador viajó a Quito.", "También acusó a la oposición de alentar disturbios."
    )
    assert event.plover_type == "ACCUSE"
    assert sides(event)[0] == "ECU"


def test_a_pronoun_stands_for_the_subject_of_the_sentence_before() -> None:
    event = last(
        "de", "Die Militärjunta in Mali lehnte den Einsatz ab.", "Sie arbeitet mit russischen Söldnern zusammen."
    )
    assert sides(event) == ("MLI", "RUS")


@pytest.mark.parametrize(
    ("language", "before", "meeting", "expected"),
    [
        ("en", "Britain pledged aid to Turkey.", "The foreign secretary spoke by phone with her Turkish counterpart.",
         ("GBR", "TUR")),
        ("es", "España enviará a Ucrania munición.", "La ministra de Defensa se reunió con su homólogo ucraniano.",
         ("ESP", "UKR")),
    ],
)  # fmt: skip
def test_a_minister_who_meets_one_of_another_country_is_not_of_that_one(
    language: str, before: str, meeting: str, expected: tuple[str, str]
) -> None:
    assert sides(last(language, before, meeting)) == expected


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Leaders of the Gulf Cooperation Council held an emergency summit in Riyadh on Tuesday."),
        ("en", "The foreign ministers of 27 member states met in Luxembourg on Monday."),
        ("de", "Die Außenminister der 27 Staaten verhängten am Montag in Brüssel Einreiseverbote gegen Offiziere."),
        ("fr", "Les dirigeants du G5 Sahel se sont réunis dimanche à N'Djamena."),
        ("es", "Los presidentes del Mercosur se reunieron el martes en Asunción."),
    ],
)
def test_leaders_of_several_states_are_of_no_country_wherever_they_meet(language: str, sentence: str) -> None:
    assert sides(code_text(sentence, language, PUBLISHED)[0])[0] is None


def test_each_clause_that_and_joins_has_its_own_doer_and_its_own_object() -> None:
    events = code_text(
        "Mali expelled two French envoys and Niger recalled its ambassador to Algeria.", "en", PUBLISHED
    )
    assert {sides(event) for event in events} == {("MLI", "FRA"), ("NER", "DZA")}


def test_a_name_of_several_words_for_a_deed_is_no_finite_verb() -> None:
    event = code_text("The rebels attacked the soldiers near Gao.", "en", PUBLISHED)[0]
    assert (event.source.sector, event.target.sector) == ("REB", "MIL")  # type: ignore[union-attr]


def test_a_participle_behind_an_article_is_a_noun() -> None:
    assert code_text("Kiev afirmó que los liberados llegaron a casa.", "es", PUBLISHED) == []
    assert code_text("Kiev a libéré dix soldats russes.", "fr", PUBLISHED)[0].plover_type == "RETREAT"


def test_what_is_rejected_is_no_act_of_who_rejects_it() -> None:
    events = code_text("In früheren Fällen hatte Minsk solche Vorwürfe zurückgewiesen.", "de", PUBLISHED)
    assert [event.plover_type for event in events] == ["REJECT"]


def test_a_relative_clause_with_a_pronoun_tells_what_is_done_to_its_antecedent() -> None:
    events = code_text("Prague has expelled two Russian diplomats whom it accuses of spying.", "en", PUBLISHED)
    assert {(e.plover_type, *sides(e)) for e in events} == {("SANCTION", "CZE", "RUS"), ("ACCUSE", "CZE", "RUS")}


def test_mediators_named_together_mediate_between_others() -> None:
    events = code_text("Vermittelt hatten Ägypten und Katar.", "de", PUBLISHED)
    assert {sides(event) for event in events} == {("EGY", None), ("QAT", None)}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Prague has expelled 18 Russian envoys since 2021."),
        ("de", "Seit 2021 arbeitet Mali mit Russland zusammen."),
    ],
)
def test_since_when_something_lasts_is_not_the_day_of_an_act(language: str, sentence: str) -> None:
    assert code_text(sentence, language, PUBLISHED)[0].event_date == PUBLISHED


def test_a_day_said_to_come_dates_nothing_that_was_done() -> None:
    event = code_text(
        "Opposition leaders in Kenya rejected the result and called for a strike next week.", "en", PUBLISHED
    )
    assert {e.event_date for e in event if e.status == "actual"} == {PUBLISHED}


def test_without_in_a_name_denies_nothing() -> None:
    event = code_text("Reporter ohne Grenzen verlangte die Freilassung des Journalisten in Mali.", "de", PUBLISHED)[0]
    assert (event.plover_type, event.status) == ("REQUEST", "actual")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Soldiers in Gabon placed the president under house arrest."),
        ("fr", "Des militaires ont pris le pouvoir au Gabon et placé le président en résidence surveillée."),
        ("es", "Los militares tomaron el poder en Gabón y pusieron al presidente bajo arresto domiciliario."),
    ],
)
def test_seized_power_is_no_possibility_and_who_is_put_under_arrest_is_the_target(
    language: str, sentence: str
) -> None:
    arrest = next(e for e in code_text(sentence, language, PUBLISHED) if e.mode == "arrest")
    assert (arrest.status, arrest.target and arrest.target.sector) == ("actual", "GOV")


def test_who_mediates_is_no_partner_in_what_it_mediates() -> None:
    text = "Ukraine and Russia exchanged 150 prisoners of war on Saturday, with the United Arab Emirates mediating."
    events = code_text(text, "en", PUBLISHED)
    assert ("UKR", "ARE") not in {sides(event) for event in events}


def test_the_state_in_a_coup_d_etat_is_nobody_acted_upon() -> None:
    assert code_text("La France a condamné le coup d'État.", "fr", PUBLISHED)[0].target is None


def test_soldiers_who_dissolve_a_parliament_concede_nothing() -> None:
    found = code_text("Les militaires du Gabon ont dissous le Parlement.", "fr", PUBLISHED)
    assert [event.plover_type for event in found] == ["COERCE"]
