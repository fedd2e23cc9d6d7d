"""How the clauses of a sentence stand to each other: what is demanded, told as a reason, set off, paired."""

from datetime import date

import pytest

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_text

PUBLISHED = date(2026, 5, 12)


def coded(text: str, language: str) -> list[CodedEvent]:
    return code_text(text, language, PUBLISHED)


def countries(events: list[CodedEvent], side: str, plover_type: str) -> set[str | None]:
    sides = [getattr(event, side) for event in events if event.plover_type == plover_type]
    return {party.country for party in sides if party}


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("de", "Berlin forderte Moskau auf, seine Truppen aus der Region zurückzuziehen.", "RUS"),
        ("de", "Kenia rief Uganda auf, seine Soldaten abzuziehen.", "UGA"),
        ("ru", "Токио потребовал от Москвы вывести войска с островов.", "RUS"),
        ("tr", "Norveç, Çad'ı Nijer'deki askerlerini geri çekmeye çağırdı.", "TCD"),
        ("tr", "Norveç, Çad'dan Nijer'deki askerlerini geri çekmesini istedi.", "TCD"),
        ("tr", "Fransa, Rusya'nın Ukrayna'dan çekilmesini istedi.", "RUS"),
    ],
)
def test_who_is_asked_for_an_act_is_the_target_and_would_do_it(language: str, text: str, asked: str) -> None:
    events = coded(text, language)
    assert events[0].plover_type == "REQUEST"
    assert events[0].target and events[0].target.country == asked
    inner = [event for event in events if event.plover_type == "RETREAT"]
    assert all(event.status == "hypothetical" for event in inner)
    assert all(event.source and event.source.country == asked for event in inner)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "After clashes between Armenia and Azerbaijan, France urged both sides to withdraw."),
        ("de", "Nach Gefechten zwischen Armenien und Aserbaidschan rief Frankreich beide Seiten zum Rückzug auf."),
        (
            "fr",
            "Après des heurts entre l'Arménie et l'Azerbaïdjan, la France a exhorté les deux parties à se retirer.",
        ),
        ("es", "Tras los choques entre Armenia y Azerbaiyán, Francia instó a ambas partes a retirarse."),
        ("ru", "После столкновений между Арменией и Азербайджаном Франция призвала обе стороны отвести войска."),
        (
            "tr",
            "Ermenistan ile Azerbaycan arasındaki çatışmaların ardından Fransa iki tarafı geri çekilmeye çağırdı.",
        ),
        ("ar", "بعد اشتباكات بين أرمينيا وأذربيجان، حثت فرنسا الطرفين على سحب قواتهما."),
    ],
)
def test_both_sides_are_the_two_named_and_not_who_speaks_to_them(language: str, text: str) -> None:
    events = coded(text, language)
    assert events[0].plover_type == "REQUEST"
    assert countries(events, "target", "REQUEST") == {"ARM", "AZE"}


def test_both_sides_stand_for_nobody_where_no_two_are_known() -> None:
    assert all(
        event.target is None or event.target.country is None
        for event in coded("Brasil pidió a ambas partes que se retiren.", "es")
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jordan recalled its ambassador because Israel bombed a field hospital."),
        ("de", "Weil Israel ein Lazarett bombardiert hatte, rief Jordanien seinen Botschafter zurück."),
        ("fr", "La Jordanie a rappelé son ambassadeur parce qu'Israël avait bombardé un hôpital."),
    ],
)
def test_a_reason_is_never_the_main_event_and_tells_whose_host_is_left(language: str, text: str) -> None:
    main = coded(text, language)[0]
    assert (main.plover_type, main.mode) == ("SANCTION", "withdraw")
    assert main.source and main.target
    assert (main.source.country, main.target.country) == ("JOR", "ISR")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nigeria deployed soldiers to Plateau after herders were killed."),
        ("es", "Nigeria desplegó soldados en Plateau después de que murieran nueve pastores."),
        ("ar", "نشرت نيجيريا قوات في ولاية بلاتو بعد أن قتل مسلحون تسعة رعاة."),
    ],
)
def test_who_sends_soldiers_after_a_killing_has_not_killed(language: str, text: str) -> None:
    events = coded(text, language)
    assert events[0].plover_type == "MOBILIZE"
    assert "NGA" not in countries(events, "source", "ASSAULT")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Egipto condenó los actos de violencia que golpearon a civiles en Sudán."),
        ("en", "Egypt condemned the violence that killed nine civilians in Sudan."),
        ("fr", "L'Égypte a condamné les violences qui ont frappé des civils au Soudan."),
        ("ar", "أدانت مصر أعمال العنف التي استهدفت مدنيين في السودان."),
    ],
)
def test_a_relative_clause_behind_another_verb_is_not_about_its_subject(language: str, text: str) -> None:
    events = coded(text, language)
    assert events[0].plover_type == "ACCUSE"
    assert "EGY" not in countries(events, "source", "ASSAULT")


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("de", "Sowohl Mali als auch Niger haben Algerien verurteilt.", "actual"),
        ("de", "Weder Mali noch Niger haben Algerien angegriffen.", "denied"),
        ("en", "Neither Mali nor Niger attacked Algeria.", "denied"),
        ("fr", "Ni le Mali ni le Niger n'ont attaqué l'Algérie.", "denied"),
        ("fr", "Tant le Mali que le Niger ont condamné l'Algérie.", "actual"),
        ("es", "Tanto Malí como Níger condenaron a Argelia.", "actual"),
        ("tr", "Hem Mali hem Nijer Cezayir'i kınadı.", "actual"),
        ("tr", "Ne Mali ne de Nijer Cezayir'e saldırdı.", "denied"),
        ("ru", "Как Мали, так и Нигер осудили Алжир.", "actual"),
        ("ru", "Ни Мали, ни Нигер не нападали на Алжир.", "denied"),
        ("ar", "أدانت كل من مالي والنيجر الجزائر.", "actual"),
    ],
)
def test_words_before_both_members_of_a_pair_join_them(language: str, text: str, status: str) -> None:
    events = coded(text, language)
    assert {event.status for event in events} == {status}
    assert countries(events, "source", events[0].plover_type) == {"MLI", "NER"}
    assert countries(events, "target", events[0].plover_type) == {"DZA"}


def test_russian_goes_on_behind_what_commas_set_off() -> None:
    aid = coded("Минздрав Казахстана отправил в Киргизию, где бушует эпидемия, сто тонн лекарств.", "ru")[0]
    assert aid.plover_type == "AID"
    assert aid.source and aid.source.country == "KAZ"
    closed = coded("Кипр, опасаясь наплыва беженцев, закрыл границу с Ливаном.", "ru")[0]
    assert (closed.plover_type, closed.status) == ("COERCE", "actual")


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("en", "Police in Leeds arrested 20 people at a protest against the war.", "GBR"),
        ("fr", "La police a dispersé un rassemblement de l'opposition à Lomé.", "TGO"),
        ("de", "Die Polizei in Minsk löste eine Demonstration auf.", "BLR"),
        ("ru", "Полиция Тбилиси задержала тридцать человек на акции протеста.", "GEO"),
    ],
)
def test_police_act_against_protesters_and_do_not_protest(language: str, text: str, country: str) -> None:
    events = coded(text, language)
    main = events[0]
    assert main.plover_type in ("COERCE", "ASSAULT")
    assert main.source and main.source.country == country
    assert main.target and main.target.country == country
    assert all(e.source is None or e.source.sector != "COP" for e in events if e.plover_type == "PROTEST")
