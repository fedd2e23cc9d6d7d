"""What a page tells and its sentences leave unsaid: whose police it is, who bears a name, of which day it speaks."""

from datetime import date

import pytest

from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.cleaned.spans.rows import Span
from assets.events.mentions.coder import code_document
from assets.events.mentions.rows import Mention
from assets.translated.segments.segment import segment_document

PUBLISHED = date(2025, 2, 20)  # a Thursday


def mentions(language: str, title: str | None, *sentences: str) -> list[Mention]:
    text = " ".join(sentences)
    values: dict[str, object] = dict.fromkeys(DOCUMENTS.row_type.__dataclass_fields__)
    values |= {"document_id": "d", "batch": "b", "title": title, "text": text, "language": language}
    values |= {"published": PUBLISHED, "published_precision": "day", "paragraph_languages": ()}
    page = CleanedDocument(**values)  # type: ignore[arg-type]
    return code_document(page, segment_document(page), [Span("d", 0, "b", 0, 0, len(text), 0, len(text))])


def of_type(found: list[Mention], plover_type: str) -> Mention:
    return next(m for m in found if m.plover_type == plover_type)


@pytest.mark.parametrize(
    ("language", "title", "sentences", "country"),
    [
        ("en", "Protests spread in Ecuador", ("Thousands marched in Quito.",
         "Police arrested 83 protesters."), "ECU"),
        ("es", "Protestas en Ecuador", ("Miles de personas marcharon en Quito.",
         "La Policía detuvo a 83 manifestantes."), "ECU"),
        ("fr", "Manifestations en Gambie", ("La Gambie est à l'arrêt.",
         "La police a arrêté des dizaines de manifestants."), "GMB"),
        ("de", "Proteste in Kenia", ("In Nairobi gingen Tausende auf die Straße.",
         "Die Polizei nahm dutzende Demonstranten fest."), "KEN"),
        ("ru", "Протесты в Грузии", ("Тысячи человек вышли на улицы Тбилиси.",
         "Полиция задержала десятки демонстрантов."), "GEO"),
        ("tr", "Kenya'da protestolar", ("Nairobi'de binlerce kişi yürüdü.",
         "Polis onlarca göstericiyi gözaltına aldı."), "KEN"),
        ("ar", "احتجاجات في تونس", ("تظاهر الآلاف في تونس.", "اعتقلت الشرطة عشرات المتظاهرين."), "TUN"),
    ],
)  # fmt: skip
def test_police_that_nobody_calls_foreign_is_of_the_country_the_page_is_on(
    language: str, title: str, sentences: tuple[str, ...], country: str
) -> None:
    arrest = of_type(mentions(language, title, *sentences), "COERCE")
    assert (arrest.source_country, arrest.source_sector, arrest.source_from_page) == (country, "COP", True)
    assert country not in arrest.evidence_text
    alone = mentions(language, None, sentences[-1])
    assert {(m.source_country, m.source_from_page) for m in alone} <= {(None, None)}


def test_a_country_of_the_page_makes_an_event_no_surer() -> None:
    sentences = ("Thousands marched in Quito.", "Police arrested 83 protesters.")
    at_home = of_type(mentions("en", "Protests spread in Ecuador", *sentences), "COERCE")
    alone = of_type(mentions("en", None, sentences[1]), "COERCE")
    assert at_home.confidence == alone.confidence


def test_between_two_countries_nobody_is_at_home() -> None:
    found = mentions(
        "en", "Burundi and Rwanda exchange fire", "Burundi shelled a hill in Rwanda on Monday.",
        "Rwanda shelled Burundi.", "The government condemned the African Union.",
    )  # fmt: skip
    condemned = of_type([m for m in found if m.evidence_text.startswith("The government")], "ACCUSE")
    assert condemned.source_country is None


def test_rebels_are_at_home_nowhere() -> None:
    found = mentions("en", "Fighting in Mali", "Mali has had no rain.", "The rebels ambushed the soldiers.")
    attack = of_type(found, "ASSAULT")
    assert (attack.source_sector, attack.source_country) == ("REB", None)
    assert (attack.target_country, attack.target_from_page) == ("MLI", True)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ("Malian Foreign Minister Abdoulaye Keita arrived in Moscow.", "Keita accused France of spying.")),
        ("en", ("Abdoulaye Keita, Mali's foreign minister, arrived in Moscow.", "Keita accused France of spying.")),
        ("fr", ("Le ministre malien des Affaires étrangères Abdoulaye Keita est arrivé à Moscou.",
                "Keita a accusé la France d'espionnage.")),
        ("de", ("Malis Außenminister Abdoulaye Keita traf in Moskau ein.", "Keita warf Frankreich Spionage vor.")),
        ("es", ("El ministro maliense Abdoulaye Keita llegó a Moscú.", "Keita acusó a Francia de espionaje.")),
        ("ru", ("Министр иностранных дел Мали Абдулай Кейта прибыл в Москву.",
                "Кейта обвинил Францию в шпионаже.")),
        ("tr", ("Mali Dışişleri Bakanı Abdoulaye Keita Moskova'ya geldi.", "Keita, Fransa'yı casuslukla suçladı.")),
        ("ar", ("وصل وزير الخارجية المالي عبدالله كيتا إلى موسكو.", "واتهم كيتا فرنسا بالتجسس.")),
    ],
)  # fmt: skip
def test_a_surname_stands_for_whom_the_page_introduced(language: str, sentences: tuple[str, str]) -> None:
    accusation = of_type(mentions(language, None, *sentences), "ACCUSE")
    assert (accusation.source_country, accusation.target_country) == ("MLI", "FRA")
    assert accusation.source_from_page is True


def test_a_dateline_tells_the_country() -> None:
    found = mentions("en", None, "BANGKOK (AP) — Railway workers went on strike on Friday over pay.")
    strike = of_type(found, "PROTEST")
    assert (strike.source_country, strike.source_from_page) == ("THA", True)


def test_what_has_no_day_is_of_the_day_of_the_lead() -> None:
    lead, then = "Soldiers seized power in Gambia on Tuesday.", "The soldiers arrested Gambia's president."
    found = mentions("en", None, lead, then)
    arrest = next(m for m in found if m.evidence_text == then and m.mode == "arrest")
    assert (arrest.event_date, arrest.date_basis) == (date(2025, 2, 18), "lead")
    (alone,) = [m for m in mentions("en", None, then) if m.mode == "arrest"]
    assert (alone.event_date, alone.date_basis) == (PUBLISHED, "publication")
    of_old = mentions("en", None, "Soldiers seized power in Gambia in January 2017.", then)
    assert next(m for m in of_old if m.evidence_text == then).date_basis == "publication"


def test_where_no_capitals_tell_names_a_word_told_once_is_none() -> None:
    found = mentions("ar", None, "وصل وزير الخارجية المالي مساء إلى موسكو.", "واتهمت مساء فرنسا بالتجسس.")
    assert not any(mention.source_from_page for mention in found)


def test_an_unlikely_event_of_nobody_and_nowhere_is_left_out() -> None:
    told = mentions("en", None, "There followed an aerial bombardment of the keeper's goal.")
    assert told == []
    somebody = mentions("en", None, "The African Union condemned the aerial bombardment.")
    assert [m.source_sector for m in somebody] == ["IGO"]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("ru", ("Мали закрыла границы.", "Париж потребовал немедленно освободить главу государства.")),
        ("en", ("Mali has closed its borders.", "Paris demanded the release of the president.")),
    ],
)
def test_whom_a_foreign_state_speaks_of_is_of_the_page(language: str, sentences: tuple[str, str]) -> None:
    title = {"ru": "Переворот в Мали", "en": "Coup in Mali"}[language]
    demand = of_type(mentions(language, title, *sentences), "REQUEST")
    assert (demand.source_country, demand.target_country) == ("FRA", "MLI")


def test_soldiers_who_leave_a_place_are_not_its_own() -> None:
    found = mentions("ru", None, "Последние триста солдат покинули базу в Нджамене в четверг.")
    left = of_type(found, "RETREAT")
    assert (left.source_sector, left.source_country, left.target_country) == ("MIL", None, "TCD")


def test_a_country_that_the_sentence_points_to_without_naming_it_is_marked() -> None:
    found = mentions("en", None, "Mali and Russia held talks on Monday.", "The two countries signed an accord.")
    accord = next(m for m in found if m.evidence_text.startswith("The two"))
    assert {accord.source_country, accord.target_country} == {"MLI", "RUS"}
    assert (accord.source_from_page, accord.target_from_page) == (True, True)
    assert not any(m.source_from_page for m in found if m.evidence_text.startswith("Mali"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mauritania agreed to release the fishermen from Senegal by Friday."),
        ("fr", "Le Mali a demandé à la France de retirer ses troupes d'ici vendredi."),
        ("de", "Mali forderte Frankreich auf, die Truppen bis Freitag abzuziehen."),
        ("es", "Malí exigió a Francia que retire sus tropas antes del viernes."),
        ("ru", "Мали потребовала от Франции вывести войска до пятницы."),
        ("tr", "Mali, Fransa'dan askerlerini cumaya kadar çekmesini istedi."),
        ("ar", "طالبت مالي فرنسا بسحب قواتها بحلول الجمعة."),
    ],
)
def test_a_deadline_is_no_day_of_the_demand(language: str, text: str) -> None:
    assert {m.event_date for m in mentions(language, None, text)} <= {PUBLISHED, None}


def test_both_sides_are_those_the_page_is_about_rather_than_those_named_last() -> None:
    title = "Litauen verlegt Soldaten an die Grenze zu Belarus"
    sentences = (
        "Litauen hat Soldaten an die Grenze zu Belarus verlegt.",
        "Belarus wies die Vorwürfe Litauens zurück.",
        "Lettland sicherte Litauen seine volle Unterstützung zu.",
        "Die Europäische Union rief beide Seiten zur Zurückhaltung auf.",
    )
    called = [m.target_country for m in mentions("de", title, *sentences) if m.source_sector == "EUR"]
    assert sorted(called, key=str) == ["BLR", "LTU"]


def test_both_sides_in_a_form_that_no_subject_has_are_called_upon() -> None:
    sentences = ("بحثت الجزائر مع المغرب ملف الحدود.", "ورحبت الأمم المتحدة بالاتفاق ودعت الطرفين إلى ضبط النفس.")
    asked = [m for m in mentions("ar", None, *sentences) if m.plover_type == "REQUEST"]
    assert {(m.source_sector, m.target_country) for m in asked} == {("UNO", "DZA"), ("UNO", "MAR")}


def test_two_ministers_are_those_of_the_two_countries() -> None:
    sentences = ("Ecuador accused Peru of firing at a trawler.", "The two foreign ministers spoke by telephone.")
    call = of_type(mentions("en", None, *sentences), "CONSULT")
    assert {call.source_country, call.target_country} == {"ECU", "PER"}
    assert (call.source_sector, call.target_sector) == ("GOV", "GOV")


@pytest.mark.parametrize(
    ("language", "sentences", "country"),
    [
        ("en", ("Indonesia's trade minister arrived in Hanoi for talks with Vietnamese officials.",
         "The minister praised Vietnam."), "IDN"),
        ("de", ("Österreichs Verteidigungsministerin ist mit dem bosnischen Minister zusammengetroffen.",
         "Die Ministerin lobte die Fortschritte Bosniens."), "AUT"),
    ],
)  # fmt: skip
def test_the_minister_is_the_one_a_sentence_before_was_about(
    language: str, sentences: tuple[str, str], country: str
) -> None:
    assert of_type(mentions(language, None, *sentences), "SUPPORT").source_country == country
