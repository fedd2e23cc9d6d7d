"""Places by name: whose namesake is meant, what stays ambiguous, and how exactly a place is known."""

from datetime import date

import pytest

from assets.cleaned.documents.rows import CleanedDocument
from assets.cleaned.spans.rows import Span
from assets.events.mentions.coder import code_document, code_text
from assets.events.mentions.gazetteer import Nearby, Place, find_city, find_division, is_listed
from assets.events.mentions.rows import Mention
from assets.translated.segments.rows import Segment
from assets.vocabulary.divisions import division_name, divisions
from assets.vocabulary.files import languages_with
from assets.vocabulary.place_names import standard_place_name
from assets.vocabulary.town_names import town_names

PUBLISHED = date(2026, 1, 22)


def place_of(text: str, language: str) -> Place | None:
    return next((e.place for e in code_text(text, language, PUBLISHED) if e.place), None)


def mentions_of(*sentences: str) -> list[Mention]:
    body = " ".join(sentences)
    page = CleanedDocument(
        document_id="d", batch="b", url=None, title=None, authors=(), publisher="P", published=PUBLISHED,
        published_precision="day", published_basis="meta", language="en", text=body, canonical_document_id="d",
        dropped_share=0.0, mojibake=False,
    )  # fmt: skip
    starts = [body.index(s) for s in sentences]
    segments = [
        Segment(
            segment_id=f"s{n}", document_id="d", batch="b", position=n, paragraph=0, language="en", reason=None,
            source_text=text, source_start=start, source_end=start + len(text), english_text=text, engine="source",
            model=None, status="source", quality=None, flags=(),
        )
        for n, (text, start) in enumerate(zip(sentences, starts, strict=True))
    ]  # fmt: skip
    return code_document(page, segments, [Span("d", 0, "b", 0, 0, len(body), 0, len(body))])


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Libyan police arrested protesters in Tripoli.", "LBY"),
        ("Lebanese police arrested protesters in Tripoli.", "LBN"),
        ("Police in Georgia's army shelled a camp near Córdoba in Spain.", "ESP"),
        ("Argentine police arrested protesters in Córdoba.", "ARG"),
        ("Gunmen from Mali shelled a camp near Gao.", "MLI"),
        ("Gunmen from Burkina Faso shelled a camp near Gao.", "BFA"),
    ],
)
def test_a_country_that_the_sentence_names_tells_namesakes_apart(sentence: str, country: str) -> None:
    place = place_of(sentence, "en")
    assert place is not None and place.country == country
    assert place.precision == "point"


def test_a_country_that_the_page_named_before_tells_them_apart_too() -> None:
    (lebanese,) = mentions_of("Lebanon is tense.", "Police arrested protesters in Tripoli.")
    assert (lebanese.place_country, lebanese.place_admin1, lebanese.place_ambiguous) == ("LBN", "LB.09", False)
    assert lebanese.target_country == "LBN"


def test_namesakes_of_a_size_are_marked_where_nothing_tells_them_apart() -> None:
    alone, dwarfed = place_of("Gunmen attacked a market in Hyderabad.", "en"), place_of("Rebels hit Paris.", "en")
    assert alone is not None and alone.ambiguous  # of India or of Pakistan
    told = place_of("Pakistani gunmen attacked a market in Hyderabad.", "en")
    assert told is not None and (told.country, told.ambiguous) == ("PAK", False)
    assert dwarfed is None or not dwarfed.ambiguous  # nobody means Paris in Texas


@pytest.mark.parametrize(
    ("language", "sentence", "code", "name"),
    [
        ("en", "Gunmen attacked an army post in the Kidal region.", "ML.10", "Kidal"),
        ("en", "Rebels shelled a village in the northern region of Kidal in Mali.", "ML.10", "Kidal"),
        ("en", "Soldiers killed rebels in Borno State in Nigeria.", "NG.27", "Borno"),
        ("fr", "Des rebelles ont attaqué un convoi dans la région de Tombouctou, au Mali.", "ML.08", "Tombouctou"),
        ("es", "El ejército colombiano bombardeó un campamento en el departamento de Cauca.", "CO.09", "Cauca"),
        ("ar", "قصف الجيش المالي مواقع للمسلحين في منطقة كيدال.", "ML.10", "Kidal"),
        ("ru", "Боевики обстреляли село в Курской области.", "RU.41", "Kurskaya oblast'"),
        ("tr", "Suriye ordusu Halep ilinde bir köyü bombaladı.", "SY.09", "Ḩalab"),
    ],
)
def test_a_word_for_a_division_makes_it_one_in_any_language(
    language: str, sentence: str, code: str, name: str
) -> None:
    place = place_of(sentence, language)
    assert place is not None
    assert (place.admin1, place.admin1_name, place.precision) == (code, name, "admin1")
    assert place.latitude is None and place.geonames_id == divisions()[code].geonames_id


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("ar", "وصل رئيس الوزراء الأردني إلى مسقط في زيارة رسمية.", "Muscat"),
        ("es", "El canciller de Uruguay llegó a Asunción para reunirse con su homólogo paraguayo.", "Asunción"),
        ("tr", "Azerbaycan parlamento heyeti salı günü Ankara'ya geldi.", "Ankara"),
        ("ru", "Министр энергетики Казахстана прибыл в Бишкек.", "Bishkek"),
    ],
)
def test_who_visits_those_in_a_capital_is_there(language: str, sentence: str, name: str) -> None:
    place = place_of(sentence, language)
    assert place is not None and place.precision == "point"
    known = find_city(name, "en", Nearby({place.country}))
    assert known is not None and known.geonames_id == place.geonames_id


def test_a_country_is_no_town_of_its_name() -> None:
    place = place_of(
        "Unterhändler aus Armenien und Georgien haben sich in Genf unter Vermittlung der Schweiz getroffen.", "de"
    )
    assert place is not None and place.name == "Genf"


def test_a_place_of_what_is_planned_is_not_that_of_what_took_place() -> None:
    events = code_text(
        "The two foreign ministers spoke by telephone on Monday and are to meet in Guayaquil.", "en", PUBLISHED
    )
    places = {event.status: event.place for event in events}
    assert places["actual"] is None
    planned = places["planned"]
    assert planned is not None and planned.name == "Guayaquil"


def test_divisions_have_names_in_their_own_scripts_and_none_is_made_up() -> None:
    assert division_name("ML.05") == "Ségou" and division_name("XX.99") is None and division_name(None) is None
    found = find_division("محافظة حلب", Nearby(set()), said_to_be=True)
    assert found is not None and found.admin1 == "SY.09"
    assert find_division("Centre", Nearby(set()), said_to_be=False) is None


@pytest.mark.parametrize(
    ("language", "sentence", "town", "country"),
    [
        ("ar", "قُتل شرطيان في خاركيف مساء السبت.", "Kharkiv", "UKR"),
        ("ar", "أصيب ستة متظاهرين في ديار بكر.", "Diyarbakır", "TUR"),
        ("ar", "قتل مسلحون حارسا في الإسكندرية.", "Alexandria", "EGY"),
        ("ru", "Двое полицейских были убиты в Эйлате.", "Eilat", "ISR"),
        ("ru", "Полиция задержала десятки протестующих в Оше.", "Osh", "KGZ"),
        ("tr", "Cenin'de iki polis öldürüldü.", "Janīn", "PSE"),
        ("tr", "Kamışlı'da düzenlenen saldırıda üç asker öldü.", "Al Qāmishlī", "SYR"),
    ],
)
def test_what_a_language_calls_a_town_is_known(language: str, sentence: str, town: str, country: str) -> None:
    place = place_of(sentence, language)
    assert place is not None and place.country == country
    assert standard_place_name(place.geonames_id, None, None) == town


@pytest.mark.parametrize(
    ("language", "sentence", "country"),
    [
        ("tr", "Los Angeles'ta üç kişi öldürüldü.", "USA"),
        ("tr", "Rio de Janeiro'da polis onlarca göstericiyi gözaltına aldı.", "BRA"),
        ("ru", "В Нью-Йорке полиция задержала десятки протестующих.", "USA"),
        ("ru", "Полиция задержала протестующих в Рио-де-Жанейро.", "BRA"),
    ],
)
def test_a_name_of_several_words_is_read_whole_with_its_ending(language: str, sentence: str, country: str) -> None:
    place = place_of(sentence, language)
    assert place is not None and place.country == country


def test_every_listed_town_is_found_by_every_name() -> None:
    for language in languages_with("places.toml"):
        for number, names in town_names(language).items():
            for name in names:
                found = find_city(name, language, Nearby(()))
                assert is_listed(name, language) and found is not None and found.geonames_id == number, (name, found)


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Un attentat à Karachi a fait dix morts.", "PAK"),
        ("La police a arrêté des manifestants à Istanbul.", "TUR"),
        ("Trois personnes ont été tuées à Lviv.", "UKR"),
    ],
)
def test_before_a_town_a_preposition_of_the_receiver_tells_where_in_french(sentence: str, country: str) -> None:
    place = place_of(sentence, "fr")
    assert place is not None and place.country == country


@pytest.mark.parametrize(
    ("language", "sentence", "guest", "host"),
    [
        ("en", "The French minister travelled to Goma on Tuesday.", "FRA", "COD"),
        ("fr", "Le ministre français s'est rendu à Goma mardi.", "FRA", "COD"),
        ("es", "El canciller brasileño viajó el lunes a Medellín.", "BRA", "COL"),
    ],
)
def test_who_travels_to_a_town_abroad_visits_its_country(language: str, sentence: str, guest: str, host: str) -> None:
    (visit,) = code_text(sentence, language, PUBLISHED)
    assert visit.plover_type == "CONSULT" and visit.source and visit.target
    assert (visit.source.country, visit.target.country) == (guest, host)


def test_who_travels_at_home_visits_nobody() -> None:
    assert not [e for e in code_text("Le président français s'est rendu à Marseille.", "fr", PUBLISHED) if e.target]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Iran massed troops near the border with Iraq."),
        ("de", "Litauen hat 600 Soldaten an die Grenze zu Belarus verlegt."),
        ("fr", "Le Tchad a déployé des soldats à la frontière avec le Soudan."),
        ("es", "Colombia desplegó tropas en la frontera con Venezuela."),
        ("ru", "Польша разместила войска на границе с Белоруссией."),
        ("ar", "نشرت تونس قوات على الحدود مع الجزائر."),
        ("tr", "Türkiye, Irak sınırına asker gönderdi."),
    ],
)
def test_what_happens_at_a_border_is_not_placed_beyond_it(language: str, text: str) -> None:
    (event,) = code_text(text, language, PUBLISHED)
    assert event.target is not None and event.target.country
    assert event.place is None


def test_charges_from_a_capital_are_rejected_towards_it_and_not_there() -> None:
    (event,) = code_text("Belarus wies die Vorwürfe aus Vilnius zurück.", "de", PUBLISHED)
    assert event.target is not None and event.target.country == "LTU" and event.place is None
