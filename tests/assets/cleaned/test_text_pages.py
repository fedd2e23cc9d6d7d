"""Plain-text pages of many layouts and languages: what is kept, what is cut, and what is read off the cuts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.lines.features import features_of
from assets.cleaned.documents.plain_text import split_lines

PAGES = Path(__file__).parent / "pages"
MARKS = "§~¶"


def _page(path):
    head, _, body = path.read_text(encoding="utf-8").partition("---\n")
    expected = tomllib.loads(head)
    lines = body.split("\n")
    return expected, lines


def _paragraphs(lines):
    """Marked lines; lines that follow one without a blank, in a page that is wrapped, belong to it."""
    found = []
    for line in lines:
        if line[:1] in MARKS and line:
            found.append((line[0], line[1:].strip()))
    return found


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_page(path, raw):
    expected, lines = _page(path)
    text = "\n".join(line[1:] if line[:1] in MARKS and line else line for line in lines)
    page = clean_document(raw(text, url=expected.get("url")))
    document = page.document
    marked = _paragraphs(lines)
    titles = [line for mark, line in marked if mark == "¶"]
    assert document.title == titles[0]
    if "wrapped" not in path.stem:
        optional = {line for mark, line in marked if mark == "~"}
        kept = [paragraph for paragraph in document.text.split("\n") if paragraph not in optional]
        assert kept == [line for mark, line in marked if mark == "§"]
    assert document.language == expected["language"]
    assert str(document.published or "none") == expected["published"], document.published_basis
    if document.published:
        assert document.published_precision == expected["precision"]
    else:
        assert document.published_basis.startswith("none: ")
    if "authors" in expected:
        assert list(document.authors) == expected["authors"]
    if "publisher" in expected:
        assert document.publisher == expected["publisher"]
    cut = {line.text for line in page.dropped_lines}
    assert all(line.reason for line in page.dropped_lines)
    kept_or_cut = {*document.text.split("\n"), document.title, *cut}
    if "wrapped" not in path.stem:
        assert {line.strip() for line in text.split("\n") if line.strip()} <= kept_or_cut
    for span in page.spans:
        assert text[span.raw_start : span.raw_end] == document.text[span.start : span.end]


PRINTED = """THE VALLEY GAZETTE          Friday, 4 April 2025          Page 2

Farmers block the road to the dam near Orsova
By Ana Petrescu

ORSOVA - Some two hundred farmers blocked the road to the hy-
droelectric dam on Thursday and asked the ministry to pay for
the fields that were flooded in the spring. A well-known law-
yer spoke for them; the cross-border commission sent nobody.

The police kept away. The minister said that the commission
would look at every field, and that payments would not be
made before the end of the summer, when the cross-
THE VALLEY GAZETTE          Friday, 4 April 2025          Page 3

border commission is to meet in the capital for the second
time. "We have heard that before," said one of the farmers.
"""


def test_printed_pages_are_read_in_paragraphs_with_whole_words(raw):
    page = clean_document(raw(PRINTED))
    text = page.document.text
    assert text.split("\n") == [
        "ORSOVA - Some two hundred farmers blocked the road to the hydroelectric dam on Thursday and asked the "
        "ministry to pay for the fields that were flooded in the spring. A well-known lawyer spoke for them; the "
        "cross-border commission sent nobody.",
        "The police kept away. The minister said that the commission would look at every field, and that payments "
        "would not be made before the end of the summer, when the cross-border commission is to meet in the "
        'capital for the second time. "We have heard that before," said one of the farmers.',
    ]
    assert page.document.title == "Farmers block the road to the dam near Orsova"
    assert page.document.authors == ("Ana Petrescu",)
    assert [line.text for line in page.dropped_lines if "GAZETTE" in line.text] == [
        line for line in PRINTED.split("\n") if "GAZETTE" in line
    ]
    for span in page.spans:
        assert PRINTED[span.raw_start : span.raw_end] == text[span.start : span.end]


STORY = [
    "Council of Ostrava agrees on new rules for the border market",
    "12 March 2025",
    "The council of Ostrava agreed on Tuesday on new rules for the market at the border, after a year of talks.",
]
LIST = ["The rules concern:", "- stalls by the river,", "- lorries that wait overnight;", "- music after ten."]
LAST = "Traders welcomed the rules and asked the council to publish them in three languages before the summer."


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        pytest.param([*STORY, *LIST, LAST], [STORY[2], *LIST, LAST], id="a list that a colon announces"),
        pytest.param(
            [*STORY, LAST, "In brief", *(f"* The town of {t} gets a new bridge over its river." for t in ("A", "B"))],
            [STORY[2], LAST],
            id="short notices under a label",
        ),
        pytest.param(
            [*STORY, LAST.removesuffix(".") + " \U0001f447", STORY[2].replace("council", "mayor")],
            [STORY[2], LAST.removesuffix(".") + " \U0001f447", STORY[2].replace("council", "mayor")],
            id="an emoji instead of a full stop",
        ),
        pytest.param(
            [
                "View this email in your browser",
                *STORY,
                LAST,
                "Was this email forwarded to you? Sign up here and read it every morning.",
                "You are receiving this because you signed up on our site.",
            ],
            [STORY[2], LAST],
            id="what a newsletter says of itself",
        ),
        pytest.param(
            [*STORY, LAST, "Sign up for our morning brief", "Your Email", STORY[2].replace("council", "mayor")],
            [STORY[2], LAST, STORY[2].replace("council", "mayor")],
            id="a newsletter's form amid the story",
        ),
        pytest.param(
            [*STORY[:2], "The market, in December.", "© Imago/Kay Rother", STORY[2], f"{LAST} (jk/dpa)"],
            [STORY[2], f"{LAST} (jk/dpa)"],
            id="a caption above its credit, and a sign behind the last sentence",
        ),
    ],
)
def test_lines_of_mails_channels_and_notices(raw, lines, kept):
    assert clean_document(raw("\n".join(lines))).document.text.split("\n") == kept


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("ko", "입력2024.03.04. 오후 6:20", "2024-03-04"),
        ("ar", "admin4 مارس، 2024", "2024-03-04"),
        ("ar", "آخر تحديث: 4/3/2024-06:20 م", "2024-03-04"),
        ("de", "Aktualisiert am 06.03.2024-10:33", "2024-03-06"),
    ],
)
def test_dates_run_together_with_what_stands_beside_them(language, line, day):
    assert [str(found.value) for found in features_of(line, language).dates] == [day]


def test_a_name_that_signs_the_story_is_not_its_title(raw):
    story = "谷では二〇一九年以降、四千人以上が死亡したと国防省は月曜日に発表し、部隊は月末までに撤収する。"
    text = "\n".join(
        ["カレリン、国境の村から部隊撤収", "2024年3月4日", "高橋恵子", story, f"{story[:-4]}した。（高橋恵子）"]
    )
    assert clean_document(raw(text)).document.title == "カレリン、国境の村から部隊撤収"


WORDS = ("harbour", "of", "cross-", "Mon-", "dây-", "bor", "der", "and", "Minister", "said.", "1985", "—", "قال", "-")


@given(st.randoms(use_true_random=False), st.integers(6, 30), st.sets(st.integers(0, 29)))
def test_every_character_of_wrapped_lines_is_kept_in_its_place(random, count, blanks):
    lines = [" ".join(random.choices(WORDS, k=random.randint(7, 13))) for _ in range(count)]
    text = "\n".join(line + ("\n" if i in blanks else "") for i, line in enumerate(lines))
    found = split_lines(text)
    assert [line.start for line in found] == sorted(line.start for line in found)
    told = set[int]()
    for line in found:
        paragraph = line.paragraph()
        for run in paragraph.runs:
            assert paragraph.text[run.start : run.end] == text[run.raw_start : run.raw_end]
            assert told.isdisjoint(range(run.raw_start, run.raw_end))
            told.update(range(run.raw_start, run.raw_end))
    lost = {text[i] for i in range(len(text)) if i not in told and not text[i].isspace()}
    assert lost <= {"-"}
