"""What the scripts of a page hold of its story: the state that a page is built from, and what it tells counters.

Pages that a framework builds carry their data as JSON (`__NEXT_DATA__`, `window.__INITIAL_STATE__`, Arc's
`Fusion.globalContent`, Substack's `JSON.parse("…")`), and nearly all tell a counter of readers who wrote what
(`dataLayer`, `digitalData`, `utag_data`). No script is run: JSON is read where it stands, and of what is no JSON only
pairs of a known key and a quoted value.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.cleaned.documents.lines.grams import grams, shared

_TELLS = ("author", "byline", "creator", "writer", "reporter", "journalist", "credits", "publish")
_BEGIN = re.compile(
    r"(?:(?<![\w$.])(?P<name>[\w$.\]\[\"']{1,80})\s*=\s*|(?<![\w$.])(?P<call>[\w$.]{1,60})\(\s*)(?=[{\[\"'])"
)
_COUNTER = (
    *("datalayer", "data_layer", "digitaldata", "digital_data", "utag", "pagedata", "page_data", "pageinfo"),
    *("page_info", "analytics", "tracking", "omniture", "adobe", "targeting"),
)
_AUTHOR_KEYS = frozenset(
    (
        *("author", "authors", "authorname", "authornames", "authorsname", "byline", "bylines", "bylinetext"),
        *("articleauthor", "articleauthors", "pageauthor", "pagepostauthor", "contentauthor", "postauthor"),
        *("writer", "writers", "creator", "creators", "reporter", "reporters", "journalist", "journalists"),
        *("publishedbylines", "authorslist", "authorlist", "storyauthor", "newsauthor", "displaybyline", "credits"),
    )
)
_DATE_KEYS = frozenset(
    (
        *("datepublished", "publishedat", "publishdate", "publisheddate", "publicationdate", "pubdate", "postdate"),
        *("firstpublished", "firstpublishedat", "firstpublishdate", "firstpublicationdate", "firstpublisheddate"),
        *("displaydate", "pagepostdate", "articlepublishdate", "publishedtime", "publishtime", "datepublication"),
        *("articlepublisheddate", "publishedon", "releasedate", "articledate", "publicationdatetime", "publishat"),
    )
)
_TITLE_KEYS = ("headline", "title", "headlines", "name", "storytitle", "articletitle", "heading", "displaytitle")
_NAME_KEYS = ("name", "fullname", "displayname", "title", "text", "byline", "authorname", "label", "by", "basic")
_LETTERS = re.compile(r"[^a-z]+")
_AGREES = 0.7  # share of the headline's letters
_MOST_SCRIPT, _MOST_OBJECTS, _MOST_NODES = 4_000_000, 40, 40_000
_DEEPEST_COUNTER = 4
_LONGEST_CREDIT = 160
_PAIRS = re.compile(
    r"""(?<![\w$])["']?(?P<key>[A-Za-z_]{4,30})["']?\s*:\s*"""
    r"""(?P<quote>["'])(?P<value>(?:[^"'\\\n]|\\.|(?!(?P=quote))["'])*)(?P=quote)"""
)
_BARE_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|([{,]\s*)([A-Za-z_$][\w$]*)\s*:')
_LONGEST_LITERAL = 60_000  # characters
_LOOSE = 60_000  # characters of a script that are looked through for pairs


@dataclass(frozen=True)
class ScriptState:
    """What the scripts name as the authors of the page's story, and the stamps of its publication, as written."""

    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


def read_state(scripts: Iterable[str], title: str | None) -> ScriptState:
    """What the scripts tell of the story of this title; what they tell of other stories is passed over.

    Where an object has no headline, it counts only if it is what the page tells its counter.
    """
    told: list[Mapping[str, Any]] = []
    counted: list[Mapping[str, Any]] = []
    for text in scripts:
        if len(text) > _MOST_SCRIPT or not _holds(text, _TELLS):
            continue
        for name, data in _objects(text):
            nodes = list(_nodes(data, name))
            told += [node for node, _ in nodes if title and _agrees(node, title)]
            if _holds(name, _COUNTER):
                counted += [node for node, depth in nodes if depth <= _DEEPEST_COUNTER and not _title_of(node)]
        if _holds(text, _COUNTER):
            counted.append({match["key"]: match["value"] for match in _PAIRS.finditer(text[:_LOOSE])})
    found = [_state_of(node) for node in (*told, *counted)]
    return ScriptState(
        next((state.authors for state in found if state.authors), ()),
        next((state.published for state in found if state.published), ()),
    )


def _holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of some words stands in a text, in whatever case; on long scripts faster than a pattern."""
    lowered = text.lower()
    return any(word in lowered for word in words)


def _objects(text: str) -> Iterator[tuple[str, Any]]:
    """The JSON in a script, each with the name that it is assigned or handed to."""
    bare = text.strip()
    if bare[:1] in ("{", "["):
        if (data := _loaded(bare)) is not None:
            yield "", _unfolded(data)
        return
    position, count = 0, 0
    while count < _MOST_OBJECTS and (match := _BEGIN.search(text, position)):
        position, count = match.end(), count + 1
        try:
            data, end = json.JSONDecoder(strict=False).raw_decode(text, position)
        except (ValueError, RecursionError):
            data = _literal(text[position : position + _LONGEST_LITERAL]) if match["name"] else None
            end = position
        if data is None:
            continue
        position = end
        if isinstance(data, str):  # JSON.parse("…")
            data = _loaded(data)
        if isinstance(data, (dict, list)):
            yield match["name"] or match["call"] or "", data


def _literal(text: str) -> Any:
    """The object at the head of a text whose keys have no quotation marks, as scripts may write it; else None."""
    if text[:1] != "{":
        return None
    quoted = _BARE_KEY.sub(lambda m: f'{m[1]}"{m[2]}":' if m[2] else m[0], text)
    try:
        return json.JSONDecoder(strict=False).raw_decode(quoted)[0]
    except (ValueError, RecursionError):
        return None


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _unfolded(data: Any) -> Any:
    """Nuxt's flat list, in which objects name their values by place, with the values in place of their numbers."""
    if not (isinstance(data, list) and len(data) > 2 and all(isinstance(v, int) for v in _values(data[1]))):
        return data

    def value(place: Any) -> Any:
        return data[place] if isinstance(place, int) and 0 <= place < len(data) else place

    def shallow(item: Any) -> Any:
        if isinstance(item, list):
            return [value(place) for place in item]
        return {key: value(place) for key, place in item.items()} if isinstance(item, dict) else item

    return [{k: _deeper(v, shallow) for k, v in shallow(i).items()} for i in data if isinstance(i, dict)]


def _deeper(item: Any, shallow: Any) -> Any:
    """Two levels are enough for a list of authors with their names."""
    filled = shallow(item) if isinstance(item, (dict, list)) else item
    return [shallow(v) if isinstance(v, dict) else v for v in filled] if isinstance(filled, list) else filled


def _values(item: Any) -> list[Any]:
    return list(item.values()) if isinstance(item, dict) else item if isinstance(item, list) else [""]


def _nodes(data: Any, name: str) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Objects and how deep they stand, nearest first."""
    level: Sequence[Any] = [data]
    seen = depth = 0
    while level and seen < _MOST_NODES:
        deeper: list[Any] = []
        for item in level:
            seen += 1
            if isinstance(item, Mapping):
                yield item, depth
                deeper += [v for v in item.values() if isinstance(v, (dict, list))]
            elif isinstance(item, list):
                deeper += [v for v in item if isinstance(v, (dict, list))]
        level, depth = deeper, depth + 1


def _key(name: str) -> str:
    return _LETTERS.sub("", name.lower())


def _title_of(node: Mapping[str, Any]) -> str | None:
    by_key = {_key(name): value for name, value in node.items() if isinstance(name, str)}
    for key in _TITLE_KEYS:
        value = by_key.get(key)
        value = next(iter(value.values()), None) if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            return html.unescape(value)
    return None


def _agrees(node: Mapping[str, Any], title: str) -> bool:
    """Whether an object is headed by the page's title, or by a form of it."""
    own = _title_of(node)
    if own is None or len(own) > 3 * len(title) + 40:
        return False
    return shared(title, grams(own)) >= _AGREES and shared(own, grams(title)) >= _AGREES / 2


def _state_of(node: Mapping[str, Any]) -> ScriptState:
    authors: list[str] = []
    published: list[str] = []
    for name, value in node.items():
        key = _key(name) if isinstance(name, str) else ""
        if key in _AUTHOR_KEYS and not authors:
            authors = list(dict.fromkeys(_names_of(value)))
        elif key in _DATE_KEYS:
            published += [str(v) for v in (value,) if isinstance(v, (str, int)) and not isinstance(v, bool)]
    return ScriptState(tuple(authors), tuple(published))


def _names_of(value: Any) -> Iterator[str]:
    """The names in the value of an author's key, however it is nested."""
    if isinstance(value, str):
        text = html.unescape(value).strip()
        if text and len(text) <= _LONGEST_CREDIT and "<" not in text:
            yield text
    elif isinstance(value, list):
        for item in value:
            yield from _names_of(item)
    elif isinstance(value, Mapping):
        by_key = {_key(name): inner for name, inner in value.items() if isinstance(name, str)}
        parts = [part for key in ("firstname", "lastname") if isinstance(part := by_key.get(key), str) and part]
        named = next((by_key[key] for key in _NAME_KEYS if by_key.get(key)), " ".join(parts))
        yield from _names_of(named)
