"""A trie of word patterns that finds every phrase of a vocabulary in a sentence in one pass."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Generic, NamedTuple, TypeVar

from assets.events.mentions.morphology import Analysis, Morphology
from assets.events.mentions.text import tokenise

_MOST_WORDS = 200_000  # kept read, so that a process's memory stays bounded
MAXIMUM_GAP = 5  # words that "~" in a pattern may stand for
WIDEST_GAP = 12  # the same where a verb and its particle embrace all between them (see `Sentence`)
Meaning = TypeVar("Meaning")
_NO_GAPS: frozenset[int] = frozenset()
_NO_TRAITS: frozenset[str] = frozenset()


class Match(NamedTuple, Generic[Meaning]):
    """Tokens `[start, end)` that a pattern matched; `clitic` the letters attached to the first of them.

    `traits` are what the ending of the word that inflects tells, the last or the first by language (see
    `morphology.Analysis`).
    `gaps` are the tokens in between that a "~" stands for and that belong to no match.
    """

    start: int
    end: int
    meaning: Meaning
    clitic: str
    gaps: frozenset[int] = frozenset()
    traits: frozenset[str] = frozenset()

    @property
    def positions(self) -> Sequence[int]:
        """The tokens that the pattern's words matched."""
        if not self.gaps:
            return range(self.start, self.end)
        return [p for p in range(self.start, self.end) if p not in self.gaps]


class _Node(Generic[Meaning]):
    __slots__ = ("after_gap", "children", "meanings")

    def __init__(self) -> None:
        self.children: dict[str, _Node[Meaning]] = {}
        self.after_gap: _Node[Meaning] | None = None
        self.meanings: list[Meaning] = []


class _Word(NamedTuple, Generic[Meaning]):
    """A word as the trie sees it: the patterns it opens, and the keys with which it can go on with one."""

    opens: tuple[tuple[_Node[Meaning], str, frozenset[str]], ...]
    inner: tuple[tuple[str, frozenset[str]], ...]


class Lexicon(Generic[Meaning]):
    """Patterns of one language and what they mean. How patterns are written: `docs/adding-a-language.md`."""

    def __init__(self, morphology: Morphology, gap: int = MAXIMUM_GAP) -> None:
        self._morphology = morphology
        self._gap = gap
        self._root: _Node[Meaning] = _Node()
        self._keys_of_word: dict[str, list[str]] = {}
        self._inner_keys: set[str] = set()  # of words that patterns have after their first
        self._words: dict[tuple[str, ...], _Word[Meaning]] = {}

    def add(self, pattern: str, meaning: Meaning) -> None:
        """File one pattern."""
        self._words.clear()
        node = self._root
        for word in pattern.split():
            if word == "~":
                if node.after_gap is None:
                    node.after_gap = _Node()
                node = node.after_gap
            else:
                for key in self._keys(word):
                    child = node.children.get(key)
                    if child is None:
                        child = node.children[key] = _Node()
                        if node is not self._root:
                            self._inner_keys.add(key)
                    node = child
        if node is not self._root:
            node.meanings.append(meaning)

    def opens(self, key: str) -> bool:
        """Whether some pattern begins with the key."""
        return key in self._root.children

    def find(self, analyses: list[Analysis], starts: Container[int] | None = None) -> list[Match[Meaning]]:
        """Every match in the sentence, overlapping ones too, by start; only at some tokens, where these are given."""
        matches: list[Match[Meaning]] = []
        words = [self._word(analysis) for analysis in analyses]
        for start, word in enumerate(words):
            if starts is not None and start not in starts:
                continue
            for node, clitic, traits in word.opens:
                self._walk(node, words, start, start + 1, clitic, matches, _NO_GAPS, traits)
        return matches

    def _word(self, analysis: Analysis) -> _Word[Meaning]:
        """What of a word's keys some pattern has; found once a word, since most keys of most words are in none."""
        word = self._words.get(analysis.keys)
        if word is None:
            if len(self._words) > _MOST_WORDS:
                self._words.clear()
            known = [key for key in analysis.keys if key in self._inner_keys]
            opening = [(self._root.children.get(key), key) for key in analysis.keys]
            word = self._words[analysis.keys] = _Word(
                tuple(
                    (node, analysis.clitics.get(key, ""), analysis.traits.get(key, _NO_TRAITS))
                    for node, key in opening
                    if node is not None
                ),
                tuple((key, analysis.traits.get(key, _NO_TRAITS)) for key in known),
            )
        return word

    def _walk(
        self,
        node: _Node[Meaning],
        words: list[_Word[Meaning]],
        start: int,
        position: int,
        clitic: str,
        matches: list[Match[Meaning]],
        gaps: frozenset[int],
        traits: frozenset[str],
    ) -> None:
        for meaning in node.meanings:
            matches.append(Match(start, position, meaning, clitic, gaps, traits))
        if node.after_gap is not None:
            for next_word in range(position, min(position + self._gap + 1, len(words))):
                if words[next_word].inner:
                    skipped = gaps.union(range(position, next_word))
                    self._step(node.after_gap, words, start, next_word, clitic, matches, skipped, traits)
        if node.children and position < len(words):
            self._step(node, words, start, position, clitic, matches, gaps, traits)

    def _step(
        self,
        node: _Node[Meaning],
        words: list[_Word[Meaning]],
        start: int,
        position: int,
        clitic: str,
        matches: list[Match[Meaning]],
        gaps: frozenset[int],
        traits: frozenset[str],
    ) -> None:
        for key, its_traits in words[position].inner:
            child = node.children.get(key)
            if child is not None:
                last = its_traits if self._morphology.inflects_last else traits
                self._walk(child, words, start, position + 1, clitic, matches, gaps, last)

    def _keys(self, word: str) -> list[str]:
        keys = self._keys_of_word.get(word)
        if keys is None:
            keys = self._keys_of_word[word] = self._find_keys(word)
        return keys

    def _find_keys(self, word: str) -> list[str]:
        """The keys of one written word, which the tokeniser may see as several tokens (al-Qaida)."""
        if len(word) > 1 and word.endswith("*"):
            return [self._morphology.register_affix(word[:-1], is_prefix=True)]
        if len(word) > 1 and word.startswith("*"):
            return [self._morphology.register_affix(word[1:], is_prefix=False)]
        sigil = word[0] if word[0] in "=^+" and len(word) > 1 else ""
        tokens = tokenise(word[len(sigil) :], self._morphology.language)
        return [self._morphology.pattern_key(sigil + token.text) for token in tokens]
