"""Tokens keep their offsets; patterns match as the manual says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.events.mentions import russian
from assets.events.mentions.lexicon import Lexicon
from assets.events.mentions.morphology import Morphology, fold
from assets.events.mentions.text import tokenise
from assets.events.mentions.turkish import readings
from assets.vocabulary.coding import Grammar


@given(st.text(max_size=200), st.sampled_from(["en", "ar", "de", "fr", "tr", "ru"]))
def test_tokens_stand_where_they_say(text: str, language: str) -> None:
    tokens = tokenise(text, language)
    position = 0
    for token in tokens:
        assert token.start >= position
        assert text[token.start : token.end] == token.text
        assert token.text
        position = token.end
    covered = {i for t in tokens for i in range(t.start, t.end)}
    assert all(i in covered for i, letter in enumerate(text) if letter.isalpha())


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Rebels attacked the town.", "\u200eRebels\u200e attacked the \u2068town\u2069."),
        ("قال الوزير (أمس)", "\u202bقال الوزير \u200f(أمس)\u200f\u202c"),
    ],
)
def test_marks_of_direction_are_no_tokens(text: str, marked: str) -> None:
    assert [t.text for t in tokenise(marked, "en")] == [t.text for t in tokenise(text, "en")]


def lexicon(language: str, *patterns: str, morphology: tuple[str, ...] = ("lemma",)) -> Lexicon[str]:
    grammar = Grammar.model_validate({"word_order": "SVO", "morphology": morphology})
    built: Lexicon[str] = Lexicon(Morphology(language, grammar))
    for pattern in patterns:
        built.add(pattern, pattern)
    return built


def found(built: Lexicon[str], language: str, text: str) -> list[str]:
    morphology = built._morphology
    return [match.meaning for match in built.find([morphology.analyse(t.text) for t in tokenise(text, language)])]


@pytest.mark.parametrize(
    ("language", "pattern", "text", "matches"),
    [
        ("en", "attack", "Rebels attacked the town", True),
        ("en", "=attacks", "Rebels attacked the town", False),
        ("en", "=attacks", "Attacks went on", True),
        ("en", "^US", "a US envoy", True),
        ("en", "^US", "told us so", False),
        ("en", "carry out ~ raid", "They carried out a second deadly raid", True),
        ("en", "carry out ~ raid", "They carried out what all of us there had called a raid", False),
        ("de", "*angriff", "Die Drohnenangriffe dauern an", True),
        ("de", "luftangriff*", "Luftangriffswelle", True),
        ("de", "malisch", "die malischen Streitkräfte", True),
        ("en", "al-Qaida", "fighters of al-Qaida", True),
    ],
)
def test_patterns_match_as_the_manual_says(language: str, pattern: str, text: str, matches: bool) -> None:
    assert bool(found(lexicon(language, pattern), language, text)) is matches


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("هجوم", "والهجوم"),
        ("يهاجم", "ستهاجم"),
        ("هاجم", "هاجمت"),
        ("متشدد", "المتشددين"),
        ("دوله", "الدولة"),
        ("طائرة", "للطائرات"),
    ],
)
def test_arabic_affixes_are_seen_through(pattern: str, text: str) -> None:
    assert found(lexicon("ar", pattern, morphology=("arabic",)), "ar", text) == [pattern]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Türkiye", "Türkiye'nin"),
        ("Birleşik Arap Emirlikleri", "Birleşik Arap Emirlikleri'ni"),
        ("asker", "askerlerinden"),
        ("birlik", "birliğine"),
        ("saldırmak", "saldıramayacaklarını"),
        ("etmek", "ediyor"),
        ("desteklemek", "destekliyor"),
        ("çevirmek", "çevrildi"),
        ("hava saldırı", "hava saldırılarında"),
    ],
)
def test_turkish_suffixes_are_seen_through(pattern: str, text: str) -> None:
    assert found(lexicon("tr", pattern, morphology=("turkish",)), "tr", text) == [pattern]


@pytest.mark.parametrize(
    ("word", "stem", "traits"),
    [
        ("İsrail'in", "+israil", {"of"}),
        ("ordusuna", "ordu", {"possessed", "target"}),
        ("bombalandı", "bombala-", {"passive"}),
        ("saldırmadı", "saldır-", {"negative"}),
        ("saldıracağını", "saldır-", {"embedded", "planned", "object"}),
        ("saldırmış", "saldır-", set()),
        ("saldırabilir", "saldır-", {"hypothetical"}),
        ("saldırmakla", "saldır-", {"infinitive"}),
        ("saldıran", "saldır-", {"relative"}),
        ("saldırıp", "saldır-", {"converb"}),
    ],
)
def test_turkish_endings_tell_case_voice_and_mood(word: str, stem: str, traits: set[str]) -> None:
    assert dict(readings(fold(word, "tr")))[stem] == traits


@pytest.mark.parametrize(
    ("word", "lemma", "traits"),
    [
        ("Ливану", "ливан", {"noun", "target"}),
        ("введены", "ввести", {"passive"}),
        ("предоставит", "предоставить", {"planned"}),
        ("заключённых", "заключённый", {"noun", "adjective", "of", "object", "place"}),
        ("обстреливается", "обстреливать", {"passive"}),
    ],
)
def test_russian_endings_tell_case_voice_and_time(word: str, lemma: str, traits: set[str]) -> None:
    found = [told for base, told in russian.readings(word) if base == lemma]
    assert set().union(*found) == traits


@given(st.text(alphabet="abcçdeğıinlrsşty'", min_size=1, max_size=14))
def test_turkish_readings_begin_as_the_word_does(word: str) -> None:
    assert all(word.startswith(stem.strip("+-")[:-2]) for stem, _ in readings(word))


@given(st.text(alphabet="ابتةىأإآؤئـًَُ", max_size=20))
def test_folding_twice_changes_nothing_more(word: str) -> None:
    assert fold(fold(word, "ar"), "ar") == fold(word, "ar")


@pytest.mark.parametrize(
    ("written", "plain", "language"),
    [
        ("ﺃﺭﺳﻠﺖ", "أرسلت", "ar"),  # as old systems store letters, joined
        ("أَرْسَلَتْ", "أرسلت", "ar"),
        ("أرســـلت", "أرسلت", "ar"),
        ("\u200fأرسلت\u202c", "أرسلت", "ar"),
        ("ofﬁcer", "officer", "en"),
        ("Ｔｕｒｋｅｙ", "turkey", "en"),
    ],
)
def test_shapes_and_marks_of_letters_do_not_matter(written: str, plain: str, language: str) -> None:
    assert fold(written, language) == fold(plain, language)
