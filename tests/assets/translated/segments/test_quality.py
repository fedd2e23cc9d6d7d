"""The quality estimate on faithful translations, and on translations that were damaged on purpose.

`parallel.tsv` holds sentences written for these tests: language, source, English.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.translated.segments.countries import find_countries
from assets.translated.segments.names import added_names, consonants, lost_names
from assets.translated.segments.numbers import compare_numbers, figures
from assets.translated.segments.quality import FLAGS, calibration, estimate_quality
from assets.translated.segments.words import translation_words

LINES = Path(__file__).with_name("parallel.tsv").read_text(encoding="utf-8").splitlines()
PAIRS = [tuple(line.split("\t")) for line in LINES]
THRESHOLD = 0.5


def is_poor(source: str, english: str, language: str) -> bool:
    return estimate_quality(source, english, language).quality < THRESHOLD


@pytest.mark.parametrize(("language", "source", "english"), PAIRS)
def test_faithful_translations_raise_no_alarm(language: str, source: str, english: str) -> None:
    estimate = estimate_quality(source, english, language)
    assert estimate.quality >= THRESHOLD
    assert all(flag.endswith("_doubtful") for flag in estimate.flags)


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("de", "Der Generalstaatsanwalt hat Anklage gegen drei Minister erhoben."),
        ("fr", "Le procureur général a engagé des poursuites contre trois ministres."),
    ],
)
def test_one_more_country_in_a_sentence_that_is_alike_is_only_doubtful(language: str, source: str) -> None:
    estimate = estimate_quality(
        source, "Guatemala's chief prosecutor brought charges against three ministers.", language
    )
    assert estimate.flags == ("country_doubtful",)
    assert estimate.quality >= THRESHOLD
    two = estimate_quality(
        source, "Guatemala's prosecutor brought charges against three ministers of Peru.", language
    )
    assert "country_added" in two.flags
    assert two.quality < THRESHOLD


def test_another_sentence_is_caught() -> None:
    swaps = [(language, source, e) for language, source, own in PAIRS for _, _, e in PAIRS if e != own]
    caught = sum(is_poor(source, english, language) for language, source, english in swaps)
    assert caught / len(swaps) >= 0.95


def test_a_wrong_number_is_caught() -> None:
    damaged = [
        (language, source, re.sub(r"\d+", lambda m: str(int(m.group()) * 3 + 17), english, count=1))
        for language, source, english in PAIRS
        if re.search(r"\d", english)
    ]
    assert len(damaged) >= 15
    assert all(is_poor(source, english, language) for language, source, english in damaged)


def test_a_dropped_negation_is_caught() -> None:
    negation = re.compile(r"\b(?:not|never|No|no)\b ?")
    damaged = [
        (language, source, negation.sub("", english).replace("has ever", "has"))
        for language, source, english in PAIRS
        if negation.search(english) and language != "tr"
    ]
    assert len(damaged) >= 5
    assert all(is_poor(source, english, language) for language, source, english in damaged)


@pytest.mark.parametrize(
    ("language", "source", "english", "flag"),
    [
        ("de", "Norwegen liefert Waffen an die Ukraine.", "Sweden is supplying weapons to Ukraine.", "country_added"),
        ("de", "Norwegen liefert Waffen an die Ukraine.", "Weapons are being supplied to Ukraine.", "country_lost"),
        ("ar", "زار وفد من ليبيا العاصمة.", "A delegation from Algeria visited the capital.", "country_lost"),
        ("ru", "Делегация прибыла.", "It arrived with Colonel Berdimuradov.", "name_added"),
        ("ar", "التقى الوزير قائد الجيش.", "The minister met army chief Mubarak Shakhbout Zarqani.", "name_added"),
        ("fr", "Le général Tiémoko Sangaré est parti.", "The general has left.", "name_lost"),
        ("de", "Die Armee hat die Stadt verlassen.", "Die Armee hat die Stadt verlassen.", "untranslated"),
        ("ar", "غادر الجيش المدينة أمس.", "غادر الجيش المدينة أمس.", "untranslated"),
        ("ar", "غادر الجيش المدينة أمس.", "The army غادر المدينة yesterday.", "untranslated"),
        ("de", "Die Armee verließ gestern die Stadt.", "L'armée a quitté la ville hier soir.", "wrong_language"),
        ("de", "Die Armee verließ die Stadt.", "The army left the city the city the city.", "repetition"),
        ("de", "Rund 30 Prozent der Wähler blieben fern.", "Some 30 of the voters stayed away.", "percent_lost"),
        ("ar", "بلغت النسبة ٣٠٪ هذا العام.", "The rate reached 30 this year.", "percent_lost"),
        ("de", "Die Truppen bleiben in der Stadt.", "The troops will not stay in the city.", "negation_added"),
        ("de", "Der Minister ist heute aus der Hauptstadt abgereist.", "Gone.", "length_ratio"),
        ("de", "Die Armee ging.", "  ", "empty"),
        ("de", "Die Armee ging fort", "die armee ging fort", "untranslated"),
        (
            "fr",
            "Le chef du village a demandé aux habitants de garder leurs troupeaux loin des puits pendant la nuit.",
            "Both sides will now meet twice every week to discuss how prisoners could soon be set free.",
            "meaning_differs",
        ),
        (
            "pt",
            "O sindicato suspendeu a greve porque a empresa aceitou aumentar os salários dos motoristas.",
            "The union suspended the strike.",
            "part_lost",
        ),
        (
            "zh",
            "工会取消了罢工，因为公司同意提高司机的工资。",
            "The union called off the strike because the company agreed to raise drivers' wages, and the floods "
            "in the north destroyed two bridges and a school.",
            "part_added",
        ),
        ("it", "Il ministro non ha firmato la legge.", "The minister signed the law.", "negation_lost"),
        ("de", "Estland warnte vor Raketen, gab aber nicht nach.", "Estonia warned against missiles and gave in.",
         "negation_lost"),
        ("zh", "该国未能就停火达成协议。", "The country reached an agreement on the ceasefire.", "negation_lost"),
        ("pt", "O ministro assinou ontem a lei.", "The minister did not sign the law yesterday.", "negation_added"),
        ("zh", "法国向乌克兰提供了武器。", "Spain supplied weapons to Ukraine.", "country_lost"),
        ("zh", "该计划耗资65亿欧元。", "The plan costs 6.6 billion euros.", "number_lost"),
        ("xx", "Qwe rty 45 asd.", "The army has 46 tanks.", "number_lost"),
    ],
)  # fmt: skip
def test_each_sign(language: str, source: str, english: str, flag: str) -> None:
    assert flag in FLAGS
    assert flag in estimate_quality(source, english, language).flags


def test_characters_that_only_look_like_a_negation_negate_nothing_in_chinese() -> None:
    text = "该国未来将不断增加无人机的数量。"
    assert "negation_lost" not in estimate_quality(text, "The country will keep increasing its drones.", "zh").flags


def test_every_flag_costs_something() -> None:
    factors = calibration().factor.model_dump()
    assert set(factors) == set(FLAGS)
    assert all(0 <= factor < 1 for factor in factors.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("٧٠ و ٢٠٠", [70, 200]),
        ("۱۲٫۵", [12.5]),
        ("3.500 / 3,500 / 3 500 / 3'500", [3500] * 4),
        ("1.234,56 und 1,234.56", [1234.56, 1234.56]),
        ("12.10.2024", [12, 10, 2024]),
        ("2024-10-12", [2024, 10, 12]),
        ("15:16 Uhr", [15, 16]),
        ("3,6 Mio.", [3.6]),
        ("F-16 und G7", [16, 7]),
        ("kein", []),
    ],
)
def test_numbers_are_read_in_any_script_and_convention(text: str, expected: list[float]) -> None:
    assert sorted(figures(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("language", "source", "english"),
    [
        ("de", "Es waren 5.000.000 Euro.", "It was 5 million euros."),
        ("de", "Es waren 5 Mrd. Euro.", "It was 5 billion euros."),
        ("de", "Um 15:16 Uhr am 3.9.24", "At 3:16 p.m. on September 3, 2024"),
        ("de", "Im 19. Jahrhundert", "In the nineteenth century"),
        ("fr", "Au XXe siècle, en 1995", "In the 20th century, in 1995"),
        ("fr", "21 soldats", "Twenty-one soldiers"),
        ("ar", "١٥٠ ألف نازح", "150,000 displaced people"),
        ("de", "zwanzig Panzer", "20 tanks"),
        ("de", "drei Panzer", "3 tanks"),
        ("es", "200 heridos", "two hundred wounded"),
    ],
)
def test_numbers_may_be_written_otherwise(language: str, source: str, english: str) -> None:
    words = translation_words(language).numbers
    difference = compare_numbers(source, english, words, translation_words("en").numbers)
    assert (difference.lost, difference.added) == ((), ())


@pytest.mark.parametrize(
    ("language", "source", "english", "lost", "added"),
    [
        ("de", "70 Tote, 200 Verletzte", "17 dead, 200 injured", ("70",), ("17",)),
        ("ar", "مقتل ٧٠ شخصا", "The killing of 7 people", ("70",), ()),
        ("de", "drei Panzer", "five tanks", ("3",), ()),
        ("de", "am 3. Mai 2024", "on 3 May 2014", ("2024",), ("2014",)),
    ],
)
def test_changed_numbers(
    language: str, source: str, english: str, lost: tuple[str, ...], added: tuple[str, ...]
) -> None:
    words = translation_words(language).numbers
    difference = compare_numbers(source, english, words, translation_words("en").numbers)
    assert (difference.lost, difference.added) == (lost, added)


def test_names_are_found_again_across_scripts() -> None:
    assert consonants("باماكو") == consonants("Bamako") == consonants("Бамако") == "PMK"
    assert added_names("زار سليمان كاراداغ مدينة تمبكتو", "Suleiman Karadag visited Timbuktu") == ()
    assert added_names("Вагнер ушёл из Тессалита", "Wagner left Tessalit") == ()
    assert added_names("部队离开了。", "Colonel Berdimuradov met Prigozhin") == (), (
        "nothing is said of unknown scripts"
    )
    assert (
        lost_names("Le colonel Assimi Sangaré a vu Tiémoko Diarra", "Colonel Assimi Sangare met Tiemoko Diarra", "fr")
        == ()
    )


def test_countries_are_told_from_words_that_look_like_them() -> None:
    german = find_countries("Die CD-ROM aus Rom, und Frankreichs Minister", "de")
    arabic = find_countries("وصل وفد جزائري إلى باماكو لبحث الدعم المالي", "ar")
    assert german is not None and arabic is not None
    assert german.certain == {"ITA"}
    assert "FRA" in german.possible
    assert arabic.certain == {"MLI"}
    assert "DZA" in arabic.possible
    assert find_countries("whatever", "qq") is None


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["ar", "de", "fr", "ru", "tr", "zh", "und", "xx"]))
@settings(max_examples=150, deadline=None)
def test_the_estimate_is_a_number_from_0_to_1_for_any_text(source: str, english: str, language: str) -> None:
    estimate = estimate_quality(source, english, language)
    assert 0 <= estimate.quality <= 1
    assert set(estimate.flags) <= set(FLAGS)
    assert (estimate.quality == 1) == (not estimate.flags)
    assert estimate == estimate_quality(source, english, language)
