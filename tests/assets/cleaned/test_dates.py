"""Dates in running text, in every language that has a vocabulary, with and without a known day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.dates.finding import find_dates
from assets.vocabulary.dates import date_languages, date_words

BASE = date(2025, 2, 20)  # a Thursday

STATED = [
    ("en", "on 17 February 2025", "17 February 2025", "2025-02-17", "day"),
    ("en", "Feb. 17, 2025 at 14:30", "Feb. 17, 2025 at 14:30", "2025-02-17", "minute"),
    ("en", "from 17 to 19 March 2024", "17 to 19 March 2024", "2024-03-17", "day"),
    ("en", "25/12/2023 17:30", "25/12/2023 17:30", "2023-12-25", "minute"),
    ("en", "2023-11-09T17:25+0000", "2023-11-09T17:25+0000", "2023-11-09", "minute"),
    ("en", "in March 2024 they", "March 2024", "2024-03-01", "month"),
    ("en", "since 2012, when", "since 2012", "2012-01-01", "year"),
    ("de", "am 3. März 2024 um 14.30 Uhr", "3. März 2024 um 14.30 Uhr", "2024-03-03", "minute"),
    ("de", "Dienstag, 18.02.2025", "Dienstag, 18.02.2025", "2025-02-18", "day"),
    ("fr", "le 1er mars 2024", "1er mars 2024", "2024-03-01", "day"),
    ("fr", "mardi 18 février 2025 à 14h30", "mardi 18 février 2025 à 14h30", "2025-02-18", "minute"),
    ("es", "el 17 de febrero de 2025", "17 de febrero de 2025", "2025-02-17", "day"),
    ("es", "en mayo de 2024", "mayo de 2024", "2024-05-01", "month"),
    ("ru", "17 февраля 2025 года", "17 февраля 2025 года", "2025-02-17", "day"),
    ("ru", "в 2012 году", "в 2012 году", "2012-01-01", "year"),
    ("tr", "17 Şubat 2025 Pazartesi", "17 Şubat 2025 Pazartesi", "2025-02-17", "day"),
    ("ar", "21 نوفمبر 2023، 4:45 م", "21 نوفمبر 2023، 4:45 م", "2023-11-21", "minute"),
    ("ar", "٥ تشرين الأول/أكتوبر ٢٠٢٣", "٥ تشرين الأول/أكتوبر ٢٠٢٣", "2023-10-05", "day"),
    ("ar", "في 7 أوت 2022", "7 أوت 2022", "2022-08-07", "day"),
    ("ar", "1445/8/24 هـ الموافق 2024/3/5 م", "1445/8/24 هـ الموافق 2024/3/5", "2024-03-05", "day"),
    ("ar", "صدر في 1445/8/24 بجدة", "1445/8/24", "2024-03-05", "day"),
    (
        "ar",
        "12 ربيع الآخر 1446 هـ الموافق 15 أكتوبر 2024",
        "12 ربيع الآخر 1446 هـ الموافق 15 أكتوبر 2024",
        "2024-10-15",
        "day",
    ),
    ("zh", "2025年2月17日", "2025年2月17日", "2025-02-17", "day"),
    ("it", "il 17 febbraio 2025", "17 febbraio 2025", "2025-02-17", "day"),
    ("it", "17 febbraio 2025 alle 14:30", "17 febbraio 2025 alle 14:30", "2025-02-17", "minute"),
    ("pt", "em 17 de fevereiro de 2025 às 14h30", "17 de fevereiro de 2025 às 14h30", "2025-02-17", "minute"),
    ("nl", "op 17 februari 2025 om 14:30 uur", "17 februari 2025 om 14:30 uur", "2025-02-17", "minute"),
    ("pl", "17 lutego 2025 r.", "17 lutego 2025 r.", "2025-02-17", "day"),
    ("uk", "17 лютого 2025 року", "17 лютого 2025 року", "2025-02-17", "day"),
    ("he", "יום שני, 17 בפברואר 2025", "יום שני, 17 בפברואר 2025", "2025-02-17", "day"),
    ("fa", "۱۷ فوریهٔ ۲۰۲۵", "۱۷ فوریهٔ ۲۰۲۵", "2025-02-17", "day"),
    ("fa", "تاریخ انتشار: ۱۴۰۳/۰۲/۱۵", "۱۴۰۳/۰۲/۱۵", "2024-05-04", "day"),
    ("fa", "شنبه ۱۵ اردیبهشت ۱۴۰۳", "شنبه ۱۵ اردیبهشت ۱۴۰۳", "2024-05-04", "day"),
    ("fa", "در ۳۰ اسفند ۱۳۹۹ آغاز شد", "۳۰ اسفند ۱۳۹۹", "2021-03-20", "day"),
    ("th", "วันที่ 4 พฤษภาคม 2567", "4 พฤษภาคม 2567", "2024-05-04", "day"),
    ("th", "๔ พฤษภาคม พ.ศ. ๒๕๖๗", "๔ พฤษภาคม พ.ศ. ๒๕๖๗", "2024-05-04", "day"),
    ("ja", "令和6年5月4日", "令和6年5月4日", "2024-05-04", "day"),
    ("ja", "平成元年1月8日", "平成元年1月8日", "1989-01-08", "day"),
    ("zh", "民國113年5月4日", "民國113年5月4日", "2024-05-04", "day"),
    (
        "id",
        "Senin, 17 Februari 2025 pukul 14.30 WIB",
        "Senin, 17 Februari 2025 pukul 14.30 WIB",
        "2025-02-17",
        "minute",
    ),
    ("ja", "2025年2月17日", "2025年2月17日", "2025-02-17", "day"),
    ("en", "(9/24/99)", "9/24/99", "1999-09-24", "day"),
    ("de", "am 24.09.98", "24.09.98", "1998-09-24", "day"),
    ("de", "am 24.09.23", "24.09.23", "2023-09-24", "day"),
]

RELATIVE = [
    ("en", "yesterday", "2025-02-19", "day"),
    ("en", "on Tuesday", "2025-02-18", "day"),
    ("en", "on Thursday", "2025-02-20", "day"),
    ("en", "last Thursday", "2025-02-13", "day"),
    ("en", "next Monday", "2025-02-24", "day"),
    ("en", "three days ago", "2025-02-17", "day"),
    ("en", "last September", "2024-09-01", "month"),
    ("en", "on 28 December", "2024-12-28", "day"),
    ("en", "last month", "2025-01-01", "month"),
    ("en", "last year", "2024-01-01", "year"),
    ("de", "gestern", "2025-02-19", "day"),
    ("de", "am vergangenen Dienstag", "2025-02-18", "day"),
    ("de", "vor zwei Wochen", "2025-02-01", "month"),
    ("fr", "hier soir", "2025-02-19", "day"),
    ("fr", "en septembre dernier", "2024-09-01", "month"),
    ("fr", "il y a trois jours", "2025-02-17", "day"),
    ("es", "el pasado martes", "2025-02-18", "day"),
    ("es", "anoche", "2025-02-19", "day"),
    ("ru", "вчера", "2025-02-19", "day"),
    ("ru", "в среду", "2025-02-19", "day"),
    ("tr", "dün", "2025-02-19", "day"),
    ("tr", "pazartesi günü", "2025-02-17", "day"),
    ("tr", "salı akşamı", "2025-02-18", "day"),
    ("tr", "Eylül ayında", "2024-09-01", "month"),
    ("ar", "أمس", "2025-02-19", "day"),
    ("ar", "يوم الثلاثاء", "2025-02-18", "day"),
    ("ar", "سبتمبر/أيلول الماضي", "2024-09-01", "month"),
    ("ar", "قبل يومين", "2025-02-18", "day"),
    ("ar", "أمسِ", "2025-02-19", "day"),
]

NO_DATES = [
    ("en", "version 1.2.25 of 10.12.20.24"),
    ("en", "they may march on the capital"),
    ("en", "https://example.org/2024/06/18/story"),
    ("en", "section 2024-13-45"),
    ("en", "killed 2019 people"),
    ("es", "en Santo Domingo"),
    ("de", "1.234 Soldaten"),
    ("ar", "قتل 12 جنديا"),
    ("tr", "Köyde pazar kuruldu"),
]


@pytest.mark.parametrize(("language", "text", "found", "value", "precision"), STATED)
def test_stated(language, text, found, value, precision):
    for base in (None, BASE):
        (date_found,) = find_dates(text, language, base)
        assert text[date_found.start : date_found.end] == found
        assert (str(date_found.value), date_found.precision, date_found.basis) == (value, precision, "stated")


@pytest.mark.parametrize(("language", "text", "value", "precision"), RELATIVE)
def test_relative(language, text, value, precision):
    (found,) = find_dates(text, language, BASE)
    assert (str(found.value), found.precision, found.basis) == (value, precision, "relative")
    assert find_dates(text, language, None) == []


@pytest.mark.parametrize(("language", "text"), NO_DATES)
def test_nothing_made_up(language, text):
    assert find_dates(text, language, None) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yesterday, Monday, 17 February 2025"),
        ("de", "gestern, Montag, den 17. Februar 2025."),
        ("fr", "hier, lundi 17 février 2025"),
        ("ar", "أمس الاثنين 17 فبراير 2025"),
        ("ru", "вчера, 17 февраля 2025 года"),
        ("tr", "dün, 17 Şubat 2025"),
        ("es", "ayer, lunes 17 de febrero de 2025"),
    ],
)
def test_relative_word_beside_a_date_tells_the_day_of_writing(language, text):
    (found,) = find_dates(text, language, None)
    assert found.value == date(2025, 2, 17)
    assert found.written == date(2025, 2, 18)


def test_another_clause_is_not_joined():
    found = find_dates("He left on 17 February 2025, Tuesday's talks failed.", "en", BASE)
    assert [str(f.value) for f in found] == ["2025-02-17", "2025-02-18"]


def test_every_vocabulary_folder_is_tried():
    assert " ".join(date_languages()) == "ar de en es fa fr he id it nl pl pt ru th tr uk"
    assert {language for language, *_ in STATED} >= set(date_languages())
    for language in date_languages():
        assert set(date_words(language).months.values()) == set(range(1, 13))
        assert set(date_words(language).weekdays.values()) == set(range(7))


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(list(date_languages())))
@settings(deadline=None)  # the first call in a language compiles its patterns
def test_written_out_dates_are_read_back(day, language):
    for month, number in date_words(language).months.items():
        if number != day.month:
            continue
        joiner = " de " if language in ("es", "pt") else " "
        text = f"x {day.day}{'.' if language == 'de' else ''}{joiner}{month}{joiner}{day.year}"
        (found,) = find_dates(text, language)
        assert (found.value, found.precision) == (day, "day")


@given(st.text(max_size=80), st.sampled_from(["ar", "de", "en", "es", "fr", "ru", "tr", "und", "zh"]))
@settings(deadline=None)  # the first call in a language compiles its patterns
def test_offsets_stay_inside_and_in_order(text, language):
    end = 0
    for found in find_dates(text, language, BASE):
        assert end <= found.start < found.end <= len(text)
        end = found.end
