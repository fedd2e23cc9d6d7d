"""Reading a page that came as plain text: lines with offsets, labelled by the line model, put together as parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assets.cleaned.documents.addresses import date_in_address
from assets.cleaned.documents.characters import has_digit
from assets.cleaned.documents.credits.agency_credits import agency_named_as_source, co_credited, source_beside
from assets.cleaned.documents.credits.bylines import find_authors
from assets.cleaned.documents.credits.declared import given_authors
from assets.cleaned.documents.credits.publishers import find_publisher
from assets.cleaned.documents.credits.signatures import signature_line
from assets.cleaned.documents.dates.ages import age_of
from assets.cleaned.documents.dates.finding import FoundDate, find_dates
from assets.cleaned.documents.dates.publication import clue_of_hint, clues_in_lead
from assets.cleaned.documents.language import UNDETERMINED, detect_language
from assets.cleaned.documents.lines.features import LineFeatures, features_of
from assets.cleaned.documents.lines.model import KEPT, Label, PageLines, label_lines
from assets.cleaned.documents.page import Cut, DateClue, PageParts, Paragraph, Run
from assets.cleaned.documents.phrases import phrases
from assets.cleaned.documents.titles import clean_title
from assets.raw.documents.rows import RawDocument

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_HINT_LINE = re.compile(r"\s*(?:[^\W\d_]+[:=]?\s+)?(?P<date>\d{4}(?:-\d{2}){0,2}\S*)?\s*(?P<url>https?://\S+)\s*$")
_LONGEST_WRAPPED = 100
_SHORTEST_WRAPPED = 45
_MOST_LONGER = 0.1  # share of lines longer than that on a wrapped page: an address, a table
_LEAST_FILLED = 0.7  # of the width: a shorter line is a paragraph's last
_LONGEST_RUNNING_HEAD = 140
_SPLIT_WORD = re.compile(r"([^\W\d_]+)[-\u00ad\u2010\u00ac]$")
_WORD_REST = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\S(?: {3,}|\t+)\S")
_APART = frozenset({"byline", "date_line", "symbol", "copyright", "link"})
_MOST_LINES = 20000
# Dates this many lines above the title are as likely the day of the crawl.
_NEAR_TITLE = 3
_NEAR_STAMPED = 6  # lines above a title at which a date with a clock time still is the page's
_CLOCK = re.compile(r"\d{1,2}\s?[:.hH時시]\s?\d{2}(?::\d{2})?")
_NEAR_END = 2
_BELOW = 4  # rank of a date below the body
_SHORT_LINE = 5  # words


@dataclass(frozen=True)
class Line:
    """One line, or several that a mailer wrapped; `pieces` are the half-open raw offsets of its unbroken parts."""

    text: str
    pieces: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """First raw character."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Raw character after the last."""
        return self.pieces[-1][1]

    def paragraph(self) -> Paragraph:
        """The line as a paragraph; a blank between wrapped pieces stands for a line break and has no run."""
        runs: list[Run] = []
        position = 0
        for start, end in self.pieces:
            runs.append(Run(position, position + end - start, start, end))
            position += end - start
            position += self.text[position : position + 1] == " "  # no piece begins with one
        return Paragraph(self.text, tuple(runs))

    def ends_open(self) -> bool:
        """Whether a sentence goes on in the next line."""
        return self.text[-1] not in '.!?:؟۔。…"»”'


def split_lines(text: str, start: int = 0) -> list[Line]:
    """The lines of `text` from `start` on that hold anything, stripped, wrapped paragraphs joined."""
    lines: list[Line] = []
    blank_before: list[bool] = []
    previous_end = start
    for match in _LINE.finditer(text, start):
        raw = match[0]
        stripped = raw.strip()
        if not stripped:
            continue
        begin = match.start() + len(raw) - len(raw.lstrip())
        lines.append(Line(stripped, ((begin, begin + len(stripped)),)))
        blank_before.append(text.count("\n", previous_end, begin) > 1)
        previous_end = begin + len(stripped)
    return _joined(lines, blank_before, text) if _is_wrapped(lines, blank_before) else lines


def _joined(lines: list[Line], blank_before: list[bool], text: str) -> list[Line]:
    """The paragraphs of a hard-wrapped text: parted by blank lines, by lines that do not fill the width, and by
    lines of another kind. The head of a page in the middle of a paragraph stays a line of its own."""
    heads = _running_heads(lines)
    filled = sorted(len(line.text) for line in lines if _SHORTEST_WRAPPED <= len(line.text) <= _LONGEST_WRAPPED)
    width = filled[len(filled) * 3 // 4] if filled else _LONGEST_WRAPPED
    joined: list[Line] = []
    behind: list[Line] = []  # page heads that stand within the last paragraph, or behind it
    last: Line | None = None  # the last piece of the last paragraph
    for i, line in enumerate(lines):
        if i in heads:
            behind.append(line)
            continue
        if last and _goes_on(last, line, blank_before[i] and not behind, bool(behind), width):
            joined.append(_with(joined.pop(), line, text))
        else:
            joined += [*behind, line]
            behind = []
        last = line
    return sorted([*joined, *behind], key=lambda line: line.start)


def _goes_on(last: Line, line: Line, blank: bool, page_between: bool, width: int) -> bool:
    """Whether a line goes on with the paragraph whose last line so far is `last`."""
    if blank or len(last.text) < max(_SHORTEST_WRAPPED, _LEAST_FILLED * width) or len(last.text) > _LONGEST_WRAPPED:
        return False
    if page_between and not (last.ends_open() and line.text[0].islower()):
        return False
    feature = features_of(line.text, UNDETERMINED)
    if feature.is_bulleted or features_of(last.text, UNDETERMINED).overt_reason in ("symbol", "link"):
        return False
    return line.text[0].islower() or feature.overt_reason not in _APART


def _with(paragraph: Line, line: Line, text: str) -> Line:
    """A paragraph and its next line; a word that a hyphen parts at the line's end is made whole."""
    split, rest = _SPLIT_WORD.search(paragraph.text), _WORD_REST.match(line.text)
    # "Ober- und Unterhaus" is parted by no line.
    if not split or not rest or not rest[0][0].islower() or rest[0] in phrases().words_of("byline_join"):
        return Line(f"{paragraph.text} {line.text}", paragraph.pieces + line.pieces)
    if f"{split[1]}-{rest[0]}" in text:  # a compound that is written with its hyphen elsewhere keeps it
        return Line(paragraph.text + line.text, paragraph.pieces + line.pieces)
    start, end = paragraph.pieces[-1]
    return Line(paragraph.text[:-1] + line.text, (*paragraph.pieces[:-1], (start, end - 1), *line.pieces))


def _running_heads(lines: list[Line]) -> set[int]:
    """Numbers of the lines that head or foot every page of a printed text: alike but for the page's number."""
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if len(line.text) <= _LONGEST_RUNNING_HEAD and has_digit(line.text):
            places.setdefault(" ".join(re.sub(r"\d+", "0", line.text).split()), []).append(i)
    return {
        i
        for same in places.values()
        if len({lines[i].text for i in same}) > 1
        for i in same
        if _GAP.search(lines[i].text) or features_of(lines[i].text, UNDETERMINED).dates
    }


def _is_wrapped(lines: list[Line], blank_before: list[bool]) -> bool:
    """Whether most lines break in the middle of a sentence at about one width."""
    longer = sum(len(line.text) > _LONGEST_WRAPPED for line in lines)
    if len(lines) < 6 or longer > _MOST_LONGER * len(lines):
        return False
    inner = [i for i in range(len(lines) - 1) if not blank_before[i + 1]]
    broken = [i for i in inner if len(lines[i].text) >= _SHORTEST_WRAPPED and lines[i].text[-1] not in ".!?:؟۔。"]
    going_on = [i for i in broken if not lines[i + 1].text[0].isupper()]
    return any(blank_before[1:]) and len(broken) >= 4 and len(going_on) * 2 >= len(broken) > len(inner) * 0.5


def _authors(page: PageLines, publisher: str | None) -> tuple[str, ...]:
    """The people whom the lines name, else the desk or agency; agencies credited beside them, too."""
    features, labels, title = page.features, page.labels, page.title_line
    people = find_authors(features, labels, title, publisher=publisher) or signature_line(features, labels)
    told = people or find_authors(features, labels, title, desks=True) or agency_named_as_source(features, labels)
    return told + (co_credited(features, labels, told) or source_beside(features, labels, title, told, ()))


def read_plain_text(document: RawDocument, furniture: Collection[str] = ()) -> PageParts:
    """The parts of a plain-text page. Every line is either in the body, the title, or among the cuts."""
    lines = split_lines(document.text, document.hint_end)[:_MOST_LINES]
    url, hint = document.url, document.date_hint
    if lines and not document.hint_end and (match := _HINT_LINE.match(lines[0].text)) and len(lines) > 1:
        url, hint = url or match["url"], hint or match["date"]
    language = language_of_lines([line.text for line in lines])
    page = label_lines([line.text for line in lines], language, title_hint=document.title_hint, furniture=furniture)
    kept = [line for line, label in zip(lines, page.labels, strict=True) if label.kind in KEPT]
    cuts = [
        Cut(line.text, label.reason or "unknown", line.start, line.end)
        for line, label in zip(lines, page.labels, strict=True)
        if label.kind == "drop"
    ]
    body_language = detect_language("\n".join(line.text for line in kept))
    if body_language == UNDETERMINED:
        body_language = language
    publisher = find_publisher(page.features, page.labels, url, document.publisher_hint, page.title_line)
    return PageParts(
        title=clean_title(page.title, [publisher] if publisher else []),
        authors=given_authors(document.author_hint, publisher) or _authors(page, publisher),
        publisher=publisher,
        url=url,
        language=body_language,
        paragraphs=tuple(line.paragraph() for line in kept),
        cuts=tuple(cuts),
        clues=(
            *date_clues(page, [line.text for line in kept], body_language, url, hint),
            *shown_ages(page.features, page.labels, page.title_line, document.crawled_at),
        ),
        undated_because=_undated_because(page),
    )


def language_of_lines(lines: Sequence[str]) -> str:
    """The language of a page's longer lines, before it is known which of them are its body."""
    longer = [line for line in lines if len(line) >= 60]
    return detect_language("\n".join(longer or lines))


def date_clues(
    page: PageLines, body: Sequence[str], language: str, url: str | None, hint: str | None
) -> list[DateClue]:
    """Clues from the address, from what was given with the page, from its date lines and its lead."""
    clues = [clue for clue in (clue_of_hint(hint, language), date_in_address(url)) if clue]
    clues += visible_dates(page.features, page.labels, page.title_line)
    return clues + clues_in_lead(body, language, [c for c in clues if c.precision in ("year", "month")])


def shown_ages(
    features: Sequence[LineFeatures], labels: Sequence[Label], title_line: int | None, shown_at: datetime | None
) -> list[DateClue]:
    """The day that "2 hours ago" between title and body means, where it is known when the page was shown."""
    if shown_at is None:
        return []
    body = next((i for i, label in enumerate(labels) if label.kind in ("body", "heading", "subtitle")), len(labels))
    for i in range(title_line or 0, body):
        feature = features[i]
        if labels[i].kind != "drop":
            continue
        age = age_of(feature.text, feature.language)
        if age is not None:
            return [DateClue((shown_at - age).date(), "day", "relative")]
        found = find_dates(feature.text, feature.language, shown_at.date()) if feature.words <= _SHORT_LINE else []
        if found and found[0].basis == "relative" and found[0].precision == "day":
            return [DateClue(found[0].value, "day", "relative")]
    return []


def masthead_dates(features: Sequence[LineFeatures], title_line: int | None) -> list[DateClue]:
    """The day in the head of a page, above its headline, if it is one only; a Hijri date may be a day off it."""
    head = features[: title_line or 0]
    days = [f.value for feature in head for f in feature.dates if f.basis == "stated" and f.precision == "day"]
    one = bool(days) and (max(days) - min(days)).days <= 1
    return [DateClue(days[0], "day", "visible")] if one else []


def visible_dates(
    features: Sequence[LineFeatures], labels: Sequence[Label], title_line: int | None, *, updates: bool = True
) -> list[DateClue]:
    """Dates of the page's own date lines, best first.

    Lines between title and body, or labelled as the publication's, are the page's. A bare date far above the title
    may be the day of the crawl, one far below the body another story's; both are left out. Days of an update are left
    out too unless `updates` is true.
    """
    body = [i for i, label in enumerate(labels) if label.kind in ("body", "heading", "subtitle")]
    first, last = (body[0], body[-1]) if body else (len(labels), len(labels))
    below_lead = body[1] if len(body) > 1 else last  # a standfirst may stand above the page's own date
    top = title_line if title_line is not None else first
    ranked: list[tuple[int, int, DateClue]] = []
    for i, label in enumerate(labels):
        if label.kind != "drop" or label.reason not in ("date_line", "byline", "caption", "header", "repeated"):
            continue
        told = _told_date(features[i])
        if told is None or (label.reason == "caption"):
            continue
        found, of_what = told
        rank = _date_rank(of_what, i, top, first, last)
        bare = of_what is None and not features[i].is_date_line
        if rank == _BELOW and (bare or _others_between(labels, last, i)):
            rank = None  # another story's day, in a list below
        if bare and (i < top or (i > below_lead and label.reason == "header")):
            rank = None  # a day of a calendar of events, or another story's between the paragraphs
        if rank is None and _CLOCK.search(features[i].text) and top - _NEAR_STAMPED <= i < top:
            rank = 3  # the day of the crawl, far above a title, has no clock time
        if rank is not None and (updates or (of_what != "updated" and rank <= 2)):
            ranked.append((rank, i, DateClue(found.value, found.precision, "visible")))
    return [clue for _, _, clue in sorted(ranked, key=lambda item: item[:2])]


def _told_date(feature: LineFeatures) -> tuple[FoundDate, str | None] | None:
    """The date that a line tells the page's, and whether it is labelled as of its publication or of an update.

    In a line of several dates the one labelled as the publication's counts, else the first that is no update's.
    """
    dates = [f for f in feature.dates if f.basis == "stated" and f.precision in ("day", "minute")]
    ends = [0, *(found.end for found in dates)]
    labelled = [
        (found, _label_of_date(feature.text[end : found.start])) for found, end in zip(dates, ends, strict=False)
    ]
    told = sorted(labelled, key=lambda item: (item[1] != "date_line", item[1] == "updated"))
    return told[0] if told else None


def _label_of_date(before: str) -> str | None:
    """What the words before a date call it: `date_line`, `updated` or nothing."""
    words = _CLOCK.sub(" ", before).strip(" \t,;|()[]•·-–—.")
    return next((r for r in ("updated", "date_line") if phrases().after_start(r, words) is not None), None)


def _date_rank(label: str | None, i: int, top: int, first: int, last: int) -> int | None:
    published, updated = label == "date_line", label == "updated"
    between = top <= i < first or first <= i <= last
    if published and (between or top - 6 <= i <= last + 6):
        return 0
    if between:
        return 3 if updated else 1
    if top - _NEAR_TITLE <= i < top:
        return 3 if updated else 2
    if last < i <= last + _NEAR_END:
        return _BELOW
    return None


def _others_between(labels: Sequence[Label], last: int, i: int) -> bool:
    """Whether other stories are announced between the body's last line and a line below it."""
    return any(label.reason == "related_story" for label in labels[last + 1 : i + 1])


def _undated_because(page: PageLines) -> str | None:
    """A word on what was seen and not taken for a date."""
    for feature, label in zip(page.features, page.labels, strict=True):
        if label.reason in ("copyright", "number") and (year := re.search(r"(?:19|20)\d\d", feature.text)):
            return f"none: no date in address, visible lines or text; the year {year[0]} in the footer is no date"
    return None


def received_day(document: RawDocument) -> date:
    """The day the document came in, after which it cannot have been published."""
    return document.received_at.date()
