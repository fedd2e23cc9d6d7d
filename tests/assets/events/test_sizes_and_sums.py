"""How many people took part or were affected, and sums of money, in every language."""

import pytest

from assets.events.mentions.coder import code_text


@pytest.mark.parametrize(
    ("language", "text", "plover_type", "size"),
    [
        ("en", "Some 5,000 angry farmers marched in Lima on Monday against the government of Peru.", "PROTEST", 5000),
        ("en", "Thousands protested in Nairobi.", "PROTEST", 2000),
        ("en", "Police in Uganda arrested nine protesters on Friday.", "COERCE", 9),
        ("en", "Protesters marched 12 km through Nairobi.", "PROTEST", None),
        ("ar", "تظاهر آلاف الأشخاص في تونس ضد الحكومة.", "PROTEST", 2000),
        ("de", "Rund 3.000 Menschen demonstrierten in Berlin gegen die Regierung.", "PROTEST", 3000),
        ("es", "Miles de personas protestaron en Bogotá.", "PROTEST", 2000),
        ("fr", "Le Sénégal a expulsé douze diplomates russes.", "SANCTION", 12),
        ("ru", "Полиция в Минске задержала 40 демонстрантов.", "COERCE", 40),
        ("tr", "Ankara'da 200 kişi hükümeti protesto etti.", "PROTEST", 200),
    ],
)
def test_people_are_counted(language: str, text: str, plover_type: str, size: int | None) -> None:
    event = next(e for e in code_text(text, language) if e.plover_type == plover_type)
    assert event.size == size


@pytest.mark.parametrize(
    ("language", "text", "amount", "currency"),
    [
        ("en", "Japan granted Nepal 20 million dollars for schools.", 20_000_000, "USD"),
        ("en", "The European Union pledged €1.5 billion in aid to Ukraine.", 1_500_000_000, "EUR"),
        ("en", "Japan granted Nepal 20 ambulances.", None, None),
        ("ar", "منحت قطر لبنان 60 مليون دولار.", 60_000_000, "USD"),
        ("de", "Deutschland gab Mali 12 Millionen Euro Hilfe.", 12_000_000, "EUR"),
        ("ru", "Япония предоставила Непалу 20 миллионов долларов.", 20_000_000, "USD"),
    ],
)
def test_sums_are_read(language: str, text: str, amount: float | None, currency: str | None) -> None:
    event = next(e for e in code_text(text, language) if e.plover_type in ("AID", "AGREE"))
    assert (event.amount, event.currency) == (amount, currency)
