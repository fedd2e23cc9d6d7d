"""Folding text for matching, and recognising the phrases of page furniture. The kept text is never folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.vocabulary.agencies import agency_words
from assets.vocabulary.pages import page_words

_LETTERS = str.maketrans("أإآٱىی\u00a0\u2009\u202f’ʼ", "اااايي   ''")
_HAS_LETTERS = re.compile(f"[{''.join(map(chr, _LETTERS))}]")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f\ufeff\u0307]")
# Signs of vowels and tones stand inside the words of Indic scripts, Thai and their neighbours.
MARKS = (
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd"
    "\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u102b-\u103e"
    "\u17b4-\u17d3"
)
_HAS_MARKS = re.compile(f"[{MARKS}]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_NOT_LETTERS_OR_MARKS = re.compile(rf"(?:(?![{MARKS}])[\W\d_])+")
# The mark that ends one of several phrases of a pattern, and the blank before it.
_MARK_BEHIND = re.compile(r"(?:\\ )?([:：/／])(?=\||$)")

_PART = re.compile(r"[|•·»>›/,،]|\s{2,}")
# One word is enough to condemn a short line, not a long one.
_SHORT = 130
_HEAD = 4  # letters by which a phrase is looked for before the patterns are tried

# Where a line fits several reasons, the first of these is given.
_PRECEDENCE = (
    *("comment_form", "related_story", "cookie", "newsletter", "paywall", "appeal", "advertisement", "tag"),
    *("author_bio", "caption", "copyright", "contact", "byline", "updated", "date_line", "reading_time", "social"),
    *("age", "role", "navigation", "headline_prefix", "byline_join", "byline_place", "organisation", "surname"),
    *("company", "credit_other", "title_before", "office", "place_before", "bio_before"),
    *("bio_verb", "bio_role", "house"),
)
# Lists that only help to read a line; a line is not cut for them alone.
HELPING_REASONS = frozenset(
    (
        *("role", "headline_prefix", "byline_join", "byline_place", "age", "organisation", "surname", "company"),
        *("credit_other", "title_before", "office", "place_before", "bio_before", "bio_verb"),
        *("bio_role", "house"),
    )
)


def fold(text: str) -> str:
    """Text for comparing: lower case, variants of letters made one, invisible marks taken out."""
    if text.isascii():
        return text.lower()
    if _HAS_LETTERS.search(text):  # a table of characters costs more than to look whether it is needed
        text = text.translate(_LETTERS)
    return _MARKS.sub("", text.lower())


@lru_cache(maxsize=8192)
def line_key(text: str) -> str:
    """The letters of a line alone, folded, words parted by one blank: equal for "Kommentare (0)" and "KOMMENTARE"."""
    folded = fold(text)
    pattern = _NOT_LETTERS_OR_MARKS if _HAS_MARKS.search(folded) else _NOT_LETTERS
    return pattern.sub(" ", folded).strip()


@dataclass(frozen=True)
class Phrase:
    """A furniture phrase found in a line: why it cuts, how it stands there, and the offsets in the folded line."""

    reason: str
    kind: str  # line, start, contains or end
    start: int
    end: int


class Phrases:
    """The compiled phrases of all languages."""

    def __init__(self) -> None:
        words = page_words()
        self._lines: dict[str, str] = {}
        self._sets: dict[str, frozenset[str]] = {}
        for reason in reversed(_PRECEDENCE):
            keys = frozenset(line_key(p) for p in words.line.get(reason, ()))
            self._sets[reason] = keys
            if reason not in HELPING_REASONS:
                self._lines |= dict.fromkeys(keys - {""}, reason)
        self._starts = {r: _alternation(words.start[r], anchored=True) for r in _PRECEDENCE if words.start.get(r)}
        self._contains = {r: _alternation(words.contains[r]) for r in _PRECEDENCE if words.contains.get(r)}
        cutting = [r for r in _PRECEDENCE if r not in HELPING_REASONS]
        self._ends = {reason: tuple(map(fold, words.end[reason])) for reason in cutting if words.end.get(reason)}
        self._start_words = {r: tuple(map(fold, words.start.get(r, ()))) for r in _PRECEDENCE}
        self._any_start = _named_starts(words.start, cutting)
        self._start_heads = _heads(self._start_words[reason] for reason in cutting)
        self._contained = _Contained({reason: words.contains.get(reason, ()) for reason in cutting})
        # In scripts that set no blanks between words, the word for a desk or a paper closes its name.
        desks = self._sets["organisation"]
        self._desk_endings = tuple(d for d in desks if len(d) > 1 and d.lower() == d.upper() and " " not in d)
        self.agencies = re.compile(rf"(?<!\w)(?:{_literals(agency_words().forms)})(?!\w)", re.IGNORECASE)

    def find(self, text: str) -> Phrase | None:
        """The first furniture phrase that a line holds, whole lines first, or None."""
        folded = fold(text)
        reason = self._lines.get(line_key(text))
        reason = reason or self._reason_of_words(text)
        if reason:
            return Phrase(reason, "line", 0, len(folded))
        stripped = len(folded) - len(folded.lstrip(" \t-–—*•·>»|▶►[("))
        match = self._started(folded, stripped) or (self._started(folded, 0) if stripped else None)
        if match and match.lastgroup:
            return Phrase(match.lastgroup, "start", match.start(), match.end())
        if self._begins_with_label(text):
            return Phrase("related_story", "start", 0, 0)
        bare = folded.rstrip(" )）]】」")
        reason = next((r for r, ends in self._ends.items() if bare.endswith(ends)), None)
        if reason:
            return Phrase(reason, "end", len(folded), len(folded))
        found = self._contained.find(folded)
        return found if found and (" " in folded[found.start : found.end] or len(text) < _SHORT) else None

    def _started(self, folded: str, place: int) -> re.Match[str] | None:
        """A `start` phrase at a place of a folded line; most lines are told by their first letters to hold none."""
        if not any(folded[place : place + length] in self._start_heads for length in range(1, _HEAD + 1)):
            return None
        return self._any_start.match(folded, place)

    def _reason_of_words(self, text: str) -> str | None:
        """The reason of a row of buttons or menu entries: every word, or part between marks, is a furniture line."""
        if len(text) > _SHORT:
            return None
        for parts in (text.split(), [p for p in _PART.split(text) if p.strip()]):
            if len(parts) >= 2 and all(line_key(part) in self._lines for part in parts):
                return self._lines[line_key(parts[0])]
        return None

    def _begins_with_label(self, text: str) -> bool:
        """Whether a label for other stories and a headline were run together: "Related news Army shells …"."""
        words = line_key(text).split() if len(text) <= 2 * _SHORT else []
        for count in range(min(5, len(words) - 3), 1, -1):
            label = " ".join(words[:count])
            if label in self._sets["related_story"] and label not in self._sets["headline_prefix"]:
                return True
        return False

    def is_line(self, reason: str, text: str) -> bool:
        """Whether the whole line is a phrase of `reason`."""
        return line_key(text) in self._sets.get(reason, ())

    def after_start(self, reason: str, text: str) -> str | None:
        """What follows a `start` phrase of `reason` (as written), or None if the line does not begin with one."""
        pattern = self._starts.get(reason)
        stripped = text.lstrip(" \t-–—*•·>»|▶►[(")
        match = pattern.match(fold(stripped)) if pattern else None
        return _unfolded_tail(stripped, match.end()).strip(" \t:/|-–—,") if match else None

    def starts_of(self, reason: str) -> tuple[str, ...]:
        """The `start` phrases of `reason`, folded."""
        return self._start_words.get(reason, ())

    def ends_of(self, reason: str) -> tuple[str, ...]:
        """The `end` phrases of `reason`, folded."""
        return self._ends.get(reason, ())

    def contains(self, reason: str, text: str) -> bool:
        """Whether a line holds a `contains` phrase of `reason`."""
        pattern = self._contains.get(reason)
        return bool(pattern and pattern.search(fold(text)))

    def names_desk(self, name: str) -> bool:
        """Whether a byline's name is a desk's or an agency's, not a person's."""
        if (
            self.agencies.fullmatch(name)
            or self.agencies.fullmatch(fold(name))
            or self.is_line("role", name)
            or self.is_line("organisation", name)
        ):
            return True
        if any(self.is_line("organisation", word) for word in name.split()):
            return True
        return " " not in name and name.endswith(self._desk_endings)

    def words_of(self, reason: str) -> frozenset[str]:
        """The whole-line phrases of `reason`, as line keys."""
        return self._sets.get(reason, frozenset())


class _Contained:
    """Phrases that may stand anywhere in a line.

    A pattern of some thousand phrases tries them all at every place of a line. Here the first letters of each say
    which few can be there at all.
    """

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._ranks: dict[str, tuple[int, str]] = {}
        for rank, (reason, phrases_of_reason) in enumerate(words.items()):
            for phrase in map(fold, phrases_of_reason):
                if phrase:
                    self._ranks.setdefault(phrase, (rank, reason))
        self._by_head: dict[str, list[str]] = {}
        for phrase in self._ranks:
            if len(phrase) >= _HEAD:
                self._by_head.setdefault(phrase[:_HEAD], []).append(phrase)
        self._short = tuple(phrase for phrase in self._ranks if len(phrase) < _HEAD)

    def find(self, folded: str) -> Phrase | None:
        """The phrase that stands first in a folded line; of several at one place that of the first reason."""
        heads = {folded[i : i + _HEAD] for i in range(len(folded) - _HEAD + 1)} & self._by_head.keys()
        there = [phrase for head in heads for phrase in self._by_head[head] if phrase in folded]
        there += [phrase for phrase in self._short if phrase in folded]
        if not there:
            return None
        first = min(there, key=lambda phrase: (folded.find(phrase), self._ranks[phrase], -len(phrase)))
        start = folded.find(first)
        return Phrase(self._ranks[first][1], "contains", start, start + len(first))


def _heads(phrases_of_reasons: Iterable[Iterable[str]]) -> frozenset[str]:
    """The first letters of phrases, or the whole of shorter ones but for the mark that ends them."""
    every = (phrase for folded in phrases_of_reasons for phrase in folded)
    return frozenset((phrase.rstrip(" :：/／") or phrase)[:_HEAD] for phrase in every)


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The phrases of all languages, compiled once a process."""
    return Phrases()


def _unfolded_tail(text: str, folded_length: int) -> str:
    """What is left of `text` after the characters that fold to `folded_length` characters."""
    length = 0
    for position, character in enumerate(text):
        if length >= folded_length:
            return text[position:]
        length += len(fold(character))
    return ""


def _literals(words: Iterable[str]) -> str:
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or r"(?!)"


def _alternation(words: Iterable[str], *, anchored: bool = False) -> re.Pattern[str]:
    return re.compile(_start(words) if anchored else _literals(words))


def _start(words: Iterable[str]) -> str:
    """Phrases that begin a line, not ending inside a word: "par" must not begin "Paris"."""
    return rf"(?:{_MARK_BEHIND.sub(_any_mark, _literals(words))})(?:(?<=[\W\d_])|(?![^\W\d_]))"


def _any_mark(match: re.Match[str]) -> str:
    """A colon or slash at the end of a phrase, with or without a blank before it, and as wide as in Chinese."""
    return r"\s?[:：]" if match[1] in ":：" else r"\s?[/／]"


def _named_starts(table: Mapping[str, Sequence[str]], reasons: Iterable[str]) -> re.Pattern[str]:
    parts = (f"(?P<{reason}>{_start(table[reason])})" for reason in reasons if table.get(reason))
    return re.compile("|".join(parts))
