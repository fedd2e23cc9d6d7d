# ruff: noqa: E501  (markup stays on long lines, as content management systems write it)
"""Layouts of news pages: a story in, the HTML of its page out. One function a family of content management systems.

Each function imitates how its family marks up headline, byline, date, body and furniture, and what it says of itself
for machines. Words are in `stories.toml` and `words.toml`; which story gets which layout is in `make.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any

from babel.dates import format_date

TODAY = datetime(2026, 11, 20)  # the day that date widgets show


@dataclass(frozen=True)
class Story:
    """A story with the furniture words of its language. `words` is a table of `words.toml`."""

    language: str
    site: str
    host: str
    title: str
    authors: tuple[str, ...]
    published: str
    section: str
    caption: str
    related: tuple[str, ...]
    body: tuple[str, ...]
    words: dict[str, Any]

    @property
    def moment(self) -> datetime:
        """When it was published."""
        return datetime.fromisoformat(self.published)

    @property
    def url(self) -> str:
        """Its address, which tells no date."""
        return f"https://{self.host}/{self.section.lower().replace(' ', '-')}/a-{len(self.title)}{len(self.body)}"

    @property
    def direction(self) -> str:
        """Attributes of the root element."""
        return f'lang="{self.language}"' + (' dir="rtl"' if self.language in ("ar", "fa", "he") else "")


Layout = Callable[[Story], str]


def shown_date(moment: datetime, language: str, style: str = "long") -> str:
    """A day as sites of a language write it."""
    if language == "fa":
        return moment.strftime("%Y/%m/%d")
    return format_date(moment, style, locale=language)


def kind_of(line: str) -> tuple[str, str]:
    """What a line of a body is (p, h2, li or blockquote), and its text."""
    for mark, tag in (("## ", "h2"), ("* ", "li"), ("> ", "blockquote")):
        if line.startswith(mark):
            return tag, line[len(mark) :]
    return "p", line


def plain(line: str) -> str:
    """A line of a body as a reader sees it."""
    return re.sub(r"\[\[(.*?)\]\]", r"\1", kind_of(line)[1])


def inline(text: str, host: str) -> str:
    """Text with its links as HTML."""
    return re.sub(r"\[\[(.*?)\]\]", rf'<a href="https://{host}/topic/x">\1</a>', escape(text, quote=False))


def blocks(s: Story, paragraph: str = "<p>%s</p>", heading: str = "<h2>%s</h2>", **between: str) -> str:
    """The body as HTML. `between` gives what stands after the paragraph of a number: `after_2="<div>…</div>"`."""
    out: list[str] = []
    in_list = False
    for number, line in enumerate(s.body):
        tag, text = kind_of(line)
        if in_list and tag != "li":
            out.append("</ul>")
        if tag == "li" and not in_list:
            out.append("<ul>")
        in_list = tag == "li"
        shape = {
            "p": paragraph,
            "h2": heading,
            "li": "<li>%s</li>",
            "blockquote": "<blockquote><p>%s</p></blockquote>",
        }
        out.append(shape[tag].replace("%s", inline(text, s.host)))
        if not in_list and f"after_{number}" in between:
            out.append(between[f"after_{number}"])
    if in_list:
        out.append("</ul>")
    return "\n".join(out)


def ld(data: Any) -> str:
    """A JSON-LD script."""
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def article_ld(s: Story, kind: str = "NewsArticle", **more: Any) -> dict[str, Any]:
    """The object most sites give."""
    modified = (s.moment + timedelta(days=3)).isoformat()
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "headline": s.title,
        "dateModified": modified,
        "datePublished": s.published,
        "author": [{"@type": "Person", "name": name} for name in s.authors],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": s.site,
            "logo": {"@type": "ImageObject", "url": "/l.png"},
        },
        "mainEntityOfPage": {"@type": "WebPage", "@id": s.url},
    } | more


def head(s: Story, title: str, *extra: str, canonical: bool = True) -> str:
    """The head of a page, with the scripts and styles that sites carry."""
    link = f'<link rel="canonical" href="{s.url}">' if canonical else ""
    style = "".join(f".c{i}{{margin:{i}px;padding:{i % 7}px;color:#{i:03x}}}" for i in range(800))
    script = "".join(f'window.dataLayer.push({{"slot":"ad-{i}","size":[300,{i}]}});' for i in range(500))
    return (
        f'<!DOCTYPE html><html {s.direction}><head><meta charset="utf-8"><title>{escape(title, quote=False)}</title>{link}'
        f'<meta name="description" content="{escape(plain(s.body[0]))}">{"".join(extra)}'
        f"<style>{style}</style><script>window.dataLayer=[];{script}</script></head>"
    )


def og(s: Story, title: str | None = None, date: bool = True) -> str:
    """Open Graph tags."""
    stamp = f'<meta property="article:published_time" content="{s.published}">' if date else ""
    return (
        f'<meta property="og:title" content="{escape(title or s.title)}"><meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="{escape(s.site)}"><meta property="og:url" content="{s.url}">{stamp}'
        f'<meta property="og:description" content="{escape(plain(s.body[0]))}">'
    )


def nav(s: Story, widget: bool = False) -> str:
    """Header, menu and, on some sites, the day of the visit."""
    sections = [f"{one} {other}" for one in s.words["menu"] for other in s.words["menu"] * 2]
    entries = "".join(
        f'<li class="menu-item menu-item-{i}"><a href="/s/{i}" class="menu-link" data-track="nav|{i}"><span class="label">{entry}</span></a></li>'
        for i, entry in enumerate([*s.words["menu"], *sections])
    )
    today = f'<div class="today">{shown_date(TODAY, s.language, "full")}</div>' if widget else ""
    return f'<header class="site-header"><a class="logo" href="/">{s.site}</a>{today}<nav><ul>{entries}</ul></nav></header>'


def related(s: Story, cls: str = "related-posts", dates: bool = False, teasers: bool = False) -> str:
    """A list of other stories."""
    items = []
    for i, headline in enumerate(s.related):
        day = f"<span>{shown_date(TODAY - timedelta(days=i + 1), s.language)}</span>" if dates else ""
        teaser = f"<p>{headline}: {plain(s.body[-1])[:70]}…</p>" if teasers else ""
        items.append(f'<li><a href="/n/{i}">{headline}</a>{day}{teaser}</li>')
    return f'<div class="{cls}"><h3>{s.words["related"]}</h3><ul>{"".join(items)}</ul></div>'


def comments(s: Story) -> str:
    """Readers' comments with their dates."""
    day = shown_date(s.moment + timedelta(days=1), s.language)
    texts = [plain(line)[:90] for line in s.body[-2:]]
    items = "".join(
        f'<li class="comment"><b>Reader{i}</b> <time datetime="2026-01-0{i + 1}">{day}</time><p>{text} ???</p></li>'
        for i, text in enumerate(texts)
    )
    return f'<section id="comments" class="comments-area"><h3>{s.words["comments"]} (2)</h3><ol class="comment-list">{items}</ol></section>'


def footer(s: Story) -> str:
    """The foot of every page."""
    links = "".join(f'<a href="/f{i}">{entry}</a> ' for i, entry in enumerate(s.words["menu"]))
    return f'<div class="cookie-banner">{s.words["cookies"]}</div><footer class="footer"><p>© 2026 {s.site}. {s.words["rights"]}.</p>{links}</footer>'


def figure(s: Story, cls: str = "wp-caption") -> str:
    """A picture with its caption."""
    return f'<figure class="{cls}"><img src="/i.jpg" alt="{escape(s.caption)}"><figcaption>{s.caption}</figcaption></figure>'


def names(s: Story, joiner: str = ", ") -> str:
    """Authors as a byline lists them."""
    return joiner.join(s.authors)


def word_and(s: Story) -> str:
    """Authors joined by the language's "and"."""
    return {"de": " und ", "fr": " et ", "es": " y ", "pl": " i ", "en": " and "}.get(s.language, ", ").join(
        s.authors
    )


def wordpress(s: Story) -> str:
    """WordPress with an SEO plugin: JSON-LD graph, sharing buttons, related posts, comments."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "@id": "#website", "name": s.site, "url": f"https://{s.host}/"},
            {"@type": "Organization", "@id": "#org", "name": s.site},
            {"@type": "WebPage", "@id": s.url, "name": f"{s.title} - {s.site}", "datePublished": s.published},
            article_ld(s, author={"@id": "#p"}, publisher={"@id": "#org"}),
            {"@type": "Person", "@id": "#p", "name": names(s)},
        ],
    }
    return (
        f'{head(s, f"{s.title} - {s.site}", og(s, f"{s.title} - {s.site}"), ld(graph))}<body class="post-template-default single">{nav(s)}'
        f'<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main"><article id="post-77" class="post-77 post type-post">'
        f'<header class="entry-header"><h1 class="entry-title">{s.title}</h1><div class="entry-meta"><span class="posted-on">{s.words["published"]} <time class="entry-date published" datetime="{s.published}">{shown_date(s.moment, s.language)}</time></span> '
        f'<span class="byline">{s.words["by"]} <span class="author vcard"><a href="/author/x">{names(s)}</a></span></span></div></header>'
        f'<div class="entry-content">{figure(s)}{blocks(s, after_2=related(s, "jp-relatedposts inline-related"))}'
        f'<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">{s.words["share"]}</h3><ul><li><a href="#">Facebook</a></li><li><a href="#">Twitter</a></li></ul></div></div>'
        f'<footer class="entry-footer"><span class="cat-links"><a href="/c">{s.section}</a></span> <span class="tags-links">{s.words["tags"]}: <a href="/t">{s.section}</a></span></footer></article>'
        f'{comments(s)}</main></div><aside id="secondary" class="widget-area"><section class="widget widget_recent_entries">{related(s, "recent", dates=True)}</section></aside></div>{footer(s)}</body></html>'
    )


def block_theme(s: Story) -> str:
    """WordPress block theme without an SEO plugin: date and author only in the page; author box under the story."""
    box = f'<div class="wp-block-post-author"><div class="author-bio"><h4>{s.authors[0]}</h4><p>{s.authors[0]} – {s.site}. {s.words["newsletter"]}.</p></div></div>'
    return (
        f'{head(s, f"{s.title} – {s.site}")}<body>{nav(s, widget=True)}<main class="wp-block-group"><h1 class="wp-block-post-title">{s.title}</h1>'
        f'<div class="wp-block-group is-layout-flex"><div class="wp-block-post-author-name">{names(s)}</div><div class="wp-block-post-date"><time datetime="{s.published}">{shown_date(s.moment, s.language)}</time></div></div>'
        f'<div class="entry-content wp-block-post-content is-layout-flow">{blocks(s, after_1=figure(s, "wp-block-image"), after_3=f"""<div class="wp-block-newsletter"><p>{s.words["newsletter"]}.</p><form><input type="email"><button>OK</button></form></div>""")}</div>{box}'
        f'<nav class="post-navigation"><a href="/p">{s.related[0]}</a><a href="/n">{s.related[1]}</a></nav></main>{footer(s)}</body></html>'
    )


def drupal(s: Story) -> str:
    """Drupal: fields, "submitted by", Dublin Core; a view of other stories below."""
    meta = f'<meta name="dcterms.title" content="{escape(s.title)}"><meta name="dcterms.creator" content="{escape(names(s))}"><meta name="dcterms.date" content="{s.published}">'
    return (
        f'{head(s, f"{s.title} | {s.site}", meta)}<body class="path-node page-node-type-article">{nav(s)}<div class="layout-content"><div class="region region-content"><h1 class="page-title"><span class="field field--name-title">{s.title}</span></h1>'
        f'<article class="node node--type-article"><footer class="node__meta"><div class="node__submitted">{s.words["by"]} <span>{names(s)}</span> | {shown_date(s.moment, s.language)}</div></footer>'
        f'<div class="node__content"><div class="field field--name-field-image">{figure(s, "image")}</div><div class="clearfix text-formatted field field--name-body field--type-text-with-summary">{blocks(s)}</div>'
        f'<div class="field field--name-field-tags"><div class="field__label">{s.words["tags"]}</div><div class="field__items"><a href="/t">{s.section}</a> <a href="/u">{s.site}</a></div></div></div></article>'
        f'<div class="views-element-container">{related(s, "view-content", dates=True, teasers=True)}</div></div></div>{footer(s)}</body></html>'
    )


def arc(s: Story) -> str:
    """Arc: an author list in JSON-LD, interstitial links and advertising between paragraphs."""
    inter = f'<p class="interstitial-link"><i>[<a href="/x">{s.related[0]}</a>]</i></p>'
    ad = '<div class="article-body__ad ad-flex" data-qa="ad"><div>Advertisement</div></div>'
    return (
        f'{head(s, f"{s.title} - {s.site}", og(s), ld([article_ld(s, isAccessibleForFree=False)]), "<meta name=article:author content=/people/staff>")}<body id="fusion-app">{nav(s)}<main><header><div class="overline">{s.section}</div><h1 data-testid="headline" class="headline">{s.title}</h1>'
        f'<div class="byline-wrapper"><span data-testid="byline">{s.words["by"]} <a rel="author" href="/a">{names(s)}</a></span> <span class="display-date">{shown_date(s.moment, s.language)}</span></div></header>'
        f'<article class="article-body-wrapper"><div class="article-body" data-qa="article-body">{figure(s, "lead-art")}{blocks(s, "<p class=c-paragraph>%s</p>", after_0=ad, after_2=inter, after_4=ad)}</div>'
        f'<div class="gift">{s.words["share"]}</div></article><section class="comments-cta"><button>{s.words["comments"]}</button></section>{related(s, "most-read")}</main>{footer(s)}</body></html>'
    )


def nextjs(s: Story) -> str:
    """A React site: hashed classes, a state blob, several authors with roles, a pull quote and a related box."""
    state = json.dumps({"props": {"body": [plain(line) for line in s.body], "title": s.title}}, ensure_ascii=False)
    quote = f'<aside class="sc-pull"><p>“{plain(s.body[-1])[:60]}”</p></aside>'
    box = f'<div class="sc-9ab related__box"><span>{s.words["also"]}</span><a href="/r">{s.related[1]}</a></div>'
    return (
        f'{head(s, f"{s.title} • {s.site}", og(s, date=False), ld({"@context": "https://schema.org", "@graph": [article_ld(s), {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": s.section}]}]}))}<body><div id="__next">{nav(s)}'
        f'<div class="sc-1ab"><span class="sc-kicker">{s.section}</span><h1 class="sc-2cd">{s.title}</h1><div class="sc-3ef"><a href="/a/1">{names(s, "</a><a href=/a/2>")}</a></div><div class="sc-4gh">{shown_date(s.moment, s.language, "medium")}</div></div>'
        f'<div class="sc-5ij">{blocks(s, "<p class=sc-6kl>%s</p>", "<h3 class=sc-7mn>%s</h3>", after_1=quote, after_2=box)}</div><div class="sc-8op">{related(s, "sc-more", teasers=True)}</div>{footer(s)}</div><script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>'
    )


def amp(s: Story) -> str:
    """An AMP page."""
    return (
        f'{head(s, s.title, ld(article_ld(s, "Article")))}<body><header class="amp-header"><a href="/">{s.site}</a></header><amp-sidebar id="sb" layout="nodisplay"><ul>{"".join(f"<li>{m}</li>" for m in s.words["menu"])}</ul></amp-sidebar>'
        f'<article><h1>{s.title}</h1><p class="meta">{s.words["by"]} {names(s)}, {shown_date(s.moment, s.language)}</p><amp-img src="/i.jpg" width="9" height="9"></amp-img><p class="caption">{s.caption}</p>'
        f'{blocks(s, after_2="""<amp-ad width=300 height=250 type=doubleclick></amp-ad>""")}<amp-social-share type="twitter"></amp-social-share>{related(s, "amp-related")}</article>{footer(s)}</body></html>'
    )


def tables(s: Story) -> str:
    """A site of the old school: tables, fonts, line breaks, no metadata."""
    body = "<br><br>\n".join(
        f"<b>{inline(kind_of(x)[1], s.host)}</b>" if kind_of(x)[0] == "h2" else inline(kind_of(x)[1], s.host)
        for x in s.body
    )
    menu = "".join(f'<tr><td><a href="/{i}">{entry}</a></td></tr>' for i, entry in enumerate(s.words["menu"]))
    side = "".join(f'<tr><td><a href="/o{i}">{headline}</a></td></tr>' for i, headline in enumerate(s.related))
    return (
        f'{head(s, f"{s.site} :: {s.title}", canonical=False)}<body><table width="100%"><tr><td colspan="3"><font size="5">{s.site}</font></td></tr><tr><td width="150" valign="top"><table>{menu}</table></td>'
        f'<td valign="top"><font size="4"><b>{s.title}</b></font><br><font size="1">{shown_date(s.moment, s.language)}</font><br><i>{s.words["by"]} {names(s)}</i><br><br><font size="2">{body}</font></td><td width="180" valign="top"><table><tr><td><b>{s.words["related"]}</b></td></tr>{side}</table></td></tr>'
        f'<tr><td colspan="3">© 2001-2026 {s.site}</td></tr></table></body></html>'
    )


def blogger(s: Story) -> str:
    """Blogger: date header above, line breaks for paragraphs, "Posted by" below, comments."""
    body = "<br /><br />".join(inline(kind_of(x)[1], s.host) for x in s.body)
    return (
        f'{head(s, f"{s.site}: {s.title}", f"""<meta property="og:title" content="{escape(s.title)}">""")}<body>{nav(s)}<div class="main section" id="main"><div class="widget Blog"><div class="blog-posts hfeed"><div class="date-outer"><h2 class="date-header"><span>{shown_date(s.moment, s.language, "full")}</span></h2>'
        f'<div class="post-outer"><div class="post hentry"><h3 class="post-title entry-title">{s.title}</h3><div class="post-body entry-content"><div dir="auto">{body}</div></div>'
        f'<div class="post-footer"><span class="post-author vcard">{s.words["by"]} <span class="fn"><a href="/p">{names(s)}</a></span></span> <span class="post-timestamp"><a href="#"><abbr class="published" title="{s.published}">{s.moment:%H:%M}</abbr></a></span></div></div></div></div></div>{comments(s)}</div></div><div class="sidebar">{related(s, "PopularPosts")}</div>{footer(s)}</body></html>'
    )


def paywall(s: Story) -> str:
    """Only the first paragraphs, then an offer."""
    short = Story(**{**s.__dict__, "body": s.body[:3]})
    return (
        f'{head(s, f"{s.title} — {s.site}", og(s), f"""<meta name="author" content="{escape(word_and(s))}"><meta name="parsely-pub-date" content="{s.published}">""")}<body>{nav(s)}<article class="article"><header class="article__header"><h1 class="article__title">{s.title}</h1><p class="article__byline">{s.words["by"]} {word_and(s)}</p></header>'
        f'<section class="article__content">{blocks(short, """<p class="article__paragraph">%s</p>""")}</section><div class="paywall article__status"><p>{s.words["subscribe"]}</p><a href="/sub">{s.words["newsletter"]}</a></div></article>{related(s, "recommended", teasers=True)}{footer(s)}</body></html>'
    )


def many_articles(s: Story) -> str:
    """Cards as <article> before and after the story, which is one of them too."""
    cards = "".join(
        f'<article class="card"><a href="/c{i}"><h3>{headline}</h3></a><time datetime="2026-11-1{i}T10:00:00Z">{shown_date(TODAY, s.language)}</time></article>'
        for i, headline in enumerate(s.related)
    )
    return (
        f'{head(s, f"{s.title} » {s.site}", og(s))}<body>{nav(s)}<section class="top-stories">{cards}</section><main><article class="story"><h1>{s.title}</h1><div class="story-info"><span class="who">{s.words["by"]} {word_and(s)}</span><span class="when">{s.words["published"]} {shown_date(s.moment, s.language)}</span></div>'
        f'<div class="story-text">{figure(s)}{blocks(s)}</div></article></main><section class="more">{cards}</section>{footer(s)}</body></html>'
    )


def div_soup(s: Story) -> str:
    """No semantic element at all; paragraphs are divs; the date is labelled, and the update too."""
    later = s.moment + timedelta(days=2)
    return (
        f'{head(s, f"{s.title} | {s.section} | {s.site}", canonical=False)}<body><div class="top">{"".join(f"<div><a href=#>{m}</a></div>" for m in s.words["menu"])}</div><div class="col1"><div class="t1">{s.title}</div><div class="t2">{s.words["by"]} {names(s)}</div>'
        f'<div class="t3">{s.words["published"]} {shown_date(s.moment, s.language)} {s.moment:%H:%M}</div><div class="t4">{s.words["updated"]} {shown_date(later, s.language)}</div><div class="tx">{blocks(s, "<div>%s</div>", "<div><b>%s</b></div>", after_2=f"""<div><a href="/k">{s.words["also"]} {s.related[0]}</a></div>""")}</div></div>'
        f'<div class="col2">{"".join(f"<div><a href=#>{r}</a></div>" for r in s.related)}</div><div class="bt">© {s.site} 2010–2026</div></body></html>'
    )


def broadcaster(s: Story) -> str:
    """A broadcaster's component tree: every paragraph in its own block, links in lists, a contributor block."""
    links = f'<div data-component="links-block"><ul>{"".join(f"<li><a href=/l{i}>{r}</a></li>" for i, r in enumerate(s.related))}</ul></div>'
    return (
        f'{head(s, f"{s.title} - {s.site}", og(s, date=False), ld(article_ld(s, "ReportageNewsArticle", author=[{"@type": "NewsMediaOrganization", "name": s.site}])))}<body>{nav(s)}<main id="main-content"><article><div data-component="headline-block"><h1>{s.title}</h1></div><div data-component="byline-block"><time datetime="{s.published}">{shown_date(s.moment, s.language)}</time><div class="contributor"><span>{s.words["by"]} {s.authors[0]}</span><span>{s.site}</span></div></div>'
        f'<div data-component="image-block">{figure(s, "ssrcss")}</div>{blocks(s, """<div data-component="text-block"><div class="ssrcss-7uxr49"><p class="ssrcss-1q0x1">%s</p></div></div>""", """<div data-component="subheadline-block"><h2>%s</h2></div>""", after_3=links)}<section data-component="topic-list"><h2>{s.words["related"]}</h2><ul><li><a href="/t">{s.section}</a></li></ul></section></article></main>{related(s, "promo-list", dates=True)}{footer(s)}</body></html>'
    )


def quality_daily(s: Story) -> str:
    """A big daily: companion columns, advertising between, a note on the printed version, a pull quote, an embedded post."""
    tweet = f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{s.related[1]}</p>&mdash; Someone (@someone) <a href="https://twitter.com/x">January 3, 2019</a></blockquote>'
    column = '<div class="css-53u6y8 StoryBodyCompanionColumn"><div><p class="css-at9mc1 evys1bk0">%s</p></div></div>'
    note = f'<div class="bottom-of-article"><p>{s.site}, {shown_date(s.moment + timedelta(days=1), s.language)}, A7. <a href="/r">Order Reprints</a> | <a href="/s">{s.words["newsletter"]}</a></p></div>'
    meta = f'<meta name="byl" content="{s.words["by"]} {escape(word_and(s))}"><meta name="pdate" content="{s.moment:%Y%m%d}">'
    return (
        f'{head(s, f"{s.title} - {s.site}", og(s), meta, ld(article_ld(s)))}<body>{nav(s)}<div id="app"><main id="site-content"><article id="story"><header class="css-a"><h1 data-test-id="headline" id="link-1">{s.title}</h1><p id="article-summary" class="css-sum">{s.related[0]}</p><div class="css-b"><p class="css-4anu6l e1jsehar1"><span class="byline-prefix">{s.words["by"]} </span><a class="css-n8ff4n">{names(s)}</a></p><time class="css-8blifc" datetime="{s.published}">{shown_date(s.moment, s.language, "medium")}</time></div></header>'
        f'<section name="articleBody" class="meteredContent">{blocks(s, column, after_1="""<div class="css-ad"><a class="visually-hidden" href="#after">Continue reading the main story</a></div>""", after_4=tweet)}</section>{note}</article></main>{related(s, "css-recirc", teasers=True)}</div>{footer(s)}</body></html>'
    )


def microdata(s: Story) -> str:
    """Microdata instead of JSON-LD; breadcrumb with the headline; the events of the week in the sidebar."""
    agenda = f'<aside class="agenda"><h3>Agenda</h3><p>{shown_date(TODAY, s.language)}: {s.section}</p></aside>'
    people = "".join(
        f'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{name}</span></span> '
        for name in s.authors
    )
    return (
        f'{head(s, f"{s.title} - {s.section} - {s.site}", f"""<meta property="og:site_name" content="{s.site}">""")}<body>{nav(s, widget=True)}<div class="breadcrumb"><a href="/">{s.words["menu"][0]}</a> › <a href="/s">{s.section}</a> › <span>{s.title}</span></div>'
        f'<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{s.title}</h1><div class="firma">{people}<meta itemprop="datePublished" content="{s.published}"><span>{shown_date(s.moment, s.language)}</span></div><div itemprop="articleBody" class="cuerpo">{blocks(s, after_1=figure(s, "foto"), after_3=f"""<div class="ladillo"><strong>{s.words["also"]}</strong> <a href="/q">{s.related[2]}</a></div>""")}</div></article>{agenda}{related(s, "relacionadas")}{footer(s)}</body></html>'
    )


def portal(s: Story) -> str:
    """A regional portal: paragraphs as bare text with line breaks in a div, tags, social buttons, a visible date."""
    body = "<br>\n".join(inline(kind_of(x)[1], s.host) for x in s.body)
    ticker = "".join(
        f'<div class="ticker-item"><span>12:{i}5</span> <a href="/b{i}">{r}</a></div>'
        for i, r in enumerate(s.related)
    )
    return (
        f'{head(s, f"{s.title} | {s.site}", f"""<meta property="og:title" content="{escape(s.title)} | {s.site}">""")}<body>{nav(s, widget=True)}<div class="ticker">{ticker}</div><div class="main_article"><h1>{s.title}</h1><div class="art_info"><span>{s.words["published"]} {shown_date(s.moment, s.language)} - {s.moment:%H:%M}</span></div><div class="art_img"><img src="/i.jpg"><div class="img_desc">{s.caption}</div></div>'
        f'<div class="writer">{s.words["by"]} {names(s)}</div><div class="art_text">{body}</div><div class="art_tags">{s.words["tags"]}: <a href="/1">{s.section}</a> <a href="/2">{s.site}</a></div><div class="social">{s.words["share"]} <a href="#">Facebook</a> <a href="#">Telegram</a></div></div>{related(s, "also_read", dates=True)}{footer(s)}</body></html>'
    )


def agency(s: Story) -> str:
    """A wire agency's site: text blocks, an announcement between them, tags, the time before the date."""
    announce = f'<div class="article__block" data-type="article"><div class="article__article m-image"><a href="/z"><span class="article__article-title">{s.related[0]}</span><span class="article__article-date">{shown_date(TODAY, s.language)}</span></a></div></div>'
    return (
        f'{head(s, f"{s.title} - {s.site}, {s.moment:%d.%m.%Y}", og(s, date=False), f"""<meta itemprop="datePublished" content="{s.moment:%Y-%m-%dT%H:%M}"><meta itemprop="dateModified" content="2026-01-01T10:00">""")}<body>{nav(s)}<div class="layout-article"><div class="article__info-date"><a href="/d">{s.moment:%H:%M} {s.moment:%d.%m.%Y}</a></div><h1 class="article__title">{s.title}</h1><div class="article__announce">{figure(s, "media")}</div>'
        f'<div class="article__body">{blocks(s, """<div class="article__block" data-type="text"><div class="article__text">%s</div></div>""", """<div class="article__block" data-type="h3"><h3 class="article__h2">%s</h3></div>""", after_2=announce)}</div><div class="article__tags"><a href="/t">{s.section}</a></div></div><div class="lenta">{related(s, "lenta__list", dates=True)}</div>{footer(s)}</body></html>'
    )


def sailthru(s: Story) -> str:
    """A tabloid: a heading of bullet points, captions as paragraphs, video box, names in capitals, sailthru tags."""
    meta = f'<meta name="sailthru.title" content="{escape(s.title)}"><meta name="sailthru.author" content="{escape(names(s))}"><meta name="sailthru.date" content="{s.moment:%Y-%m-%d %H:%M:%S}">'
    video = f'<div class="video-player"><p class="video-title">{s.related[1]}</p><span>00:45</span></div>'
    return (
        f'{head(s, f"{s.title} | {s.site}", og(s, date=False), meta)}<body>{nav(s)}<div id="page-content"><h1>{s.title}</h1><p class="author-section">{s.words["by"]} <a class="author" rel="author">{names(s).upper()}</a></p><p class="byline-section"><span>{s.words["published"]}: {s.moment:%H:%M}, {shown_date(s.moment, s.language)}</span></p><div class="shareCount">{s.words["share"]}: 214</div>'
        f'<div itemprop="articleBody">{blocks(s, """<p class="mol-para">%s</p>""", after_0=f"""<div class="artSplitter"><img src="/i.jpg"><p class="imageCaption">{s.caption}</p></div>""", after_2=video)}</div><div class="rhs">{related(s, "puff", teasers=True)}</div>{comments(s)}</div>{footer(s)}</body></html>'
    )


def live_blog(s: Story) -> str:
    """A live page whose entries are the story, each with its time."""
    entries = blocks(
        s,
        f'<div class="live-entry"><time datetime="{s.published}">{s.moment:%H:%M}</time><div class="entry-text"><p>%s</p></div></div>',
    )
    update = {
        "@type": "BlogPosting",
        "headline": s.related[0],
        "datePublished": "2025-12-12T10:00:00Z",
        "articleBody": s.related[0],
    }
    return f'{head(s, f"{s.title} – {s.site}", og(s, date=False), ld(article_ld(s, "LiveBlogPosting", liveBlogUpdate=[update], coverageStartTime=s.published)))}<body>{nav(s)}<main><h1>{s.title}</h1><p class="byl">{word_and(s)}</p><div class="liveblog-content">{entries}</div></main>{related(s, "trending")}{footer(s)}</body></html>'


def release(s: Story) -> str:
    """A page with list markup for other things too: tools above, a table of facts below, no declared author."""
    return f'{head(s, f"{s.site} | {s.title}", og(s, date=False))}<body>{nav(s)}<div class="container"><div class="row"><div class="col-md-8"><ul class="tools"><li><a href="#">A+</a></li><li><a href="#">A-</a></li><li><a href="#">PDF</a></li></ul><h1 class="page-header">{s.title}</h1><p class="date"><strong>{shown_date(s.moment, s.language)}</strong></p>{blocks(s)}<hr><p class="signature">{names(s)}, {s.site}</p></div><div class="col-md-4">{related(s, "panel")}</div></div></div>{footer(s)}</body></html>'


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        *(wordpress, block_theme, drupal, arc, nextjs, amp, tables, blogger, paywall, many_articles, div_soup),
        *(broadcaster, quality_daily, microdata, portal, agency, sailthru, live_blog, release),
    )
}
