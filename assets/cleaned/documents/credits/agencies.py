"""Which wire agency a story is credited to: what makes forty sites with one AFP story one source.

A name counts only where a credit stands: in the dateline, alone on a line or in brackets at the end, in a byline or
copyright line, or as the publisher. An agency that is merely quoted ("told Reuters") is no credit, nor is a
photographer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assets.cleaned.documents.characters import has_digit
from assets.cleaned.documents.phrases import fold
from assets.vocabulary.agencies import agency_words

_HEAD = 110  # characters of the first paragraph within which a dateline ends
_TAIL = 70
_MOST_WORDS_BEFORE = 8  # of place and date, before the agency
_LONGEST_CREDIT_LINE = 140
_ABBREVIATION = re.compile(r"[A-ZÀ-ÝÇİČ]{2,5}")
_DASH = r"(?:[–—―]|-{1,2}(?=\s|$)|(?<=\s)-)"
_OPEN, _CLOSE = r"[(\[（［【]", r"[)\]）］】]"
_STOPS = '.!?؟。！？…"”»’)）'
_LONGEST_DATELINE = 40
_LONGEST_PARTICLE = 3
# Where cut lines are looked at: their reasons, and whether the whole line must be the credit.
_CREDIT_REASONS = frozenset({"byline", "copyright", "date_line", "header"})
_LONE_REASONS = frozenset({"after_body", "author_bio", "related_story", "updated", "contact"})


def find_agency(
    paragraphs: Sequence[str],
    *,
    authors: Iterable[str] = (),
    cut_lines: Iterable[tuple[str, str]] = (),
    publisher: str | None = None,
) -> str | None:
    """The agency a story is credited to, by its usual short name; the first where there are several; None if none.

    `paragraphs` are the body's, `cut_lines` what was cut from the page: text and reason.
    """
    if paragraphs and (found := _of_dateline(paragraphs[0]) or _of_dateline_line(paragraphs[:2])):
        return found
    for author in authors:
        if found := _lone(author):
            return found
    for text, reason in cut_lines:
        if len(text) > _LONGEST_CREDIT_LINE:
            continue
        if reason in _CREDIT_REASONS and (found := _of_parts(text)):
            return found
        if reason in _LONE_REASONS and (found := _lone(text)):
            return found
    if paragraphs and (found := _of_tail(paragraphs[-1])):
        return found
    return _lone(publisher) if publisher else None


def _of_dateline(paragraph: str) -> str | None:
    """ "PARIS, Nov 3 (AFP) – …", "Berlin/dpa – …", "МОСКВА, 3 ноября. /ТАСС/. …"."""
    head = paragraph[:_HEAD]
    for pattern in _patterns().datelines:
        match = pattern.match(head)
        if match and _is_place_and_date(match["before"]):
            return _name(match["agency"])
    return None


def _is_place_and_date(text: str) -> bool:
    """Whether what stands before an agency can be a place and a date: few words, of names, numbers and months."""
    words = text.split()
    if len(words) > _MOST_WORDS_BEFORE:
        return False
    after_number = False
    for word in words:
        if word[0].islower() and len(word) > _LONGEST_PARTICLE and not after_number:
            return False
        after_number = has_digit(word)
    return True


def _of_dateline_line(paragraphs: Sequence[str]) -> str | None:
    """A dateline that stands on a line of its own above the story: "Moscow – TASS"."""
    line = paragraphs[0]
    if len(paragraphs) < 2 or len(line) > _LONGEST_DATELINE or line[-1:] in _STOPS or not _is_place_and_date(line):
        return None
    return _of_parts(line)


def _of_tail(paragraph: str) -> str | None:
    """A last line that is a credit, or a credit in brackets behind the last sentence."""
    if len(paragraph) <= _TAIL and (found := _lone(paragraph)):
        return found
    match = _patterns().bracketed_tail.search(paragraph[-_TAIL:])
    if match and paragraph[: len(paragraph) - len(match[0])].rstrip()[-1:] in _STOPS:
        return _lone(match["inner"])
    return None


@lru_cache(maxsize=4096)
def _lone(text: str) -> str | None:
    """The agency of a text that is nothing but a credit."""
    match = _patterns().lone.fullmatch(text.strip())
    return _name(match["agency"]) if match else None


def _of_parts(text: str) -> str | None:
    """The agency of a line one of whose parts, between marks, is a credit."""
    if found := _lone(text):
        return found
    return next((found for part in _patterns().parts.split(text) if (found := _lone(part))), None)


def _name(form: str) -> str:
    names = _names()
    return names.get(form) or names[_key(form)]


def _key(form: str) -> str:
    return re.sub(r"[\s.\u200c]+", "", fold(form))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    forms = agency_words().forms
    return {_key(form): name for form, name in forms.items()} | dict(forms)


class _Patterns:
    """The shapes of credits, compiled once."""

    def __init__(self) -> None:
        words = agency_words()
        agency = "|".join(map(_pattern_of, sorted(words.forms, key=lambda form: (-len(form), form))))
        named = rf"(?P<agency>{agency})"
        join = "|".join(re.escape(w) for w in sorted(words.join, key=len, reverse=True))
        label = "|".join(re.escape(w) for w in sorted(words.label, key=len, reverse=True))
        # Others that share the credit: further agencies, a reporter's initials ("dpa/lno").
        more = rf"(?:(?:\s*[/,،、;&+・|及和-]\s*|\s+(?i:{join})\s+)(?:{agency}|[\w.-]{{1,12}}))*"
        edge = r"(?<![\w.])", r"(?!\w)"
        self.lone = re.compile(
            rf"[\W_\d]*(?:(?i:{label})[\s:：/]*)?(?:(?i:{join})\s+)?(?:the\s+)?{edge[0]}{named}{edge[1]}{more}[\W_\d]*"
        )
        self.parts = re.compile(rf"[|/,،;:()\[\]–—©]|\s-\s|\s(?i:{join})\s")
        self.bracketed_tail = re.compile(rf"\s*{_OPEN}(?P<inner>[^()\[\]]{{2,50}}){_CLOSE}[\s.]*$")
        before = r"(?P<before>[^!?؟。]{0,70}?)"
        end = rf"(?:\s*(?:{_DASH}|[:：]))"
        self.datelines = (
            re.compile(rf"{before}{_OPEN}\s*{named}{edge[1]}{more}\s*{_CLOSE}(?:{end}|\s*[.]?\s*$|[.]|(?<=[）】]))"),
            re.compile(rf"{before}(?:^|[,./،–—-]\s*){edge[0]}{named}{edge[1]}(?:/[\w .]{{1,20}})?{end}"),
            re.compile(rf"{before}(?:[.–—-]\s*)/?{edge[0]}{named}{edge[1]}/?\s*(?:[.]\s|{_DASH})"),
            re.compile(rf"{_OPEN}(?P<before>[^()（）【】]{{1,15}}?)[\s＝=]?{named}{_CLOSE}"),
            re.compile(rf"(?P<before>){_OPEN}?{named}(?:{_CLOSE}|[\s\u3000]*(?:[\w]{{1,8}}電|[\w]{{1,12}}日电))"),
        )


def _pattern_of(form: str) -> str:
    spaced = r"[\s.\u200c-]*".join(map(re.escape, re.split(r"[\s.\u200c-]+", form.strip(" ."))))
    return spaced if _ABBREVIATION.fullmatch(form) else f"(?i:{spaced})"


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns()
