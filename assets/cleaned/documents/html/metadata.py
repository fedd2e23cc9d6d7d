"""What an HTML page says of itself for machines: JSON-LD, meta tags, canonical address, headings, times."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from assets.cleaned.documents.characters import has_digit
from assets.cleaned.documents.credits.declared import (
    authors_declared,
    creators_of,
    credited_declared,
    declared_beside,
)
from assets.cleaned.documents.dates.declared import declared_clues
from assets.cleaned.documents.html.json_ld import (
    article_nodes,
    kinds_of,
    nodes_of,
    own_articles,
    read_json_ld,
    texts_of,
    web_pages,
)
from assets.cleaned.documents.html.regions import is_marked
from assets.cleaned.documents.lines.grams import grams, shared
from assets.cleaned.documents.page import DateClue
from assets.cleaned.documents.phrases import line_key, phrases

_SITE_META = ("og:site_name", "application-name", "publisher", "dc.publisher", "article:publisher", "twitter:site")
_TITLE_META = ("og:title", "twitter:title", "dc.title", "title", "sailthru.title", "headline")
_MOST_KICKER_WORDS = 3
_MOST_LOGOS = 30
_LEAST_HEADLINE = 4  # words
_LEAST_DENSE_HEADLINE = 5  # characters
_TELLS_ALIKE = 0.3  # share of a headline's letters
_MOST_SITE_WORDS = 4
_LONGEST_BRAND = 50  # characters


@dataclass(frozen=True)
class Metadata:
    """What a page declares. `titles` are forms of its title, surest first; `headings` its first-level headings.

    `credited` are the desks and agencies that are declared as its author beside JSON-LD; `scripts` its other scripts.
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
    scripts: tuple[str, ...] = field(default=(), repr=False)

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
        # The reader's headline may tell the story in other words than those for search engines.
        told = [h for h in headings if len(h.split()) >= _LEAST_HEADLINE and shared(h, declared) >= _TELLS_ALIKE]
        if len(headings) == 1 and told:
            return told[0]
        return next(iter((*titles, *headings)), None)


def read_metadata(tree: HtmlElement, url: str | None, language: str = "en") -> Metadata:
    """The metadata of a parsed page. `url` is the address given with it, for resolving relative ones."""
    every = _meta_tags(tree)
    meta = {name: values[0] for name, values in every.items()}
    nodes = [node for data in read_json_ld(tree) for node in nodes_of(data)]
    articles = own_articles(article_nodes(nodes), tree, meta)
    pages = web_pages(nodes)
    declared_name = _publisher(articles, meta)
    publisher = (
        _as_titled(tree, declared_name)
        or _publisher_of_microdata(tree)
        or _site_of_json_ld(nodes)
        or _named_by_logo(tree)
        or _named_behind_title(tree)
        or _named_before_title(tree)
        or _named_by_brand(tree)
        or _holder(meta)
        or _named_behind_dense_title(tree)
    )
    declared = [[p for a in articles or pages for p in creators_of(a)], *declared_beside(tree, every)]
    return Metadata(
        titles=tuple(_titles(tree, articles, meta)),
        headings=tuple(_headings(tree)),
        authors=authors_declared(declared, publisher, language),
        credited=credited_declared(declared, publisher, language),
        publisher=publisher,
        url=_canonical(tree, articles, meta, url),
        language=tree.get("lang") or meta.get("og:locale") or meta.get("content-language"),
        clues=tuple(declared_clues(tree, articles or pages, meta, language)),
        article_body=max(
            (a["articleBody"] for a in articles if isinstance(a.get("articleBody"), str)), key=len, default=None
        ),
        scripts=tuple(text for script in tree.iter("script") if (text := script.text) and not _is_json_ld(script)),
    )


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


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


def _titles(tree: HtmlElement, articles: list[Mapping[str, Any]], meta: Mapping[str, str]) -> Iterator[str]:
    values: list[Any] = [meta.get("og:title")]
    values += [article.get(key) for article in articles for key in ("headline", "name")]
    values += [meta.get(name) for name in _TITLE_META]
    values += texts_of(tree.iter("title"))[:1]
    seen: set[str] = set()
    for value in values:
        if isinstance(value, str):
            text = " ".join(html.unescape(value).split())
            if text and text not in seen:
                seen.add(text)
                yield text


def _headings(tree: HtmlElement) -> Iterator[str]:
    """The first-level headings, without the word or two that stand inside one but name a section."""
    for heading in _headlines(tree):
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


def _headlines(tree: HtmlElement) -> list[HtmlElement]:
    """The first-level headings but those that are nothing but a link to the front page: the site's name on a blog."""
    return [heading for heading in tree.iter("h1") if not _links_home(heading)]


def _links_home(heading: HtmlElement) -> bool:
    text = heading.text_content().strip()
    home = (a for a in heading.iter("a") if _FRONT_PAGE.fullmatch(a.get("href") or ""))
    return any(a.text_content().strip() == text != "" for a in home)


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


def _as_titled(tree: HtmlElement, name: str | None) -> str | None:
    """A name written in one word, as a handle or a domain is, as a part of the window's title writes it."""
    if name is None or " " in name or not name.isascii():
        return name
    title = next(iter(texts_of(tree.iter("title"))), "")
    wanted = line_key(name.partition(".")[0]).replace(" ", "").removeprefix("the")
    parts = (part.strip() for part in _TITLE_PART.split(title))
    return next((p for p in parts if " " in p and line_key(p).replace(" ", "").removeprefix("the") == wanted), name)


def _site_of_json_ld(nodes: Sequence[Mapping[str, Any]]) -> str | None:
    """The name of the site or the house that JSON-LD describes beside the story."""
    for kind in ("WebSite", "NewsMediaOrganization"):
        names = {name for node in nodes if kind in kinds_of(node) and (name := _site_name(node.get("name")))}
        if len(names) == 1:
            return names.pop()
    return None


def _holder(meta: Mapping[str, str]) -> str | None:
    """The holder of the copyright, where the meta tag is no more than a name."""
    name = _site_name(meta.get("copyright"))
    plain = name and "©" not in name and not has_digit(name) and len(name.split()) <= _MOST_SITE_WORDS
    return name if plain else None


def _is_company_of(company: str, site: str) -> bool:
    """Whether a name is the site's with nothing more than words for a company, compared as line keys."""
    dense = company.removeprefix(site)
    if dense != company and not site.isascii() and dense in phrases().words_of("company"):
        return True  # "能登新聞社"
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


_FRONT_PAGE = re.compile(r"\.?/|https?://[^/]+/?")
_IS_HOST = re.compile(r"(?:www\.)[\w.-]+", re.I)
_TITLE_PART = re.compile(r"\s*(?:[|•·»«›_]|::|-{2,})\s*|\s+[-–—/]\s+|:\s+")

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_DENSE_TITLE_PART = re.compile(r"\s*[|｜•·_–—-]+\s*")  # scripts without blanks set none around the hyphen either


def _named_behind_dense_title(tree: HtmlElement) -> str | None:
    """What the window's title has behind a headline without blanks, if the page says it again: "标题-江海新闻网"."""
    title = next(iter(texts_of(tree.iter("title"))), "").strip()
    heading = next(iter(texts_of(_headlines(tree))), "").strip()
    if not _DENSE.match(heading) or len(heading) < _LEAST_DENSE_HEADLINE or not title.startswith(heading):
        return None
    lead, *parts = _DENSE_TITLE_PART.split(title[len(heading) :])
    name = parts[-1] if parts and not lead else ""
    again = any(name in text for text in tree.xpath("//body//text()")) if name else False
    return name if again and len(name) <= _LONGEST_BRAND and not phrases().is_line("navigation", name) else None


def _named_by_logo(tree: HtmlElement) -> str | None:
    """The part of the window's title that the page says again in its logo or in a link to its front page."""
    title = next(iter(texts_of(tree.iter("title"))), "")
    parts = {line_key(part): part for part in _TITLE_PART.split(title) if part.strip()}
    if len(parts) < 2:
        return None
    names = [image.get("alt") or "" for image in tree.iter("img")][:_MOST_LOGOS]
    names += [a.text_content() for a in tree.iter("a") if (a.get("href") or "").rstrip("/").count("/") in (0, 2)][
        :_MOST_LOGOS
    ]
    keys = {line_key(name) for name in names if 2 < len(name.strip()) <= 60} & parts.keys()
    # The headline itself may stand beside its own picture.
    heads = {line_key(text) for text in texts_of(_headlines(tree))}
    return next((parts[key].strip(" -–—/|:") for key in (*reversed(parts),) if key in keys - heads), None)


def _named_behind_title(tree: HtmlElement) -> str | None:
    """What the window's title has behind the headline as the page sets it: "Headline – Site"."""
    title = next(iter(texts_of(tree.iter("title"))), "")
    heading = next(iter(texts_of(_headlines(tree))), "")
    rest = title[len(heading) :] if len(heading) > 8 and title.startswith(heading) else ""
    parts = [part.strip() for part in _TITLE_PART.split(rest)]
    name = parts[-1] if len(parts) > 1 and not parts[0] else ""
    return name if 1 <= len(name.split()) <= _MOST_SITE_WORDS and not phrases().is_line("navigation", name) else None


def _named_before_title(tree: HtmlElement) -> str | None:
    """What the window's title has before a headline of the page, where an element says that alone: "Site: Story"."""
    title = " ".join(next(iter(texts_of(tree.iter("title"))), "").split())
    named, colon, rest = title.partition(": ")
    if not colon or not 1 <= len(named.split()) <= _MOST_SITE_WORDS:
        return None
    heads = {" ".join(text.split()) for text in texts_of(tree.iter("h1", "h2", "h3"))}
    return named if rest in heads and any(t.strip() == named for t in tree.itertext()) else None


def _named_by_brand(tree: HtmlElement) -> str | None:
    """The words, or the picture's name, in what the markup calls the brand or logo, above the headline."""
    for element in tree.iter():
        if element.tag == "h1" and not is_marked(element, "brand"):
            return None
        if isinstance(element.tag, str) and is_marked(element, "brand"):
            images = (image.get("alt") or "" for image in element.iter("img"))
            for text in (element.text_content(), *images):
                name = " ".join(text.split())
                if 1 <= len(name.split()) <= _MOST_SITE_WORDS and len(name) <= _LONGEST_BRAND and _is_brand(name):
                    return name
    return None


def _is_brand(name: str) -> bool:
    return any(c.isalpha() for c in name) and not any(phrases().is_line(r, name) for r in ("navigation", "social"))


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
