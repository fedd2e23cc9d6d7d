"""Authors that the markup names: elements whose class, id, microdata or address says that they hold an author.

Which words are names, and which of several sources is believed, is decided in `metadata.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from assets.cleaned.documents.characters import has_letter
from assets.cleaned.documents.credits.names import looks_like_name
from assets.cleaned.documents.phrases import line_key, phrases

_ATTRIBUTES = ("class", "id", "itemprop", "property", "rel", "data-testid", "data-component")
_MARK = re.compile(
    r"uthor|yline|autor|auteur|redact|yazar|verfasser|writer|journalist|eporter|zuozhe|contributor|creator|username"
    r"|\bfn\b|firma\b|penulis|muhabir|skribent|forfatter|kirjoittaja|szerzo|avtor"
)
_PATH = re.compile(
    r"/(?:author|autor|auteur|yazar|journalist|redakt|staff/|contributor|profiles?/|experts?/|people/|columnists?/|writers?/)"
)
_TAGS: tuple[str, ...] = (
    *("a", "address", "div", "p", "span", "strong", "b", "em", "i", "li", "ul", "h2", "h3", "h4", "h5", "h6", "cite"),
    *("section", "header", "td", "dd", "small", "author", "font", "figcaption"),
)

# Marks by how surely they hold the author's name and nothing else.
_NAME = re.compile(
    r"(?:author|byline|autor|auteur|yazar|writer|journalist|reporter|contributor)s?(?:[-_]{0,2}|\b)(?:full)?_?-?(?:name|link|url)\b"
    r"|\bname\b.*\bauthor|\bfn\b|\busername\b",
    re.I,
)
_WHOLE = re.compile(
    r"(?:^|[\s_:-])(?:authors?|by-?line|autor(?:en?|es|zy)?|auteurs?|yazar|verfasser(?:in)?|writers?|journalists?"
    r"|reporters?|zuozhe|contributors?|creator|firma|penulis|muhabir|skribent|forfatter|kirjoittaja|szerzo|avtor)"
    r"(?:$|[\s_-])",
    re.I,
)
_NO_NAME = re.compile(
    r"bio\b|quote|desc|about|avatar|image|photo|picture|thumb|social|twitter|follow|title|role|job|position|date|time"
    r"|email|mail|label|icon|count|more|intro|excerpt|category|comment|tooltip|authority|authorize",
    re.I,
)
_APART = frozenset({"nav", "footer", "blockquote"})
_SECONDARY = re.compile(
    r"comment|quote|related|recommend|popular|trending|latest|teaser|sidebar|newsletter|promo|most-?read|\bcard"
    r"|carousel|recirc|read-?more|read-?next|more-from|up-?next",
    re.I,
)
_BOX = re.compile(r"bio\b|author-?box|about-?(?:the-)?author|author-?(?:info|card|profile)", re.I)
_STORY_FOOT = re.compile(r"entry|post|article", re.I)
_TWO_NAMES = re.compile(r"[,&،、]\s*[^\W\d_a-z][^\W\d_]+\s+[^\W\d_a-z][^\W\d_]+")
_HAS_DIGIT = re.compile(r"\d")
_LONGEST = 160
_LONGEST_LABEL = 60
_MOST = 200  # marked elements that are looked at
_NEAR = 4  # ancestors among which co-authors stand together


def marked_authors(tree: HtmlElement) -> Iterator[list[str]]:
    """Texts of the elements that may hold the page's author, surest first; names still have to be read off them.

    Those of one list stand together on the page. Marks in comments, teasers and boxes of other stories are left out;
    a box about the author is believed last.
    """
    ranked: list[tuple[int, int, HtmlElement]] = []
    elements = [element for element in tree.iter(*_TAGS) if _is_marked(element)][:_MOST]
    marked = set(elements)
    for number, element in enumerate(elements):
        rank = _rank(element, marked)
        if rank is not None:
            ranked.append((rank, number, element))
    for rank in sorted({r for r, _, _ in ranked}):
        texts = list(_together([element for r, _, element in ranked if r == rank]))
        if texts:
            yield texts


def _says_more(element: HtmlElement, marked: set[HtmlElement]) -> bool:
    """Whether an element names people beside those in its marked links: "By <a>Jane Doe</a>, John Smith"."""
    own = " ".join([element.text or "", *(inner.tail or "" for inner in element)])
    if _HAS_DIGIT.search(own):
        return False
    # Links without a mark that stand among marked ones name people too.
    links = [inner for inner in element.iter("a") if " " in inner.text_content().strip()]
    unmarked = [link for link in links if link not in marked and not any(e in marked for e in link.iterdescendants())]
    named = unmarked and len(unmarked) < len(links) and looks_like_name(" ".join(unmarked[0].text_content().split()))
    return bool(_TWO_NAMES.search(own)) or bool(named)


def _is_marked(element: HtmlElement) -> bool:
    values = element.attrib.values()
    if not values or not _MARK.search(" ".join(values)):
        return False
    if any(_MARK.search(element.get(attribute) or "") for attribute in _ATTRIBUTES):
        return True
    return element.tag == "a" and bool(_PATH.search(element.get("href") or ""))


def _rank(element: HtmlElement, marked: set[HtmlElement]) -> int | None:
    """How far down the list of witnesses an element stands; None if it is none."""
    marks = " ".join(element.get(attribute) or "" for attribute in _ATTRIBUTES)
    own = element.get("rel") == "author" or bool(_NAME.search(marks))
    if not own and _NO_NAME.search(marks):
        return None
    if not _says_more(element, marked) and any(
        inner in marked and not _NO_NAME.search(inner.get("class") or "") for inner in element.iterdescendants()
    ):
        return None  # the inner one says it better
    place = _place(element)
    if place is None or _credits_other(element):
        return None
    if own:
        return place
    return place + (1 if _WHOLE.search(marks) or "author" in (element.get("itemprop") or "") else 2)


def _credits_other(element: HtmlElement) -> bool:
    """Whether the words right before an element say that it names an editor or a photographer."""
    previous, parent = element.getprevious(), element.getparent()
    before = (previous.tail if previous is not None else parent.text if parent is not None else "") or ""
    label = " ".join(before.split()).strip(" ,;|·•-–—")
    if not label or len(label) > _LONGEST_LABEL:
        return False
    # "By Jane Doe · Photos by John Smith": the last words count.
    words = label.split()
    return any(phrases().after_start("credit_other", " ".join(words[k:]) + " ") == "" for k in range(len(words)))


def _place(element: HtmlElement) -> int | None:
    """0 for a place where the page's byline may stand, more for a box about the author, None for others."""
    place = 0
    for ancestor in element.iterancestors():
        marks = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if ancestor.tag in ("body", "html"):
            break
        if ancestor.tag in _APART and not _is_story_foot(ancestor, marks):
            return None
        if _SECONDARY.search(marks) and ancestor.tag not in ("main", "article"):
            return None
        if ancestor.tag == "aside" or (ancestor.tag != "a" and _BOX.search(marks)):
            place = 3
    return place


def _is_story_foot(element: HtmlElement, marks: str) -> bool:
    """Whether a footer is the story's own, where some themes set the byline."""
    return element.tag == "footer" and bool(
        _STORY_FOOT.search(marks) or next(element.iterancestors("article"), None) is not None
    )


def _together(elements: list[HtmlElement]) -> Iterator[str]:
    """The text of the first element that has one, and of those that stand beside it."""
    near: set[HtmlElement] | None = None
    for element in elements:
        text = _text(element)
        if not text:
            continue
        around = set(list(element.iterancestors())[:_NEAR])
        if near is None:
            near = around
        elif not near & around:
            return
        yield text


def _text(element: HtmlElement) -> str:
    """What an element says, parts of it that are elements of their own parted; "" where it says too much.

    Where commas or words stand between the elements, they are parts of one list already.
    """
    between = "".join(inner.tail or "" for inner in element)
    if "," in between or "،" in between or "、" in between or has_letter(between):
        text = " ".join("".join(_lines_of(element)).split())
    else:
        parts = [" ".join(part.split()) for part in element.itertext()]
        text = _barred([part for part in parts if has_letter(part) and not phrases().is_line("author_bio", part)])
    return text if len(text) <= _LONGEST else ""


def _barred(parts: list[str]) -> str:
    """Parts with a bar between them, but for a word that joins two names ("and"), which stands as it is."""
    joins = phrases().words_of("byline_join")
    joined = ["" if line_key(part) in joins and part.isalpha() else " |" for part in [*parts, ""]]
    return "".join(
        part + (" " if not after or not own else " | ")
        for part, own, after in zip(parts, joined, joined[1:], strict=False)
    ).strip(" |")


def _lines_of(element: HtmlElement) -> Iterator[str]:
    """The text of an element with a bar in place of every line break."""
    yield element.text or ""
    for inner in element:
        if isinstance(inner.tag, str):
            yield from (" | ",) if inner.tag == "br" else _lines_of(inner)
        yield inner.tail or ""
