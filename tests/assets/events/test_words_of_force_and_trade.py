"""Words of force or trade that mean it by what stands beside them: arms bought, ships that ram, courts, sanctions."""

from datetime import date

import pytest

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_text
from assets.events.mentions.language import compiled_language
from assets.events.mentions.sentence import Sentence
from assets.vocabulary.coding import coding_languages
from assets.vocabulary.world import country_names

PUBLISHED = date(2026, 5, 12)


def main_event(text: str, language: str) -> CodedEvent:
    return code_text(text, language, PUBLISHED)[0]


def sides(event: CodedEvent) -> tuple[str | None, str | None]:
    return event.source and event.source.country, event.target and event.target.country


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("es", "Perú compró doce aviones de combate a Francia.", ("PER", "FRA")),
        ("en", "Poland ordered 250 tanks from the United States.", ("POL", "USA")),
        ("de", "Polen bestellte in Südkorea 48 Kampfflugzeuge.", ("POL", "KOR")),
        ("tr", "Polonya Güney Kore'den 48 savaş uçağı satın aldı.", ("POL", "KOR")),
        ("ar", "اشترت بولندا من كوريا الجنوبية 48 طائرة مقاتلة.", ("POL", "KOR")),
    ],
)
def test_arms_that_are_bought_neither_attack_nor_march(language: str, text: str, countries: tuple[str, str]) -> None:
    event = main_event(text, language)
    assert event.plover_type in ("COOPERATE", "AGREE")
    assert sides(event) == countries


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A Chinese coast guard ship rammed a Philippine supply vessel."),
        ("de", "Ein chinesisches Küstenwachschiff rammte ein philippinisches Versorgungsschiff."),
        ("fr", "Un navire des garde-côtes chinois a éperonné un bateau philippin."),
        ("es", "Un buque de la guardia costera china embistió un barco filipino."),
        ("ru", "Китайский сторожевой корабль протаранил филиппинское судно."),
        ("tr", "Çin sahil güvenlik gemisi bir Filipin teknesine çarptı."),
        ("ar", "صدمت سفينة صينية زورقا فلبينيا."),
    ],
)
def test_a_ship_that_rams_another_attacks(language: str, text: str) -> None:
    event = main_event(text, language)
    assert event.plover_type == "ASSAULT"
    assert sides(event) == ("CHN", "PHL")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Moldova won the support of Romania for its bid."),
        ("fr", "La Moldavie a reçu le soutien de la Roumanie."),
        ("tr", "Moldova Romanya'dan destek aldı."),
        ("ar", "تلقت مولدوفا دعما من رومانيا."),
    ],
)
def test_whose_support_somebody_gains_supports(language: str, text: str) -> None:
    event = main_event(text, language)
    assert event.plover_type == "SUPPORT"
    assert sides(event) == ("ROU", "MDA")


@pytest.mark.parametrize("target", ["dos empresas de Nicaragua", "Nicaragua"])
def test_spanish_sanctions_that_are_imposed_coerce(target: str) -> None:
    imposed = main_event(f"Estados Unidos impuso sanciones a {target}.", "es")
    assert (imposed.plover_type, imposed.mode, imposed.cameo_code) == ("COERCE", "restrict", "163")
    assert main_event("Perú rompió relaciones diplomáticas con Bolivia.", "es").plover_type == "SANCTION"
    assert main_event("Un juez peruano multó a una minera chilena.", "es").plover_type == "SANCTION"


def test_an_arabic_court_punishes_only_beside_a_penalty() -> None:
    assert code_text("قضت محكمة مدنية في القاهرة بحق الورثة في ملكية العقار.", "ar", PUBLISHED) == []
    assert code_text("قضت محكمة الأسرة في عمان بحضانة الأم لطفلها.", "ar", PUBLISHED) == []
    jailed = main_event("قضت محكمة جنائية في القاهرة بسجن وزير سابق خمس سنوات.", "ar")
    assert (jailed.plover_type, jailed.mode) == ("SANCTION", "convict")


@pytest.mark.parametrize("text", ["قدمت اليابان مليوني دولار لنيبال.", "منحت اليابان نيبال مليونا دولار."])
def test_arabic_duals_are_two_millions(text: str) -> None:
    event = main_event(text, "ar")
    assert (event.plover_type, event.amount, event.currency) == ("AID", 2_000_000, "USD")


@pytest.mark.parametrize(
    ("language", "alone", "with_its_capital"),
    [
        ("en", "Gabon condemned Congo.", "Gabon condemned Congo, and its envoy left Brazzaville."),
        ("de", "Gabun verurteilte den Kongo.", "Gabun verurteilte den Kongo; Brazzaville schwieg."),
        ("fr", "Le Gabon a condamné le Congo.", "Le Gabon a condamné le Congo ; Brazzaville s'est tu."),
        ("es", "Gabón condenó al Congo.", "Gabón condenó al Congo; Brazzaville guardó silencio."),
        ("ru", "Габон осудил Конго.", "Габон осудил Конго; Браззавиль промолчал."),
        ("tr", "Gabon Kongo'yu kınadı.", "Gabon Kongo'yu kınadı; Brazzavil sustu."),
        ("ar", "دانت الغابون الكونغو.", "دانت الغابون الكونغو؛ وصمتت برازافيل."),
    ],
)
def test_congo_is_kinshasas_unless_only_brazzaville_is_named(
    language: str, alone: str, with_its_capital: str
) -> None:
    assert sides(main_event(alone, language)) == ("GAB", "COD")
    assert sides(main_event(with_its_capital, language)) == ("GAB", "COG")


def test_no_ignored_phrase_hides_the_name_of_a_state() -> None:
    for language in coding_languages():
        names = country_names(language)
        for country in ("GNQ", "ROU", "USA", "OMN", "JOR", "TUR", "MLI", "PHL", "GEO", "TCD"):
            read = Sentence(names[country][0], compiled_language(language))
            words = [w for w in read.actor_words if not read.is_ignored(w)]
            assert any(w.meaning.country == country for w in words), (language, names[country][0])


def test_a_series_of_attacks_is_no_series_on_television() -> None:
    event = main_event("Unbekannte töteten bei einer Angriffsserie in Mali elf Soldaten.", "de")
    assert event.plover_type == "ASSAULT"
    assert sides(event) == (None, "MLI")


def test_a_french_ministry_of_health_is_its_countrys() -> None:
    assert sides(main_event("Le ministère de la Santé du Kenya a envoyé des vaccins en Ouganda.", "fr")) == (
        "KEN",
        "UGA",
    )
