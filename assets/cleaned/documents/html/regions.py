"""Regions of a page that its markup tells apart from the story: comments, captions, boxes of other stories.

What a class says is believed only while it leaves a story: themes name whole layouts after the sidebar they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from assets.vocabulary.markup import markup_words

_OUTSIDE = ("comments", "caption", "other_stories", "advertisement", "newsletter", "author_box", "aside")
_CONTAINERS = (
    "div",
    "section",
    "ul",
    "ol",
    "p",
    "span",
    "aside",
    "details",
    "table",
    "dl",
    "em",
    "small",
    "blockquote",
)
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PARAGRAPH = 80  # characters of an element that is likely to be a paragraph
_MOST_OF_STORY = 0.4  # share of the page's text that no box holds
_LONGEST_CAPTION = 500
_LINES = ("p", "div", "h2", "h3", "h4", "span", "strong", "ul", "section", "header")
_SHORTEST_STANDFIRST, _LONGEST_STANDFIRST = 20, 700


def remove_regions(tree: HtmlElement) -> None:
    """Take out of a tree what is marked as no part of the story, or is hidden from the reader."""
    total = len(tree.text_content())
    opening = next((p for p in tree.iter("p") if len(p.text_content()) >= _PARAGRAPH), None)
    for figure in list(tree.iter("figure")):
        if figure.getparent() is not None and next(figure.iter("table", "h1"), None) is None:
            figure.drop_tree()
    for element in list(tree.iter(*_CONTAINERS)):
        reason = _reason(element)
        if reason and element.getparent() is not None and _is_apart(element, reason, total, opening):
            element.drop_tree()


def marked_standfirsts(tree: HtmlElement) -> list[str]:
    """Texts of the elements that are marked as the lines below the headline, of the length of such."""
    marked = (element for element in tree.iter(*_LINES) if is_marked(element, "standfirst"))
    texts = (element.text_content() for element in marked if next(element.iter("h1"), None) is None)
    return [text for text in texts if _SHORTEST_STANDFIRST <= len(text.strip()) <= _LONGEST_STANDFIRST]


def is_marked(element: HtmlElement, what: str) -> bool:
    """Whether an element's class or id says that it is `what`, a key of `markup.toml`."""
    return what in marks_of(f"{element.get('class') or ''} {element.get('id') or ''}")


@lru_cache(maxsize=8192)
def marks_of(names: str) -> frozenset[str]:
    """What the names in a class or id say; sites use the same few over and over."""
    words = _words_of(names)
    return frozenset(what for what, pattern in _patterns().items() if pattern.search(words))


def _words_of(names: str) -> str:
    """Names as words between hyphens, names between blanks: "-related-posts- -wide-"."""
    parts = (_NOT_WORD.sub("-", _WORD_START.sub("-", name)).strip("-").lower() for name in names.split())
    return " ".join(f"-{part}-" for part in parts if part)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {what: _pattern(words) for what, words in markup_words()}


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    forms = (re.escape(word).replace(r"\*", r"[^- ]*") for word in words)
    # "has-comments" and "comments-open" tell of a layout, "tag-survey" of a topic, not of what is inside.
    return re.compile(
        rf"(?<!-has)(?<!-no)(?<!-with)(?<!-show)(?<!-hide)(?<!-tag)(?<!-category)(?<!-topic)-(?:{'|'.join(forms)})-(?!open|closed|enabled|on-|off-|count|link)"
    )


def _reason(element: HtmlElement) -> str | None:
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return "hidden"
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    marks = marks_of(names) if names != " " else frozenset()
    return next((what for what in _OUTSIDE if what in marks), None)


def _is_apart(element: HtmlElement, reason: str, total: int, opening: HtmlElement | None) -> bool:
    """Whether a marked element can be taken out without the story going with it."""
    if next(element.iter("h1"), None) is not None or element.get("itemprop") == "articleBody":
        return False
    length = len(element.text_content())
    if reason == "comments":
        return opening is None or not any(opening is inner for inner in element.iter("p"))
    if reason == "caption" and length > _LONGEST_CAPTION:
        return False
    return length <= _MOST_OF_STORY * total
