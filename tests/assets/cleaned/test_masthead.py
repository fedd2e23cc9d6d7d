"""The first line of a pasted page, and what an old page's window says before its headline, name the publisher."""

import pytest

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.rows import CleanedDocument

STORY = (
    "The council of the port town voted on Monday to close the old pier, damaged twice this year.\n\n"
    "Fishermen who keep their boats there said they had not been asked. The mayor promised them places in the new "
    "harbour, which is to open in the spring.\n"
)


def cleaned(raw, text: str, url: str | None = None) -> CleanedDocument:
    media_type = "text/html" if text.startswith("<") else "text/plain"
    return clean_document(raw(text, url=url, media_type=media_type)).document


@pytest.mark.parametrize(
    ("top", "foot", "publisher"),
    [
        ("The Bight Courier\nHome > Local > Harbour", "", "The Bight Courier"),
        ("THE BIGHT COURIER — news of the port\nSaturday 4 April 2026",
         "© The Bight Courier. All rights reserved.", "The Bight Courier"),
        ("Bight-Rundschau · Donnerstag, 9. April 2026\nMenü  Suche  Anmelden",
         "Bight-Rundschau Medien GmbH. Alle Rechte vorbehalten.", "Bight-Rundschau"),
        ("Diario La Bahía — el periódico del puerto\nPortada | Local | Deportes", "", "Diario La Bahía"),
        ("Агентство «Залив»\nНовости · Погода", "", "Агентство «Залив»"),
        ("بوابة الخليج\nالرئيسية | محليات", "", "بوابة الخليج"),
        ("Advertisement\nHome | News | Sport", "© 2026 Bight Media", "Bight Media"),
        ("Home\nNews", "Impressum Datenschutz © Bight Verlag", "Bight Verlag"),
    ],
)  # fmt: skip
def test_the_name_on_top_of_a_pasted_page_is_its_publisher(raw, top: str, foot: str, publisher: str) -> None:
    page = f"{top}\n\nTown votes to close its storm-damaged old pier\n\nBy Jane Doe\n\n{STORY}\n{foot}\n"
    assert cleaned(raw, page).publisher == publisher


@pytest.mark.parametrize("top", ["Harbour", "Tuesday", "By Jane Doe", "Print this page"])
def test_a_section_a_day_or_a_byline_on_top_names_no_publisher(raw, top: str) -> None:
    page = f"{top}\n\nTown votes to close its storm-damaged old pier\n\n{STORY}"
    assert cleaned(raw, page).publisher is None


def test_an_old_page_tells_its_name_before_the_headline_in_the_window(raw) -> None:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
    page = cleaned(
        raw,
        "<html><head><title>Bight Courier: Town votes to close its old pier</title></head><body><table><tr><td>"
        "<font size=5>Bight Courier</font><br><a href=/0>Home</a> | <a href=/1>Sport</a></td></tr><tr><td>"
        "<font size=2>Jane Doe | 8 April 2026 - 09:30</font><h2>Town votes to close its old pier</h2>"
        f"{story}</td></tr></table></body></html>",
    )
    assert (page.publisher, page.title) == ("Bight Courier", "Town votes to close its old pier")
    assert page.authors == ("Jane Doe",)


def test_a_brand_in_the_head_of_a_page_is_its_publisher(raw) -> None:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
    head = "<div class='hdr'><div class='brand'>Bight Courier</div><div class='nav'><a href=/1>Sport</a></div></div>"
    page = cleaned(
        raw,
        f"<html><head><title>Town votes to close its old pier</title></head><body>{head}"
        f"<h1>Town votes to close its old pier</h1>{story}</body></html>",
        url="https://news.example/pier",
    )
    assert page.publisher == "Bight Courier"


@pytest.mark.parametrize(
    ("lines", "publisher", "authors"),
    [
        (["By Jane Doe, The Harbour Post", "March 4, 2026"], "The Harbour Post", ("Jane Doe",)),
        (["By Jane Doe", "The Harbour Post", "March 4, 2026"], "The Harbour Post", ("Jane Doe",)),
        (["By Jane Doe | The Harbour Post | March 4, 2026"], "The Harbour Post", ("Jane Doe",)),
        (["By JANE DOE", "Harbour Post Staff Writer", "March 4, 2026"], "Harbour Post", ("Jane Doe",)),
        (["By Jane Doe for the Harbour Gazette", "March 4, 2026"], "Harbour Gazette", ("Jane Doe",)),
        (["Von Anna Weber", "Elbe-Kurier, 4. März 2026"], "Elbe-Kurier", ("Anna Weber",)),
        (["Von Anna Weber, Neue Harzer Volkszeitung", "4. März 2026"], "Neue Harzer Volkszeitung", ("Anna Weber",)),
        (
            ["Claire Dupont", "La Gazette du Rhône", "Publié le 4 mars 2026"],
            "La Gazette du Rhône",
            ("Claire Dupont",),
        ),
        (["كتبت: ليلى حداد - صحيفة الأفق", "4 مارس 2026"], "صحيفة الأفق", ("ليلى حداد",)),
        (["佐藤花子 記者", "北星新聞", "2026年3月4日"], "北星新聞", ("佐藤花子",)),
        (["By Jane Doe, Political Editor", "World News", "March 4, 2026"], None, ("Jane Doe",)),
        (["By Jane Doe, Nairobi", "March 4, 2026"], None, ("Jane Doe",)),
    ],
)
def test_the_newspaper_beside_the_byline_of_a_pasted_page_is_its_publisher(raw, lines, publisher, authors) -> None:
    text = "\n".join(lines)
    page = cleaned(raw, f"Town votes to close its storm-damaged old pier\n{text}\n\n{STORY}")
    assert (page.publisher, page.authors) == (publisher, authors)


def test_a_blog_whose_name_is_the_first_heading(raw) -> None:
    story = STORY.replace("\n\n", "<br><br>")
    page = cleaned(
        raw,
        "<html><head><title>Bight Notes: The old pier</title><meta property=og:title content='The old pier'></head>"
        "<body><div><h1 class=title><a href='https://bight.example/'>Bight Notes</a></h1><p class=description>"
        "<span>Letters from the shore</span></p></div><div class=post><h3>The old pier</h3>"
        f"<div class=post-body>{story}</div></div></body></html>",
        url="https://bight.example/2026/04/the-old-pier.html",
    )
    assert (page.title, page.publisher) == ("The old pier", "Bight Notes")
    assert page.text.split("\n") == STORY.strip().split("\n\n")


def test_the_headline_of_another_story_on_top_names_no_publisher(raw) -> None:
    top = "Council puts off vote on harbour tax"
    page = f"{top}\n\nlogo\nWorld\n\nPort town to close its old pier\n4 April 2026, 18:42\n\n{STORY}"
    assert cleaned(raw, page, "https://bightcourier.example/pier").publisher != top


@pytest.mark.parametrize(
    ("title", "foot", "publisher"),
    [
        ("港口城市将关闭旧码头-海湾新闻网", "版权所有 海湾新闻网", "海湾新闻网"),
        ("港口城市将关闭旧码头_国际_海湾新闻网", "海湾新闻网 2026", "海湾新闻网"),
        ("港口城市将关闭旧码头-海湾新闻网", "", None),
    ],
)
def test_a_title_without_blanks_ends_with_the_publisher_if_the_page_says_it_again(
    raw, title, foot, publisher
) -> None:
    story = "市议会周一投票决定关闭今年两次受损的旧码头,渔民表示事先没有人征求他们的意见。"
    text = (
        f"<html lang=zh><head><title>{title}</title></head><body><h1>港口城市将关闭旧码头</h1>"
        f"<div><p>{story}</p><p>{story}</p></div><div>{foot}</div></body></html>"
    )
    assert cleaned(raw, text).publisher == publisher


def test_person_agency_and_date_in_one_line_are_no_text(raw) -> None:
    line = "Radek Šimůnek, ČTK, 16. června 2026 14:05"
    text = (
        "<html lang=cs><head><title>Rada zavře staré molo</title></head><body><h1>Rada zavře staré molo</h1>"
        f"<p>{line}</p><p>Městská rada v pondělí rozhodla, že zavře staré molo.</p>"
        "<p>Rybáři uvedli, že se jich nikdo neptal.</p></body></html>"
    )
    page = cleaned(raw, text)
    assert (line in page.text, str(page.published), page.authors) == (
        False,
        "2026-06-16",
        ("Radek Šimůnek", "ČTK"),
    )
