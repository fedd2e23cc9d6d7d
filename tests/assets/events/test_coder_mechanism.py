"""Who does what to whom, and whether: the coder over a small vocabulary."""

import importlib.util
from datetime import date
from pathlib import Path

import pytest

from assets.events.mentions.actors.actor import DocumentContext
from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_sentence, code_text

_SPEC = importlib.util.spec_from_file_location("small_language", Path(__file__).with_name("small_language.py"))
assert _SPEC and _SPEC.loader
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)
LANGUAGE = _MODULE.small_english()
PUBLISHED = date(2024, 10, 12)


def coded(text: str, context: DocumentContext | None = None) -> list[CodedEvent]:
    return code_sentence(text, LANGUAGE, context or DocumentContext(), PUBLISHED)


def parties(event: CodedEvent) -> tuple[str, str | None, str | None]:
    source = event.source.country if event.source else None
    return event.plover_type, source, event.target.country if event.target else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Algeria attacked Mali.", [("ASSAULT", "DZA", "MLI")]),
        ("Mali was attacked by Algeria.", [("ASSAULT", "DZA", "MLI")]),
        ("Algeria attacked Mali and Niger.", [("ASSAULT", "DZA", "MLI"), ("ASSAULT", "DZA", "NER")]),
        ("The Algerian attack on the Malian army ended.", [("ASSAULT", "DZA", "MLI")]),
        ("Turkey provided Mali with drones.", [("AID", "TUR", "MLI")]),
        ("Turkey sent drones to Mali on Monday.", [("AID", "TUR", "MLI")]),
        ("Kenya has received new weapons from Moscow.", [("AID", "RUS", "KEN")]),
        ("The foreign ministers of Turkey and Mali met in Ankara.", [("CONSULT", "TUR", "MLI")]),
        ("Talks between Turkey and Mali were held in Doha.", [("CONSULT", "TUR", "MLI")]),
        ("Russia's president visited China.", [("CONSULT", "RUS", "CHN")]),
        ("The visit of the Turkish delegation to Bamako ended.", [("CONSULT", "TUR", "MLI")]),
        ("Niger has expelled Turkish soldiers and looked to China.", [("SANCTION", "NER", "TUR")]),
        ("The expulsion of French forces by Mali was swift.", [("SANCTION", "MLI", "FRA")]),
        ("Police arrested 11 protesters in Nairobi.", [("COERCE", "KEN", "KEN")]),
        ("He had a heart attack in Mali.", []),
        ("Turkey and Mali lie far apart.", []),
    ],
)
def test_source_and_target_by_clause_voice_and_preposition(text: str, expected: list) -> None:
    assert [parties(event) for event in coded(text)] == expected


def test_the_urged_one_is_the_subject_of_what_it_is_urged_to_do() -> None:
    events = {event.plover_type: event for event in coded("France urged Mali to withdraw its troops from Niger.")}
    assert parties(events["REQUEST"]) == ("REQUEST", "FRA", "MLI")
    assert events["RETREAT"].status == "hypothetical"
    assert events["RETREAT"].source and events["RETREAT"].source.country == "MLI"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Algeria attacked Mali.", "actual"),
        ("Mali denied that Algeria had attacked Niger.", "denied"),
        ("Algeria did not attack Mali.", "denied"),
        ("If Algeria attacks Mali, Russia will send weapons.", "hypothetical"),
        ("Algeria may attack Mali.", "hypothetical"),
    ],
)
def test_status_says_whether_it_took_place(text: str, status: str) -> None:
    attack = next(event for event in coded(text) if event.plover_type == "ASSAULT")
    assert attack.status == status
    assert attack.source and attack.source.country == "DZA"


def test_a_promise_of_aid_is_agree() -> None:
    (event,) = coded("Turkey will send drones to Mali.")
    assert (event.plover_type, event.status) == ("AGREE", "planned")
    assert event.event_date is None


def test_who_says_so_is_not_who_acts() -> None:
    (event,) = coded("The Malian president said that Russian troops killed 12 civilians near Gao.")
    assert parties(event) == ("ASSAULT", "RUS", "MLI")
    assert event.claimed_by == "Malian president"
    assert event.dead == 12
    assert event.place and event.place.name == "Gao"


def test_undated_events_take_the_day_of_publication_and_dated_ones_their_own() -> None:
    (undated,) = coded("Algeria attacked Mali.")
    assert (undated.event_date, undated.date_basis) == (PUBLISHED, "publication")
    (dated,) = coded("Algeria attacked Mali on 3 September 2024.")
    assert (dated.event_date, dated.date_basis) == (date(2024, 9, 3), "stated")


def test_the_two_countries_are_the_last_two_named() -> None:
    context = DocumentContext()
    coded("Turkey and Mali lie far apart.", context)
    (event,) = coded("The two countries met.", context)
    assert {event.source.country, event.target.country} == {"TUR", "MLI"}


def test_history_from_before_event_data_is_no_event() -> None:
    assert coded("Algeria attacked Mali in 1912.") == []


@pytest.mark.parametrize(
    "text", ["Algeria attacked Mali with 1500 troops.", "Algeria attacked Mali at 1400 GMT, killing 1200 civilians."]
)
def test_a_plain_number_is_no_year_of_history(text: str) -> None:
    assert parties(coded(text)[0]) == ("ASSAULT", "DZA", "MLI")


@pytest.mark.parametrize(
    "text", ["In 1812 Algeria attacked Mali.", "Algeria attacked Mali in the long war (1690–1697)."]
)
def test_a_year_of_an_earlier_century_is(text: str) -> None:
    assert coded(text) == []


def test_half_characters_do_not_stop_the_coder() -> None:
    assert parties(code_text("Algeria attacked Mali \ud800 today.", "en")[0]) == ("ASSAULT", "DZA", "MLI")


def test_a_text_too_short_for_certainty_is_coded_in_its_likeliest_language() -> None:
    (event,) = code_text("Algeria attacked Mali.")
    assert parties(event) == ("ASSAULT", "DZA", "MLI")


def test_a_language_without_vocabulary_yields_nothing() -> None:
    assert code_text("アルジェリアの軍隊が隣国のマリを昨日の朝に攻撃した。", "ja") == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # Arabic: a passive written as the active is; the victims of a deed; a feminine verb keeps its subject.
        ("ar", "قتل ثلاثة جنود صوماليين في اشتباكات.", ("ASSAULT", None, "SOM")),
        ("ar", "استهدفت طائرات إسرائيلية منزلا في لبنان.", ("ASSAULT", "ISR", "LBN")),
        ("ar", "استهدفت مسيرة إسرائيلية سيارة في لبنان.", ("ASSAULT", "ISR", "LBN")),
        ("ar", "قتل 30 فلسطينيا على الأقل في قصف إسرائيلي على مدينة غزة.", ("ASSAULT", "ISR", "PSE")),
        ("ar", "أعلنت أذربيجان مقتل اثنين من جنودها بنيران أرمينية.", ("ASSAULT", "ARM", "AZE")),
        ("ar", "أطلقت روسيا عشرات الصواريخ على مدن أوكرانية.", ("ASSAULT", "RUS", "UKR")),
        # Russian: agents in the instrumental, counted subjects, participles, whoever is in the accusative.
        ("ru", "Двадцать нигерских военных были убиты боевиками.", ("ASSAULT", None, "NER")),
        ("ru", "Гражданин США был задержан в Москве сотрудниками ФСБ.", ("COERCE", "RUS", "USA")),
        ("ru", "Великобританией введены санкции против российских банков.", ("COERCE", "GBR", "RUS")),
        ("ru", "Иран обстрелян ракетами.", ("ASSAULT", None, "IRN")),
        ("ru", "Индия направила в Афганистан гуманитарную помощь.", ("AID", "IND", "AFG")),
        # Turkish: cases on the last word, embedded clauses, agents and partners behind their names.
        ("tr", "İran, Irak'ın kuzeyindeki bir üsse füzelerle saldırdı.", ("ASSAULT", "IRN", "IRQ")),
        ("tr", "Fransa, Rusya'nın Ukrayna'ya saldırmasını kınadı.", ("ACCUSE", "FRA", "RUS")),
        ("tr", "Malili bir subay Fransız askerleri tarafından öldürüldü.", ("ASSAULT", "FRA", "MLI")),
        ("tr", "Türkiye ve Mali'nin dışişleri bakanları Ankara'da görüştü.", ("CONSULT", "TUR", "MLI")),
        ("tr", "Kolombiya, İsrail ile diplomatik ilişkilerini kesti.", ("SANCTION", "COL", "ISR")),
    ],
)
def test_what_each_language_needs(language: str, text: str, expected: tuple) -> None:
    found = [parties(event) for event in code_text(text, language, PUBLISHED)]
    assert next(event for event in found if event[0] == expected[0]) == expected


@pytest.mark.parametrize(
    ("language", "text", "name", "country"),
    [
        ("ru", "В Казани Россия и Китай провели переговоры.", "Казань", "RUS"),
        ("tr", "Polis Kahire'de göstericilere saldırdı.", "Kahire", "EGY"),
        ("tr", "İsrail Irak'ın kuzeyini bombaladı, çatışma Halep kentinde sürdü.", "Halep", "SYR"),
        ("ru", "Солдаты убиты в Ливане.", "Ливан", "LBN"),
    ],
)
def test_places_are_found_whatever_their_ending(language: str, text: str, name: str, country: str) -> None:
    places = [event.place for event in code_text(text, language, PUBLISHED)]
    assert (name, country) in [(place.name, place.country) for place in places if place]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ankara, Türk güçlerinin Suriye'de bir köyü bombaladığını yalanladı.", "denied"),
        ("Türkiye Suriye'ye saldırmadı.", "denied"),
        ("Türkiye Suriye'ye saldırabilir.", "hypothetical"),
        ("İran, İsrail'e saldırmakla tehdit etti.", "hypothetical"),
        ("İsrail, Lübnan'a saldırmış.", "actual"),
    ],
)
def test_turkish_verb_endings_and_what_governs_them_tell_the_status(text: str, status: str) -> None:
    attack = next(event for event in code_text(text, "tr", PUBLISHED) if event.plover_type == "ASSAULT")
    assert attack.status == status
