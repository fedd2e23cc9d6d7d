"""German frames: articles that tell the case, verbs behind relative clauses, names between a role and its partner."""

from __future__ import annotations

from datetime import date

import pytest

from assets.events.mentions.actors.actor import DocumentContext
from assets.events.mentions.coder import code_sentence, code_text
from assets.events.mentions.language import compiled_language

PUBLISHED = date(2026, 5, 13)  # a Wednesday


def _sides(text: str) -> set[tuple[str, str | None, str | None]]:
    return {
        (e.plover_type, e.source and e.source.country, e.target and e.target.country)
        for e in code_text(text, "de", PUBLISHED)
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # an article that no subject has
        ("Den belarussischen Botschafter wies Polen aus.", ("SANCTION", "POL", "BLR")),
        ("Dem Iran warf Israel vor, die Miliz zu bewaffnen.", ("ACCUSE", "ISR", "IRN")),
        ("Die Schweiz hat der Ukraine zwölf Krankenwagen geliefert.", ("AID", "CHE", "UKR")),
        ("Die Vorwürfe Australiens wies China als haltlos zurück.", ("REJECT", "CHN", "AUS")),
        # a main clause that goes on behind the relative clause of its subject
        (
            "Frankreichs Außenministerin, die am Montag in Dakar weilte, kritisierte die malische Junta.",
            ("ACCUSE", "FRA", "MLI"),
        ),
        # who says so, and adds with "und"
        (
            "Moskau setze Streumunition ein, teilte das ukrainische Außenministerium mit und warf Russland "
            "Kriegsverbrechen vor.",
            ("ACCUSE", "UKR", "RUS"),
        ),
        # a name between a role and "und"
        (
            "Der chinesische Minister Dong Jun und sein pakistanischer Amtskollege sprachen in Islamabad.",
            ("CONSULT", "CHN", "PAK"),
        ),
        # a minister named with his office is not whom he appeals to
        ("Bundesaußenminister Wadephul hat an den Iran appelliert.", ("REQUEST", "DEU", "IRN")),
        # those in power whom a protest is against, before the verb
        (
            "In Lyon sind 8000 Menschen gegen die Politik der französischen Regierung auf die Straße gegangen.",
            ("PROTEST", "FRA", "FRA"),
        ),
        # where those who open the clause come from
        ("Soldaten aus dem Tschad haben ein Dorf im Sudan angegriffen.", ("ASSAULT", "TCD", "SDN")),
        # a part of a country, and the town behind its class
        (
            "Bei einem russischen Drohnenangriff auf die südukrainische Hafenstadt Odessa kamen drei Menschen um.",
            ("ASSAULT", "RUS", "UKR"),
        ),
        # whose police it was, by who tells it
        (
            "Wie die malische Regierung mitteilte, wurde ein französischer Staatsbürger wegen Spionage festgenommen.",
            ("COERCE", "MLI", "FRA"),
        ),
    ],
)
def test_who_does_it_to_whom(text: str, told: tuple[str, str | None, str | None]) -> None:
    assert told in _sides(text)


def test_the_present_passive_is_no_future() -> None:
    events = code_text("In Minsk wird ein polnischer Journalist zu acht Jahren Haft verurteilt.", "de", PUBLISHED)
    assert [e.status for e in events if e.plover_type == "SANCTION"] == ["actual"]


def test_a_city_between_an_office_and_a_name_is_a_first_name() -> None:
    text = "Paraguays Staatschef Santiago Peña bot Bolivien seine Vermittlung an."
    countries = {c for _, *sides in _sides(text) for c in sides}
    assert "CHL" not in countries


def test_a_weekday_with_its_time_of_day_dates() -> None:
    events = code_text("Die Polizei in Minsk nahm am Sonntagabend vier Journalisten fest.", "de", PUBLISHED)
    assert events[0].event_date == date(2026, 5, 10)


def test_a_pronoun_behind_a_verb_of_speech_is_whom_the_sentence_before_told_of() -> None:
    language, context = compiled_language("de"), DocumentContext()
    code_sentence("Gambias Außenminister kritisierte die EU.", language, context, PUBLISHED)
    events = code_sentence("Man werde den Botschafter Spaniens ausweisen, drohte er.", language, context, PUBLISHED)
    assert [e.source and e.source.country for e in events if e.plover_type == "THREATEN"] == ["GMB"]


def test_sanctions_that_a_body_decrees_are_not_against_those_where_it_sits() -> None:
    events = code_text("Die EU verhängte am Montag in Brüssel Sanktionen gegen zwölf Offiziere.", "de", PUBLISHED)
    assert all(e.target is None or e.target.country != "BEL" for e in events)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # prepositions that tell by the verb whom they mark
        ("Großbritannien hat das Vermögen von sechs russischen Oligarchen eingefroren.", ("COERCE", "GBR", "RUS")),
        ("Serbiens Präsident empörte sich über Kroatien.", ("ACCUSE", "SRB", "HRV")),
        ("Japan hat sich bei Südkorea für die Kolonialzeit entschuldigt.", ("SUPPORT", "JPN", "KOR")),
        ("Der Libanon erhielt aus dem Irak eine weitere Lieferung Heizöl.", ("AID", "IRQ", "LBN")),
        # whose wish is backed, before the body that it is about
        ("Lettland stellt sich hinter den Beitrittswunsch der Ukraine zur Nato.", ("SUPPORT", "LVA", "UKR")),
        # what is sent out and the aim of it
        (
            "Großbritannien ließ Kampfjets aufsteigen, um russische Bomber abzufangen.",
            ("MOBILIZE", "GBR", "RUS"),
        ),
        # a finite verb behind "und" is not what somebody is asked to do
        (
            "Österreichs Außenministerin mahnte Serbien zur Mäßigung und stellte die Entsendung von Beobachtern in "
            "Aussicht.",
            ("AGREE", "AUT", "SRB"),
        ),
        # the one other country of the sentence, where only what is given is told
        ("Senegals Präsident warb in Accra um Hilfe; Ghana sagte Ausbilder zu.", ("AGREE", "GHA", "SEN")),
        # those who act together at somebody's border
        (
            "Rumänische und bulgarische Grenzschützer gehen gemeinsam an der türkischen Grenze auf Streife.",
            ("COOPERATE", "ROU", "BGR"),
        ),
        # a dash between two names parts no clauses
        (
            "Ungarn und Serbien haben die Bahnstrecke Budapest–Belgrad in Betrieb genommen.",
            ("COOPERATE", "HUN", "SRB"),
        ),
        # those in power, of the country that the clause before is about
        ("Belgrad lenkt ein: Die Regierung erfüllt die Forderung der Studenten.", ("CONCEDE", "SRB", "SRB")),
        ("Scharfe Kritik aus Ankara an Athen: Die Meeresparks seien rechtswidrig.", ("ACCUSE", "TUR", "GRC")),
        ("Die türkische Botschaft in Damaskus ist am Samstag wieder eröffnet worden.", ("SUPPORT", "TUR", "SYR")),
    ],
)
def test_whom_prepositions_and_clauses_beside_tell(text: str, told: tuple[str, str | None, str | None]) -> None:
    assert told in _sides(text)


def test_a_city_in_the_genitive_tells_whose_a_role_is() -> None:
    assert ("COERCE", "TUR", "TUR") in _sides("Istanbuls Bürgermeister Imamoglu wurde am Mittwoch festgenommen.")


def test_both_are_not_those_where_somebody_stays() -> None:
    language, context = compiled_language("de"), DocumentContext()
    code_sentence("Kirgisistan und Tadschikistan zogen ihre Truppen ab.", language, context, PUBLISHED)
    text = "Österreichs Außenministerin, die sich in Astana aufhält, mahnte beide Regierungen zur Mäßigung."
    events = code_sentence(text, language, context, PUBLISHED)
    asked = {e.target and e.target.country for e in events if e.plover_type == "REQUEST"}
    assert asked == {"KGZ", "TJK"}
