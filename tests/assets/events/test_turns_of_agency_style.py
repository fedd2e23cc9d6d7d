"""What agencies write at length in English and German: parted verbs, set phrases, who is asked, whose home it is."""

from datetime import date

import pytest

from assets.events.mentions.actors.actor import DocumentContext
from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_sentence, code_text
from assets.events.mentions.language import compiled_language
from assets.events.mentions.places import find_place
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.separable import rejoined

PUBLISHED = date(2026, 5, 12)


def told(language: str, *sentences: str) -> list[CodedEvent]:
    """The events of the last of several sentences, best first."""
    context, events = DocumentContext(), list[CodedEvent]()
    for sentence in sentences:
        events = code_sentence(sentence, compiled_language(language), context, PUBLISHED)
    return events


def sides(event: CodedEvent) -> tuple[str | None, str | None]:
    return (event.source.country if event.source else None, event.target.country if event.target else None)


@pytest.mark.parametrize(
    ("text", "infinitive"),
    [
        ("Die Polizei nahm am Montag in der Altstadt bei mehreren Einsätzen gegen Gegner zehn Menschen fest.",
         "festnehmen"),
        ("Er wies die Kritik der Nachbarn in einer langen Rede vor den Abgeordneten zurück und ging.",
         "zurückweisen"),
        ("Ghana setzte, wie es hieß, die seit Jahren geleistete Hilfe aus.", "aussetzen"),
    ],
)  # fmt: skip
def test_a_verb_is_read_with_the_particle_that_ends_its_clause(text: str, infinitive: str) -> None:
    sentence = Sentence(text, compiled_language("de"))
    found = rejoined(sentence.language, sentence.tokens, sentence.analyses)
    assert [infinitive in analysis.keys for analysis in found.values()] == [True]


def test_a_preposition_before_its_noun_is_no_particle() -> None:
    sentence = Sentence("Er nahm Soldaten aus Togo mit nach Lomé.", compiled_language("de"))
    assert not rejoined(sentence.language, sentence.tokens, sentence.analyses)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Uganda schickte zwei Lazarettzüge nach Sambia.", ("AID", "UGA", "ZMB")),
        ("de", "Sambia drosselte die Stromlieferungen an Simbabwe.", ("COERCE", "ZMB", "ZWE")),
        ("de", "Irak brachte an einem Tag mehr als tausend Afghanen außer Landes.", ("COERCE", "IRQ", "AFG")),
        ("de", "In Chile bestreiken Lokführer seit Montag den Güterverkehr.", ("PROTEST", "CHL", None)),
        ("de", "In Harare wurde eine Redakteurin abgeführt.", ("COERCE", "ZWE", "ZWE")),
        ("de", "Malta stellte die Zahlungen an Libyen ein.", ("SANCTION", "MLT", "LBY")),
        ("de", "Estlands Innenminister stellte sein Amt zur Verfügung.", ("RETREAT", "EST", None)),
        ("de", "Ghana nahm das Angebot Togos nicht an.", ("REJECT", "GHA", "TGO")),
        ("en", "Zambia freed two Zimbabwean nurses.", ("RETREAT", "ZMB", "ZWE")),
        ("en", "Uganda has taken in about 700 refugees from South Sudan.", ("AID", "UGA", "SSD")),
        ("en", "Albania stripped nine exiled journalists of their citizenship.", ("COERCE", "ALB", "ALB")),
        ("en", "Malaysian officers boarded a Thai trawler and towed it to Penang.", ("COERCE", "MYS", "THA")),
        ("en", "Nepal sent the Chinese envoy packing.", ("SANCTION", "NPL", "CHN")),
        ("en", "Angola laid the blame for the raid on Zambia.", ("ACCUSE", "AGO", "ZMB")),
        ("en", "Zambia turned down an Angolan offer of talks.", ("REJECT", "ZMB", "AGO")),
        ("en", "Bandits made off with nine schoolgirls in Chad.", ("ASSAULT", None, "TCD")),
        ("en", "The president of Malawi agreed to repeal the tax decree.", ("CONCEDE", "MWI", None)),
    ],
)
def test_a_turn_of_phrase_tells_the_event(
    language: str, text: str, expected: tuple[str, str | None, str | None]
) -> None:
    event = code_text(text, language, PUBLISHED)[0]
    assert (event.plover_type, *sides(event)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana verlangte von Togo die Freigabe der Fischer.", ("GHA", "TGO")),
        ("Togo fordert von Benin den Abzug der Truppen.", ("TGO", "BEN")),
        ("Benin wurde von Togo zum Abzug der Truppen aufgefordert.", ("TGO", "BEN")),
    ],
)
def test_of_whom_it_is_demanded_is_no_doer_of_a_passive(text: str, expected: tuple[str, str]) -> None:
    event = next(e for e in code_text(text, "de", PUBLISHED) if e.plover_type == "REQUEST")
    assert sides(event) == expected


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Malawi's president refused to repeal the decree and imposed a curfew in four districts.", "COERCE"),
        ("de", "Malawis Präsident lehnte es ab, das Dekret aufzuheben, und rief den Ausnahmezustand aus.", "COERCE"),
    ],
)
def test_a_finite_verb_behind_what_was_refused_took_place(language: str, text: str, kind: str) -> None:
    event = next(e for e in code_text(text, language, PUBLISHED) if e.plover_type == kind)
    assert event.status == "actual"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Hundreds rallied outside the Zambian embassy in Harare.", ("ZWE", "ZMB")),
        ("de", "In Harare demonstrierten Hunderte vor der sambischen Botschaft.", ("ZWE", "ZMB")),
    ],
)
def test_a_protest_at_a_mission_is_against_its_state(language: str, text: str, expected: tuple[str, str]) -> None:
    event = next(e for e in code_text(text, language, PUBLISHED) if e.plover_type == "PROTEST")
    assert sides(event) == expected


def test_courts_and_police_whom_nobody_names_are_those_of_the_place() -> None:
    event = code_text("Two Zambian poets were arrested in Harare.", "en", PUBLISHED)[0]
    assert sides(event) == ("ZWE", "ZMB")


def test_police_are_of_where_the_last_event_was() -> None:
    event = told("en", "Zimbabwean nurses marched in Harare on Monday.", "The police detained four people.")[0]
    assert sides(event) == ("ZWE", "ZWE")


def test_a_disaster_that_killed_is_no_attack() -> None:
    assert not code_text(
        "Rescuers searched after an earthquake of magnitude 6 that killed 90 in Nepal.", "en", PUBLISHED
    )


def test_the_first_word_of_a_name_is_no_town_of_its_own() -> None:
    sentence = Sentence("Masked men burned a bus in San Kiburi on Monday.", compiled_language("en"))
    assert find_place(sentence, [], 0, ()) is None
