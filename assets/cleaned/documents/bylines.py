"""Who a page says it is by: authors and publisher, read off its visible lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest

from assets.cleaned.documents.addresses import host_of, site_label
from assets.cleaned.documents.features import LineFeatures, looks_like_name, quiet_name, split_names, without_role
from assets.cleaned.documents.lines import Label
from assets.cleaned.documents.phrases import fold, line_key, phrases
from assets.vocabulary.agencies import agency_words
from assets.vocabulary.pages import page_words

_COPYRIGHT_MARK = re.compile(r"©\ufe0f?|\(c\)|copyright", re.IGNORECASE)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?")
_EMAIL = re.compile(r"\S+@\S+")
_CREDIT = re.compile(
    r"[(\[]\s*([^()\[\]]{2,40}?)\s*[)\]]|^[^.!?؟]{0,40}?\s[-–—/]\s*([^\s()–—/-][^()–—/-]{1,30}?)\s*[-–—/:]"
)
_MOST_PUBLISHER_WORDS = 9
_LONGEST_LABELLED = 120
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[|•·]\s*")


@lru_cache(maxsize=1)
def _source_labels() -> frozenset[str]:
    """What stands before the name of a source, not of an author."""
    return frozenset(map(line_key, agency_words().label))


def find_authors(
    features: Sequence[LineFeatures], labels: Sequence[Label], title_line: int | None, *, desks: bool = False
) -> tuple[str, ...]:
    """Authors named by lines outside the body: after a byline phrase, or a name beside a date or a role.

    Desks and agencies are left out unless `desks` is true.
    """
    body = [i for i, label in enumerate(labels) if label.kind == "body"]
    first = body[0] if body else len(labels)
    # Bylines below the title come first: above it, a site's name may begin as a byline does ("De …", "Di …").
    below_first = sorted(range(len(labels)), key=lambda i: title_line is not None and i < title_line)
    for i in below_first:
        label = labels[i]
        if label.reason not in ("byline", "date_line") or not _near_story(i, body):
            continue
        if phrases().after_start("byline", f"{features[i].text} ") == "":
            continue
        # A line that is no byline by itself was made one by the "By" above it.
        names = features[i].byline_names or (split_names(features[i].text) if label.reason == "byline" else ())
        if names:
            return tuple(name for name in names if desks or not phrases().names_desk(name))
    start = 0 if title_line is None else title_line + 1
    for i in range(start, first):
        if labels[i].kind != "drop" or labels[i].reason not in ("header", "byline"):
            continue
        beside = [j for j in (_next_line(labels, i, -1), _next_line(labels, i, 1)) if start <= j < first]
        text = features[i].text
        if named := _named_with_role(text):
            return named
        if not any(labels[j].reason == "date_line" or _is_role(features[j].text) for j in beside):
            continue
        cased = any(c.isupper() or c.islower() for c in text)
        if (
            2 <= len(text.split()) <= 4
            and looks_like_name(text)
            and not (cased and text.isupper())
            and not phrases().names_desk(text)
        ):
            return split_names(text) or (text,)
    return ()


def _named_with_role(text: str) -> tuple[str, ...]:
    """The name in "Jane Doe, correspondent" or "박지훈 기자", where the line says nothing else."""
    bare = " ".join(_EMAIL.sub(" ", text).split()).strip(" ()|,")
    name, comma, rest = bare.partition(",")
    if comma and _is_role(rest.strip()) and 2 <= len(name.split()) <= 4 and looks_like_name(name):
        return split_names(name)
    return split_names(bare) if len(bare.split()) <= 3 and without_role(bare) not in ("", bare) else ()


def _next_line(labels: Sequence[Label], i: int, step: int) -> int:
    """The next line that is more than a mark between others."""
    i += step
    while 0 <= i < len(labels) and labels[i].reason == "symbol":
        i += step
    return i


def labelled_authors(lines: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Authors behind a label inside a line of several ("18:20 | Source: … | Author: Jane Doe | 3 comments").

    A line is given as the texts of its elements; the names are in the label's own or in the next.
    """
    known = phrases()
    for chunks in lines:
        texts = [part for chunk in chunks for part in _PARTS.split(" ".join(chunk.split()))]
        for text, after in zip_longest(texts, texts[1:], fillvalue=""):
            told = known.after_start("byline", text) if len(text) <= _LONGEST_LABELLED else None
            label = text[: len(text) - len(told)] if told is not None else ""
            if not label.rstrip().endswith((":", "：")) or line_key(label) in _source_labels():
                continue
            names = split_names(told or after)
            if names:
                return tuple(name for name in names if not known.names_desk(name))
    return ()


def signed_name(text: str) -> tuple[str, ...]:
    """The person whose name a line is, and nothing else, as an author signs; a name in capitals is written small."""
    cased = any(c.islower() for c in text) or any(c.isupper() for c in text)
    if not cased or not 2 <= len(text.split()) <= 3 or not looks_like_name(text) or phrases().names_desk(text):
        return ()
    if phrases().find(text) is not None:
        return ()
    return (quiet_name(text),)


def _near_story(i: int, body: list[int]) -> bool:
    return not body or body[0] - 12 <= i <= body[-1] + 8


def _is_role(text: str) -> bool:
    return phrases().is_line("role", text) or (phrases().contains("role", text) and len(text.split()) <= 6)


def find_publisher(
    features: Sequence[LineFeatures], labels: Sequence[Label], url: str | None, hint: str | None
) -> str | None:
    """The publisher or agency the page names, else the host of its address."""
    if hint and hint.strip():
        return hint.strip()
    cut = [i for i, label in enumerate(labels) if label.kind == "drop"]
    return (
        _named_as_host(features, cut, url)
        or _named_in_title(features, labels)
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
    rest = _YEARS.sub(" ", _COPYRIGHT_MARK.sub(" ", text))
    formulas = (*page_words().start.get("copyright", ()), *page_words().contains.get("copyright", ()))
    for formula in sorted(formulas, key=len, reverse=True):
        rest = _remove_folded(rest, formula)
    parts = [part.strip(" \t.,:;|–—-") for part in re.split(r"[|.,،]|\s{3,}", rest)]
    names = [part for part in parts if part and 1 <= len(part.split()) <= _MOST_PUBLISHER_WORDS]
    return " ".join(names[0].split()) if names and any(c.isalpha() for c in names[0]) else None


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
