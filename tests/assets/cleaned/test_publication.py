"""Which day a page was published on, and how that is told; and what is not taken for one."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from assets.cleaned.documents.addresses import date_in_address, host_of, site_label
from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.dates.publication import choose_published, clue_of_hint
from assets.cleaned.documents.page import DateClue

RECEIVED = date(2026, 11, 1)
BODY = (
    "The governments of Peru and Chile agreed to demine the border by the end of the decade, officials said.\n"
    "The work will be paid for by a fund of the Organization of American States, according to the two ministries.\n"
)


@pytest.mark.parametrize(
    ("url", "value", "precision"),
    [
        ("https://x.example/2024/06/18/a", "2024-06-18", "day"),
        ("https://x.example/20231109/a-2204417.html", "2023-11-09", "day"),
        ("https://x.example/news/a-2024-6-8", "2024-06-08", "day"),
        ("https://x.example/2024/jun/08/a", "2024-06-08", "day"),
        ("https://x.example/18-06-2024/a", "2024-06-18", "day"),
        ("https://x.example/2024/06/a", "2024-06-01", "month"),
    ],
)
def test_date_in_address(url, value, precision):
    clue = date_in_address(url)
    assert (str(clue.value), clue.precision) == (value, precision)


@pytest.mark.parametrize(
    "url", [None, "", "https://x.example/a-1119004917", "https://x.example/2024", "http://[bad/2024/06/18/"]
)
def test_no_date_in_address(url):
    assert date_in_address(url) is None


def test_hosts():
    assert host_of("https://www.News.example.co.uk/a") == "news.example.co.uk"
    assert site_label("https://www.news.example.co.uk/a") == "example"
    assert site_label("https://m.lexample.com") == "lexample"
    assert host_of("not an address") is None


@pytest.mark.parametrize(
    ("hint", "value", "precision"),
    [
        ("2024-06", "2024-06-01", "month"),
        ("2024", "2024-01-01", "year"),
        ("2023-11-09T17:25+0000", "2023-11-09", "minute"),
        ("18 June 2024", "2024-06-18", "day"),
        ("1718690880", "2024-06-18", "minute"),
    ],
)
def test_hints(hint, value, precision):
    clue = clue_of_hint(hint)
    assert (str(clue.value), clue.precision, clue.basis) == (value, precision, "hint")
    assert clue_of_hint("soon") is None


def test_month_is_refined_by_a_day_that_agrees():
    month = DateClue(date(2024, 6, 1), "month", "hint")
    day = DateClue(date(2024, 6, 18), "day", "url")
    minute = DateClue(date(2024, 6, 18), "minute", "visible")
    other = DateClue(date(2023, 3, 17), "minute", "visible")
    assert choose_published([month, other, minute, day], RECEIVED) == (date(2024, 6, 18), "minute", "visible")
    assert choose_published([month, other], RECEIVED) == (date(2024, 6, 1), "month", "hint")


def test_markup_is_believed_before_the_address():
    clues = [DateClue(date(2024, 6, 18), "day", "url"), DateClue(date(2024, 6, 17), "minute", "json_ld")]
    assert choose_published(clues, RECEIVED)[0] == date(2024, 6, 17)


def test_future_and_ancient_days_are_no_publication():
    clues = [DateClue(date(2027, 1, 1), "day", "meta"), DateClue(date(1970, 1, 1), "day", "meta")]
    assert choose_published(clues, RECEIVED)[0] is None


@pytest.mark.parametrize(
    ("before", "after", "published"),
    [
        ("Border to be demined\n12 March 2024\n", "", "2024-03-12"),
        ("Border to be demined\n", "Published: 12 March 2024\n", "2024-03-12"),
        ("Sunday, November 1, 2026\nHome\nWorld\nSport\nSearch\nBorder to be demined by neighbours\n", "", None),
        ("Border to be demined\n", "Leave a comment\nRelated\nOther story of the day\nText\n12 March 2024\n", None),
        ("Border to be demined\n", "Copyright 2024 The Andes Post\n", None),
        ("Border to be demined\nhttps://x.example/2019/03/04/other-story\n", "", None),
        (
            "Border to be demined\n",
            "The border had been closed on 5 May 2011, when a truck hit a mine near Tacna.\n",
            None,
        ),
        (
            "Border to be demined\n",
            "The deal was signed yesterday, Tuesday, 12 March 2024, in the city of Tacna.\n",
            "2024-03-13",
        ),
    ],
)
def test_visible_dates(before, after, published, raw):
    document = clean_document(raw(before + BODY + after)).document
    assert (str(document.published) if document.published else None) == published, document.published_basis


def test_dateline_without_year_is_read_against_a_coarse_hint(raw):
    text = "Border to be demined\nTACNA, March 12 (EFE) - " + BODY
    assert clean_document(raw(text)).document.published is None
    document = clean_document(raw(text, date_hint="2024-03")).document
    assert (str(document.published), document.published_precision) == ("2024-03-12", "day")
    assert document.publisher == "EFE"


def test_never_the_day_of_receipt(raw):
    page = clean_document(raw("Border to be demined\n" + BODY, received_at=datetime(2026, 11, 1, 12)))
    assert page.document.published is None
    assert page.document.published_precision is None
    assert page.document.published_basis.startswith("none: ")


CRAWLED = datetime(2024, 3, 6, 1, 30)


@pytest.mark.parametrize(
    ("language", "line", "published"),
    [
        ("en", "2 hours ago", "2024-03-05"),
        ("en", "45 minutes ago", "2024-03-06"),
        ("en", "3 days ago", "2024-03-03"),
        ("en", "Yesterday", "2024-03-05"),
        ("de", "vor 2 Stunden", "2024-03-05"),
        ("ru", "5 часов назад", "2024-03-05"),
        ("ar", "قبل ٣ ساعات", "2024-03-05"),
        ("tr", "2 saat önce", "2024-03-05"),
        ("en", "2 hours", "None"),
    ],
)
def test_an_age_tells_the_day_only_beside_the_time_of_the_crawl(raw, language, line, published):
    prose = "".join(f"<p>{WORDS[language]} {n}.</p>" for n in range(4))
    text = f"<html lang={language}><body><h1>Bridge over the Narew opens</h1><div>{line}</div>{prose}</body></html>"
    crawled = clean_document(raw(text, media_type="text/html", crawled_at=CRAWLED)).document
    assert str(crawled.published) == published
    assert clean_document(raw(text, media_type="text/html")).document.published is None


WORDS = {
    "en": "The ministry of transport said that the bridge over the river opens in June after long delays, number",
    "de": "Das Ministerium teilte mit, dass die Brücke über den Fluss im Juni nach langer Verzögerung öffnet, Nummer",
    "ru": "Министерство транспорта сообщило, что мост через реку откроется в июне после долгих задержек, номер",
    "ar": "أعلنت وزارة النقل أن الجسر فوق النهر سيفتح في يونيو بعد تأخير طويل بسبب الأمطار الغزيرة والفيضانات رقم",
    "tr": "Ulaştırma bakanlığı, nehir üzerindeki köprünün uzun gecikmelerden sonra haziranda açılacağını söyledi",
}
