"""The JSON-LD of a page: its objects, and which of them are the page's own article."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from assets.cleaned.documents.lines.grams import grams, shared

_ARTICLE = re.compile(
    r"(?:news|blog|report|article|posting|opinion|review|background|analysis|satirical|liveblog)", re.I
)
_MOST_JSON = 2_000_000
_MOST_NODES = 5000


def read_json_ld(tree: HtmlElement) -> Iterator[Any]:
    """What each script of JSON-LD holds; None for one that is no JSON whatever is mended."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield parsed_json(script.text or "")


def article_nodes(nodes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The article-like objects of a page's JSON-LD, in order; authors and publishers named by `@id` filled in."""
    return _filled_in([node for node in nodes if any(_ARTICLE.search(kind) for kind in kinds_of(node))], nodes)


def web_pages(nodes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The objects that stand for the page itself, not for its article."""
    return _filled_in([node for node in nodes if "WebPage" in kinds_of(node)], nodes)


def _filled_in(wanted: list[Mapping[str, Any]], nodes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Objects with those that they name by `@id` in place of their names."""
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    named = ("author", "creator", "publisher")
    return [{**node, **{key: _resolved(node[key], by_id) for key in named if key in node}} for node in wanted]


def kinds_of(node: Mapping[str, Any]) -> list[str]:
    """The types that an object says it is of."""
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _resolved(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    """A reference to another object as that object."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    if isinstance(value, Mapping) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def own_articles(
    articles: list[Mapping[str, Any]], tree: HtmlElement, meta: Mapping[str, str]
) -> list[Mapping[str, Any]]:
    """The articles whose headline the page shows, where some do: the others are other stories."""
    if len(articles) < 2:
        return articles
    shown = [meta.get("og:title") or "", *texts_of(tree.iter("h1"))[:1], *texts_of(tree.iter("title"))[:1]]
    known = set().union(*map(grams, shown))
    own = [a for a in articles if isinstance(a.get("headline"), str) and shared(a["headline"], known) >= 0.6]
    return own or articles


def parsed_json(text: str) -> Any:
    """JSON as pages write it: in comments, with entities, with a comma too many; None where nothing helps."""
    text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>)\s*$", "", text[:_MOST_JSON].strip())
    for candidate in (text, html.unescape(text), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def nodes_of(data: Any) -> Iterator[Mapping[str, Any]]:
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


def texts_of(elements: Iterable[HtmlElement]) -> list[str]:
    """The texts of elements that hold any, blanks collapsed."""
    texts = (" ".join(element.text_content().split()) for element in elements)
    return [text for text in texts if text]
