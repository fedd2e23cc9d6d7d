"""Whom a page declares as its authors: in JSON-LD, in meta tags, in microdata, in elements marked as the author's.

Which words are names is decided in `names.py`; what stands in plain lines is read in `bylines.py`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from assets.cleaned.documents.characters import has_digit, has_letter
from assets.cleaned.documents.credits.names import is_own_desk, looks_like_name, names_place, split_names
from assets.cleaned.documents.html.json_ld import kinds_of, parsed_json
from assets.cleaned.documents.lines.features import features_of
from assets.cleaned.documents.phrases import line_key, phrases

_AUTHOR_META = (
    *("author", "parsely-author", "article:author", "article:author_name", "vr:author"),
    *("dc.creator", "dcterms.creator", "sailthru.author", "cxenseparse:author", "byl", "authors", "citation_author"),
    *(
        "article.author",
        "article_author",
        "author_name",
        "news_author",
        "rbauthors",
        "og:article:author",
        "og:author",
    ),
    *(
        "og:article:author",
        "article:authors",
        "dc.contributor",
        "dcterms.contributor",
        "book:author",
        "content_author",
        "post_author",
    ),
)
_ADDRESS = re.compile(r"[^\s()]+@[\w-]+\.[\w.-]+|@[\w.-]+")  # e-mail addresses and the handles of social media
_DENSE_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}")
_LONGEST_CREDIT = 160
_WHOLLY_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]|^([^(\[]*)[)\]]$")
_BEFORE_NAME = re.compile(r"^\s*[(\[][^()\[\]]*[)\]]\s*(?=[^\s<>,;|])")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DESK_AND_MORE = re.compile(r"\s*[/|]\s*|\s[-–—]\s")
_DESK_PARTS = re.compile(r"\s*[,،、+|]\s*")
_MOST_DESK_WORDS, _LONGEST_DESK = 5, 40
_LEAST_LISTED = 3  # a person, what she does, another person
_LONGEST_SIGN = 4  # letters of an agency that is written small ("dpa")
_FAMILY_FIRST = re.compile(r"([^\W\d_][\w'’-]+), ([^\W\d_][\w'’-]*(?: [^\W\d_]\.)?)")


@dataclass(frozen=True)
class Credit:
    """A name in JSON-LD, and whether it is declared an organisation's."""

    name: str
    is_organisation: bool = False


def authors_declared(declared: Sequence[Sequence[Credit]], publisher: str | None, language: str) -> tuple[str, ...]:
    """The people that the first of the sources declares who declares any."""
    for source in filter(None, declared):
        people = [credit.name for credit in source if not credit.is_organisation]
        if found := _people_in(people, publisher, language):
            return found + _given_apart(source, found, publisher, language)
    return ()


def _given_apart(
    source: Sequence[Credit], people: Sequence[str], publisher: str | None, language: str
) -> tuple[str, ...]:
    """The agencies and desks that stand beside people in a list of authors, each as an author of its own."""
    known = {line_key(name) for name in people}
    names = (credit.name for credit in source if line_key(credit.name) not in known)
    apart = [name for name in names if phrases().names_desk(name) or phrases().agencies.fullmatch(name.strip())]
    found = _authors_in(apart, publisher, language, desks=True)
    return tuple(name for name in found if not (name.islower() and name.isascii() and len(name) > _LONGEST_SIGN))


def people_credited(values: Iterable[str], publisher: str | None, language: str = "en") -> tuple[str, ...]:
    """The people among the credits that one source gives."""
    return _people_in(values, publisher, language)


def desks_credited(values: Iterable[str], publisher: str | None, language: str = "en") -> tuple[str, ...]:
    """The people, desks and agencies among the credits that one source gives."""
    return _authors_in(values, publisher, language, desks=True)


def credited_declared(declared: Sequence[Sequence[Credit]], publisher: str | None, language: str) -> tuple[str, ...]:
    """The desks and agencies that are declared as the author."""
    for source in filter(None, declared):
        if found := _authors_in([credit.name for credit in source], publisher, language, desks=True):
            return found
    return ()


def declared_beside(tree: HtmlElement, meta: Mapping[str, Sequence[str]]) -> Iterator[list[Credit]]:
    """What is declared of the author outside JSON-LD, source by source, surest first."""
    for name in _AUTHOR_META:
        yield [Credit(value) for value in meta.get(name, ())]
    for number in range(1, 5):  # the labels and values that a link preview shows
        label, value = meta.get(f"twitter:label{number}"), meta.get(f"twitter:data{number}")
        if label and value and phrases().after_start("byline", f"{label[0]} ") == "":
            yield [Credit(value[0])]
    for value in meta.get("parsely-page", ())[:1]:
        page = parsed_json(value)
        yield (
            [Credit(name) for name in _strings(page.get("authors") or page.get("author"))]
            if isinstance(page, Mapping)
            else []
        )
    yield [Credit(name) for name in _creators_of_microdata(tree)]


def _creators_of_microdata(tree: HtmlElement) -> Iterator[str]:
    """The names of authors that microdata gives in tags that show nothing."""
    yield from map(str, tree.xpath("//*[@itemprop='author']//meta[@itemprop='name']/@content"))


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def creators_of(article: Mapping[str, Any]) -> list[Credit]:
    """The authors of an article in JSON-LD; `creator` says the same where `author` is not given."""
    return _people(article.get("author")) or _people(article.get("creator"))


def authors_by_marks(marked: Iterable[Sequence[str]], publisher: str | None, language: str = "en") -> tuple[str, ...]:
    """The people in the elements that are marked as holding the author, as `marked_authors` gives them."""
    found = (_people_in(texts, publisher, language) for texts in marked)
    return next(filter(None, found), ())


def shown_with(
    authors: tuple[str, ...], marked: Iterable[Sequence[str]], publisher: str | None, language: str
) -> tuple[str, ...]:
    """The declared authors, or those in marked elements where these name them all and others beside them."""
    shown = authors_by_marks(marked, publisher, language)
    return shown if {*map(line_key, shown)} > {*map(line_key, authors)} else authors


def credited_by_marks(
    marked: Iterable[Sequence[str]], publisher: str | None, language: str = "en"
) -> tuple[str, ...]:
    """The desks, agencies and accounts in the elements that are marked as holding the author."""
    found = (
        _authors_in(texts, publisher, language, desks=True)
        or _authors_in(texts, publisher, language, desks=True, accounts=True)
        for texts in marked
    )
    return next(filter(None, found), ())


def _people_in(values: Iterable[str], publisher: str | None, language: str) -> tuple[str, ...]:
    """The people among the names; beside one of them, an author of one word who is given apart, too."""
    values = list(values)
    names = _authors_in(values, publisher, language)
    if not any(map(_is_person, names)):
        return ()
    apart = {value.strip() for value in values if _is_one_name(value.strip())}
    return tuple(name for name in names if _is_person(name) or name in apart or is_own_desk(name, publisher))


def _is_one_name(text: str) -> bool:
    return (
        text[:1].isupper()
        and " " not in text
        and phrases().after_start("byline", f"{text} ") is None
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
    parts = _DESK_AND_MORE.split(text)
    if len(parts) > 1 and all(phrases().names_desk(part) for part in parts):
        return tuple(parts)  # "Redacción / Agencias"
    text = parts[0] if phrases().names_desk(parts[0]) else text
    named = has_letter(text) and not has_digit(text) and "://" not in text
    if not named or len(text.split()) > _MOST_DESK_WORDS or len(text) > _LONGEST_DESK:
        return ()
    text = " ".join(_IN_BRACKETS.sub(" ", text).split()) or text
    return tuple(part.strip() for part in _DESK_PARTS.split(text) if part.strip())


def _is_publisher(key: str, publisher: str) -> bool:
    key = key.removeprefix("the ")
    return key == publisher.removeprefix("the ") or (" " in key and publisher.startswith(f"{key} "))


def _people(value: Any, *, is_organisation: bool = False) -> list[Credit]:
    """The names in a JSON-LD author."""
    if isinstance(value, str):
        return [Credit(value, is_organisation)]
    if isinstance(value, list):
        return [name for item in value for name in _people(item, is_organisation=is_organisation)]
    if not isinstance(value, Mapping):
        return []  # numbers and nulls name nobody
    parts = [part for key in ("givenName", "familyName") if isinstance(part := value.get(key), str)]
    return _people(
        value.get("name") or " ".join(parts),
        is_organisation=is_organisation or any("Organization" in kind for kind in kinds_of(value)),
    )


def _people_among_roles(text: str, language: str) -> tuple[str, ...]:
    """The people of elements side by side, each with what it does: "Jane Doe | Reporter | John Smith | Editor"."""
    parts = text.split(" | ")
    roles = [part for part in parts if phrases().is_line("role", part) or phrases().contains("role", f" {part}")]
    if len(parts) < _LEAST_LISTED or not roles:
        return ()
    named = [split_names(part, language) for part in parts if part not in roles and " " in part]
    people = [names[0] for names in named if len(names) == 1 and _is_person(names[0]) and not names_place(names[0])]
    return tuple(people) if len(people) > 1 else ()


def _names(value: str, language: str = "en") -> tuple[str, ...]:
    text = " ".join(_ADDRESS.sub(" ", html.unescape(value)).split())
    text = _BEFORE_NAME.sub("", text).strip(" <>,;|")
    inner = _WHOLLY_BRACKETED.fullmatch(text)
    text = inner[1] if inner else _EMPTY_BRACKETS.sub(r"\1", text)
    if "://" in text or not text:
        return ()
    text = features_of(text, language).undated.strip(" |") if len(text) <= _LONGEST_CREDIT else text
    text = phrases().after_start("byline", text) or text
    reversed_name = _FAMILY_FIRST.fullmatch(text)
    if reversed_name and all(part[0].isupper() and not phrases().names_desk(part) for part in reversed_name.groups()):
        text = f"{reversed_name[2]} {reversed_name[1]}"  # "Doe, Jane"
    names = _people_among_roles(text, language) or split_names(text, language)
    if names:
        return names
    dense = tuple(filter(None, re.split(r"[、，,/|]\s*", text)))
    if all(_DENSE_NAME.fullmatch(part) for part in dense) and not phrases().is_line("role", text):
        return dense
    return (text,) if len(text.split()) <= 4 and looks_like_name(text.title()) and not has_digit(text) else ()
