"""When a page declares that it was published: in JSON-LD, in meta tags, in elements that hold a machine's stamp."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from assets.cleaned.documents.dates.publication import clue_of_stamp
from assets.cleaned.documents.html.json_ld import parsed_json
from assets.cleaned.documents.page import DateClue

_PUBLISHED_META = (
    *("article:published_time", "og:published_time", "og:article:published_time", "article:published"),
    *(
        "datepublished",
        "date_published",
        "rnews:datepublished",
        "published_time",
        "published_at",
        "mediator_published_time",
    ),
    *("vr:published_time", "shareaholic:article_published_time", "dc.date.published", "publishdate", "publish-date"),
    *("publish_date", "article:publish_date", "page_publish_date", "publication_date", "publication-date"),
    *("pubdate", "pub_date", "bt:pubdate", "og:pubdate", "prism.publicationdate", "date.issued", "dcterms.issued"),
    *("dc.date.issued", "dcterms.date", "dcterms.created", "dc.date", "dc.date.created", "date", "parsely-pub-date"),
    *("sailthru.date", "article.published", "cxenseparse:recs:publishtime", "article.created", "article:created"),
    *(
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "displaydate",
        "published-date",
        "published",
    ),
    *("article_date_original", "originalpublicationdate", "iso-8601-publish-date", "article:post_date", "ptime"),
    *(
        "analyticsattributes.articledate",
        "sdate",
        "release_date",
        "datecreated",
        "created",
        "creationdate",
        "timestamp",
    ),
)
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_PARAGRAPH = 80  # characters of an element that is likely to be a paragraph


def declared_clues(
    tree: HtmlElement, articles: list[Mapping[str, Any]], meta: Mapping[str, str], language: str
) -> Iterator[DateClue]:
    """Clues from JSON-LD, meta tags and elements with a machine's stamp, surest first."""
    stamps: list[tuple[object, str]] = [(article.get("datePublished"), "json_ld") for article in articles]
    stamps += [(meta.get(name), "meta") for name in _PUBLISHED_META]
    stamps += [(_parsely_page(meta).get("pub_date"), "meta")]
    stamps += [(article.get("dateCreated"), "json_ld") for article in articles if not any(s for s, _ in stamps)]
    stamps += [(_published_time(tree), "time_tag")]
    if not any(stamp for stamp, _ in stamps):
        stamps += [(_stamped_element(tree), "time_tag")]
    stamps += [(article.get("dateModified"), "modified") for article in articles]
    stamps += [(meta.get(name), "modified") for name in _MODIFIED_META]
    for value, basis in stamps:
        clue = clue_of_stamp(value, basis, language)
        if clue:
            yield clue


def _parsely_page(meta: Mapping[str, str]) -> Mapping[str, Any]:
    """What a page tells the counter of readers as JSON in a meta tag."""
    page = parsed_json(meta["parsely-page"]) if "parsely-page" in meta else None
    return page if isinstance(page, Mapping) else {}


_APART = frozenset({"aside", "nav", "footer"})
_SECONDARY = re.compile(
    r"related|sidebar|recommend|popular|latest|ticker|teaser|widget|trending|comment|updated|modified", re.I
)
_MODIFIED = re.compile(r"modif", re.I)
_STAMPS = (
    "content",
    "datetime",
    "data-datetime",
    "data-date-time",
    "data-timestamp",
    "data-date",
    "data-time",
    "title",
)
_MACHINE_STAMP = re.compile(r"\s*(?:(?:19|20)\d\d-\d\d-\d\d|\d{10}(?:\d{3})?\s*$)")
_LONGEST_CARD = 400
_PRIMARY = re.compile(r"publish|entry-date|post-date|posted|pubdate|article-date|dateline", re.I)


def _published_time(tree: HtmlElement) -> str | None:
    """The machine-readable time nearest below the headline, or one marked as the publication's."""
    headed, first, paragraphs = False, None, 0
    for element in tree.iter("h1", "time", "relative-time", "time-ago", "abbr", "p", "br"):
        if element.tag == "h1":
            headed, paragraphs = True, 0
            continue
        if element.tag in ("p", "br"):
            text = element.tail or "" if element.tag == "br" else element.text_content()
            paragraphs += len(text.strip()) >= _PARAGRAPH
            continue
        value = element.get("datetime") or element.get("title")
        if not value or (element.tag == "abbr" and "published" not in (element.get("class") or "")):
            continue
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if element.get("pubdate") is not None or _PRIMARY.search(marks):
            if not _stands_apart(element):
                return value
        elif (
            first is None
            and headed
            and paragraphs < 2
            and not _SECONDARY.search(marks)
            and not _stands_apart(element)
        ):
            first = value
    return first


_STAMPED = (
    "//*[@itemprop='datePublished' and not(self::meta) and not(self::time)]"
    " | //*[@content and (contains(@property, 'datePublished') or contains(@property, 'dc:date'))]"
    " | (//h1)[1]/following::*["
    "(contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')"
    f" or contains(@class, 'stamp')) and ({' or '.join(f'@{name}' for name in _STAMPS)})][position() <= 20]"
)


def _stamped_element(tree: HtmlElement) -> str | None:
    """The time in an attribute of an element that is marked as holding a date, where no `time` tag is."""
    for element in tree.xpath(_STAMPED):
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if _SECONDARY.search(marks) or _MODIFIED.search(marks) or _stands_apart(element):
            continue
        if stamp := next((v for n in _STAMPS if (v := element.get(n)) and _MACHINE_STAMP.match(v)), None):
            return str(stamp)
    return None


def _stands_apart(element: HtmlElement) -> bool:
    published = element.get("itemprop") == "datePublished"  # which may stand in an aside of the article's own
    for ancestor in element.iterancestors():
        if (ancestor.tag in _APART and not (published and ancestor.tag == "aside")) or _SECONDARY.search(
            f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        ):
            return True
        if ancestor.tag == "article":
            return _is_card(ancestor)
        if ancestor.tag in ("main", "body"):
            return False
    return False


def _is_card(article: HtmlElement) -> bool:
    """Whether an `article` is another story's headline and date: short, with a link, without a page's headline."""
    if article.find(".//h1") is not None or len(article.text_content()) > _LONGEST_CARD:
        return False
    return article.find(".//a") is not None
