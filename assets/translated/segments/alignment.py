"""Which words of a source stand for which words of its English?

Told by the vectors of words in their sentence, by countries and actors that were found on both sides, and by names
that have the same consonants in whatever script. Each word of the English is linked to a run of the source's; the
surest links come first, and what they take is no longer as near for the rest. No statement about the translation is
made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assets.translated.segments.names import consonants
from assets.translated.segments.vectors import Encoded, Span, is_dense, read
from assets.translated.segments.words import translation_words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OWNER = re.compile(r"['’]s$")
# A word of the source may be written in two, one without spaces around it in some more pieces.
_LONGEST_RUN = 2
_LONGEST_DENSE_RUN = 4
_A_PIECE_MORE = 0.02
# What a shared country or actor, one of several possible ones, and a name of the same consonants add to the likeness.
_SAME_ACTOR = 0.3
_PERHAPS_SAME_ACTOR = 0.2
_SAME_NAME = 0.25
_NAME_WITHIN = 0.2
_MOST = 1.2
_LEAST_NAME = 4
_LEAST_CONSONANTS = 3
_LONGEST_ENDING = 2
# Words such as "the" are linked last, and words that are taken lose this share of the likeness that took them.
_NAMELESS_LATER = 0.15
_TAKEN = 0.25
# Pieces of a script without spaces are shorter than words.
_PIECE_LENGTH = 0.6


@dataclass(frozen=True)
class Named:
    """Characters `[start, end)` that name one of `who` (countries or sectors)."""

    start: int
    end: int
    who: frozenset[str]


@dataclass(frozen=True)
class Link:
    """An English word, by its number, and the run of source words that it stands for.

    `strength` is the likeness, up to 1.2 where more than vectors speak for it; `lead` how much less like the next run
    elsewhere is; `place` the middle of the run, in words.
    """

    word: int
    first: int
    last: int
    strength: float
    lead: float
    place: float


@dataclass(frozen=True)
class Alignment:
    """A source and its English with the links between them, one for each English word, in order."""

    source: str
    english: str
    theirs: Encoded
    ours: Encoded
    links: tuple[Link, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The English words in small letters, without marks; "" for a number."""
        return tuple(bare(self.english[start:end]).casefold() for start, end in self.ours.words)

    def english_span(self, word: int) -> Span:
        """The characters of an English word."""
        return self.ours.words[word]

    def source_span(self, link: Link) -> Span:
        """The characters of the source that a link leads to."""
        return self.theirs.words[link.first][0], self.theirs.words[link.last - 1][1]

    def tells(self, word: int) -> bool:
        """Whether an English word means something by itself."""
        return tells(self.english[slice(*self.ours.words[word])])


def align(source: str, english: str, theirs: Sequence[Named], ours: Sequence[Named]) -> Alignment:
    """The links between two texts, with those that name countries or actors on either side."""
    before, after = read(source), read(english)
    dense = is_dense(source)
    runs = list(_runs(len(before.words), _LONGEST_DENSE_RUN if dense else _LONGEST_RUN))
    if not runs or not after.words:
        return Alignment(source, english, before, after, ())
    near = before.of_words(runs) @ after.of_words([(word, word + 1) for word in range(len(after.words))]).T
    near -= _A_PIECE_MORE * np.array([[last - first - 1] for first, last in runs], dtype=np.float32)
    sure, shared = _named_alike(before, after, runs, theirs, ours)
    english_words = [english[start:end] for start, end in after.words]
    _add_names(
        sure, [source[before.words[a][0] : before.words[b - 1][1]] for a, b in runs], runs, english_words, dense
    )
    strength = np.minimum(near + sure, _MOST)
    told = np.array([tells(word) for word in english_words])
    links = list(_compete(strength, runs, told, _PIECE_LENGTH if dense else 1.0))
    for words, places in shared:
        _keep_order(links, words, places)
    return Alignment(source, english, before, after, tuple(links))


def bare(word: str) -> str:
    """The word without the marks around it."""
    found = _WORD.search(word)
    return found.group() if found else ""


def tells(word: str) -> bool:
    """Whether an English word, as it stands between spaces, means something by itself: no "the", and no lone mark."""
    inner = bare(word)
    return inner.casefold() not in translation_words("en").nameless if inner else any(c.isdigit() for c in word)


def _runs(words: int, longest: int) -> Iterator[Span]:
    for first in range(words):
        for last in range(first + 1, min(first + longest, words) + 1):
            yield first, last


def _named_alike(
    before: Encoded, after: Encoded, runs: list[Span], theirs: Sequence[Named], ours: Sequence[Named]
) -> tuple[NDArray[np.float32], list[tuple[list[int], set[Span]]]]:
    """What is added where both sides name the same country or actor, and the words and runs that name each."""
    added = np.zeros((len(runs), len(after.words)), dtype=np.float32)
    rows = {run: row for row, run in enumerate(runs)}
    who: dict[Span, frozenset[str]] = {}
    for named in theirs:
        run = _run_of(before, named)
        if run in rows:
            who[run] = who.get(run, frozenset()) | named.who
    shared: dict[frozenset[str], tuple[list[int], set[Span]]] = {}
    for named in ours:
        first, last = _run_of(after, named)
        for run, possible in who.items():
            if possible & named.who:
                bonus = _SAME_ACTOR if len(possible) == 1 else _PERHAPS_SAME_ACTOR
                cells = added[rows[run], first:last]
                np.maximum(cells, bonus, out=cells)
                words, places = shared.setdefault(named.who, ([], set()))
                words += [word for word in range(first, last) if word not in words]
                places.add(run)
    return added, list(shared.values())


def _keep_order(links: list[Link], words: list[int], places: set[Span]) -> None:
    """Of one actor that is named again and again the first mention stands for the first, and so on."""
    again = sorted(word for word in words if (links[word].first, links[word].last) in places)
    in_order = sorted((links[word] for word in again), key=lambda link: link.place)
    for word, link in zip(again, in_order, strict=True):
        links[word] = replace(link, word=word)


def _run_of(text: Encoded, named: Named) -> Span:
    inside = [number for number, (start, end) in enumerate(text.words) if start < named.end and named.start < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _add_names(
    sure: NDArray[np.float32], source_runs: list[str], runs: list[Span], words: list[str], dense: bool
) -> None:
    """Add what names of the same consonants tell; an ending may be written onto the source's."""
    sounds = [consonants(run) for run in source_runs]
    for column, word in enumerate(words):
        name = _OWNER.sub("", bare(word))
        wanted = consonants(name)
        if not name[:1].isupper() or len(name) < _LEAST_NAME or len(wanted) < _LEAST_CONSONANTS:
            continue
        for row, ((first, last), heard) in enumerate(zip(runs, sounds, strict=True)):
            if dense or last - first == 1:
                within = wanted in heard and len(heard) <= len(wanted) + _LONGEST_ENDING
                bonus = _SAME_NAME if heard == wanted else _NAME_WITHIN if within else 0.0
                sure[row, column] = max(sure[row, column], bonus)


def _compete(
    strength: NDArray[np.float32], runs: list[Span], told: NDArray[np.bool_], length: float
) -> Iterator[Link]:
    """Links, the surest first in choosing, in the order of the English words."""
    left = strength - np.where(told, 0.0, _NAMELESS_LATER)
    starts, ends = np.array(runs).T
    found: dict[int, Link] = {}
    open_words = list(range(strength.shape[1]))
    while open_words:
        choice = left[:, open_words]
        row, column = divmod(int(choice.argmax()), choice.shape[1])
        word, (first, last) = open_words.pop(column), runs[row]
        apart = (ends <= first) | (starts >= last)
        lead = left[row, word] - max(left[apart, word].max(initial=-1.0), -1.0)
        found[word] = Link(
            word, first, last, float(strength[row, word]), float(lead), (first + last - 1) / 2 * length
        )
        left[~apart] -= _TAKEN * strength[row, word]
    return (found[word] for word in sorted(found))
