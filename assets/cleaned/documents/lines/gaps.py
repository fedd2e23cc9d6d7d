"""The short lines between a story's paragraphs, right after its last, and between title and body."""

from __future__ import annotations

from assets.cleaned.documents.lines.grams import grams, shared
from assets.cleaned.documents.lines.state import INSIDE_REASONS, LinesAtWork

_LEAST_VERSE = 3  # lines


def fill_between(page: LinesAtWork) -> None:
    """Decide the short lines that stand between accepted paragraphs, or right after one."""
    accepted = sorted(page.kinds)
    if not accepted:
        return
    for before, after in zip(accepted, [*accepted[1:], len(page.features)], strict=True):
        between = [i for i in range(before + 1, after) if page.reasons[i] is None]
        _fill_run(page, between, before, after if after < len(page.features) else None)


def _fill_run(page: LinesAtWork, run: list[int], before: int, after: int | None) -> None:
    if after is not None and (_is_verse(page, run) or _is_enumeration(page, run, before)):
        page.kinds |= dict.fromkeys(run, "body")
        return
    _keep_sentences(page, run, before, after)
    undecided = [i for i in run if i not in page.kinds]
    listed = [i for i in undecided if page.features[i].is_bulleted]
    for i in undecided:
        bulleted = page.features[i].is_bulleted
        if bulleted and (len(listed) >= 2 or page.features[before].ends_with_colon) and _follows(page, i, before):
            page.kinds[i] = "body"
        elif after is not None and _stays_between(page, i, undecided, after):
            page.kinds[i] = "heading"
        else:
            page.reasons[i] = _between_reason(page, i, run, after)


def _is_verse(page: LinesAtWork, run: list[int]) -> bool:
    """Whether short lines between two paragraphs are verse: one after another, and many end with a comma."""
    if len(run) < _LEAST_VERSE or run[-1] - run[0] >= len(run):
        return False
    features = [page.features[i] for i in run]
    if any(f.is_list or f.is_bulleted for f in features):
        return False
    return sum(f.ends_with_comma or f.ends_sentence for f in features) * 2 >= len(run) and any(
        f.ends_with_comma for f in features
    )


def _is_enumeration(page: LinesAtWork, run: list[int], before: int) -> bool:
    """Whether lines right behind a paragraph are a list that it, or the first of them, announces by a colon."""
    if not run or run[-1] - before != len(run):
        return False
    announced = page.features[before].ends_with_colon
    items = [page.features[i] for i in (run if announced else run[1:])]
    if not items or not (announced or page.features[run[0]].ends_with_colon):
        return False
    return all(f.is_bulleted or f.ends_with_comma or f.ends_sentence for f in items)


def _keep_sentences(page: LinesAtWork, run: list[int], before: int, after: int | None) -> None:
    """Keep short sentences that go on from a paragraph, or stand under a heading between two paragraphs."""
    pending: list[int] = []
    for i in run:
        feature = page.features[i]
        if not feature.ends_sentence or feature.words < 3:
            pending.append(i)
        elif _follows(page, i, before) or (after is not None and not pending):
            page.kinds[i] = "body"
            pending = []
        elif after is not None and feature.ends_as_statement and _lead_on(page, pending):
            page.kinds |= dict.fromkeys(pending, "heading")
            page.kinds[i] = "body"
            pending = []
        else:
            pending.append(i)


def _lead_on(page: LinesAtWork, pending: list[int]) -> bool:
    """Whether undecided lines above a sentence are its heading, the line that announces a list, or both."""
    if len(pending) > 2 or not all(page.is_heading(j) for j in pending):
        return False
    return len(pending) == 1 or page.features[pending[-1]].ends_with_colon


def _follows(page: LinesAtWork, i: int, before: int) -> bool:
    """Whether nothing stands between a line and the paragraph before it that would end the story."""
    return all(_is_passable(page, j) for j in range(before + 1, i))


def _is_passable(page: LinesAtWork, i: int) -> bool:
    """Whether a short sentence may still belong to the paragraph before such a line."""
    return i in page.kinds or page.reasons[i] in INSIDE_REASONS


def _stays_between(page: LinesAtWork, i: int, run: list[int], after: int) -> bool:
    feature = page.features[i]
    if feature.starts_quoted and feature.words >= 5:
        return True
    if feature.ends_with_colon and feature.words >= 3 and i + 1 == after:
        return True
    if page.unpunctuated and len(run) == 1 and feature.words >= 6 and page.kinds.get(i - 1) == "body":
        return True  # a short sentence, on a page where sentences have no full stop
    undecided = [j for j in run if j not in page.kinds]
    if i != run[-1] or len(undecided) > 2 or not page.is_heading(i):
        return False
    if len(undecided) == 2 and len(feature.text) >= 0.5 * len(page.features[undecided[0]].text):
        return False  # two alike are two stories' headlines
    return all(page.reasons[j] in ("image", "advertisement") for j in range(i + 1, after))


def _between_reason(page: LinesAtWork, i: int, run: list[int], after: int | None) -> str:
    feature = page.features[i]
    if feature.is_list or feature.starts_low or (feature.words <= 3 and len(run) > 1):
        return "tag"
    if after is None:
        return "after_body" if feature.words < 5 else "related_story"
    return "related_story"


def keep_subtitles(page: LinesAtWork, title_line: int | None) -> None:
    """Lines between title and body that share the story's words: the standfirst."""
    accepted = sorted(page.kinds)
    if title_line is None or not accepted:
        return
    story = set().union(*(grams(page.features[i].text) for i in accepted))
    kept = 0
    for i in range(title_line + 1, accepted[0]):
        feature = page.features[i]
        if page.reasons[i] is not None or feature.words < 5 or feature.is_list or feature.starts_low or kept == 2:
            continue
        if shared(feature.text, story) >= 0.5:
            page.kinds[i] = "subtitle"
            kept += 1
