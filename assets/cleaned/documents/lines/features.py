"""What one line of a page looks like, in any language: the dates and names in it, and the furniture phrase it holds.

Its shape is read in `shape.py`. No line is judged by its neighbours here; that is the work of `model.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from assets.cleaned.documents.characters import has_digit
from assets.cleaned.documents.credits.names import (
    INITIALS,
    glued_credit,
    looks_like_name,
    split_names,
    surnamed,
    without_role,
)
from assets.cleaned.documents.dates.finding import FoundDate, find_dates
from assets.cleaned.documents.lines.shape import INNER_END, LONGEST_LABELLED, LONGEST_SHAPED, LineShape
from assets.cleaned.documents.phrases import HELPING_REASONS, line_key, phrases
from assets.vocabulary.agencies import agency_words
from assets.vocabulary.pages import page_words

_AROUND_DATE = re.compile(r"[\s,،|/•·–—-]*(?:[,،|/•·]|\s[–—-]\s)[\s,،|/•·–—-]*")
_URL = re.compile(r"(?:https?://|www\.)\S+|\b[\w.-]+\.(?:com|org|net|info|news)(?:/\S*)?(?=\s|$)", re.IGNORECASE)
_IMAGE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp)(?:\?\S*)?(?=\s|$)", re.IGNORECASE)
_FILE = re.compile(
    r"\w\.(?:pdf|docx?|xlsx?|pptx?|hwpx?|odt|rtf|zip)\W*(?:\(?[\d.,]+\s?[KM]i?[Bb]\)?)?$", re.IGNORECASE
)
# Without one of these there is neither a file's name nor an address.
_NAMES_FILE = re.compile(
    r"://|www\.|\.(?:com|org|net|info|news|jpe?g|png|gif|webp|svg|avif|bmp|pdf|docx?|xlsx?|pptx?|hwpx?|odt|rtf|zip)",
    re.IGNORECASE,
)
_MOST_FILE_WORDS = 15
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d\s().-]{7,}\d(?!\w)")
_TIME = re.compile(
    r"(?<!\d)\d{1,2}[:.h]\d{2}(?::\d{2})?(?!\d)\s*(?:[ap]\.?m\.?(?!\w)|(?:صباحا|مساء|[صم])\u064b?(?!\w)|uhr(?!\w))?"
    r"|\((?:GMT|UTC)[^)]*\)|[+-]\d{1,2}(?::?\d{2})?(?!\d)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\b(?:[A-Z]{2,4}|GMT|UTC)(?:\s?[+-]\d{1,2}(?::\d{2})?)?\b")
_GLUED_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
_LONGEST_GLUED = 80
_CAPTION_TAIL = 60
_CAPTION_WORDS = 4
_LONGEST_CAPTION, _MOST_CREDIT_WORDS = 220, 6
_LONG_SENTENCE = 160
_LONGEST_PHRASED = 400
_MOST_AGE_WORDS = 5
# In a long sentence only phrases that no reporter writes still cut.
_CUT_IN_LONG = frozenset({"cookie", "comment_form", "newsletter", "paywall", "social", "copyright", "appeal"})


@dataclass(frozen=True)
class LineFeatures(LineShape):
    """One line by its shape and by what it says. `text` is stripped of outer whitespace."""

    @cached_property
    def dates(self) -> list[FoundDate]:
        """Dates in a line of the length of a date line, in the page's language or else in English."""
        if len(self.text) > 200 or not has_digit(self.text):
            return []
        for language in dict.fromkeys((self.language, "en")):
            if found := find_dates(self.text, language):
                break
        if any(date.precision in ("day", "minute") for date in found) or len(self.text) > _LONGEST_GLUED:
            return found
        return self._glued_dates() or found

    def _glued_dates(self) -> list[FoundDate]:
        """The date that a dump of a page ran together with the word before it: "입력2024.03.04."."""
        for place in _GLUED_DIGIT.finditer(self.text):
            start = place.start()
            if found := find_dates(self.text[start:], self.language):
                return [replace(f, start=f.start + start, end=f.end + start) for f in found]
        return []

    @cached_property
    def is_date_line(self) -> bool:
        """Whether hardly more than a date or a clock time stands here."""
        if len(self.text) > 200 or not has_digit(self.text) or self.words > 18:
            return False
        rest = self.text
        for found in reversed(self.dates):
            rest = f"{rest[: found.start]} {rest[found.end :]}"
        times = _TIME.findall(rest)
        rest = _ZONE.sub(" ", _TIME.sub(" ", rest))
        whole = any(f.precision in ("day", "minute") for f in self.dates)
        clocked = any(has_digit(time) for time in times)
        if not (self.dates or clocked):
            return False
        label = any(phrases().after_start(reason, self.text) is not None for reason in ("date_line", "updated"))
        if not (whole or clocked or label):
            return False
        left = line_key(rest)
        if whole and self.words <= LONGEST_LABELLED and not self.ends_sentence and self._labels_date():
            return True
        if label:
            most = 8 if len(self.dates) < 2 else 14  # published and changed, perhaps the time it takes to read
            return len(left.split()) <= most and not (self.ends_sentence and self.words > 10 and len(self.dates) < 2)
        return (len(left.split()) <= 2 and len(left) <= 18) or (whole and self._credits_agency_beside_date())

    def _credits_agency_beside_date(self) -> bool:
        """Whether a person, an agency and the date are all that stands here: "Jane Doe, ČTK, 16. června 2026"."""
        if self.words > LONGEST_LABELLED or self.ends_sentence:
            return False
        parts = [part for part in _AROUND_DATE.split(self.undated) if part]
        agencies = [part for part in parts if phrases().agencies.fullmatch(part)]
        people = [part for part in parts if part not in agencies and " " in part and looks_like_name(part)]
        return bool(agencies) and bool(people) and len(agencies) + len(people) == len(parts)

    def _labels_date(self) -> bool:
        """Whether a label and a colon stand right before a date that ends the line."""
        last = self.dates[-1]
        before = self.text[: last.start].rstrip()
        if self.text[last.end :].strip(" .|()") or not before:
            return False
        return before[-1] in ":：" or phrases().after_start("date_line", f"{before.split()[-1]} ") == ""

    @cached_property
    def is_age(self) -> bool:
        """Whether it only tells how long ago something came out."""
        if self.words > _MOST_AGE_WORDS or not has_digit(self.text):
            return False
        return phrases().contains("age", self.text) or phrases().after_start("age", self.text) is not None

    @cached_property
    def overt_reason(self) -> str | None:
        """Why the line is furniture, if its own shape and words tell; None says nothing against it."""
        return self._shape_reason() or self._phrase_reason()

    def _shape_reason(self) -> str | None:
        text = self.text
        if not any(map(str.isalnum, text)):
            return "symbol"
        if len(text) > LONGEST_SHAPED:
            # Patterns are not tried on such a line; one without blanks is data, not language.
            return None if len(text.split(maxsplit=20)) > 20 or self.is_prose else "data"
        if _NAMES_FILE.search(text) and (reason := self._reason_of_name()):
            return reason
        mailed = "@" in text and _EMAIL.search(text)
        reached = mailed or (has_digit(text) and _PHONE.search(text) and not self.dates)
        if reached and not self.is_prose and not self.signed_names:
            return "byline" if mailed and self._begins_as_byline() else "contact"
        tokens = text.split()
        if sum(token.startswith("#") for token in tokens) * 2 > len(tokens):
            return "tag"
        if self.is_date_line or self.is_age:
            return "date_line"
        if self.signed_names or INITIALS.fullmatch(text):
            return "byline"
        return "number" if self._is_number() else None

    def _reason_of_name(self) -> str | None:
        """Why a line that is hardly more than the name of a file or an address is furniture."""
        text = self.text
        if len(_IMAGE.sub("", text).strip()) < len(text) / 2:
            return "image"
        if len(_URL.sub("", text).strip()) < len(text) / 2 or (_FILE.search(text) and self.words <= _MOST_FILE_WORDS):
            return "link"
        return None

    def _is_number(self) -> bool:
        if self.ends_sentence and self.words > 3:
            return False
        digits = sum(map(str.isdigit, self.text))
        letters = sum(map(str.isalpha, self.text))
        if letters == 0 or digits >= letters:
            return self.words <= 8
        return self.words <= 6 and bool(re.search(r"\d\s?(?:°|%)|[$€£¥₽₺]\s?\d", self.text))

    def _phrase_reason(self) -> str | None:
        if len(self.text) > _LONGEST_PHRASED:
            return None
        phrase = phrases().find(self.text)
        if phrase is None or phrase.reason in HELPING_REASONS:
            if not self.is_prose and self.dates and self.byline_names:
                return "byline"
            return "caption" if self.credits_picture else None
        if phrase.kind == "line":
            return phrase.reason
        if self.is_prose and self.extent >= _LONG_SENTENCE:
            return phrase.reason if phrase.reason in _CUT_IN_LONG else None
        if phrase.kind == "contains":
            return self._contained(phrase.reason, phrase.start)
        return self._started(phrase.reason)

    @cached_property
    def credits_picture(self) -> bool:
        """Whether a few words about a picture end with the label and name of its photographer."""
        ends = list(INNER_END.finditer(self.text)) if len(self.text) <= _LONGEST_CAPTION else []
        tail = self.text[ends[-1].end() - 1 :].strip(" ()[]") if ends else ""
        return len(tail.split()) <= _MOST_CREDIT_WORDS and any(
            phrases().after_start(reason, tail) is not None for reason in ("caption", "credit_other")
        )

    def _contained(self, reason: str, start: int) -> str | None:
        tail = (len(self.text) - start) * self.extent / len(self.text)
        if reason == "caption" and self.is_prose and self.ends_sentence and tail > _CAPTION_TAIL:
            return None
        signed = "©" in self.text[start : start + 2]
        if reason == "copyright" and signed and len(self.text[:start].split()) >= _CAPTION_WORDS:
            return "caption"  # a sentence about a picture, then the sign before its photographer
        return reason

    def _started(self, reason: str) -> str | None:
        if reason == "byline":
            return reason if self.byline_names else None
        if reason in ("date_line", "updated"):
            # A sentence may begin with the word; a label is short, or a date follows.
            return "date_line" if self.words <= 3 or (self.dates and not self.is_prose) else None
        if reason in ("tag", "caption", "related_story", "contact", "author_bio"):
            return (
                None
                if reason == "related_story" and self.is_prose and self.ends_as_statement and self.words > 16
                else reason
            )
        if self.is_prose and reason not in _CUT_IN_LONG:
            return None
        if reason in ("reading_time", "navigation") and self.words > 8:
            return None
        return reason

    def _begins_as_byline(self) -> bool:
        return phrases().after_start("byline", self.text) is not None and bool(self.byline_names)

    @cached_property
    def byline_names(self) -> tuple[str, ...]:
        """The names that follow a byline phrase, or nothing if no names do.

        A date and what else a line of credits holds may stand around them ("Posted on 4 March 2024 by Jane Doe").
        """
        text = self.undated
        if inner := _BRACKETED.fullmatch(text):
            text = inner[1]
        after = phrases().after_start("byline", text)
        first = _CREDITS.split(_before_others(after))[0] if after else ""
        if first and (names := split_names(first, self.language)) and not self._credits_source(text):
            return names
        if named := self._names_among_credits(text):
            return named
        whole = _credited_whole(after, self.language) if after else ()
        return tuple(n for n in whole if phrases().names_desk(n)) if self._credits_source(text) else whole

    @cached_property
    def undated(self) -> str:
        """The line with a bar in place of every date and clock time."""
        text = self.text
        for found in reversed(self.dates):
            text = f"{text[: found.start]} | {text[found.end :]}"
        return _TIME.sub(" | ", text) if has_digit(text) else text

    def _credits_source(self, text: str) -> bool:
        """Whether the byline phrase names a source, beside which other labels may stand."""
        after = phrases().after_start("byline", text) or ""
        return line_key(text[: text.find(after)] if after else text) in source_labels()

    def _names_among_credits(self, text: str) -> tuple[str, ...]:
        """The names in a line of several credits, one of which begins as a byline does."""
        if self.is_prose or len(text) > _LONGEST_CREDITS:
            return ()
        for part in (part.lstrip(" ,;،") for part in _CREDITS.split(text)[1:]):
            after = phrases().after_start("byline", part)
            if after and (names := split_names(after, self.language)) and not self._credits_source(part):
                return names
        return ()

    @cached_property
    def signed_names(self) -> tuple[str, ...]:
        """The names in a line that is a name and the word for its bearer's work, and nothing else: "박지훈 기자".

        Only of scripts in which the word belongs to the name; an address or the agency in brackets may stand beside.
        """
        if self.text.isascii() or len(self.text) > _LONGEST_SIGNED:
            return ()
        if glued := glued_credit(self.text):
            return glued
        bare = _unbracketed(_EMAIL.sub(" ", self.text))
        if (placed := _PLACE_OF.match(self.text)) and surnamed(self.text[placed.end() :]):
            return (self.text[placed.end() :],)
        named = without_role(bare) if len(bare.split()) <= 3 else ""
        if named in ("", bare) or _LOWER_ROLE.search(bare):
            return ()
        return split_names(named, self.language)


@lru_cache(maxsize=4096)
def features_of(text: str, language: str) -> LineFeatures:
    """The features of a line. A page's lines are looked at more than once, and a site's menus on every page."""
    return LineFeatures(text, language)


def _before_others(text: str) -> str:
    """What stands before the label of those who are no authors: "Jane Doe Edited by: John Smith"."""
    words = text.split()
    if len(words) > 2 * LONGEST_LABELLED:
        return text
    starts = [k for k in range(2, len(words)) if words[k][0].isalpha()]
    others = (k for k in starts if phrases().after_start("credit_other", " ".join(words[k:])))
    return " ".join(words[: next(others, len(words))])


def _credited_whole(text: str, language: str) -> tuple[str, ...]:
    """The people after a byline phrase, else the desk that it names: "our Correspondent", "Web Desk"."""
    if names := split_names(text, language):
        return names
    desk = _CREDITS.split(text)[0].split(",")[0].strip(" :-–—")
    if not 1 <= len(desk.split()) <= _MOST_DESK_WORDS or has_digit(desk):
        return ()
    known = phrases()
    first, _, last = desk.rpartition(" ")
    desk = first if first and last in known.words_of("byline_place") else desk  # "admin on" a day
    named = known.names_desk(desk) or known.contains("role", f" {desk}")
    return (desk[0].upper() + desk[1:] if desk != "admin" else desk,) if named else ()


@lru_cache(maxsize=1)
def source_labels() -> frozenset[str]:
    """What stands before the name of a source, not of an author; prepositions stand before both."""
    prepositions = (start for start in page_words().start.get("byline", ()) if start.endswith(" "))
    return frozenset(map(line_key, agency_words().label)) - frozenset(map(line_key, prepositions))


def _unbracketed(text: str) -> str:
    """A text without the brackets around all of it, and without what stands in brackets before the rest."""
    bare = _PLACE_OF.sub("", " ".join(text.split()).strip(" |,，=＝"))
    inner = _BRACKETED.fullmatch(bare)
    return inner[1].strip() if inner else _LEADING_BRACKETS.sub("", bare)


_CREDITS = re.compile(r"\s*[|•·]\s*|\s(?=[^\W\d_]{1,12}\s?[:：])|\s(?=[\u3400-\u9fff]{1,4}\s?[/／])")
_LONGEST_CREDITS, _LONGEST_SIGNED = 160, 80
_MOST_DESK_WORDS = 4
_BRACKETED = re.compile(r"[(\[（【［〔]([^()\[\]（）【】［］〔〕]*)[)\]）】］〕]")
_LEADING_BRACKETS = re.compile(r"^[(\[（【［〔][^()\[\]（）【】［］〔〕]*[)\]）】］〕]\s*")
_PLACE_OF = re.compile(r"^[^\s=＝()\[\]]{1,12}[=＝]\s?(?=\S)")  # "서울=김민수 기자"
_LOWER_ROLE = re.compile(r"[a-zа-яё]")
