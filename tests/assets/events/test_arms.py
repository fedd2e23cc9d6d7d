"""Equipment in a sentence: who gives whom what, at which stage, how many, for how much; in every coding language."""

import pytest

from assets.events.arms.find import find_arms
from tests.assets.events.told import PUBLISHED, told

Found = tuple[str, str | None, str | None, str, int | None, tuple[float, str] | None]


def found(language: str, text: str) -> list[Found]:
    segment, mentions = told(language, text)
    rows = find_arms(segment, mentions, PUBLISHED)
    assert all(text[row.start : row.end] == row.equipment_text for row in rows)
    sums = [(r.amount, r.currency) if r.amount and r.currency else None for r in rows]
    return [
        (r.equipment, r.supplier_country, r.recipient_country, r.stage, r.quantity, money)
        for r, money in zip(rows, sums, strict=True)
    ]


@pytest.mark.parametrize(
    ("language", "text", "row"),
    [
        (
            "en", "Germany delivered 18 howitzers to Ukraine on Monday.",
            ("artillery", "DEU", "UKR", "delivered", 18, None),
        ),
        (
            "de", "Deutschland lieferte der Ukraine am Montag 18 Haubitzen.",
            ("artillery", "DEU", "UKR", "delivered", 18, None),
        ),
        (
            "fr", "La France a livré 30 véhicules blindés au Liban.",
            ("armoured-vehicles", "FRA", "LBN", "delivered", 30, None),
        ),
        (
            "ar", "سلمت تركيا الجيش الصومالي 12 عربة مدرعة.",
            ("armoured-vehicles", "TUR", "SOM", "delivered", 12, None),
        ),
        (
            "tr", "Türkiye, Somali ordusuna 15 zırhlı araç teslim etti.",
            ("armoured-vehicles", "TUR", "SOM", "delivered", 15, None),
        ),
        (
            "en", "Mali received six Turkish drones worth 40 million dollars.",
            ("drones", "TUR", "MLI", "delivered", 6, (40e6, "USD")),
        ),
        (
            "es", "Perú compró a Corea del Sur 24 aviones de combate por 3.000 millones de dólares.",
            ("aircraft", "KOR", "PER", "ordered", 24, (3e9, "USD")),
        ),
        (
            "tr", "Azerbaycan, İsrail'den 2 milyar dolarlık füze satın aldı.",
            ("missiles", "ISR", "AZE", "ordered", None, (2e9, "USD")),
        ),
    ],
)  # fmt: skip
def test_who_supplies_whom(language: str, text: str, row: Found) -> None:
    assert found(language, text) == [row]


def test_a_number_belongs_to_the_equipment_next_to_it() -> None:
    assert found("ru", "Россия передала Мали четыре вертолёта и радар.") == [
        ("helicopters", "RUS", "MLI", "delivered", 4, None),
        ("air-defence", "RUS", "MLI", "delivered", None, None),
    ]


def test_an_order_for_weapons_is_no_order_to_soldiers() -> None:
    (row,) = found("en", "Poland ordered 250 tanks from South Korea for 4.9 billion dollars.")
    assert row == ("armoured-vehicles", "KOR", "POL", "ordered", 250, (4.9e9, "USD"))


def test_who_offers_to_sell_has_sold_nothing() -> None:
    assert found("en", "Iran offered to sell missiles to Sudan.") == [
        ("missiles", "IRN", "SDN", "offered", None, None)
    ]


def test_words_of_equipment_are_no_fight() -> None:
    (row,) = found("es", "España entregó diez carros de combate a Ucrania.")
    assert row[0] == "armoured-vehicles" and row[3:5] == ("delivered", 10)


@pytest.mark.parametrize(
    "text",
    [
        "Turkey delivered 20 body armour vests and 300 helmets to the Malian army.",
        "Turkey donated radios, uniforms and generators to the army of Mali.",
    ],
)
def test_what_an_army_is_given_counts_though_no_word_lists_it(text: str) -> None:
    assert found("en", text) == [("other", "TUR", "MLI", "delivered", None, None)]


@pytest.mark.parametrize(
    "text",
    ["Saudi Arabia delivered 40 tonnes of dates to Yemen.", "The president of Mali met the Turkish army's chief."],
)
def test_what_civilians_are_given_and_who_meets_soldiers_are_no_arms(text: str) -> None:
    assert found("en", text) == []


def test_cooperation_that_is_its_own_name_has_the_parties_of_its_mention() -> None:
    offer = "Togo's government condemned the attack and offered to share intelligence with Benin."
    assert found("en", offer) == [("intelligence", "TGO", "BEN", "offered", None, None)]


def test_a_museum_has_no_arms_to_count() -> None:
    assert found("en", "The museum shows a howitzer of 1914.") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Turkey has provided support to Mali, with anticipated assistance that includes heavy artillery."),
        ("fr", "La Turquie a aidé le Mali ; l'aide attendue comprend de l'artillerie."),
        ("es", "Turquía ayudó a Malí con un envío previsto de artillería."),
    ],
)
def test_what_is_expected_beside_help_that_came_is_not_delivered(language: str, text: str) -> None:
    assert [(row[0], row[3]) for row in found(language, text)] == [("artillery", "offered")]


def test_what_was_planned_and_came_is_delivered() -> None:
    assert found("en", "After planned talks, Turkey delivered artillery to Mali.")[0][3] == "delivered"
