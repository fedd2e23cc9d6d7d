"""What pages say of themselves, in the odd ways they do: authors, dates, addresses and titles of one page."""

from __future__ import annotations

import json

import pytest

from assets.cleaned.documents.clean import clean_document

TITLE = "Bridge over the Narew opens in June"
URL = "https://www.example-post.com/world/bridge-opens"
BODY = "".join(
    f"<p>Paragraph {i}: the ministry of transport said on Tuesday that bridge number {i} over the river opens in "
    "June after long delays.</p>"
    for i in range(6)
)


def article(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def page(head="", above="", title=TITLE, heading=None):
    return (
        f"<html lang=en><head><title>{title} | Example Post</title>{head}</head>"
        f"<body><article>{heading or f'<h1>{title}</h1>'}{above}{BODY}</article></body></html>"
    )


def cleaned(raw, text, url=URL):
    return clean_document(raw(text, media_type="text/html", url=url)).document


JANE, BOTH = ("Jane Doe",), ("Jane Doe", "John Smith")
GRAPH = {
    "@graph": [
        {"@type": "NewsArticle", "author": {"@id": "#a"}},
        {"@id": "#a", "@type": "Person", "name": "Jane Doe"},
    ]
}


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (page('<meta name="author" content="Jane Doe (@janedoe)">'), JANE),
        (page('<meta name="author" content="jane.doe@example.com (Jane Doe)">'), JANE),
        (page('<meta property="article:author" content="https://x.example/jane">', "<p>By Jane Doe</p>"), JANE),
        (page(article(author="By Jane Doe and John Smith")), BOTH),
        (page(article(author=[{"name": ["Jane Doe", "John Smith"]}])), BOTH),
        (page(article(author={"name": "JANE DOE"})), JANE),
        (page(article(author={"name": "Reuters"})), ("Reuters",)),
        (page(article(author={"name": "admin"}), "<p>By Jane Doe</p>"), JANE),
        (
            page(article(author={"name": "Example Post"}, publisher={"name": "Example Post"}), "<p>By Jane Doe</p>"),
            JANE,
        ),
        (page(f'<script type="application/ld+json">{json.dumps(GRAPH)}</script>'), JANE),
        (page(above="<p>By Jane Doe, Diplomatic Correspondent</p>"), JANE),
        (page(above="<p>By Jane Doe in Warsaw and John Smith in Kyiv</p>"), BOTH),
        (page(above="<div><span>By Jane Doe</span><span>Published 5 March 2024</span></div>"), JANE),
        (page(above='<div class="post-author vcard"><span class="fn">Jane Doe</span></div>'), JANE),
        (page(above='<a href="/authors/jane">Jane Doe</a> <a href="/authors/john">John Smith</a>'), BOTH),
        (page(above='<blockquote><p class="quote-author">Jane Doe</p></blockquote>'), ()),
        (page(above="<div>18:20 <b>Author:</b> Jane Doe <a href=#c>3 comments</a></div>"), JANE),
        (page(above="<div>2024-03-05 <span>作者：李国栋 陈雨桐</span> <a>评论</a></div>"), ("李国栋", "陈雨桐")),
        (page('<meta name="author" content="News Desk">'), ("News Desk",)),
        (page('<meta name="author" content="News Desk">', "<p>By Jane Doe</p>"), JANE),
        (page().replace("</article>", "<div align=right><i>Jane DOE</i></div></article>"), JANE),
        (page(article(author={"givenName": "Jane", "familyName": "Doe"})), JANE),
        (page(article(creator=["Jane Doe"])), JANE),
        (page('<meta name="author" content="Jane Doe"><meta name="author" content="John Smith">'), BOTH),
        (
            page('<meta name="twitter:label1" content="Écrit par"><meta name="twitter:data1" content="Jane Doe">'),
            JANE,
        ),
        (page("""<meta name="parsely-page" content='{"author": "Jane Doe"}'>"""), JANE),
        (page(above="<div itemprop=author><meta itemprop=name content='Jane Doe'></div>"), JANE),
        (page('<meta name="author" content="Super User">', "<a rel=author href=/u/44>Jane Doe</a>"), JANE),
        (page(above="<p class=author>Super User</p>"), ("Super User",)),
        (page(above="<p>Par <b>Jane Doe</b> avec AFP</p>"), ("Jane Doe", "AFP")),
        (page(article(author={"name": "Jane Doe"}), "<p>Von Jane Doe, Kairo (mit dpa)</p>"), ("Jane Doe", "dpa")),
        (page(above="<p>By Jane Doe, Associated Press</p>"), JANE),
        (page(above="<p class=author>By <a>Example Post</a></p><p>By Jane Doe</p>"), JANE),
        (page(above="<p>Jane Doe | 5 March 2024 - Updated: 6 March 2024</p>"), JANE),
        (page(above="<p>Edited by <a href=/author/john>John Smith</a></p>"), ()),
        (page().replace("</article>", "<div class=comment-author>Jane Doe</div></article>"), ()),
        (page().replace("</article>", "<p>Źródło: PAP</p></article>"), ("PAP",)),
    ],
)
def test_authors(raw, text, authors):
    assert cleaned(raw, text).authors == authors


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_authors_given_beside_a_page(raw, media_type):
    text = (
        page(above="<p>By Mary Major</p>")
        if media_type == "text/html"
        else f"{TITLE}\n\nBy Mary Major\n\nIt opens.\n"
    )
    given = raw(text, media_type=media_type, author_hint=("By Jane Doe and John Smith",))
    assert clean_document(given).document.authors == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "Army leaves Kidal\nTroops left today.",
        "Ceasefire holds\nGuns fell silent.",
        "<title>Army leaves Kidal</title><body><h1>Army leaves Kidal</h1><p>Troops left today.</p></html>",
    ],
)
def test_a_page_of_one_short_sentence_has_a_body(raw, text):
    kind = "text/html" if text.startswith("<") else "text/plain"
    assert clean_document(raw(text, media_type=kind)).document.text in ("Troops left today.", "Guns fell silent.")


OTHER = article(headline="Another thing entirely happened", datePublished="2020-01-01", author={"name": "Bob Other"})


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (page(article(datePublished="March 5, 2024, 10:00 am")), "2024-03-05"),
        (page(article(datePublished="Tue, 05 Mar 2024 10:00:00 GMT")), "2024-03-05"),
        (page(article(datePublished=1709632800)), "2024-03-05"),
        (page(article(datePublished=["2024-03-05"])), "2024-03-05"),
        (page(article(datePublished="1970-01-01T00:00:00Z"), "<p>5 March 2024</p>"), "2024-03-05"),
        (page(article(datePublished="2201-01-01T00:00:00Z"), "<p>5 March 2024</p>"), "2024-03-05"),
        (page(OTHER + article(headline=TITLE, datePublished="2024-03-05")), "2024-03-05"),
        (page(article(**{"@type": "WebPage"}, datePublished="2024-03-05")), "2024-03-05"),
        (page(article(dateModified="2024-03-05T10:00:00Z")), "2024-03-05"),
        (page(article(dateModified="2024-03-09T10:00:00Z"), "<p>5 March 2024</p>"), "2024-03-05"),
        (page(article(datePublished="2024-03-06T01:12:00Z"), "<p>March 5, 2024 8:12 pm</p>"), "2024-03-05"),
        (page(article(datePublished="2024-03-06T12:00:00Z"), "<p>March 3, 2024</p>"), "2024-03-06"),
        (
            page(
                article(datePublished="2024-03-04T23:30:00Z"),
                "<time datetime='2024-03-05T00:30:00+01:00'>5 March</time>",
            ),
            "2024-03-05",
        ),
        (page("<script>dataLayer.push({'author': 'x', 'publishDate': '2024-03-05'});</script>"), "2024-03-05"),
        (
            page(above="<span property='dc:date dc:created' content='2024-03-05T10:00:00+00:00'>5.3.</span>"),
            "2024-03-05",
        ),
        (
            page().replace("</article>", "<ul><li><a href=/x>Rail strike goes on</a> 2 March 2024</ul></article>"),
            "None",
        ),
        (page(above="<p>Updated 7 March 2024</p><p>Published 5 March 2024</p>"), "2024-03-05"),
        (page(above="<p>Type: Release No. 187 Date: 27.11.2023</p>"), "2023-11-27"),
        (
            page(above="<p>Published 5 March 2024</p>").replace(
                "</article>",
                "</article><h2>More</h2><li><a href=/x>Rail strike</a><time datetime=2024-03-01>1 March</time></li>",
            ),
            "2024-03-05",
        ),
        (page(article(dateCreated="2024-03-05T10:00:00Z")), "2024-03-05"),
        (page('<meta name="prism.publicationDate" content="2024-03-05">'), "2024-03-05"),
        (page(above='<span itemprop="datePublished" content="2024-03-05T10:00">5 days ago</span>'), "2024-03-05"),
        (page(above='<span class="date" data-timestamp="1709632800">5 days ago</span>'), "2024-03-05"),
        (page(above="<p>Updated 7 March 2024, first published 5 March 2024</p>"), "2024-03-05"),
        (
            page(above="<div>5 March 2024</div>").replace(
                "</article>",
                "</article><article><h3><a>Rail</a></h3><time datetime=2023-01-01>1 Jan</time></article>",
            ),
            "2024-03-05",
        ),
        (page('<meta property="article:modified_time" content="2024-05-05T10:00:00Z">'), "2024-05-05"),
        (
            page(above="<p>The conference takes place on 12 June 2025 in Vienna, the organisers of it said.</p>"),
            "None",
        ),
        (page().replace("<body>", "<body><div class=date>Friday, 20 November 2026</div><a href=/>Home</a>"), "None"),
        (page().replace("</body>", "<footer>© 2021 Example Post</footer></body>"), "None"),
        (
            page(above="<div>Monday, March 8, 1999</div>").replace(
                "<p>Paragraph 5", "<div><a href=/r>Ferries: full results</a> (3/1/99)</div><p>Paragraph 5"
            ),
            "1999-03-08",
        ),
    ],
)
def test_published(raw, text, published):
    assert str(cleaned(raw, text).published) == published


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://www.example-post.com/", URL),
        ("/world/bridge-opens-1", f"{URL}-1"),
        ("javascript:void(0)", URL),
        ("http://localhost/x", URL),
    ],
)
def test_canonical_address(raw, href, url):
    assert cleaned(raw, page(f'<link rel="canonical" href="{href}">')).url == url


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (page(title="Poland - Lithuania rail link: what next?"), "Poland - Lithuania rail link: what next?"),
        (page(title="Explainer: Why the bridge took so long"), "Explainer: Why the bridge took so long"),
        (page(title="BREAKING: Bridge over the Narew opens"), "Bridge over the Narew opens"),
        (page(heading=f"<div>{TITLE}</div>"), TITLE),
        (page(heading=f"<font size=5><b>{TITLE.upper()}</b></font><br>"), TITLE.upper()),
        (
            page(
                f'<meta property="og:title" content="World. {TITLE}">',
                heading=f'<h1><span class="kicker">World.</span> {TITLE}</h1>',
                title=f"World. {TITLE}",
            ),
            TITLE,
        ),
        (page(heading=f"<h1>Example Post</h1><h2>{TITLE}</h2>"), TITLE),
        (page('<meta property="og:title" content="Narew bridge to open in June: all you need to know">'), TITLE),
    ],
)
def test_title(raw, text, title):
    assert cleaned(raw, text).title == title


def test_a_sentence_is_not_torn_at_its_links(raw):
    torn = "<p><a href=/a>The army</a> of <a href=/b>Mali</a> said on <b>Monday</b> that it had left the town.</p>"
    document = cleaned(raw, page(above=torn))
    assert document.text.split("\n")[0] == "The army of Mali said on Monday that it had left the town."


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (
            page('<meta property="og:site_name" content="Bight">' + article(publisher={"name": "Bight Media Ltd"})),
            "Bight",
        ),
        (
            page('<meta property="og:site_name" content="BP">' + article(publisher={"name": "Bight Post"})),
            "Bight Post",
        ),
        (page(), "Example Post"),
        (
            page(
                '<meta property="og:site_name" content="Bight">'
                + article(publisher={"name": "Grupa Bight sp. z o.o."})
            ),
            "Bight",
        ),
        (
            page(title=TITLE)
            .replace(" | Example Post", "")
            .replace("</body>", "<hr>© Редакция газеты «Речной край», 1999-2004</body>"),
            "Речной край",
        ),
        (page('<meta name="twitter:site" content="@examplepost">'), "Example Post"),
        (page('<meta property="og:site_name" content="examplepost.example">'), "Example Post"),
        (
            page(
                '<script type="application/ld+json">{"@type": "WebSite", "name": "The Bight"}</script>', title=TITLE
            ).replace(" | Example Post", ""),
            "The Bight",
        ),
        (
            page('<meta name="copyright" content="The Bight">', title=TITLE).replace(" | Example Post", ""),
            "The Bight",
        ),
    ],
)
def test_publisher(raw, text, publisher):
    assert cleaned(raw, text, url="https://x.example/a").publisher == publisher
