"""Lines that their neighbours tell to be furniture, before title and body are looked for: tickers, captions."""

from __future__ import annotations

from assets.cleaned.documents.credits.names import split_names
from assets.cleaned.documents.lines.features import features_of
from assets.cleaned.documents.lines.state import MOST_LABEL_WORDS, LinesAtWork
from assets.cleaned.documents.phrases import line_key, phrases

_MOST_CREDIT_WORDS = 6


def mark_tickers(page: LinesAtWork) -> None:
    """Headlines with a clock time before them, on the same line or the line above."""
    for i, feature in enumerate(page.features):
        rest = feature.ticker_rest
        if (
            page.reasons[i] is None
            and rest
            and line_key(rest)
            and not features_of(rest, page.language).ends_as_statement
        ):
            page.reasons[i] = "ticker"
    timed = [
        i + 1
        for i in range(len(page.features) - 1)
        if page.reasons[i] == "date_line"
        and (page.features[i].ticker_rest == "" or page.features[i].is_age)
        and page.is_headline(i + 1)
    ]
    following = [i for i in timed if i + 2 in timed or i - 2 in timed]
    for i in following:
        page.reasons[i] = "ticker"


def mark_split_bylines(page: LinesAtWork) -> None:
    """A byline whose "By" stands on a line of its own, and the name on the next."""
    known = phrases()
    for i in range(len(page.features) - 1):
        label, name = page.features[i], page.features[i + 1]
        if len(label.text) <= 14 and known.after_start("byline", f"{label.text} ") == "" and not label.ends_sentence:
            names = split_names(name.text)
            if names and page.reasons[i + 1] is None:
                page.reasons[i] = page.reasons[i + 1] = "byline"


def mark_labelled_headlines(page: LinesAtWork) -> None:
    """Mark "Label: headline" lines whose label stands alone elsewhere on the page, above other stories."""
    for i, feature in enumerate(page.features):
        label, colon, rest = feature.text.partition(":")
        if page.reasons[i] is None and colon and rest.strip() and not feature.ends_as_statement:
            key = line_key(label)
            if 0 < len(key.split()) <= MOST_LABEL_WORDS and page.counts[key] and _heads_others(page, key, i):
                page.reasons[i] = "related_story"


def _heads_others(page: LinesAtWork, key: str, i: int) -> bool:
    """Whether a label stands alone on a line below `i`, with a headline under it."""
    return any(
        feature.key == key and j + 1 < len(page.features) and page.is_headline(j + 1)
        for j, feature in enumerate(page.features[i + 1 :], i + 1)
    )


def mark_captions(page: LinesAtWork) -> None:
    """A short sentence that the sign before its picture's photographer follows on a line of its own."""
    for i in range(len(page.features) - 1):
        sentence, credit = page.features[i], page.features[i + 1]
        signed = credit.text.startswith(("©", "Foto", "Photo")) and credit.words <= _MOST_CREDIT_WORDS
        if signed and page.reasons[i] is None and sentence.ends_as_statement and not sentence.is_prose:
            page.reasons[i] = "caption"
