"""Who a page says it is by, read off its visible lines: bylines, and names beside a role, a date or a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from assets.cleaned.documents.characters import has_digit
from assets.cleaned.documents.credits.houses import names_house
from assets.cleaned.documents.credits.names import (
    before_place,
    is_own_desk,
    is_place,
    joined_by_word,
    looks_like_name,
    names_place,
    split_names,
    surnamed,
    tells_no_author,
    without_buttons,
    without_employer,
    without_role,
)
from assets.cleaned.documents.lines.features import LineFeatures, source_labels
from assets.cleaned.documents.lines.model import Label
from assets.cleaned.documents.phrases import line_key, phrases

_EMAIL = re.compile(r"\S+@\S+")
_LONGEST_LABELLED = 120
_NEAR_BOX = 6  # lines
_MOST_BEHIND_NAME = 3  # words
_BEFORE_ROLE = re.compile(r"\s*[,،|•(]\s*|\s+[-–—]\s+")
_BESIDE_PLACE = re.compile(r"\s+[-–—|•·/]\s+|(?<=\w)/\s+|\s*[,،=＝／]\s*|\s*\|\s*")
_BETWEEN_NAMES = re.compile(r"\s*[,،、;/|·•&]\s*")
_BRACKETED_END = re.compile(r"\s*\([^()\d]{2,40}\)$")  # the place that a name is followed by: "Jane Doe (Kyiv)"
_DENSE_LANGUAGES, _DENSE_LETTERS = ("zh", "ja"), 3
_BESIDE_DATE = frozenset({"reading_time", "comment_form", "social", "updated", "date_line"})
_BEHIND_STOP = re.compile(r"(?<=[A-ZÀ-ÞА-Я]{3})\.\s+")  # "LUCÍA RAMOS. De la Redacción"
_MOST_ROLE_WORDS = 6
_AUTHORS_LINE = frozenset(
    {"header", "byline", "date_line", "navigation", "reading_time", "contact"}
)  # a link with a name, too
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[|•·]\s*")


def find_authors(
    features: Sequence[LineFeatures],
    labels: Sequence[Label],
    title_line: int | None,
    *,
    publisher: str | None = None,
    desks: bool = False,
) -> tuple[str, ...]:
    """Authors named by lines outside the body: after a byline phrase, or a name beside a date or a role.

    Desks, agencies and the publisher itself are left out unless `desks` is true.
    """
    body = [i for i, label in enumerate(labels) if label.kind == "body"]
    first = body[0] if body else len(labels)
    own = line_key(publisher or "")
    told = False  # whether a byline was read that names no person
    # Bylines below the title come first: above it, a site's name may begin as a byline does ("De …", "Di …").
    below_first = sorted(range(len(labels)), key=lambda i: title_line is not None and i < title_line)
    for i in below_first:
        if labels[i].reason not in ("byline", "date_line") or not _near_story(i, body) or (told and i > first):
            continue
        names = _names_in_byline(features[i], labels[i])
        people = tuple(n for n in names if desks or not (phrases().names_desk(n) or line_key(n) == own))
        if people:
            return people
        told = told or bool(names)
    if told:
        return ()
    # A standfirst may stand above the author.
    first = body[1] if len(body) > 1 else first
    beside: list[str] = []
    last = 0
    for i in range(first):
        if beside and i > last + 2:
            break  # co-authors stand together
        if both := _desk_and_person(features[i], labels[i], publisher):
            return both
        named = _named_beside(features, labels, i, title_line, first, desks=desks)
        if not named and beside and i == last + 1 and labels[i] == labels[last]:
            named = _plain_people(features[i].text, features[i].language)  # one more of a list
        if names := named:
            beside, last = [*beside, *(name for name in names if not _is_role(name) or (desks and is_desk(name)))], i
    return (
        tuple(dict.fromkeys(beside))
        or _signed_with_role(features, labels, body)
        or _named_in_box(features, labels, body)
    )


def _desk_and_person(feature: LineFeatures, label: Label, publisher: str | None) -> tuple[str, ...]:
    """The person, with the house's own desk, of a line that names a desk and a person: "Redaktion – Jane Doe"."""
    parts = [part.strip() for part in _PARTS.split(feature.undated) if part.strip(" |")]
    if label.kind != "drop" or label.reason not in _AUTHORS_LINE or len(parts) != 2:
        return ()
    desks = [part for part in parts if is_desk(part) and not _may_be_section(part)]
    people = [part for part in parts if _is_plain_name(part) and part not in desks]
    if len(desks) != 1 or len(people) != 1:
        return ()
    return tuple(part for part in parts if part in people or is_own_desk(part, publisher))


def _may_be_section(name: str) -> bool:
    """Whether a desk's name may as well be a menu entry's: "World News"."""
    words = [word for word in name.split() if phrases().is_line("organisation", word)]
    return bool(words) and all(phrases().is_line("navigation", word) for word in words)


def settled(
    declared: tuple[str, ...],
    features: Sequence[LineFeatures],
    labels: Sequence[Label],
    title_line: int | None,
    publisher: str | None,
) -> tuple[str, ...]:
    """The authors of a page that declares some and may show others: who posts a story is not always its author.

    The line between headline and story counts that says in a byline's own words who wrote it.
    """
    body = [i for i, label in enumerate(labels) if label.kind == "body"]
    if not declared or title_line is None or not body:
        return declared
    own = {line_key(publisher or ""), *map(line_key, declared)}
    for i in range(title_line + 1, body[1] if len(body) > 1 else body[0]):
        if labels[i].reason != "byline" or phrases().after_start("byline", features[i].text) is None:
            continue
        names = features[i].byline_names
        keys = {line_key(name) for name in names}
        if not names or not all(" " in name and not phrases().names_desk(name) for name in names):
            continue
        more = [name for name in names if line_key(name) not in own]
        if len(more) == len(names) or (keys > {*map(line_key, declared)} and _are_joined(more, features[i].text)):
            return names
        return declared
    return declared


def _are_joined(names: Sequence[str], text: str) -> bool:
    """Whether a word that joins stands right before each of the names: what stands behind a comma may be a place."""
    joins = "|".join(sorted(map(re.escape, filter(None, phrases().words_of("byline_join"))), key=len, reverse=True))
    return all(re.search(rf"(?<!\w)(?:{joins})\s+{re.escape(name)}", text, re.IGNORECASE) for name in names)


def _signed_with_role(features: Sequence[LineFeatures], labels: Sequence[Label], body: list[int]) -> tuple[str, ...]:
    """The name right below the story with its bearer's role: "Jane Doe, correspondent"."""
    below = body[-1] + 1 if body else len(labels)
    if below >= len(labels) or labels[below].kind != "drop" or labels[below].reason not in ("header", "byline"):
        return ()
    return _named_with_role(features[below].text, features[below].language)


def _named_in_box(features: Sequence[LineFeatures], labels: Sequence[Label], body: list[int]) -> tuple[str, ...]:
    """The name right below the heading of a box about the author that stands below the story."""
    below = body[-1] + 1 if body else len(labels)
    for i in range(below, min(below + _NEAR_BOX, len(labels) - 1)):
        if labels[i].reason == "author_bio" and phrases().is_line("author_bio", features[i].text):
            return split_names(features[i + 1].text) if _is_plain_name(features[i + 1].text) else ()
    return ()


def _names_in_byline(feature: LineFeatures, label: Label) -> tuple[str, ...]:
    if phrases().after_start("byline", f"{feature.text} ") == "":
        return ()
    return feature.byline_names or feature.signed_names or _alone(feature, label)


def _named_beside(
    features: Sequence[LineFeatures],
    labels: Sequence[Label],
    i: int,
    title_line: int | None,
    first: int,
    *,
    desks: bool = False,
) -> tuple[str, ...]:
    """The name that a line between title and body is, with a role or a date in it or beside it."""
    start = 0 if title_line is None else title_line + 1
    if labels[i].kind != "drop" or labels[i].reason not in _AUTHORS_LINE:
        return ()
    if phrases().after_start("credit_other", features[i].text) is not None:
        return ()
    if i == start - 2:  # "Jane Doe | 8 April 2026", right above the headline
        return _named_with_date(features[i], desks=desks)
    if i < start:
        return ()
    text, language = features[i].text, features[i].language
    named = _named_with_role(text, language) or _named_with_date(features[i], desks=desks)
    if named or labels[i].reason == "date_line":
        return named
    parts = _BESIDE_PLACE.split(text)
    if len(parts) == 1 and is_place(text.partition(":")[0], language):
        text = text.replace(":", " - ", 1)  # "القاهرة: ليلى حداد"
        parts = _BESIDE_PLACE.split(text)
    placed = len(parts) == 2 and any(is_place(part, language) for part in parts)
    if placed and (named := _named_with_place(text, language)):
        return named
    beside = [j for j in (_next_line(labels, i, -1), _next_line(labels, i, 1)) if start <= j < first]
    if not any(labels[j].reason == "date_line" or _tells_of_person(features[j].text) for j in beside):
        return ()
    if desks and is_desk(text):
        return tuple(part.strip() for part in text.split("+"))
    if _is_plain_name(text):
        return split_names(text, language) or (text,)
    if several := _several_names(text, language):
        return several
    sure = any(labels[j].reason == "date_line" or _EMAIL.fullmatch(features[j].text) for j in beside)
    return _named_with_place(text, language) or (_shouted_name(text, language) if sure else ())


def _plain_people(text: str, language: str) -> tuple[str, ...]:
    return split_names(text, language) if _is_plain_name(text) else ()


def _several_names(text: str, language: str) -> tuple[str, ...]:
    """The people of a line that is a list of names, or of a name and agencies: "Jane Doe and John Smith", "X/dpa"."""
    if dense := _dense_people(text, language):
        return dense
    bare = without_buttons(_BRACKETED_END.sub("", text))
    bare = _EMAIL.sub("", bare).strip(" ()|,")
    parts = [part for chunk in _BETWEEN_NAMES.split(bare) for part in joined_by_word(chunk)]
    parts = [without_employer(before_place(part)) for part in parts]
    behind = {part for part in parts[1:] if tells_no_author(part)}
    people = [part for part in parts if part not in behind and _is_plain_name(part)]
    others = [part for part in parts if part not in behind and part not in people and not _names_agency(part)]
    if others or not people or parts == [text]:
        return ()
    return tuple(name for part in people for name in split_names(part, language))


def _dense_people(text: str, language: str) -> tuple[str, ...]:
    """The people of a line that is nothing but Chinese or Japanese names, told by their common surnames."""
    parts = _BETWEEN_NAMES.split(text) if language in _DENSE_LANGUAGES else []
    known = any(
        phrases().find(part) is not None or phrases().names_desk(part) or is_place(part, language) for part in parts
    )
    named = all(len(part) >= _DENSE_LETTERS and surnamed(part) for part in parts)
    return tuple(parts) if parts and named and not known else ()


def _names_agency(text: str) -> bool:
    return phrases().agencies.fullmatch(text) is not None or phrases().is_line("organisation", text)


def _named_with_place(text: str, language: str) -> tuple[str, ...]:
    """The name before or behind the place or the paper: "Jane Doe, London", "القاهرة - أحمد علي", "台北=王小明"."""
    parts = _BESIDE_PLACE.split(text.strip())
    if len(parts) != 2 or text.endswith((".", "!", "?", "؟", "。")):
        return ()
    first, second = parts
    if language in _DENSE_LANGUAGES and surnamed(first) and not surnamed(second):
        return (first,)
    if _is_plain_name(first) and 1 <= len(second.split()) <= _MOST_BEHIND_NAME and not _is_plain_name(second):
        return split_names(first, language)
    if " " not in first and (_is_plain_name(second) or surnamed(second)):
        return split_names(second, language) or (second,)
    return ()


def _shouted_name(text: str, language: str) -> tuple[str, ...]:
    """The name in capitals that a line is; the date or the bearer's address must stand right above or below it."""
    parts = _BETWEEN_NAMES.split(text)
    return split_names(text, language) if all(_is_plain_name(part, shouted=True) for part in parts) else ()


def is_desk(text: str) -> bool:
    """Whether a few words are a desk's or an agency's name: "Redaktion", "Web Desk", "AFP"."""
    digits = has_digit(text) or (text[:1].islower() and not phrases().agencies.fullmatch(text))
    return phrases().names_desk(text) and len(text.split()) <= _MOST_BEHIND_NAME and not digits


def _is_plain_name(text: str, *, shouted: bool = False) -> bool:
    """Whether a line is a person's name and nothing else. One in capitals may as well be a section's."""
    cased = any(c.isupper() or c.islower() for c in text)
    if cased and text.isupper() != shouted:
        return False
    known = phrases().names_desk(text) or phrases().find(text) is not None or names_place(text) or names_house(text)
    known = known or phrases().after_start("credit_other", text) is not None
    known = known or any(word.isupper() and phrases().agencies.fullmatch(word) for word in text.split())
    return 2 <= len(text.split()) <= 4 and looks_like_name(text) and not known


def _named_with_date(feature: LineFeatures, *, desks: bool) -> tuple[str, ...]:
    """The name beside a date, labels and counts: "Jane Doe | 4 March 2024 - Updated: 5 March 2024"."""
    if not feature.dates or feature.undated == feature.text:
        return ()
    parts = [part.strip(" :-–—,.\u064b") for part in _PARTS.split(feature.undated)]
    left = [part for part in parts if part and not _says_nothing(part)]
    if len(left) > 1 and is_place(left[-1], feature.language):
        left.pop()
    # What stands behind a date alone may as well be the section.
    if len(left) != 1 or (parts[0] != left[0] and len([part for part in parts if part]) < 2):
        return ()
    several = _BETWEEN_NAMES.split(left[0])
    if len(several) > 1 and all(map(_is_plain_name, several)):
        return split_names(left[0], feature.language)
    name, *weekday = _BEFORE_ROLE.split(left[0])
    if len(" ".join(weekday).split()) > 1:
        return ()
    if desks and is_desk(name):
        return (name,)
    if people := _dense_people(name, feature.language):
        return people
    return split_names(name, feature.language) if _is_plain_name(name) else ()


def _says_nothing(part: str) -> bool:
    """Whether a part of a line of dates is a label, a count or the time that reading takes."""
    found = phrases().find(part)
    return _labels_date(part) or not line_key(part) or (found is not None and found.reason in _BESIDE_DATE)


def _labels_date(text: str) -> bool:
    """Whether a text is a label such as "Updated" and nothing else."""
    return any(phrases().after_start(reason, text) == "" for reason in ("updated", "date_line"))


def _alone(feature: LineFeatures, label: Label) -> tuple[str, ...]:
    """The names in a line that is no byline by itself but was made one by the "By" above it."""
    return split_names(feature.text, feature.language) if label.reason == "byline" else ()


def _named_with_role(text: str, language: str) -> tuple[str, ...]:
    """The name in "Jane Doe, correspondent" or "박지훈 기자", where the line says nothing else."""
    bare = " ".join(_EMAIL.sub(" ", text).split()).strip(" ()|,")
    mark = _BEFORE_ROLE.search(bare)
    mark = mark or (_BEHIND_STOP.search(bare) if bare[:1].isupper() else None)
    if mark and _is_role_or_house(bare[mark.end() :]):
        name = bare[: mark.start()]
        if 2 <= len(name.split()) <= 4 and looks_like_name(name):
            return split_names(name, language)
    return split_names(bare, language) if len(bare.split()) <= 3 and without_role(bare) not in ("", bare) else ()


def _is_role_or_house(text: str) -> bool:
    """Whether words behind a name tell what the person does, or for whom."""
    if _is_role(text) or phrases().agencies.search(text):
        return True
    words = text.strip(" .").split()
    return 2 <= len(words) <= _MOST_ROLE_WORDS and any(phrases().is_line("organisation", word) for word in words)


def _next_line(labels: Sequence[Label], i: int, step: int) -> int:
    """The next line that is more than a mark between others, or a button."""
    i += step
    while 0 <= i < len(labels) and labels[i].reason in ("symbol", "social", "reading_time"):
        i += step
    return i


def labelled_authors(lines: Iterable[Sequence[str]], language: str = "en") -> tuple[str, ...]:
    """Authors behind a label inside a line of several ("18:20 | Source: … | Author: Jane Doe | 3 comments").

    A line is given as the texts of its elements; the names are in the label's own or in the next.
    """
    known = phrases()
    for chunks in lines:
        texts = [part for chunk in chunks for part in _PARTS.split(" ".join(chunk.split()))]
        for text, after in zip_longest(texts, texts[1:], fillvalue=""):
            told = known.after_start("byline", text) if len(text) <= _LONGEST_LABELLED else None
            label = text[: len(text) - len(told)] if told is not None else ""
            if not label.rstrip().endswith((":", "：")) or line_key(label) in source_labels():
                continue
            if known.after_start("credit_other", text) is not None:
                continue  # an editor, where the page's own words do not make her the author
            names = split_names(told or after, language)
            if names:
                return tuple(name for name in names if not known.names_desk(name))
    return ()


def _near_story(i: int, body: list[int]) -> bool:
    return not body or body[0] - 12 <= i <= body[-1] + 8


def _tells_of_person(text: str) -> bool:
    """Whether a line is a person's work or address, or the house that a person works for."""
    return _is_role(text) or _EMAIL.fullmatch(text.strip(" ()|")) is not None or names_house(text)


def _is_role(text: str) -> bool:
    return phrases().is_line("role", text) or (phrases().contains("role", text) and len(text.split()) <= 6)
