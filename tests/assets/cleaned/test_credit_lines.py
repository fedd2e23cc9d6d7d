"""Whom a line of credit above or below a story names, in many languages, on HTML pages and on pasted ones."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assets.cleaned.documents.clean import clean_document

HERE = Path(__file__).parent
LINES = tomllib.loads((HERE / "credit_lines.toml").read_text(encoding="utf-8"))
STORIES = tomllib.loads((HERE / "authors.toml").read_text(encoding="utf-8"))["stories"]
DAYS = tomllib.loads((HERE / "authors.toml").read_text(encoding="utf-8"))["days"]
CASES = [(language, where) for language, lines in LINES.items() for where in lines]


def html_page(language, above, below):
    title, *paragraphs = STORIES[language]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html lang={language}><head><title>{title} | Example Post</title>"
        "<meta property=og:site_name content='Example Post'></head><body><header><a href=/>Example Post</a></header>"
        f"<main><h1>{title}</h1>{above and f'<div class=c1>{above}</div>'}<div class=c2>{DAYS[language]}</div>"
        f"<div class=b>{body}{below and f'<p>{below}</p>'}</div></main><aside class=related><h3>More</h3><ul><li>"
        "<a href=/a>Rail workers walk out over pay</a> <span class=author>Bob Other</span></li></ul></aside>"
        "</body></html>"
    )


@pytest.mark.parametrize(("language", "where"), CASES)
def test_credit_on_an_html_page(raw, language, where):
    found = {}
    for line, *_ in LINES[language][where]:
        page = html_page(language, *((line, "") if where == "above" else ("", line)))
        read = clean_document(raw(page, media_type="text/html", url="https://www.example-post.example/world/story"))
        found[line] = {name.casefold() for name in read.document.authors}
    assert found == {line: {name.casefold() for name in names} for line, *names in LINES[language][where]}


@pytest.mark.parametrize(("language", "where"), CASES)
def test_credit_on_a_pasted_page(raw, language, where):
    title, *paragraphs = STORIES[language]
    found = {}
    for line, *_ in LINES[language][where]:
        above, below = ([line], []) if where == "above" else ([], [line])
        text = "\n\n".join(["\n".join([title, *above, DAYS[language]]), *paragraphs, *below])
        found[line] = {name.casefold() for name in clean_document(raw(text)).document.authors}
    assert found == {line: {name.casefold() for name in names} for line, *names in LINES[language][where]}
