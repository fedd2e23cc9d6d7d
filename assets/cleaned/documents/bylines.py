"""Who a page says it is by: authors and publisher, read off its visible lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest

from assets.cleaned.documents.addresses import host_of, site_label
from assets.cleaned.documents.characters import has_digit
from assets.cleaned.documents.features import LineFeatures, source_labels
from assets.cleaned.documents.lines import Label
from assets.cleaned.documents.masthead import name_on_top
from assets.cleaned.documents.names import (
    is_own_desk,
    is_place,
    looks_like_name,
    names_place,
    split_names,
    surnamed,
    without_role,
)
from assets.cleaned.documents.phrases import fold, line_key, phrases
from assets.vocabulary.pages import page_words

_COPYRIGHT_MARK = re.compile(r"©\ufe0f?|\(c\)|copyright", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?")
_EMAIL = re.compile(r"\S+@\S+")
_CREDIT = re.compile(
    r"[(\[]\s*([^()\[\]]{2,40}?)\s*[)\]]|^[^.!?؟]{0,40}?\s[-–—/]\s*([^\s()–—/-][^()–—/-]{1,30}?)\s*[-–—/:]"
)
_MOST_PUBLISHER_WORDS = 9
_LONGEST_LABELLED = 120
_LONGEST_SIGN = 5  # letters of an agency's abbreviation
_NEAR_BOX = 6  # lines
_SIGN = re.compile(r"[A-ZÀ-ÞА-ЯΑ-Ω]{2,6}")  # as agencies are called for short
_MOST_BEHIND_NAME = 3  # words
_BEFORE_ROLE = re.compile(r"\s*[,،|•(]\s*|\s+[-–—]\s+")
_BESIDE_PLACE = re.compile(r"\s+[-–—|•·/]\s+|(?<=\w)/\s+|\s*[,،=＝／]\s*|\s*\|\s*")
_BESIDE_DATE = frozenset({"reading_time", "comment_form", "social", "updated", "date_line"})
_BEHIND_STOP = re.compile(r"(?<=[A-ZÀ-ÞА-Я]{3})\.\s+")  # "LUCÍA RAMOS. De la Redacción"
_MOST_ROLE_WORDS = 6
_SOURCES = re.compile(r"\s*[+،,、]\s*")
_AUTHORS_LINE = frozenset({"header", "byline", "date_line", "navigation"})  # a link with a name, too
_QUOTED_NAME = re.compile(r"[^«»„“”\"]{2,60}\s[«„“\"]([^«»„“”\"]{2,60})[»”“\"]")
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
        if names := _named_beside(features, labels, i, title_line, first, desks=desks):
            beside, last = [*beside, *(name for name in names if not _is_role(name) or (desks and _is_desk(name)))], i
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
    desks = [part for part in parts if _is_desk(part) and not _may_be_section(part)]
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
    if i == start - 2:  # "Jane Doe | 8 April 2026", right above the headline
        return _named_with_date(features[i], desks=desks)
    if i < start:
        return ()
    text, language = features[i].text, features[i].language
    named = _named_with_role(text, language) or _named_with_date(features[i], desks=desks)
    if named or labels[i].reason == "date_line":
        return named
    parts = _BESIDE_PLACE.split(text)
    placed = len(parts) == 2 and any(is_place(part, language) for part in parts)
    if placed and (named := _named_with_place(text, language)):
        return named
    beside = [j for j in (_next_line(labels, i, -1), _next_line(labels, i, 1)) if start <= j < first]
    if not any(labels[j].reason == "date_line" or _tells_of_person(features[j].text) for j in beside):
        return ()
    if desks and _is_desk(text):
        return tuple(part.strip() for part in text.split("+"))
    if _is_plain_name(text):
        return split_names(text, language) or (text,)
    sure = any(labels[j].reason == "date_line" or _EMAIL.fullmatch(features[j].text) for j in beside)
    return _named_with_place(text, language) or (_shouted_name(text, language) if sure else ())


def _named_with_place(text: str, language: str) -> tuple[str, ...]:
    """The name before or behind the place or the paper: "Jane Doe, London", "القاهرة - أحمد علي", "台北=王小明"."""
    parts = _BESIDE_PLACE.split(text.strip())
    if len(parts) != 2 or text.endswith((".", "!", "?", "؟", "。")):
        return ()
    first, second = parts
    if _is_plain_name(first) and 1 <= len(second.split()) <= _MOST_BEHIND_NAME and not _is_plain_name(second):
        return split_names(first, language)
    if " " not in first and (_is_plain_name(second) or surnamed(second)):
        return split_names(second, language) or (second,)
    return ()


def _shouted_name(text: str, language: str) -> tuple[str, ...]:
    """The name in capitals that a line is; the date or the bearer's address must stand right above or below it."""
    return split_names(text, language) if _is_plain_name(text, shouted=True) else ()


def _is_desk(text: str) -> bool:
    digits = has_digit(text) or (text[:1].islower() and not phrases().agencies.fullmatch(text))
    return phrases().names_desk(text) and len(text.split()) <= _MOST_BEHIND_NAME and not digits


def _is_plain_name(text: str, *, shouted: bool = False) -> bool:
    """Whether a line is a person's name and nothing else. One in capitals may as well be a section's."""
    cased = any(c.isupper() or c.islower() for c in text)
    if cased and text.isupper() != shouted:
        return False
    known = phrases().names_desk(text) or phrases().find(text) is not None or names_place(text)
    return 2 <= len(text.split()) <= 4 and looks_like_name(text) and not known


def _named_with_date(feature: LineFeatures, *, desks: bool) -> tuple[str, ...]:
    """The name beside a date, labels and counts: "Jane Doe | 4 March 2024 - Updated: 5 March 2024"."""
    if not feature.dates or feature.undated == feature.text:
        return ()
    parts = [part.strip(" :-–—,.\u064b") for part in _PARTS.split(feature.undated)]
    left = [part for part in parts if part and not _says_nothing(part)]
    # What stands behind a date alone may as well be the section.
    if len(left) != 1 or (parts[0] != left[0] and len([part for part in parts if part]) < 2):
        return ()
    name, *weekday = _BEFORE_ROLE.split(left[0])
    if len(" ".join(weekday).split()) > 1:
        return ()
    if desks and _is_desk(name):
        return (name,)
    return split_names(name, feature.language) if _is_plain_name(name) else ()


def _says_nothing(part: str) -> bool:
    """Whether a part of a line of dates is a label, a count or the time that reading takes."""
    found = phrases().find(part)
    return _labels_date(part) or not line_key(part) or (found is not None and found.reason in _BESIDE_DATE)


def _labels_date(text: str) -> bool:
    """Whether a text is a label such as "Updated" and nothing else."""
    return any(phrases().after_start(reason, text) == "" for reason in ("updated", "date_line"))


def co_credited(features: Sequence[LineFeatures], labels: Sequence[Label], authors: Sequence[str]) -> tuple[str, ...]:
    """Agencies that a line credits with the authors whom it names: "Von Jane Doe (mit dpa)", "Jane Doe avec AFP".

    Without authors, those that a byline credits with the page's own house.
    """
    known = {fold(name) for name in authors}
    for feature, label in zip(features, labels, strict=True):
        if label.kind != "drop" or len(feature.text) > _LONGEST_LABELLED:
            continue
        folded = fold(feature.text)
        ends = [folded.find(name) + len(name) for name in known if name in folded]
        if len(ends) < len(known) or (not known and label.reason != "byline"):
            continue
        start = max(ends, default=0) if len(folded) == len(feature.text) else 0
        joined = _joined_agency().search(feature.text, start)
        if joined is None:
            return ()
        name = joined[1] or joined[2]
        if joined[2] and (" " in name or len(name) > _LONGEST_SIGN):
            return ()  # "Jane Doe, Associated Press" tells where she works
        return (name,) if fold(name) not in known else ()
    return ()


def agency_beside_place(
    features: Sequence[LineFeatures], labels: Sequence[Label], title_line: int | None, story: str
) -> tuple[str, str] | None:
    """The agency's sign and the town of a line between headline and story: "EFE | Puerto Real | 5 de marzo".

    The town is known as one, or the story tells of it as of a place ("en Puerto Real").
    """
    body = next((i for i, label in enumerate(labels) if label.kind == "body"), len(labels))
    for i in range(title_line + 1 if title_line is not None else body, body):
        parts = [part.strip(" |,") for part in _PARTS.split(features[i].undated) if part.strip(" |,")]
        if labels[i].kind != "drop" or len(parts) != 2 or not _SIGN.fullmatch(parts[0]):
            continue
        if is_place(parts[1], features[i].language) or names_place(parts[1]) or _is_told_as_place(parts[1], story):
            return parts[0], parts[1]
    return None


def _is_told_as_place(name: str, story: str) -> bool:
    before = "|".join(map(re.escape, sorted(phrases().words_of("place_before"))))
    return re.search(rf"(?<!\w)(?i:{before})\s+{re.escape(name)}(?!\w)", story) is not None


def source_beside(
    features: Sequence[LineFeatures],
    labels: Sequence[Label],
    title_line: int | None,
    authors: Sequence[str],
    captions: Collection[str],
) -> tuple[str, ...]:
    """The agency that the line above or below the byline names as the source: "Oprac. Jane Doe", "Źródło: PAP".

    `captions` are the texts below pictures, whose source is the picture's.
    """
    body = next((i for i, label in enumerate(labels) if label.kind == "body"), len(labels))
    start = title_line + 1 if title_line is not None else body
    known = {line_key(name) for name in authors}
    for i in range(start, body):
        before, _, rest = features[i].text.replace("：", ":").partition(":")
        name = rest.strip() or (features[i + 1].text.strip() if i + 1 < body else "")
        if features[i].text in captions or line_key(before) not in source_labels() or line_key(name) in known:
            continue
        near = " ".join(line_key(features[j].text) for j in range(max(i - 2, start), min(i + 3, body)))
        if any(key in near for key in known) and (_SIGN.fullmatch(name) or phrases().agencies.fullmatch(name)):
            return (name,)
    return ()


@lru_cache(maxsize=1)
def _joined_agency() -> re.Pattern[str]:
    """An agency behind a word that joins, or (the second group) behind a comma or a slash: "Von Jane Doe, dpa"."""
    joins = "|".join(sorted(map(re.escape, filter(None, phrases().words_of("byline_join"))), key=len, reverse=True))
    agencies = phrases().agencies.pattern
    return re.compile(rf"(?:(?<!\w)(?:{joins})|\+)\s+({agencies})|[,/]\s*({agencies})", re.IGNORECASE)


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
            names = split_names(told or after, language)
            if names:
                return tuple(name for name in names if not known.names_desk(name))
    return ()


def agency_named_as_source(features: Sequence[LineFeatures], labels: Sequence[Label]) -> tuple[str, ...]:
    """The agency or desk that a line by itself names as the source of the text: "Źródło: PAP"."""
    for feature, label in zip(features, labels, strict=True):
        before, colon, rest = feature.text.replace("：", ":").partition(":")
        if label.kind != "drop" or not colon or line_key(before) not in source_labels():
            continue
        name = rest.split("/")[0].strip()
        if phrases().agencies.fullmatch(name) or _is_desk(name):
            return (name,)
        names = [part.strip() for part in _SOURCES.split(rest) if part.strip()]
        short = all(len(part.split()) <= _MOST_BEHIND_NAME for part in names)
        if len(names) > 1 and short and any(phrases().agencies.fullmatch(n) or _is_desk(n) for n in names):
            return tuple(names)
    return ()


def _near_story(i: int, body: list[int]) -> bool:
    return not body or body[0] - 12 <= i <= body[-1] + 8


def _tells_of_person(text: str) -> bool:
    """Whether a line is a person's work or address."""
    return _is_role(text) or _EMAIL.fullmatch(text.strip(" ()|")) is not None


def _is_role(text: str) -> bool:
    return phrases().is_line("role", text) or (phrases().contains("role", text) and len(text.split()) <= 6)


def find_publisher(
    features: Sequence[LineFeatures],
    labels: Sequence[Label],
    url: str | None,
    hint: str | None,
    title_line: int | None = None,
) -> str | None:
    """The publisher or agency the page names, else the host of its address.

    `title_line` is given where the lines are a whole page from its top.
    """
    if hint and hint.strip():
        return hint.strip()
    cut = [i for i, label in enumerate(labels) if label.kind == "drop"]
    return (
        _named_as_host(features, cut, url)
        or _named_in_title(features, labels)
        or (name_on_top(features, labels, title_line) if title_line is not None else None)
        or next((name for i in reversed(cut) if (name := _copyright_line(features[i], labels[i]))), None)
        or _signed(features, labels)
        or next((name for i in cut if (name := _contact_name(features[i].text))), None)
        or next((name for i in cut[:12] if (name := _named_in_menu(features[i].text))), None)
        or agency_credit([f.text for f, label in zip(features, labels, strict=True) if label.kind == "body"])
        or host_of(url)
    )


def _named_as_host(features: Sequence[LineFeatures], cut: list[int], url: str | None) -> str | None:
    """A cut line that is the site's name: its letters begin, or are, the name of the domain."""
    label = (site_label(url) or "").replace("-", "")
    if len(label) < 3:
        return None
    for i in cut:
        words = features[i].key.split()
        if not 1 <= len(words) <= 5 or len(features[i].text) > 50:
            continue
        squashed = "".join(words)
        named = squashed == label or (len(words[0]) >= 4 and label.startswith(words[0]) and words[0].isascii())
        if named and not _COPYRIGHT_MARK.search(features[i].text):
            return features[i].text
    return None


_MENU_MARK = re.compile(r"[|•·»>]|\s{2,}")


def _named_in_menu(text: str) -> str | None:
    """The one part of a row of menu entries that is no menu entry: "Site name | Home | World | Sport"."""
    parts = [part.strip() for part in _MENU_MARK.split(text) if part.strip()]
    if len(parts) < 3:
        return None
    others = [part for part in parts if not phrases().is_line("navigation", part)]
    return others[0] if len(others) == 1 and len(others[0].split()) <= 4 else None


def _copyright_line(feature: LineFeatures, label: Label) -> str | None:
    return None if label.reason == "caption" else _copyright_holder(feature.text)


def _named_in_title(features: Sequence[LineFeatures], labels: Sequence[Label]) -> str | None:
    """What a second form of the title has more than the title ("Title - Site"), if a line of its own says it too."""
    title = next((f.text for f, label in zip(features, labels, strict=True) if label.kind == "title"), None)
    lines = {f.key for f, label in zip(features, labels, strict=True) if label.kind == "drop"}
    for feature, label in zip(features, labels, strict=True):
        if title and label.reason == "repeated_title" and feature.text.startswith(title) and feature.text != title:
            rest = feature.text[len(title) :].strip(" \t|-–—:»/•·")
            if line_key(rest) in lines and 1 <= len(rest.split()) <= 5:
                return rest
    return None


def _copyright_holder(text: str) -> str | None:
    """The name in a copyright line, without mark, year and the usual formula."""
    if len(text) > 200 or not _COPYRIGHT_MARK.search(text):
        return None
    marked = _COPYRIGHT_MARK.split(text)
    # Before the mark may stand the links of a footer.
    rest = _YEARS.sub(" ", marked[-1] if any(c.isalpha() for c in marked[-1]) else " ".join(marked))
    formulas = (*page_words().start.get("copyright", ()), *page_words().contains.get("copyright", ()))
    for formula in sorted(formulas, key=len, reverse=True):
        rest = _remove_folded(rest, formula)
    parts = [part.strip(" \t.,:;|–—-") for part in re.split(r"[|.,،]|\s{3,}", rest)]
    names = [part for part in parts if part and 1 <= len(part.split()) <= _MOST_PUBLISHER_WORDS]
    if not names or not any(c.isalpha() for c in names[0]):
        return None
    return _in_quotes(names[0]) or " ".join(names[0].split())


def _in_quotes(holder: str) -> str | None:
    """The name that quotation marks set apart behind what its holder is: "Редакция газеты «Северный край»"."""
    match = _QUOTED_NAME.fullmatch(" ".join(holder.split()))
    return match[1].strip() if match and len(match[1].strip()) > 1 else None


def _remove_folded(text: str, phrase: str) -> str:
    """Take a phrase out of a text, however its letters are written."""
    folded, wanted = fold(text), fold(phrase)
    if len(folded) != len(text) or wanted not in folded:
        return text
    at = folded.index(wanted)
    return f"{text[:at]}   {text[at + len(wanted) :]}"


def _signed(features: Sequence[LineFeatures], labels: Sequence[Label]) -> str | None:
    """A short line right above the body that ends as a credit does: "AGENCY/", "Agency –"."""
    first = next((i for i, label in enumerate(labels) if label.kind == "body"), None)
    if not first or labels[first - 1].kind != "drop":
        return None
    text = features[first - 1].text
    if len(text) <= 40 and text.endswith(("/", "–", "—", " -")):
        agency = phrases().agencies.search(text)
        if agency and text[agency.start() - 1 : agency.start()] == "(":
            return agency[0]
        name = text.strip(" /–—-")
        return _quiet(name) if 1 <= len(name.split()) <= 4 else None
    return None


def _quiet(name: str) -> str:
    """A name shouted in capitals as a name is written; short ones are abbreviations and stay."""
    words = (word.capitalize() if word.isupper() and len(word) > 4 else word for word in name.split())
    return " ".join(words)


def _contact_name(text: str) -> str | None:
    """The name that stands before an e-mail address in a contact line."""
    match = _EMAIL.search(text) if len(text) <= 300 else None
    if not match:
        return None
    name = text[: match.start()].strip(" \t:|,-–")
    return name if 1 <= len(name.split()) <= 5 and len(line_key(name)) > 3 and ":" not in name else None


def agency_credit(paragraphs: Sequence[str]) -> str | None:
    """The wire agency a story is credited to, in its dateline or its last line; None if there is none."""
    if not paragraphs:
        return None
    for text in (paragraphs[0][:120], paragraphs[-1] if len(paragraphs[-1]) < 120 else paragraphs[-1][-60:]):
        for match in _CREDIT.finditer(text):
            credit = match[1] or match[2]
            found = phrases().agencies.search(credit) if credit else None
            if found and len(found[0]) * 2 >= len(credit.strip()):
                return found[0]
    return None
