"""What a sentence and its English show of the actors in it that could have changed places, two at a time.

Which words may be actors, what stands before and between them, what the event coder reads at them, and the vectors
of the places they leave when they are blanked. What that speaks for is weighed elsewhere (`exchanged.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.translated.segments.agreement import NamedActor, Reading, agreed_pairs, parts_changed, reversed_pairs
from assets.translated.segments.alignment import Alignment, Link
from assets.translated.segments.clauses import ENGLISH, clause_marks, fronted_end
from assets.translated.segments.vectors import Span, Vectors, is_dense, read
from assets.translated.segments.words import translation_words

# How sure a link must be for an actor's word, and for a word around it.
_LEAST_STRENGTH, _LEAST_LEAD = 0.35, 0.02
_NEIGHBOUR_STRENGTH, _NEIGHBOUR_LEAD = 0.5, 0.05
# A determiner stands this near before a noun; "and" joins names within this many words.
_DETERMINER_REACH = 3
_JOINED_REACH = 4
_PREPOSITION_REACH = 4
_SPEAKER_REACH = 3
_BLANK = "X"
_JOINING = frozenset({"and", "or", "nor"})


class PairedSentence:
    """What is looked up once for all pairs of a sentence."""

    def __init__(self, alignment: Alignment, language: str, theirs: Reading, ours: Reading) -> None:
        self.text, self.language = alignment, language
        self.theirs, self.ours = theirs, ours
        self.english = translation_words(ENGLISH)
        self.words = alignment.words
        self.neighbours = [
            link
            for link in alignment.links
            if alignment.tells(link.word) and link.strength >= _NEIGHBOUR_STRENGTH and link.lead >= _NEIGHBOUR_LEAD
        ]
        self.candidates = [link for link in alignment.links if self._may_act(link)]
        self.fronted = fronted_end(alignment.source, language), fronted_end(alignment.english, ENGLISH)
        self.marks = clause_marks(alignment.source, language), clause_marks(alignment.english, ENGLISH)
        self.agreed = agreed_pairs(theirs.events, ours.events)
        self.reversed = reversed_pairs(theirs.events, ours.events)
        self.changed = parts_changed(theirs.events, ours.events)
        self.blanks = _blanks(alignment, self.candidates)

    def _may_act(self, link: Link) -> bool:
        if link.strength < _LEAST_STRENGTH or link.lead < _LEAST_LEAD or not self.words[link.word]:
            return False
        if not self.text.tells(link.word):
            return False
        start, _ = self.text.english_span(link.word)
        is_named = any(c.isalpha() and c.isupper() for c in self.text.english[start : start + 2])
        return is_named or self._is_determined(link.word) or self.actor(link, of_english=True) is not None

    def _is_determined(self, word: int) -> bool:
        """Whether a determiner or a number stands before the word, with nothing but telling words between."""
        for before in range(word - 1, max(word - 1 - _DETERMINER_REACH, -1), -1):
            text = self.words[before] or self.text.english[slice(*self.text.english_span(before))]
            if text in self.english.determiners or text.isdigit():
                return True
            if text in self.english.nameless:
                return False
        return False

    def is_one_phrase(self, one: Link, other: Link) -> bool:
        """Whether nothing but "of" or a determiner stands between two words, or "and" joins them."""
        between = [word for word in self.words[one.word + 1 : other.word] if word]
        if all(word == "of" or word in self.english.determiners for word in between):
            return True
        joined = any(word in _JOINING for word in between) and not any(word in self.english.parts for word in between)
        only = all(word in self.english.determiners or word in self.english.nameless for word in between)
        return joined and only and other.word - one.word <= _JOINED_REACH

    def actor(self, link: Link, *, of_english: bool) -> NamedActor | None:
        """The actor that the coder read at a link's words."""
        start, end = self.text.english_span(link.word) if of_english else self.text.source_span(link)
        actors = self.ours.actors if of_english else self.theirs.actors
        return next((actor for actor in actors if actor.start < end and start < actor.end), None)

    def part(self, word: int) -> str:
        """What the preposition before an English actor makes of it, "" where none stands there."""
        for before in reversed(self.words[max(word - _PREPOSITION_REACH, 0) : word]):
            if before in self.english.parts:
                return self.english.parts[before]
            if not before or (before in self.english.nameless and before not in self.english.determiners):
                return ""
        return ""

    def is_beside_saying(self, word: int) -> bool:
        """Whether a verb of saying stands within a few words."""
        near = self.words[max(word - _SPEAKER_REACH, 0) : word + _SPEAKER_REACH + 1]
        return any(other in self.english.saying for other in near)

    def is_converse_between(self, one: Link, other: Link) -> bool:
        """Whether words between tell that the second acts on the first ("came under attack from")."""
        return bool(_any_of(self.english.converse).search(self._between(one, other)))

    def is_passive_between(self, one: Link, other: Link) -> bool:
        """Whether a passive stands between, with its agent or without."""
        return bool(_any_of(self.english.passive).search(self._between(one, other)))

    def _between(self, one: Link, other: Link) -> str:
        return self.text.english[self.text.english_span(one.word)[1] : self.text.english_span(other.word)[0]]

    def receives_between(self, one: int, other: int) -> bool:
        """Whether a verb such as "receive" stands between, of which another language may say "give"."""
        return any(word in self.english.receiving for word in self.words[one + 1 : other])

    def is_said_at_the_end(self, start: int) -> bool:
        """Whether a character stands behind the last comma, in a part that tells who said the rest."""
        comma = self.text.english.rfind(",")
        last = re.findall(r"\w+", self.text.english[comma:].casefold()) if comma >= 0 else ()
        return start > comma >= 0 and any(word in self.english.saying for word in last)


@dataclass(frozen=True)
class ActorPair:
    """Two actors of a sentence, `one` named before `other` in the English."""

    sentence: PairedSentence
    one: Link
    other: Link

    @property
    def english_starts(self) -> Span:
        """Where the two begin in the English, in characters."""
        text = self.sentence.text
        return text.english_span(self.one.word)[0], text.english_span(self.other.word)[0]

    @property
    def source_starts(self) -> Span:
        """Where the two begin in the source, in characters."""
        text = self.sentence.text
        return text.source_span(self.one)[0], text.source_span(self.other)[0]


def _blanks(alignment: Alignment, candidates: Sequence[Link]) -> tuple[dict[int, Vectors], dict[int, Vectors]]:
    """The vectors around each place of a candidate, all of them blanked, by word of source and English."""
    theirs = sorted({number for link in candidates for number in range(link.first, link.last)})
    ours = [link.word for link in candidates]
    return (
        _around_blanks(alignment.source, alignment.theirs.words, theirs),
        _around_blanks(alignment.english, alignment.ours.words, ours),
    )


def _around_blanks(text: str, words: Sequence[Span], blanked: Sequence[int]) -> dict[int, Vectors]:
    if not blanked:
        return {}
    joint = "" if is_dense(text) else " "
    pieces: list[str] = []
    starts: dict[int, int] = {}
    for number, (start, end) in enumerate(words):
        if number in blanked:
            piece = f" {_BLANK} " if not joint else _BLANK
            starts[number] = sum(map(len, pieces)) + len(joint) * len(pieces) + piece.index(_BLANK)
        else:
            piece = text[start:end]
        pieces.append(piece)
    encoded = read(joint.join(pieces))
    by_start = {start: number for number, (start, _) in enumerate(encoded.words)}
    places = [by_start.get(starts[number], 0) for number in blanked]
    spans = [(max(place - 1, 0), min(place + 2, len(encoded.words))) for place in places]
    return dict(zip(blanked, encoded.of_words(spans), strict=True))


@lru_cache(maxsize=8)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)" if patterns else r"(?!)", re.IGNORECASE)
