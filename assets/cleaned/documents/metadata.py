"""What an HTML page says of itself for machines: JSON-LD, meta tags, canonical address, headings, times."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from assets.cleaned.documents.author_marks import marked_authors
from assets.cleaned.documents.features import features_of, looks_like_name, split_names
from assets.cleaned.documents.lines import grams, shared
from assets.cleaned.documents.page import DateClue
from assets.cleaned.documents.phrases import line_key, phrases
from assets.cleaned.documents.publication import clue_of_stamp
from assets.cleaned.documents.regions import is_marked

_ARTICLE = re.compile(
    r"(?:news|blog|report|article|posting|opinion|review|background|analysis|satirical|liveblog)", re.I
)
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
_AUTHOR_META = (
    *("author", "parsely-author", "article:author", "article:author_name", "vr:author"),
    *("dc.creator", "dcterms.creator", "sailthru.author", "cxenseparse:author", "byl", "authors", "citation_author"),
    *("article.author", "article_author", "author_name", "news_author", "rbauthors"),
)
_SITE_META = ("og:site_name", "application-name", "publisher", "dc.publisher", "article:publisher", "twitter:site")
_TITLE_META = ("og:title", "twitter:title", "dc.title", "title", "sailthru.title", "headline")
_ADDRESS = re.compile(r"[^\s()]+@[\w-]+\.[\w.-]+|@[\w.-]+")  # e-mail addresses and the handles of social media
_DENSE_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}")
_MOST_JSON = 2_000_000
_MOST_KICKER_WORDS = 3
_MOST_LOGOS = 30
_MOST_SITE_WORDS = 4
_LONGEST_CREDIT = 160
_WHOLLY_BRACKETED, _EMPTY_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]"), re.compile(r"[(\[]\s*[)\]]|[)\]]$")
_BEFORE_NAME = re.compile(r"^\s*[(\[][^()\[\]]*[)\]]\s*(?=[^\s<>,;|])")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DESK_AND_MORE = re.compile(r"\s*[/|]\s*|\s[-–—]\s")
_DESK_PARTS = re.compile(r"\s*[,،、+|]\s*")
_MOST_DESK_WORDS, _LONGEST_DESK = 5, 40
_PARAGRAPH = 80  # characters of an element that is likely to be a paragraph
_MOST_NODES = 5000


@dataclass(frozen=True)
class Metadata:
    """What a page declares. `titles` are forms of its title, surest first; `headings` its first-level headings.

    `credited` are the desks and agencies that are declared as its author beside JSON-LD.
    """

    titles: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    credited: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    clues: tuple[DateClue, ...] = ()
    article_body: str | None = None

    @property
    def title(self) -> str | None:
        """The heading that the declared titles agree on, else the surest declared title, else the first heading."""
        own = line_key(self.publisher or "")
        titles = [title for title in self.titles if line_key(title) != own] or self.titles
        headings = [heading for heading in self.headings if line_key(heading) != own] or self.headings
        declared = set().union(*(grams(title) for title in titles)) if titles else set()
        agreed = [h for h in headings if len(h) > 8 and declared and shared(h, declared) >= 0.6]
        # A heading that only holds the site's name agrees with the end of a title, not with most of it.
        agreed = [h for h in agreed if any(shared(title, grams(h)) >= 0.4 for title in titles)]
        if agreed:
            return agreed[0]
        return next(iter((*titles, *headings)), None)


def read_metadata(tree: HtmlElement, url: str | None, language: str = "en") -> Metadata:
    """The metadata of a parsed page. `url` is the address given with it, for resolving relative ones."""
    every = _meta_tags(tree)
    meta = {name: values[0] for name, values in every.items()}
    nodes = [node for data in _json_ld(tree) for node in _nodes(data)]
    articles = _own(_articles(nodes), tree, meta)
    publisher = (
        _publisher(articles, meta)
        or _publisher_of_microdata(tree)
        or _named_by_logo(tree)
        or _named_behind_title(tree)
    )
    declared = [[p for a in articles or _web_pages(nodes) for p in _creators(a)], *_declared_beside(tree, every)]
    return Metadata(
        titles=tuple(_titles(tree, articles, meta)),
        headings=tuple(_headings(tree)),
        authors=_authors(declared, publisher, language),
        credited=_credited(declared, publisher, language),
        publisher=publisher,
        url=_canonical(tree, articles, meta, url),
        language=tree.get("lang") or meta.get("og:locale") or meta.get("content-language"),
        clues=tuple(_clues(tree, articles or _web_pages(nodes), meta, language)),
        article_body=max(
            (a["articleBody"] for a in articles if isinstance(a.get("articleBody"), str)), key=len, default=None
        ),
    )


def _meta_tags(tree: HtmlElement) -> dict[str, list[str]]:
    """The non-empty values of every meta tag, in order, by its name or property in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        value = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and value:
                found.setdefault(name, []).append(value)
    return found


def _json_ld(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield _parsed(script.text or "")


def _articles(nodes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The article-like objects of a page's JSON-LD, in order; authors and publishers named by `@id` filled in."""
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    articles: list[Mapping[str, Any]] = []
    for node in nodes:
        if any(_ARTICLE.search(kind) for kind in _kinds(node)):
            named = {key: _resolved(node[key], by_id) for key in ("author", "publisher") if key in node}
            articles.append({**node, **named})
    return articles


def _web_pages(nodes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [node for node in nodes if "WebPage" in _kinds(node)]


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _resolved(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    """A reference to another object as that object."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    if isinstance(value, Mapping) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _own(articles: list[Mapping[str, Any]], tree: HtmlElement, meta: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The articles whose headline the page shows, where some do: the others are other stories."""
    if len(articles) < 2:
        return articles
    shown = [meta.get("og:title") or "", *_texts(tree.iter("h1"))[:1], *_texts(tree.iter("title"))[:1]]
    known = set().union(*map(grams, shown))
    own = [a for a in articles if isinstance(a.get("headline"), str) and shared(a["headline"], known) >= 0.6]
    return own or articles


def _parsed(text: str) -> Any:
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*$", "", text[:_MOST_JSON].strip())
    for candidate in (text, html.unescape(text), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Objects of JSON-LD, those of a graph and nested ones too, nearest first."""
    queue, seen = [data], 0
    while queue and seen < _MOST_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, list):
            queue.extend(node)
        elif isinstance(node, Mapping):
            yield node
            queue.extend(node[key] for key in ("@graph", "mainEntity", "itemListElement", "hasPart") if key in node)


def _titles(tree: HtmlElement, articles: list[Mapping[str, Any]], meta: Mapping[str, str]) -> Iterator[str]:
    values: list[Any] = [meta.get("og:title")]
    values += [article.get(key) for article in articles for key in ("headline", "name")]
    values += [meta.get(name) for name in _TITLE_META]
    values += _texts(tree.iter("title"))[:1]
    seen: set[str] = set()
    for value in values:
        if isinstance(value, str):
            text = " ".join(html.unescape(value).split())
            if text and text not in seen:
                seen.add(text)
                yield text


def _headings(tree: HtmlElement) -> Iterator[str]:
    """The first-level headings, without the word or two that stand inside one but name a section."""
    for heading in tree.iter("h1"):
        whole = " ".join(heading.text_content().split())
        kickers = (" ".join(e.text_content().split()) for e in heading.iterdescendants() if is_marked(e, "kicker"))
        kicker = next((text for text in kickers if text), "")
        rest = (
            whole[len(kicker) :].lstrip(" |:•·-–—/")
            if kicker and whole.startswith(kicker) and kicker[-1] != ":"
            else ""
        )
        if len(kicker.split()) <= _MOST_KICKER_WORDS and len(rest.split()) >= 3:
            yield rest
        elif whole:
            yield whole


def _texts(elements: Iterable[HtmlElement]) -> list[str]:
    texts = (" ".join(element.text_content().split()) for element in elements)
    return [text for text in texts if text]


@dataclass(frozen=True)
class _Credit:
    """A name in JSON-LD, and whether it is declared an organisation's."""

    name: str
    is_organisation: bool = False


def _authors(declared: Sequence[Sequence[_Credit]], publisher: str | None, language: str) -> tuple[str, ...]:
    """The people that the first of the sources declares who declares any."""
    for source in declared:
        people = [credit.name for credit in source if not credit.is_organisation]
        if found := _people_in(people, publisher, language):
            return found
    return ()


def _credited(declared: Sequence[Sequence[_Credit]], publisher: str | None, language: str) -> tuple[str, ...]:
    """The desks and agencies that are declared as the author."""
    for source in declared:
        if found := _authors_in([credit.name for credit in source], publisher, language, desks=True):
            return found
    return ()


def _declared_beside(tree: HtmlElement, meta: Mapping[str, Sequence[str]]) -> Iterator[list[_Credit]]:
    """What is declared of the author outside JSON-LD, source by source, surest first."""
    for name in _AUTHOR_META:
        yield [_Credit(value) for value in meta.get(name, ())]
    for number in range(1, 5):  # the labels and values that a link preview shows
        label, value = meta.get(f"twitter:label{number}"), meta.get(f"twitter:data{number}")
        if label and value and phrases().after_start("byline", f"{label[0]} ") == "":
            yield [_Credit(value[0])]
    for value in meta.get("parsely-page", ())[:1]:
        page = _parsed(value)
        yield (
            [_Credit(name) for name in _strings(page.get("authors") or page.get("author"))]
            if isinstance(page, Mapping)
            else []
        )
    yield [_Credit(name) for name in _creators_of_microdata(tree)]


def _parsely_page(meta: Mapping[str, str]) -> Mapping[str, Any]:
    """What a page tells the counter of readers as JSON in a meta tag."""
    page = _parsed(meta["parsely-page"]) if "parsely-page" in meta else None
    return page if isinstance(page, Mapping) else {}


def _creators_of_microdata(tree: HtmlElement) -> Iterator[str]:
    """The names of authors that microdata gives in tags that show nothing."""
    yield from map(str, tree.xpath("//*[@itemprop='author']//meta[@itemprop='name']/@content"))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _creators(article: Mapping[str, Any]) -> list[_Credit]:
    """The authors of an article in JSON-LD; `creator` says the same where `author` is not given."""
    return _people(article.get("author")) or _people(article.get("creator"))


def authors_by_marks(tree: HtmlElement, publisher: str | None, language: str = "en") -> tuple[str, ...]:
    """The people in the elements that are marked as holding the author."""
    found = (_people_in(texts, publisher, language) for texts in marked_authors(tree))
    return next(filter(None, found), ())


def credited_by_marks(tree: HtmlElement, publisher: str | None, language: str = "en") -> tuple[str, ...]:
    """The desks, agencies and accounts in the elements that are marked as holding the author."""
    marked = marked_authors(tree)
    found = (_authors_in(texts, publisher, language, desks=True, accounts=True) for texts in marked)
    return next(filter(None, found), ())


def _people_in(values: Iterable[str], publisher: str | None, language: str) -> tuple[str, ...]:
    """The people among the names; beside one of them, an author of one word who is given apart, too."""
    values = list(values)
    names = _authors_in(values, publisher, language)
    if not any(map(_is_person, names)):
        return ()
    apart = {value.strip() for value in values if _is_one_name(value.strip())}
    return tuple(name for name in names if _is_person(name) or name in apart)


def _is_one_name(text: str) -> bool:
    return (
        text[:1].isupper()
        and " " not in text
        and (phrases().agencies.fullmatch(text) is not None or not phrases().names_desk(text))
    )


def _is_person(name: str) -> bool:
    """Whether a name may be a person's: no desk, and in scripts with capitals not one word alone."""
    cased = any(c.isupper() or c.islower() for c in name)
    return not phrases().names_desk(name) and not (cased and " " not in name)


def _authors_in(
    values: Iterable[str],
    publisher: str | None,
    language: str = "en",
    *,
    desks: bool = False,
    accounts: bool = False,
) -> tuple[str, ...]:
    """The names in what a source gives, without the publisher's own and, but for `accounts`, without account names.

    With `desks`, a value that is not written as a name stands as it is, if it is as short as one.
    """
    names = [name for value in values for name in _names(value, language) or (_desk(value) if desks else ())]
    agencies = phrases().agencies
    names = [
        n for n in names if accounts or agencies.fullmatch(n) or not (n.islower() and n.isascii() and " " not in n)
    ]
    return without_publisher(names, publisher)


def given_authors(values: Iterable[str], publisher: str | None) -> tuple[str, ...]:
    """The authors in what was given beside a page; a desk or an agency stands."""
    return _authors_in(values, publisher, desks=True)


def without_publisher(names: Iterable[str], publisher: str | None) -> tuple[str, ...]:
    """The names, each once, that are not the publisher's or the first words of it."""
    own = line_key(publisher or "")
    by_key = {line_key(name): name for name in reversed([n for n in names if not _is_publisher(line_key(n), own)])}
    return tuple(reversed(by_key.values()))


def _desk(value: str) -> tuple[str, ...]:
    text = " ".join(_ADDRESS.sub(" ", html.unescape(value)).split())
    told = phrases().after_start("byline", text)
    text = told if told and not told[0].islower() else text  # "De la Redacción" is the desk's name
    first = _DESK_AND_MORE.split(text)[0]
    text = first if phrases().names_desk(first) else text
    named = any(c.isalpha() for c in text) and not any(c.isdigit() for c in text) and "://" not in text
    if not named or len(text.split()) > _MOST_DESK_WORDS or len(text) > _LONGEST_DESK:
        return ()
    text = " ".join(_IN_BRACKETS.sub(" ", text).split()) or text
    return tuple(part.strip() for part in _DESK_PARTS.split(text) if part.strip())


def _is_publisher(key: str, publisher: str) -> bool:
    return key == publisher or (" " in key and publisher.startswith(f"{key} "))


def _people(value: Any, *, is_organisation: bool = False) -> list[_Credit]:
    """The names in a JSON-LD author."""
    if isinstance(value, str):
        return [_Credit(value, is_organisation)]
    if isinstance(value, list):
        return [name for item in value for name in _people(item, is_organisation=is_organisation)]
    if not isinstance(value, Mapping):
        return []  # numbers and nulls name nobody
    parts = [part for key in ("givenName", "familyName") if isinstance(part := value.get(key), str)]
    return _people(
        value.get("name") or " ".join(parts),
        is_organisation=is_organisation or any("Organization" in kind for kind in _kinds(value)),
    )


def _names(value: str, language: str = "en") -> tuple[str, ...]:
    text = " ".join(_ADDRESS.sub(" ", html.unescape(value)).split())
    text = _BEFORE_NAME.sub("", text).strip(" <>,;|")
    inner = _WHOLLY_BRACKETED.fullmatch(text)
    text = inner[1] if inner else _EMPTY_BRACKETS.sub("", text)
    if "://" in text or not text:
        return ()
    text = features_of(text, language).undated.strip(" |") if len(text) <= _LONGEST_CREDIT else text
    text = phrases().after_start("byline", text) or text
    names = split_names(text, language)
    if names:
        return names
    dense = tuple(filter(None, re.split(r"[、，,/|]\s*", text)))
    if all(_DENSE_NAME.fullmatch(part) for part in dense) and not phrases().is_line("role", text):
        return dense
    return (
        (text,)
        if len(text.split()) <= 4 and looks_like_name(text.title()) and not any(c.isdigit() for c in text)
        else ()
    )


def _publisher(articles: Sequence[Mapping[str, Any]], meta: Mapping[str, str]) -> str | None:
    """The publisher that JSON-LD or meta tags name.

    Where JSON-LD names the company behind the site ("Bight Courier Media Ltd"), `og:site_name` has the site's name.
    """
    declared = [article.get("publisher") for article in articles]
    values = [value.get("name") if isinstance(value, Mapping) else value for value in declared]
    names = list(filter(None, map(_site_name, [*values, *(meta.get(name) for name in _SITE_META)])))
    site = _site_name(meta.get("og:site_name"))
    if site and names and _is_company_of(line_key(names[0]), line_key(site)):
        return site
    return names[0] if names else None


def _is_company_of(company: str, site: str) -> bool:
    """Whether a name is the site's with nothing more than words for a company, compared as line keys."""
    rest = f" {company} ".replace(f" {site} ", " ").split()
    return bool(rest) and len(rest) < len(company.split()) and all(w in phrases().words_of("company") for w in rest)


def _site_name(value: object) -> str | None:
    text = " ".join(html.unescape(value).split()).lstrip("@") if isinstance(value, str) else ""
    return text if text and "://" not in text and not _IS_HOST.fullmatch(text) and len(text) <= 80 else None


def _publisher_of_microdata(tree: HtmlElement) -> str | None:
    """The name in the element that is the publisher by its microdata."""
    for named in tree.xpath("//*[@itemprop='publisher']//*[@itemprop='name']"):
        text = " ".join((named.get("content") or named.text_content()).split())
        if text and len(text) <= 80:
            return text
    return None


_IS_HOST = re.compile(r"(?:www\.)[\w.-]+", re.I)
_TITLE_PART = re.compile(r"\s*(?:[|•·»«›_]|::|-{2,})\s*|\s+[-–—/]\s+|:\s+")


def _named_by_logo(tree: HtmlElement) -> str | None:
    """The part of the window's title that the page says again in its logo or in a link to its front page."""
    title = next(iter(_texts(tree.iter("title"))), "")
    parts = {line_key(part): part for part in _TITLE_PART.split(title) if part.strip()}
    if len(parts) < 2:
        return None
    names = [image.get("alt") or "" for image in tree.iter("img")][:_MOST_LOGOS]
    names += [a.text_content() for a in tree.iter("a") if (a.get("href") or "").rstrip("/").count("/") in (0, 2)][
        :_MOST_LOGOS
    ]
    keys = {line_key(name) for name in names if 2 < len(name.strip()) <= 60} & parts.keys()
    # The headline itself may stand beside its own picture.
    heads = {line_key(text) for text in _texts(tree.iter("h1"))}
    return next((parts[key].strip() for key in (*reversed(parts),) if key in keys - heads), None)


def _named_behind_title(tree: HtmlElement) -> str | None:
    """What the window's title has behind the headline as the page sets it: "Headline – Site"."""
    title = next(iter(_texts(tree.iter("title"))), "")
    heading = next(iter(_texts(tree.iter("h1"))), "")
    rest = title[len(heading) :] if len(heading) > 8 and title.startswith(heading) else ""
    parts = [part.strip() for part in _TITLE_PART.split(rest)]
    name = parts[-1] if len(parts) > 1 and not parts[0] else ""
    return name if 1 <= len(name.split()) <= _MOST_SITE_WORDS and not phrases().is_line("navigation", name) else None


def _canonical(
    tree: HtmlElement, articles: list[Mapping[str, Any]], meta: Mapping[str, str], given: str | None
) -> str | None:
    """The page's own address; one that points to a front page is not this page's."""
    values: list[Any] = [
        e.get("href") for e in tree.iter("link") if "canonical" in (e.get("rel") or "").lower().split()
    ]
    values.append(meta.get("og:url"))
    for article in articles:
        main = article.get("mainEntityOfPage")
        values += [article.get("url"), main.get("@id") if isinstance(main, Mapping) else main]
    for value in values:
        address = _address(value, given)
        if address and (urlsplit(address).path.strip("/") or not given or not urlsplit(given).path.strip("/")):
            return address
    return given


def _address(value: Any, base: str | None) -> str | None:
    if not isinstance(value, str) or not value.strip() or any(c.isspace() for c in value.strip()):
        return None
    try:
        address = urljoin(base or "", value.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname else None


def _clues(
    tree: HtmlElement, articles: list[Mapping[str, Any]], meta: Mapping[str, str], language: str
) -> Iterator[DateClue]:
    stamps: list[tuple[object, str]] = [(article.get("datePublished"), "json_ld") for article in articles]
    stamps += [(meta.get(name), "meta") for name in _PUBLISHED_META]
    stamps += [(_parsely_page(meta).get("pub_date"), "meta")]
    stamps += [(article.get("dateCreated"), "json_ld") for article in articles if not any(s for s, _ in stamps)]
    stamps += [(_published_time(tree), "time_tag")]
    if not any(stamp for stamp, _ in stamps):
        stamps += [(_stamped_element(tree), "time_tag")]
    for value, basis in stamps:
        clue = clue_of_stamp(value, basis, language)
        if clue:
            yield clue


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
    "//*[@itemprop='datePublished' and not(self::meta) and not(self::time)] | (//h1)[1]/following::*["
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
    for ancestor in element.iterancestors():
        if ancestor.tag in _APART or _SECONDARY.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"):
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
