"""The name that a pasted page bears: on top, above headline, date and menu, or with the byline below the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assets.cleaned.documents.credits.houses import names_house
from assets.cleaned.documents.lines.features import LineFeatures, features_of
from assets.cleaned.documents.lines.model import Label
from assets.cleaned.documents.phrases import line_key, phrases
from assets.vocabulary.pages import page_words

_PART = re.compile(r"\s*[|•·]\s*|\s+[»>]\s+|\s+[-–—]\s+|\s{3,}|\t+")
_MOST_WORDS, _MOST_LETTERS = 6, 50
_MOST_UNTOLD_WORDS = 4  # of a name that no other line says: longer ones are headlines of other stories
_MOST_LINES_ABOVE = 14  # between the name and the headline: menus and stamps
_MOST_LINES_BELOW = 6  # between headline and story
_BYLINES = frozenset({"header", "byline", "date_line", "navigation"})
_CREDIT_PART = re.compile(r"\s*[|•·,،、;/]\s*|\s+[-–—]\s+|\s*\(\s*")
_ENDS = ".!?:,;…؟۔。"


def name_on_top(features: Sequence[LineFeatures], labels: Sequence[Label], title_line: int | None) -> str | None:
    """The site's name as the first line has it, alone or before a tagline, the day or a menu; else null.

    The line must have been cut, and the headline follow it. A lone word or a name in capitals must be said again in
    another cut line, since it may as well name a section; the name in capitals is given as that line writes it.
    """
    if not features or labels[0].kind != "drop" or title_line is None or not 0 < title_line <= _MOST_LINES_ABOVE:
        return None
    name = _PART.split(features[0].text.strip())[0].strip(' \t"[]()*#')
    rest = [f.text for f, label in zip(features[1:], labels[1:], strict=True) if label.kind == "drop"]
    if not _is_name(features[0], name):
        return None
    again = _as_written_in(name, rest)
    sure = 1 < len(name.split()) <= _MOST_UNTOLD_WORDS or names_house(name)
    return again or (name if sure and not name.isupper() else None)


def _is_name(line: LineFeatures, name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or len(name) > _MOST_LETTERS or name[-1] in _ENDS:
        return False
    if not any(c.isalpha() for c in name) or (line.dates and line.text == name):
        return False
    furnishes = features_of(name, line.language).overt_reason is not None or line_key(name) in _furniture_words()
    return not furnishes and not phrases().is_line("role", name) and "@" not in name


@lru_cache(maxsize=1)
def _furniture_words() -> frozenset[str]:
    """Lines that pages open with and that name no site: "Advertisement", "Skip to content", "Print"."""
    return frozenset(line_key(word) for words in page_words().line.values() for word in words)


def _as_written_in(name: str, lines: Sequence[str]) -> str | None:
    """The name as a later line writes it, in small letters if one does."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    found = [match[0] for line in lines for match in pattern.finditer(line)]
    return next((text for text in found if not text.isupper()), name if found else None)


def house_beside_byline(
    features: Sequence[LineFeatures], labels: Sequence[Label], title_line: int | None
) -> str | None:
    """The newspaper that stands with byline and date between headline and story: "By Jane Doe, The Harbour Post"."""
    first = next((i for i, label in enumerate(labels) if label.kind == "body"), len(labels))
    start = 0 if title_line is None else title_line + 1
    for i in range(start, min(first, start + _MOST_LINES_BELOW)):
        if labels[i].kind != "drop" or labels[i].reason not in _BYLINES:
            continue
        for part in _CREDIT_PART.split(features[i].undated):
            if name := _house_in(part.strip(" .:()[]")):
                return name
    return None


def _house_in(part: str) -> str | None:
    """The name in a part of a byline, without quotation marks, the word before it and the role behind it."""
    told = phrases().after_start("byline", part)
    words = (told or part).split()
    places = phrases().words_of("byline_place")
    k = next((k + 1 for k, word in enumerate(words) if word.islower() and word in places), 0)
    words = words[k + 1 :] if k and words[k : k + 1] == ["the"] else words[k:]
    while len(words) > 1 and (n := _words_of_role(words)):
        words = words[:-n]
    name = " ".join(words).strip("«»„“”\"' ")
    return name if name and names_house(name) else None


def _words_of_role(words: Sequence[str]) -> int:
    """How many of the last words are a role: "Harbour Post Staff Writer"."""
    return next((n for n in (3, 2, 1) if len(words) > n and phrases().is_line("role", " ".join(words[-n:]))), 0)
