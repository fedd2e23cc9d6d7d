"""Which line of a page is its title, and which lines say it, or another line, again."""

from __future__ import annotations

import re

from assets.cleaned.documents.lines.grams import grams, shared
from assets.cleaned.documents.lines.state import LinesAtWork
from assets.cleaned.documents.phrases import fold, line_key

_LEAST_DENSE_TITLE = 7  # characters; a name has fewer
_MOST_TITLE_CHARACTERS = 260
_NEAR_SIGNED = 8  # lines
_SIGNED_REASONS = frozenset({"date_line", "byline"})
_MOST_TEASERS = 6
_BOUNDARY_REASONS = frozenset({"navigation", "symbol", "social", "image"})
_MOST_CANDIDATES = 80
_TOLD_IN_STORY = 0.2  # of a headline's parts of words, the least that its story shares
_NAME_END = re.compile(r"\s[-–—|·•]\s")


def find_title(page: LinesAtWork, hint: str | None) -> tuple[int | None, str | None]:
    """The line that is the title, and the title as it should read; `hint` is one given beside the page."""
    strong = _strong_lines(page)
    first = _story_start(page, strong) if strong else len(page.features)
    if hint:
        key = line_key(hint)
        found = next((i for i, f in enumerate(page.features) if f.key == key), None)
        return found, hint.strip()
    candidates = [i for i in range(min(first, len(page.features))) if _may_be_title(page, i)]
    if len(candidates) > _MOST_CANDIDATES:
        # A headline stands at the very top of a page or near its story; what lies between is menus and lists.
        candidates = candidates[: _MOST_CANDIDATES // 4] + candidates[-3 * _MOST_CANDIDATES // 4 :]
    if not candidates:
        candidates = [i for i in strong[:1] if i == 0 and _may_head(page, i) and len(strong) > 1]
    if not candidates:
        return None, None
    body = set().union(*(grams(page.features[i].text) for i in strong)) if strong else set()
    scores = {i: _title_score(page, i, first, body, candidates) for i in candidates}
    best = max(candidates, key=lambda i: scores[i])
    for i in candidates:
        # The title stands above the subtitle, which shares as many words with the story.
        if i < best and scores[i] >= scores[best] - 0.45 and not _boundary_between(page, i, best):
            return i, _shortest_title(page, i, candidates)
    return best, _shortest_title(page, best, candidates)


def _strong_lines(page: LinesAtWork) -> list[int]:
    """Long prose; any prose where none is long, or where date or author stand right above the first."""
    prose = [i for i in range(len(page.features)) if page.is_prose(i)]
    strong = [i for i in prose if page.features[i].is_strong]
    if not strong or _begins_signed(page, prose[0], strong[0]):
        return prose
    return strong


def _begins_signed(page: LinesAtWork, first: int, strong: int) -> bool:
    """Whether the date or author of the page tell that its story begins with a line above the first long one."""
    above = page.reasons[max(first - _NEAR_SIGNED, 0) : first]
    return not _SIGNED_REASONS.isdisjoint(above) and _SIGNED_REASONS.isdisjoint(page.reasons[first:strong])


def _story_start(page: LinesAtWork, strong: list[int]) -> int:
    """The first long prose of the story: not a teaser's above the headline, if date or author tell where that is.

    A headline that has its date or author between itself and its prose, while no prose above has, is the page's.
    """
    prose = [i for i in range(len(page.features)) if page.is_prose(i)]
    if any(page.reasons[i] in _SIGNED_REASONS for i in range(strong[0])):
        return strong[0]
    for i in prose[1 : _MOST_TEASERS + 1]:
        signed, above = False, i - 1
        while above >= 0 and page.reasons[above] is not None:
            signed = signed or page.reasons[above] in _SIGNED_REASONS
            above -= 1
        if signed and page.is_headline(above) and not page.features[above].ends_as_statement:
            return i
    return strong[0]


def _may_head(page: LinesAtWork, i: int) -> bool:
    """Whether running text at the top of a page may be its headline: short, and no statement."""
    return len(page.features[i].text) <= 160 and not page.features[i].ends_as_statement


def _may_be_title(page: LinesAtWork, i: int) -> bool:
    feature = page.features[i]
    if page.reasons[i] is not None or len(feature.text) > _MOST_TITLE_CHARACTERS:
        return False
    if feature.ends_as_statement and 0 < i == len(page.features) - 1:
        return False  # the last of several lines
    if feature.is_dense and len(feature.text) < _LEAST_DENSE_TITLE:
        return False
    if feature.ends_with_colon or feature.words < 3 or feature.text.endswith("/") or feature.is_menu:
        return False
    return not (feature.is_prose and feature.ends_as_statement)


def _title_score(page: LinesAtWork, i: int, first: int, body: set[str], candidates: list[int]) -> float:
    feature = page.features[i]
    score = 2.0 * shared(feature.text, body)
    twins = [j for j in candidates if j != i and _same_title(feature.text, page.features[j].text)]
    score += 0.9 if twins else 0.0
    score += 0.4 * (1 - (first - i) / max(first, 1))
    score -= 0.25 if _boundary_between(page, i, first) and not twins else 0.0
    score -= 0.3 if feature.words <= 3 or feature.is_list else 0.0
    score -= 0.2 if feature.ends_as_statement else 0.0
    score -= 0.6 if _is_shouted_name(page, i, body) else 0.0
    return score


def _is_shouted_name(page: LinesAtWork, i: int, body: set[str]) -> bool:
    """Whether a page's first line is the site's name in capitals, above the day; no story is told of it."""
    name = _NAME_END.split(page.features[i].text)[0]
    shouted = name.isupper() and shared(name, body) < _TOLD_IN_STORY
    return i == 0 and shouted and page.reasons[1:2] == ["date_line"]


def _boundary_between(page: LinesAtWork, start: int, end: int) -> bool:
    return any(page.reasons[j] in _BOUNDARY_REASONS for j in range(start + 1, end))


def _shortest_title(page: LinesAtWork, best: int, candidates: list[int]) -> str:
    """Of two forms of one title, the one without the site's name."""
    forms = [
        page.features[j].text for j in candidates if _same_title(page.features[best].text, page.features[j].text)
    ]
    return min([page.features[best].text, *forms], key=len)


def mark_titles(page: LinesAtWork, title_line: int | None, title: str | None) -> None:
    """Mark the lines that say the title again."""
    if title is None:
        return
    for i, feature in enumerate(page.features):
        if i != title_line and page.reasons[i] in (None, "furniture") and _same_title(title, feature.text):
            page.reasons[i] = "repeated_title"


def mark_repeated(page: LinesAtWork, title_line: int | None) -> None:
    """Mark the lines that stand twice, all but the first of a repeated paragraph."""
    seen: set[str] = set()
    for i, feature in enumerate(page.features):
        if page.reasons[i] is not None or i == title_line or page.counts[feature.key] < 2 or not feature.key:
            continue
        if page.is_prose(i):
            whole = " ".join(fold(feature.text).split())
            if whole not in seen:  # the first of a repeated paragraph stays
                seen.add(whole)
                continue
        page.reasons[i] = "repeated"


def _same_title(one: str, other: str) -> bool:
    """Whether two lines are one title, with or without the site's name behind or before it."""
    a, b = line_key(one), line_key(other)
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < 20 or len(short.split()) < 3 or len(long) - len(short) > 45:
        return False
    long_text = one if line_key(one) == long else other
    return (long.startswith(f"{short} ") or long.endswith(f" {short}")) and any(
        sep in long_text for sep in ("|", " - ", " – ", " — ", "»", ":", "•", "/", ">", "›")
    )
