"""Reading a page that came as plain text: lines with offsets, labelled by the line model, put together as parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assets.cleaned.documents.addresses import date_in_address
from assets.cleaned.documents.bylines import find_authors, find_publisher
from assets.cleaned.documents.features import LineFeatures
from assets.cleaned.documents.language import UNDETERMINED, detect_language
from assets.cleaned.documents.lines import KEPT, Label, PageLines, label_lines
from assets.cleaned.documents.page import Cut, DateClue, PageParts, Paragraph, Run
from assets.cleaned.documents.phrases import phrases
from assets.cleaned.documents.publication import clue_of_hint, clues_in_lead
from assets.cleaned.documents.titles import clean_title
from assets.raw.documents.rows import RawDocument

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_HINT_LINE = re.compile(r"\s*(?:[^\W\d_]+[:=]?\s+)?(?P<date>\d{4}(?:-\d{2}){0,2}\S*)?\s*(?P<url>https?://\S+)\s*$")
_LONGEST_WRAPPED = 100
_SHORTEST_WRAPPED = 45
_MOST_LINES = 20000
# Dates this many lines above the title are as likely the day of the crawl.
_NEAR_TITLE = 3
_NEAR_END = 2


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
        """The line as a paragraph; the blank between wrapped pieces stands for a line break and has no run."""
        runs: list[Run] = []
        position = 0
        for start, end in self.pieces:
            runs.append(Run(position, position + end - start, start, end))
            position += end - start + 1
        return Paragraph(self.text, tuple(runs))


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
    return _joined(lines, blank_before)


def _joined(lines: list[Line], blank_before: list[bool]) -> list[Line]:
    """Join hard-wrapped paragraphs, where the text as a whole is wrapped and paragraphs are parted by blank lines."""
    if not _is_wrapped(lines, blank_before):
        return lines
    joined: list[Line] = []
    for line, blank in zip(lines, blank_before, strict=True):
        if joined and not blank and len(joined[-1].text.rsplit("\n", 1)[-1]) >= _SHORTEST_WRAPPED:
            last = joined.pop()
            joined.append(Line(f"{last.text} {line.text}", last.pieces + line.pieces))
        else:
            joined.append(line)
    return joined


def _is_wrapped(lines: list[Line], blank_before: list[bool]) -> bool:
    """Whether most lines break in the middle of a sentence at about one width."""
    if len(lines) < 6 or max(len(line.text) for line in lines) > _LONGEST_WRAPPED:
        return False
    inner = [i for i in range(len(lines) - 1) if not blank_before[i + 1]]
    broken = [i for i in inner if len(lines[i].text) >= _SHORTEST_WRAPPED and lines[i].text[-1] not in ".!?:؟۔。"]
    going_on = [i for i in broken if not lines[i + 1].text[0].isupper()]
    return any(blank_before[1:]) and len(broken) >= 4 and len(going_on) * 2 >= len(broken) > len(inner) * 0.5


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
    publisher = find_publisher(page.features, page.labels, url, document.publisher_hint)
    return PageParts(
        title=clean_title(page.title, [publisher] if publisher else []),
        authors=find_authors(page.features, page.labels, page.title_line),
        publisher=publisher,
        url=url,
        language=body_language,
        paragraphs=tuple(line.paragraph() for line in kept),
        cuts=tuple(cuts),
        clues=tuple(date_clues(page, [line.text for line in kept], body_language, url, hint)),
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


def visible_dates(
    features: Sequence[LineFeatures], labels: Sequence[Label], title_line: int | None
) -> list[DateClue]:
    """Dates of the page's own date lines, best first.

    Lines between title and body, or labelled as the publication's, are the page's. A bare date far above the title
    may be the day of the crawl, one far below the body another story's; both are left out.
    """
    body = [i for i, label in enumerate(labels) if label.kind in ("body", "heading", "subtitle")]
    first, last = (body[0], body[-1]) if body else (len(labels), len(labels))
    top = title_line if title_line is not None else first
    ranked: list[tuple[int, int, DateClue]] = []
    for i, label in enumerate(labels):
        if label.kind != "drop" or label.reason not in ("date_line", "byline", "caption", "header", "repeated"):
            continue
        found = next((f for f in features[i].dates if f.basis == "stated" and f.precision in ("day", "minute")), None)
        if found is None or (label.reason == "caption"):
            continue
        rank = _date_rank(features[i].text, i, top, first, last)
        if rank is not None:
            ranked.append((rank, i, DateClue(found.value, found.precision, "visible")))
    return [clue for _, _, clue in sorted(ranked, key=lambda item: item[:2])]


def _date_rank(text: str, i: int, top: int, first: int, last: int) -> int | None:
    known = phrases()
    published = known.after_start("date_line", text) is not None
    updated = known.after_start("updated", text) is not None
    between = top <= i < first or first <= i <= last
    if published and (between or top - 6 <= i <= last + 6):
        return 0
    if between:
        return 3 if updated else 1
    if top - _NEAR_TITLE <= i < top:
        return 3 if updated else 2
    if last < i <= last + _NEAR_END:
        return 4
    return None


def _undated_because(page: PageLines) -> str | None:
    """A word on what was seen and not taken for a date."""
    for feature, label in zip(page.features, page.labels, strict=True):
        if label.reason in ("copyright", "number") and (year := re.search(r"(?:19|20)\d\d", feature.text)):
            return f"none: no date in address, visible lines or text; the year {year[0]} in the footer is no date"
    return None


def received_day(document: RawDocument) -> date:
    """The day the document came in, after which it cannot have been published."""
    return document.received_at.date()
