"""The lines of one page while they are being labelled, and the questions about them that every step asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from assets.cleaned.documents.lines.features import LineFeatures, features_of

MOST_LABEL_WORDS = 3  # of a label for other stories
# What may stand inside a story without ending it.
INSIDE_REASONS = frozenset({"image", "advertisement", "caption", "link", "newsletter", "repeated"})
# A line without a full stop may be a paragraph from this length on; most headlines are shorter.
_LONG_OPEN, _LONG_OPEN_WORDS = 80, 13
_MOST_HEADING_WORDS = 8
_MOST_HEADING_CHARACTERS = 70


class LinesAtWork:
    """The lines of one page: for each a reason to cut it, or what kind of body line it is, as far as is known.

    `reasons` has an entry a line, None while nothing speaks against it; `kinds` has those accepted so far.
    """

    def __init__(self, lines: Sequence[str], language: str, furniture: Collection[str]) -> None:
        self.language = language
        self.features = tuple(features_of(line, language) for line in lines)
        self.counts = Counter(f.key for f in self.features)
        self.reasons: list[str | None] = [f.overt_reason for f in self.features]
        for i, feature in enumerate(self.features):
            if self.reasons[i] is None and feature.key in furniture and feature.key:
                self.reasons[i] = "furniture"
        self.unpunctuated = self._unpunctuated()
        self.kinds: dict[int, str] = {}
        self.zone: str | None = None  # the reason of the label for other stories under which the walk is

    def is_prose(self, i: int) -> bool:
        """Whether a line is running text that nothing speaks against."""
        return self.reasons[i] is None and (self.features[i].is_prose or i in self.unpunctuated)

    def is_headline(self, i: int) -> bool:
        """Whether a line could be some story's headline."""
        feature = self.features[i]
        return self.reasons[i] is None and not self.is_prose(i) and feature.words >= 3 and not feature.is_list

    def is_heading(self, i: int) -> bool:
        """Whether a line could head a part of the story: nothing speaks against it, and it is short."""
        feature = self.features[i]
        if self.reasons[i] is not None or feature.is_list or feature.starts_low:
            return False
        return feature.words <= _MOST_HEADING_WORDS and len(feature.text) <= _MOST_HEADING_CHARACTERS

    def _unpunctuated(self) -> set[int]:
        """Long lines that are prose though no full stop ends them, as on many Arabic sites.

        All of them where most long lines of the page are so; else those that stand among prose on both sides, if
        there is more than one.
        """
        long = [i for i, f in enumerate(self.features) if self.reasons[i] is None and self._is_long(f)]
        open_ended = [i for i in long if not self.features[i].ends_sentence]
        if len(long) >= 3 and len(open_ended) * 2 > len(long):
            return set(open_ended)
        among = [i for i in open_ended if self._meets_prose(i, -1) and self._meets_prose(i, 1)]
        return set(among) if len(among) > 1 else {i for i in among if self.features[i].ends_with_symbol}

    @staticmethod
    def _is_long(feature: LineFeatures) -> bool:
        return len(feature.text) >= _LONG_OPEN and feature.words >= _LONG_OPEN_WORDS and not feature.is_list

    def _meets_prose(self, i: int, step: int) -> bool:
        """Whether, going on from a line, prose comes before anything but long lines and short sentences."""
        i += step
        while 0 <= i < len(self.features) and self.reasons[i] in (None, *INSIDE_REASONS):
            feature = self.features[i]
            if self.reasons[i] is not None:
                i += step
                continue
            if feature.is_prose and feature.ends_sentence:
                return True
            if not (self._is_long(feature) or feature.ends_sentence):
                return False
            i += step
        return False
