"""Whom a page is by, as publishing systems and newsrooms of many languages set it: the cases are in `authors.toml`.

Every page carries other stories and a comment with names of their own, which are never the author's.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assets.cleaned.documents.clean import clean_document

DATA = tomllib.loads(Path(__file__).with_name("authors.toml").read_text(encoding="utf-8"))
CHROME = (
    "<aside class=related><h3>More</h3><ul><li><a href=/a>Rail workers walk out over pay</a> <span class=author>"
    "Bob Other</span></li></ul></aside><section id=comments><h3>2 comments</h3><div class=comment><b "
    "class=comment-author>Kim Reader</b><p>It is high time that something was done about it, as all here know.</p>"
    "</div></section>"
)


def page(case):
    title, *paragraphs = DATA["stories"][case["language"]]
    part = {name: case.get(name, "") for name in ("head", "above", "first", "dateline", "closing", "last", "below")}
    paragraphs = [part["dateline"] + paragraphs[0], *paragraphs[1:-1], paragraphs[-1] + part["closing"]]
    body = part["first"] + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + part["last"]
    return (
        f"<html lang={case['language']}><head><title>{title} | Example Post</title>"
        f"<meta property=og:site_name content='Example Post'>{part['head']}</head><body><main><article>"
        f"<h1>{title}</h1>{part['above']}<div class=article-body>{body}</div>{part['below']}</article></main>{CHROME}"
        "<footer>© 2026 Example Post</footer></body></html>"
    )


@pytest.mark.parametrize("case", DATA["case"], ids=[case["name"] for case in DATA["case"]])
def test_authors(raw, case):
    found = clean_document(
        raw(page(case), media_type="text/html", url="https://www.example-post.example/world/story")
    )
    assert found.document.authors == tuple(case["authors"])
