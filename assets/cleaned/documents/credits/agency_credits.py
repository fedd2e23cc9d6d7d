"""Agencies that a page credits: in datelines, beside the author, and as the source of its text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from assets.cleaned.documents.credits.bylines import is_desk
from assets.cleaned.documents.credits.names import (
    is_place,
    names_place,
)
from assets.cleaned.documents.lines.features import LineFeatures, source_labels
from assets.cleaned.documents.lines.model import Label
from assets.cleaned.documents.phrases import fold, line_key, phrases
from assets.vocabulary.agencies import agency_words

_CREDIT = re.compile(
    r"[(\[]\s*([^()\[\]]{2,40}?)\s*[)\]]|^[^.!?؟]{0,40}?\s[-–—/]\s*([^\s()–—/-][^()–—/-]{1,30}?)\s*[-–—/:]"
)
_LONGEST_LABELLED = 120
_LONGEST_SIGN = 5  # letters of an agency's abbreviation
_SIGN = re.compile(r"[A-ZÀ-ÞА-ЯΑ-Ω]{2,6}")  # as agencies are called for short
_MOST_BEHIND_NAME = 3  # words
_MOST_LABEL_WORDS = 3
_SOURCES = re.compile(r"\s*[+،,、]\s*")
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[|•·]\s*")


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


def co_credited(features: Sequence[LineFeatures], labels: Sequence[Label], authors: Sequence[str]) -> tuple[str, ...]:
    """Agencies that a line credits with the authors whom it names: "Von Jane Doe (mit dpa)", "Jane Doe avec AFP".

    Without authors, those that a byline credits with the page's own house.
    """
    known = {fold(name) for name in authors}
    for i, (feature, label) in enumerate(zip(features, labels, strict=True)):
        if label.kind != "drop" or len(feature.text) > _LONGEST_LABELLED:
            continue
        folded = fold(feature.text)
        ends = [folded.find(name) + len(name) for name in known if name in folded]
        if len(ends) < len(known) or (not known and label.reason != "byline"):
            continue
        start = max(ends, default=0) if len(folded) == len(feature.text) else 0
        joined = _joined_agency().search(feature.text, start)
        if joined is None and (after := _next_told(labels, i)) is not None:
            # An item of its own in a list, or behind a button: "e Lusa", "(with Reuters)".
            joined = _joined_agency().fullmatch(features[after].text.strip("() "))
        if joined is None:
            return ()
        name = joined[1] or joined[2]
        if joined[2] and joined[0][0] != "/" and (" " in name or len(name) > _LONGEST_SIGN):
            return ()  # "Jane Doe, Associated Press" tells where she works
        return (name,) if fold(name) not in known else ()
    return ()


def _next_told(labels: Sequence[Label], i: int) -> int | None:
    """The next line, if it was cut; buttons do not count."""
    i += 1
    while i < len(labels) and labels[i].reason == "social":
        i += 1
    return i if i < len(labels) and labels[i].kind == "drop" else None


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
    unnamed = "|".join(map(re.escape, sorted(agency_words().unnamed, key=len, reverse=True)))
    agencies = rf"(?:{phrases().agencies.pattern}|(?:{unnamed})(?!\w))"
    return re.compile(rf"(?:(?<!\w)(?:{joins})|\+)\s+({agencies})|[,/(]\s*({agencies})", re.IGNORECASE)


def agency_named_as_source(features: Sequence[LineFeatures], labels: Sequence[Label]) -> tuple[str, ...]:
    """The agency or desk that a line by itself names as the source of the text: "Źródło: PAP"."""
    cut = (f for f, label in zip(features, labels, strict=True) if label.kind == "drop")
    for part in (part for f in cut for part in (f.text, *(_PARTS.split(f.undated) if f.dates else ()))):
        rest = _after_source_label(part)
        if rest is None:
            continue
        names = [part.strip() for part in _SOURCES.split(rest) if part.strip()]
        short = all(len(part.split()) <= _MOST_BEHIND_NAME for part in names)
        if len(names) > 1 and short and any(phrases().agencies.fullmatch(n) or is_desk(n) for n in names):
            return tuple(names)
        name = rest.split("/")[0].strip()
        if phrases().agencies.fullmatch(name) or is_desk(name) or fold(name) in agency_words().unnamed:
            return (name,)
    return _alone_beside_story(features, labels)


def _after_source_label(part: str) -> str | None:
    """What a line says behind a label such as "Source:", or behind words such as "With information from"."""
    before, colon, rest = part.replace("：", ":").partition(":")
    if colon:
        return rest if line_key(before) in source_labels() else None
    words = part.strip("() .").split()
    for n in range(2, min(_MOST_LABEL_WORDS, len(words) - 1) + 1):
        if line_key(" ".join(words[:n])) in source_labels():
            return " ".join(words[n:])
    return None


def _alone_beside_story(features: Sequence[LineFeatures], labels: Sequence[Label]) -> tuple[str, ...]:
    """The agency that is all of the line right above or right below the story: "(dpa)", "EFE"."""
    body = [i for i, label in enumerate(labels) if label.kind == "body"]
    for i in (body[-1] + 1, body[0] - 1, body[0] - 2) if body else ():
        name = features[i].text.strip("()[] .") if 0 <= i < len(labels) and labels[i].kind == "drop" else ""
        if phrases().agencies.fullmatch(name):
            return (name,)
    return ()
