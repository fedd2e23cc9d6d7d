"""Credits to wire agencies, in the shapes and languages they have; an agency that is only quoted is none."""

from __future__ import annotations

import pytest

from assets.cleaned.documents.credits.agencies import find_agency
from assets.vocabulary.agencies import agency_words

STORY = "The ministry said that talks would go on for another week before anything is signed."


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("PARIS (AFP) - ", "AFP"),
        ("KYIV, Nov 3 (Reuters) – ", "Reuters"),
        ("BAMAKO (Reuters) -", "Reuters"),
        ("Berlin (dpa/lno) - ", "dpa"),
        ("WASHINGTON - AP - ", "AP"),
        ("LONDON (AP) — ", "AP"),
        ("МОСКВА, 3 ноября. /ТАСС/. ", "TASS"),
        ("МОСКВА, 3 ноя — РИА Новости. ", "RIA Novosti"),
        ("Москва. 3 ноября. INTERFAX.RU - ", "Interfax"),
        ("КИЇВ. 3 листопада. Укрінформ – ", "Ukrinform"),
        ("باماكو (أ ف ب) - ", "AFP"),
        ("باماكو- (أ.ف.ب): ", "AFP"),
        ("الرياض - واس: ", "SPA"),
        ("الجزائر - (وأج) - ", "APS"),
        ("Alger, 3 nov (APS) - ", "APS"),
        ("Rabat – MAP – ", "MAP"),
        ("Madrid, 3 nov (EFE).- ", "EFE"),
        ("(ANSA) - ROMA, 03 NOV - ", "ANSA"),
        ("ANKARA (AA) - ", "Anadolu"),
        ("新华社北京11月3日电（记者张三）", "Xinhua"),
        ("【ワシントン共同】", "Kyodo"),
        ("Reuters reported on Monday that ", None),
        ("The Middle East News Agency (MENA) reported that ", None),
        ("Officials told AFP - the French agency - that ", None),
        ("The foreign minister told Reuters on Monday: ", None),
        ("In an interview with Sputnik: ", None),
        ("State news agency SANA: ", None),
        ("وقالت وكالة رويترز إن ", None),
        ("The map of Apa: ", None),
        ("", None),
    ],
)
def test_dateline(dateline, agency):
    assert find_agency([dateline + STORY, STORY]) == agency


@pytest.mark.parametrize(
    ("last", "agency"),
    [
        ("He said so. (AFP)", "AFP"),
        ("AFP", "AFP"),
        ("(Reuters)", "Reuters"),
        ("Quelle: dpa", "dpa"),
        ("المصدر: رويترز", "Reuters"),
        ("Kaynak: AA", "Anadolu"),
        ("Источник: РИА Новости", "RIA Novosti"),
        ("来源：新华社", "Xinhua"),
        ("Avec AFP et Reuters", "AFP"),
        ("dpa/AFP", "dpa"),
        ("He works for the news agency (SANA).", None),
        ("He spoke to AP.", None),
        ("We read a map.", None),
    ],
)
def test_end_of_the_story(last, agency):
    assert find_agency([STORY, last]) == agency


@pytest.mark.parametrize(
    ("line", "reason", "agency"),
    [
        ("By AFP", "byline", "AFP"),
        ("By Jane Doe, Reuters", "byline", "Reuters"),
        ("Par Le Courrier avec AFP", "byline", "AFP"),
        ("Updated 3 May 2024 | Reuters", "date_line", "Reuters"),
        ("© 2024 AFP", "copyright", "AFP"),
        ("Reuters", "after_body", "Reuters"),
        ("Photo: AFP", "caption", None),
        ("AFP/Getty", "caption", None),
        ("AFP fact-checks a claim about ferries", "related_story", None),
    ],
)
def test_lines_that_were_cut(line, reason, agency):
    assert find_agency([STORY, STORY], cut_lines=[(line, reason)]) == agency


def test_the_agency_s_own_page_is_its_story():
    assert find_agency([STORY], publisher="Agence France-Presse") == "AFP"
    assert find_agency([STORY], publisher="Daily Ferry", authors=["dpa"]) == "dpa"
    assert find_agency([STORY], publisher="Sputnik International") == "Sputnik"
    assert find_agency([STORY], publisher="Reuters Institute") is None
    assert find_agency([]) is None


def test_every_form_is_recognised_as_its_agency():
    for form, name in agency_words().forms.items():
        assert find_agency([STORY, f"({form})"]) == name, form
