"""Verbs of agency prose that tell an event by their object: bans, deals, orders to leave; in trade and sport none."""

from datetime import date

import pytest

from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "de",
            "Die Präsidenten Kenias und Ugandas kamen am Mittwoch in Entebbe zusammen.",
            ("CONSULT", "KEN", "UGA"),
        ),
        ("de", "Indien und Japan begannen am Montag gemeinsame Seemanöver.", ("COOPERATE", "IND", "JPN")),
        ("de", "Chile und Peru legten am Freitag ihren Streit um Fischgründe bei.", ("AGREE", "CHL", "PER")),
        ("de", "Benin setzte dem französischen Botschafter eine Frist von drei Tagen.", ("THREATEN", "BEN", "FRA")),
        ("de", "Die Slowakei blockierte am Mittwoch die Auszahlung der Militärhilfe.", ("REJECT", "SVK", None)),
        ("de", "Frankreich entsandte eine Fregatte und zwei U-Boote.", ("MOBILIZE", "FRA", None)),
        ("de", "Kämpfer der Al-Shabaab stürmten am Freitag eine Kaserne in Kismayo.", ("ASSAULT", "SOM", "SOM")),
        ("de", "Russland überzog die Ukraine erneut mit Raketen.", ("ASSAULT", "RUS", "UKR")),
        ("en", "Chile and Peru struck a deal on fishing grounds on Friday.", ("AGREE", "CHL", "PER")),
        ("en", "Ghana and Togo have settled a dispute over their sea border.", ("AGREE", "GHA", "TGO")),
        ("en", "Ecuador extradited a gang leader to the United States on Friday.", ("COOPERATE", "ECU", "USA")),
        ("en", "Kenya's government shelved a tax on bread.", ("CONCEDE", "KEN", None)),
        ("en", "Vietnam dispatched two coastguard vessels to the reef.", ("MOBILIZE", "VNM", None)),
        ("de", "Sudans Armee blieb den Friedensgesprächen in Genf fern.", ("REJECT", "SDN", None)),
        ("en", "Chad ordered two French diplomats to leave on Monday.", ("SANCTION", "TCD", "FRA")),
        ("en", "The last German troops pulled out of Mali on Friday.", ("RETREAT", "DEU", None)),
        ("en", "Georgia labelled the election monitors a foreign agent on Friday.", ("COERCE", "GEO", None)),
        ("en", "Gang members torched a courthouse in Haiti's capital.", ("ASSAULT", None, "HTI")),
    ],
)
def test_a_verb_and_its_object_tell_the_event(
    language: str, text: str, told: tuple[str, str | None, str | None]
) -> None:
    event = code_text(text, language, PUBLISHED)[0]
    kind, source, target = told
    assert event.plover_type == kind
    assert (event.source and event.source.country) == source
    assert target is None or (event.target and event.target.country) == target


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Turkey's central bank froze interest rates on Thursday."),
        ("en", "The US bank rebuffed a takeover offer from its Canadian rival on Thursday."),
        ("en", "Microsoft struck a deal to buy the French games studio on Monday."),
        ("de", "Microsoft einigte sich mit dem französischen Studio auf eine Übernahme."),
        ("de", "Der Orkan überzog Frankreich mit Regen."),
        ("de", "Die Bayern stürmten in Hamburg an die Tabellenspitze."),
    ],
)
def test_the_same_verbs_in_trade_sport_and_weather_tell_none(language: str, text: str) -> None:
    assert not code_text(text, language, PUBLISHED)
