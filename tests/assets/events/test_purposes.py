"""A strike, blockade or hunger strike and the words that say what it protests against are one protest."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 3, 25)


@pytest.mark.parametrize(
    ("language", "mode", "text"),
    [
        ("en", "strike", "Dock workers in Lisbon went on strike on Thursday to protest against a government plan."),
        ("ru", "obstruct", "Жители Киргизии перекрыли дорогу, протестуя против отключений воды."),
        ("ar", "hunger", "خاض معتقلون تونسيون إضرابا عن الطعام احتجاجا على ظروف سجنهم."),
        ("fr", "strike", "Des enseignants tunisiens ont fait grève pour protester contre le gouvernement."),
        ("es", "obstruct", "Camioneros bolivianos bloquearon la carretera en protesta contra el Gobierno."),
        ("de", "obstruct", "Kenianische Bauern blockierten aus Protest gegen die Regierung eine Straße."),
        ("tr", "obstruct", "Kenyalı çiftçiler hükümeti protesto etmek için yolu kapattı."),
    ],
)
def test_what_a_protest_is_for_is_no_second_protest(language: str, mode: str, text: str) -> None:
    assert [e.mode for e in code_text(text, language, PUBLISHED) if e.plover_type == "PROTEST"] == [mode]


def test_the_words_of_purpose_lend_whom_it_is_against() -> None:
    (protest,) = code_text("Camioneros bolivianos bloquearon la vía en protesta contra el Gobierno.", "es", PUBLISHED)
    assert protest.target and (protest.target.country, protest.target.sector) == ("BOL", "GOV")


def test_two_acts_that_and_joins_stay_two() -> None:
    found = code_text("Kenyan farmers marched in Nairobi and blocked a road.", "en", PUBLISHED)
    assert [e.mode for e in found] == ["demo", "obstruct"]
