"""The shape of one line of a page, in any language: how long it is, how it begins and ends, whether it is prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assets.cleaned.documents.phrases import line_key

_CLOSERS = "\"'»«”“’‘)]›‹」』】"
SENTENCE_ENDS = ".!?…。！？｡．؟۔।॥።។။։༎"
_STATEMENT_ENDS = ".。｡．۔।॥።។။։༎"
_LEADING_TIME = re.compile(r"^[\s\-–—•*|\[(]*(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?(?!\d)[\s\])|:\-–—•]*")
_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·*–—-]|\d{1,2}[.)])\s+\S")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
INNER_END = re.compile(rf"[{SENTENCE_ENDS}][{re.escape(_CLOSERS)}]*\s+\S|[。！？｡][{re.escape(_CLOSERS)}]*\w")
_SEPARATORS = re.compile(r"[,،;|•·/»>›\u2022]")
# Arrows, dingbats and emoji, which close many a line of a chat channel in place of a full stop.
_TRAILING_SYMBOLS = re.compile(
    "[\\s\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u200d\ufe0f]+$"
)
# Numbers of notes, and the author or agency in brackets behind the last sentence: "… will follow. (jk/dpa)".
_CLOSING_CREDIT = re.compile(rf"(?:\s*\[\d{{1,3}}\])+$|(?<=[{SENTENCE_ENDS}])\s*[(（][^()（）]{{1,20}}[)）]$")
LONGEST_SHAPED = 2000
LONGEST_LABELLED = 12  # words of a line of labels and their values


@dataclass(frozen=True)
class LineShape:
    """The shape of one line. `text` is stripped of outer whitespace."""

    text: str
    language: str

    @cached_property
    def key(self) -> str:
        """The line's letters alone, for comparing lines."""
        return line_key(self.text)

    @cached_property
    def words(self) -> int:
        """Number of words; two characters of a script without blanks count as one."""
        return len(self.key.split()) + self._dense // 2

    @cached_property
    def _dense(self) -> int:
        """Number of characters of scripts without blanks between words."""
        return 0 if self.text.isascii() else len(_DENSE.findall(self.text))

    @property
    def is_dense(self) -> bool:
        """Whether most of it is of a script without blanks between words."""
        return self._dense * 2 > len(self.text)

    @cached_property
    def extent(self) -> float:
        """Length in characters; one of a script that says more in it counts as two and a half."""
        return len(self.text) + 1.5 * self._dense

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does. An ellipsis of a cut-off headline does not count."""
        bare = self._bare_end
        if bare.endswith(("...", "…")) and len(bare) < 100:
            return False
        return bare[-1:] != "" and bare[-1] in SENTENCE_ENDS

    @cached_property
    def ends_as_statement(self) -> bool:
        """Whether it ends with a full stop, which headlines in a list hardly ever do."""
        return self.ends_sentence and self._bare_end[-1:] in _STATEMENT_ENDS

    @cached_property
    def _bare_end(self) -> str:
        """The line without the quotation marks, symbols, numbers of notes and credit behind its last sentence."""
        bare = self.text
        if _TRAILING_SYMBOLS.match(bare[-1:]):
            bare = _TRAILING_SYMBOLS.sub("", bare)
        if bare.endswith(("]", ")", "）")):
            bare = _CLOSING_CREDIT.sub("", bare)
        return bare.rstrip(_CLOSERS + " ")

    @property
    def ends_with_symbol(self) -> bool:
        """Whether an emoji or arrow closes the line."""
        return _TRAILING_SYMBOLS.search(self.text) is not None

    @property
    def ends_with_colon(self) -> bool:
        """Whether something is to follow."""
        return self.text.rstrip().endswith((":", "：", "؛"))

    @property
    def announces_nothing(self) -> bool:
        """Whether it is a short label with a colon, which is none of a story's if nothing follows it."""
        return self.ends_with_colon and self.words <= LONGEST_LABELLED and not self.has_inner_end

    @property
    def ends_with_comma(self) -> bool:
        """Whether the sentence goes on in the next line, as in verse."""
        return self.text.endswith((",", ";", "،", "，", "、", "؛"))

    @property
    def starts_with_dash(self) -> bool:
        """Whether it begins as speech does in many languages, with a dash."""
        return self.text[:2].rstrip() in ("—", "–", "-", "―")

    @cached_property
    def has_inner_end(self) -> bool:
        """Whether a sentence ends before the line does."""
        return bool(INNER_END.search(self.text))

    @cached_property
    def is_list(self) -> bool:
        """Whether it enumerates short items (tags, menu entries) and says nothing."""
        if self.ends_sentence:
            return False
        parts = [part for part in _SEPARATORS.split(self.text) if part.strip()]
        if len(parts) < 3:
            return False
        lengths = [len(part.split()) for part in parts]
        return sum(lengths) / len(parts) <= 3.5 and max(lengths) <= 7

    @property
    def is_menu(self) -> bool:
        """Whether it is a list of many short items, as no headline is."""
        return self.is_list and len(_SEPARATORS.findall(self.text)) >= 4

    @cached_property
    def is_prose(self) -> bool:
        """Whether the line reads as running text: whole sentences, or too long to be a headline."""
        if self.is_list or self.words < 6 or (len(self.text) > LONGEST_SHAPED and len(self.text.split()) < 6):
            return False
        dense = self._dense > 0
        if self.ends_sentence and len(self.text) >= (18 if dense else 45) and self.words >= 7:
            return True
        if self.has_inner_end and len(self.text) >= (40 if dense else 100):
            return True
        return len(self.text) >= (60 if dense else 150)

    @property
    def is_strong(self) -> bool:
        """Whether it is prose of some length."""
        return self.is_prose and len(self.text) >= (40 if self._dense else 110)

    @cached_property
    def is_bulleted(self) -> bool:
        """Whether it begins as an item of a list."""
        return bool(_BULLET.match(self.text))

    @cached_property
    def starts_low(self) -> bool:
        """Whether a cased script begins with a small letter, as tags and torn lines do."""
        first = next((c for c in self.text if c.isalpha()), "")
        return first.islower() and first.upper() != first

    @property
    def starts_quoted(self) -> bool:
        """Whether the line opens with a quotation mark."""
        return self.text[:1] in '"“„«‟「『'

    @cached_property
    def ticker_rest(self) -> str | None:
        """What follows a clock time that begins the line, or None."""
        match = _LEADING_TIME.match(self.text)
        return self.text[match.end() :] if match else None
