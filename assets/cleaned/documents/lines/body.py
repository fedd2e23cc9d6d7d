"""The running text of a page's story: from the title on, without what belongs to other stories and to readers."""

from __future__ import annotations

from collections.abc import Set

from assets.cleaned.documents.credits.names import looks_like_name
from assets.cleaned.documents.lines.grams import grams, shared
from assets.cleaned.documents.lines.state import MOST_LABEL_WORDS, LinesAtWork
from assets.cleaned.documents.phrases import phrases

_NEWSLETTER_BOX = 3  # lines
_ENOUGH_PROSE = 250  # characters of body after which a comment form is the page's, not a link to it
_ZONE_REASONS = frozenset({"related_story", "author_bio"})
_MOST_TAIL = 2  # paragraphs
_END_REASONS = frozenset({"tag", "social", "author_bio", "comment_form", "copyright", "navigation"})


def walk_prose(page: LinesAtWork, title_line: int | None) -> None:
    """Accept running text from the title on, leaving out what belongs to other stories and to readers."""
    start = 0 if title_line is None else title_line + 1
    story = grams(page.features[title_line].text) if title_line is not None else set()
    seen = 0
    page.zone = None
    headlines: list[int] = []
    i = start
    while i < len(page.features):
        feature, reason = page.features[i], page.reasons[i]
        if (
            reason == "comment_form"
            and not _asks_for_address(page, i)
            and (seen >= _ENOUGH_PROSE or sum(1 for _ in page.kinds) >= 2)
        ):
            _cut_rest(page, i)
            return
        if reason in _ZONE_REASONS and _opens_zone(page, i):
            page.zone, headlines = reason, []
        elif page.is_prose(i):
            if page.zone is None or _is_speech(page, i) or _resumes(page, i, len(headlines), story):
                page.zone = None
                page.kinds[i] = "body"
                seen += len(feature.text)
                story |= grams(feature.text)
            else:
                page.reasons[i] = page.zone
                headlines.append(i)
        elif page.zone is not None and reason is None and _is_speech(page, i):
            page.zone, page.kinds[i] = None, "body"
        elif reason is None and page.zone is not None:
            if _ends_zone(page, i, headlines) and _next_is_body(page, i, len(headlines), story):
                page.zone = None
            else:
                page.reasons[i] = page.zone
                headlines.append(i)
        i += 1


def _asks_for_address(page: LinesAtWork, i: int) -> bool:
    """Whether the field of a form belongs to a newsletter that is offered amid the story."""
    return "newsletter" in page.reasons[max(i - _NEWSLETTER_BOX, 0) : i]


def _is_speech(page: LinesAtWork, i: int) -> bool:
    """Whether a line is one more of the page's exchanges that begin with a dash, and no headline."""
    if not (page.features[i].starts_with_dash and page.features[i].ends_sentence):
        return False
    return sum(f.starts_with_dash and f.ends_sentence for f in page.features[:i]) >= 2


def _ends_zone(page: LinesAtWork, i: int, headlines: list[int]) -> bool:
    """Whether a short line is a heading of the story, not one more of the headlines above it: it is shorter."""
    if not headlines or not page.is_heading(i):
        return False
    lengths = [len(page.features[j].text) for j in headlines if not page.features[j].is_prose]
    mean = sum(lengths) / max(len(lengths), 1)
    return len(page.features[i].text) < 0.5 * mean


def _opens_zone(page: LinesAtWork, i: int) -> bool:
    """A label alone opens a zone of other stories; "Read also: headline" holds its story on the same line."""
    phrase = phrases().find(page.features[i].text)
    return phrase is not None and (
        phrase.kind == "line"
        or page.features[i].ends_with_colon
        or (phrase.kind == "start" and page.features[i].words <= MOST_LABEL_WORDS)
    )


def _cut_rest(page: LinesAtWork, start: int) -> None:
    for i in range(start, len(page.features)):
        if page.reasons[i] is None:
            page.reasons[i] = "comment_form"


def _prose_run(page: LinesAtWork, i: int) -> list[int]:
    """The run of prose that begins at `i`, cut lines aside."""
    run: list[int] = []
    for j in range(i, len(page.features)):
        if page.is_prose(j):
            run.append(j)
        elif page.reasons[j] is None or page.reasons[j] in _ZONE_REASONS:
            break
    return run


def _resumes(page: LinesAtWork, i: int, headlines: int, story: Set[str]) -> bool:
    """Whether prose after a label for other stories is the story going on, not another one's summary."""
    feature = page.features[i]
    if headlines == 0 and not feature.ends_as_statement and len(feature.text) < 150:
        return False
    run = _prose_run(page, i)
    told = shared(" ".join(page.features[j].text for j in run), story)
    if page.zone == "author_bio":
        return len(run) >= 3 and told >= 0.35
    if feature.is_bulleted and not feature.starts_with_dash and _has_no_list(page):
        return told >= 0.35  # more likely an item of the list under the label
    if _sums_up_headline(page, i):
        return told >= 0.6 and len(run) >= 2
    # A few headlines under a label are a box inside the story; many are more likely its end.
    return headlines <= 3 or told >= (0.1 if len(run) >= 2 else 0.25)


def _has_no_list(page: LinesAtWork) -> bool:
    """Whether the story has begun, and nothing in it is bulleted or numbered so far."""
    return bool(page.kinds) and not any(page.features[j].is_bulleted for j in page.kinds)


def _sums_up_headline(page: LinesAtWork, i: int) -> bool:
    """Whether the prose at `i` tells what the headline above it announces."""
    above = next((j for j in range(i - 1, -1, -1) if page.features[j].words >= 3), None)
    if above is None or page.reasons[above] not in _ZONE_REASONS:
        return False
    return shared(page.features[above].text, grams(page.features[i].text)) >= 0.35


def _next_is_body(page: LinesAtWork, i: int, headlines: int, story: Set[str]) -> bool:
    return i + 1 < len(page.features) and page.is_prose(i + 1) and _resumes(page, i + 1, headlines, story)


def cut_tail(page: LinesAtWork) -> None:
    """Cut a line or two of prose under a name, below the page's tags or buttons: the box about the author."""
    accepted = sorted(page.kinds)
    for place in range(max(len(accepted) - _MOST_TAIL, 2), len(accepted)):
        above, below = accepted[place - 1], accepted[place]
        if page.reasons[below - 1] is not None or not looks_like_name(page.features[below - 1].text):
            continue
        if _is_about(page, below) or any(_ends_story(page, i) for i in range(above + 1, below)):
            for i in (below - 1, *accepted[place:]):
                page.kinds.pop(i, None)
                page.reasons[i] = "author_bio"
            return


def _is_about(page: LinesAtWork, i: int) -> bool:
    """Whether prose under a name tells of the person's work: it names a role, or the name again."""
    name, words = page.features[i - 1].key.split(), page.features[i].key.split()
    return name[0] in words[:3] or not phrases().words_of("role").isdisjoint(words[:4])


def _ends_story(page: LinesAtWork, i: int) -> bool:
    return page.reasons[i] in _END_REASONS or (page.reasons[i] is None and page.features[i].is_list)


def keep_short_page(page: LinesAtWork, title_line: int | None) -> None:
    """A page without running text: keep the sentences and long lines that nothing speaks against."""
    for i, feature in enumerate(page.features):
        if page.reasons[i] is not None or (title_line is not None and i <= title_line) or feature.is_list:
            continue
        if (feature.ends_sentence and feature.words >= 4) or feature.words >= 9:
            page.kinds[i] = "body"
    if not page.kinds:
        below = range(0 if title_line is None else title_line + 1, len(page.features))
        said = (i for i in below if page.reasons[i] is None and page.features[i].ends_sentence)
        page.kinds |= dict.fromkeys((i for i in said if page.features[i].words >= 2), "body")
