"""What a relative clause tells of a deed named before it: who did it, and that its verb is one."""

import pytest

from assets.events.mentions.coder import code_text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "وأدان الوفد البرلماني المالي بشدة أعمال العنف التي استهدفت المدنيين والجنود."),
        ("fr", "La France a condamné l'attaque qui a tué neuf soldats au Mali."),
        ("es", "Francia condenó el ataque que mató a nueve soldados en Malí."),
        ("ru", "Франция осудила нападение, которое унесло жизни девяти солдат в Мали."),
    ],
)
def test_who_condemns_a_deed_has_not_done_it(language: str, text: str) -> None:
    assaults = [event for event in code_text(text, language) if event.plover_type == "ASSAULT"]
    assert not any(event.source and event.source.country in ("MLI", "FRA") for event in assaults)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("Russia carried out the strike that killed nine soldiers in Ukraine.", "RUS", "UKR"),
        ("Russia launched the attack that killed a mayor in Ukraine.", "RUS", "UKR"),
        ("Rebels led the raid that killed two farmers in Kenya.", None, "KEN"),
    ],
)
def test_a_verb_with_an_object_of_its_own_is_no_attribute(text: str, source: str | None, target: str) -> None:
    (assault,) = [event for event in code_text(text, "en") if event.plover_type == "ASSAULT"]
    assert (assault.source and assault.source.country, assault.target and assault.target.country) == (source, target)


def test_a_participle_before_its_noun_stays_an_attribute() -> None:
    assert not any(event.plover_type == "ASSAULT" for event in code_text("He visited that wounded man.", "en"))


@pytest.mark.parametrize("whom", ["factions", "militias", "groups"])
def test_who_is_allied_with_somebody_makes_no_alliance_by_being_named(whom: str) -> None:
    told = code_text(f"Chad shelled {whom} allied with Libya on Monday.", "en")
    assert not any(event.plover_type == "SUPPORT" for event in told)
    made = code_text("Chad allied with Libya on Monday.", "en")
    assert [event.plover_type for event in made] == ["SUPPORT"]
