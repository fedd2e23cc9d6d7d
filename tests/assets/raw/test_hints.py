"""Header lines of crawlers at the top of a text, known by their shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.raw.documents.hints import Hints, read_hints

BODY = "\nA headline\n\nThe first paragraph of the page.\n"
ADDRESS = "https://news.example/2024/06/18/visit-1119.html"


@pytest.mark.parametrize(
    ("head", "url", "date"),
    [
        (f" date 2024-06 {ADDRESS}\n", ADDRESS, "2024-06"),
        (f"date: 2024-06-18 url: {ADDRESS}\n", ADDRESS, "2024-06-18"),
        (f"{ADDRESS} 2023-11-09T17:25+0000\n", ADDRESS, "2023-11-09T17:25+0000"),
        (f"{ADDRESS}\n", ADDRESS, None),
        (f"\n\n{ADDRESS}\n", ADDRESS, None),
        (f"URL={ADDRESS} | published=18.06.2024\n", ADDRESS, "18.06.2024"),
        (f"crawl_date 20240618060800 link {ADDRESS}\r\n", ADDRESS, "20240618060800"),
        ("date 2023\n", None, "2023"),
        ("published: 2024-06-18 06:08:11\n", None, "2024-06-18 06:08:11"),
        (f"url: {ADDRESS}\ndate: 18 June 2024\n", ADDRESS, "18 June 2024"),
        (f"Source: {ADDRESS}\n", ADDRESS, None),
    ],
)
def test_lines_that_are_hints(head, url, date):
    hints = read_hints(head + BODY)
    assert (hints.url, hints.date) == (url, date)
    assert hints.end == len(head)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "",
        "2024-06-18\nA headline\n",
        "18.06.2024 06:08\nA headline\n",
        "12 October 2024, 3:16\nA headline\n",
        f"Read more at {ADDRESS}\nText\n",
        f"{ADDRESS} is where the report stands.\nText\n",
        "Title: Minister visits capital\nThe minister came.\n",
        "In 2024 the minister came.\n",
        "17:39World Cup\n16:41Trade\n",
        f"A headline\n{ADDRESS}\n",
        "Source: Reuters\nA headline\n",
        "text: 2024-06-18\nurl is what it is\n",
        "---\nA headline\n---\n",
    ],
)
def test_lines_of_the_page_are_none(text):
    assert read_hints(text) == Hints()


def test_a_block_of_fields_gives_every_hint():
    head = f"Title: Minister visits capital\nURL: {ADDRESS}\nDate: 2024-06-18\nSource: Example Agency\nLanguage: en\n"
    head += "Author: Jane Doe\n"
    hints = read_hints(head + BODY)
    given = (ADDRESS, "2024-06-18", "Minister visits capital", "Example Agency", "en", "Jane Doe")
    assert hints == Hints(*given, len(head))


def test_a_fenced_block_may_hold_fields_that_are_not_known():
    head = f"---\ntitle: 'A: visit'\ntags:\n  - army\nweight: 3\nurl: {ADDRESS}\n---\n"
    hints = read_hints(head + BODY)
    assert (hints.url, hints.title, hints.end) == (ADDRESS, "A: visit", len(head))


@given(st.text(max_size=300))
def test_hints_never_reach_past_the_text(text):
    hints = read_hints(text)
    assert 0 <= hints.end <= len(text)
    assert (hints.end == 0) == (hints == Hints())


@given(
    st.from_regex(r"https?://[a-z]{1,9}\.example/[a-z0-9/-]{0,20}", fullmatch=True), st.dates(), st.text(max_size=40)
)
def test_a_strung_line_is_cut_off_exactly(url, day, body):
    head = f"date {day.isoformat()} {url}\n"
    hints = read_hints(head + body)
    assert hints.url == url
    assert hints.date == day.isoformat()
    assert hints.end == len(head)
