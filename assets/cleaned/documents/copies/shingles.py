"""The shingles of many texts at once, as 64-bit hashes: what two pages are compared by.

A shingle is a run of three words; in scripts that do not part words by blanks, a run of five characters. Case,
punctuation, accents, optional vowel signs, and forms of letters that old systems wrote (Arabic presentation forms,
full width) do not matter, so that a copy with other quotation marks, or through another system, is the same text.
Everything is done on arrays, a chunk of texts at a time; there is no loop over words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

WORDS = 3
CHARACTERS = 5  # some three words of Chinese or Japanese
_MOST_CHARACTERS = 1 << 16  # characters in a chunk: bounds the memory, whatever the batch
_LONGEST_TEXT = 200_000  # characters of one text that are looked at
# Code points from here on (rare Han, private use) are letters that stand for themselves.
_TABLE_SIZE = 0x20000
_BREAK, _SKIP = 0, 1  # instead of a letter's hash: parts words; is passed over within a word
_FACTOR = 0x9E3779B97F4A7C15  # odd, its bits without a pattern: parts neighbouring letters and words

# Arabic letters that are written one for the other, as in `phrases.fold`.
_ALIKE = {ord(one): ord(other) for one, other in zip("أإآٱىیک", "اااايي\u0643", strict=True)}
_TATWEEL = 0x640
# Marks that are written on a letter or left out: accents, Hebrew points, Arabic vowel signs.
_OPTIONAL_MARKS = range(0x300, 0x700)
# Here one code point may stand for several letters (ligatures, presentation forms), or several for one (jamo).
_COMPATIBILITY = (0xFB00, 0xFFFF)
_JAMO = (0x1100, 0x11FF)
# Scripts without blanks between words: Thai, Lao, Myanmar, Khmer, kana, Han.
_DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_SAMPLE = 100


@dataclass(frozen=True)
class Shingles:
    """Shingle hashes of texts: those of text `i` are `hashes[offsets[i]:offsets[i + 1]]`, in order, with repeats."""

    hashes: Hashes
    offsets: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def of(self, i: int) -> Hashes:
        """The set of shingles of text `i`: sorted, without repeats."""
        # np.unique hashes before it sorts, which takes three times as long for a page.
        ordered = self.hashes[self.offsets[i] : self.offsets[i + 1]].copy()
        ordered.sort()
        kept = np.empty(len(ordered), dtype=np.bool_)
        kept[:1] = True
        np.not_equal(ordered[1:], ordered[:-1], out=kept[1:])
        return ordered if kept.all() else ordered[kept]


def chunks_of_shingles(texts: Sequence[str]) -> Iterator[tuple[int, Shingles]]:
    """Shingles of texts, some at a time: the number of the first text of a chunk, and the chunk's shingles."""
    start, size = 0, 0
    for i, text in enumerate(texts):
        length = min(len(text), _LONGEST_TEXT)
        if size and size + length > _MOST_CHARACTERS:
            yield start, _shingles(texts[start:i])
            start, size = i, 0
        size += length + 1
    if start < len(texts):
        yield start, _shingles(texts[start:])


def jaccard(one: Hashes, other: Hashes) -> float:
    """Share (0 to 1) of common shingles among all shingles of two sets as `Shingles.of` gives them."""
    if not len(one) or not len(other):
        return 0.0
    places = np.searchsorted(other, one)
    places[places == len(other)] = 0
    common = int(np.count_nonzero(other[places] == one))
    return common / (len(one) + len(other) - common)


def _shingles(texts: Sequence[str]) -> Shingles:
    cut = [text[:_LONGEST_TEXT] for text in texts]
    dense = [not text.isascii() and _is_dense(text) for text in cut]
    if not any(dense):
        return _word_shingles(*_letters(cut))
    if all(dense):
        return _character_shingles(*_letters(cut))
    of_characters = _character_shingles(*_letters([t for t, is_dense in zip(cut, dense, strict=True) if is_dense]))
    of_words = _word_shingles(*_letters([t for t, is_dense in zip(cut, dense, strict=True) if not is_dense]))
    return _woven(of_words, of_characters, dense)


def _is_dense(text: str) -> bool:
    """Whether a text is written in a script without blanks, judged by its middle."""
    middle = len(text) // 2
    sample = text[max(middle - _SAMPLE // 2, 0) : middle + _SAMPLE // 2]
    return len(_DENSE.findall(sample)) * 3 > len(sample)


def _letters(texts: Sequence[str]) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """The letters' hashes of all texts one behind the other, each text ended by a break, and where each ends."""
    points = _points(texts)
    if any(((points >= first) & (points <= last)).any() for first, last in (_COMPATIBILITY, _JAMO)):
        texts = [unicodedata.normalize("NFKC", text) for text in texts]
        points = _points(texts)
    ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1)
    letters = _letter_hashes().take(points, mode="clip")
    if (beyond := points >= _TABLE_SIZE).any():
        letters[beyond] = _mix(points[beyond].astype(np.uint64))
    kept = letters != _SKIP
    return (letters, ends) if kept.all() else (letters[kept], np.cumsum(kept)[ends - 1])


def _points(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    """The code points of all texts, a line break behind each."""
    return np.frombuffer(("\n".join(texts) + "\n").encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _word_shingles(letters: Hashes, text_ends: npt.NDArray[np.int64]) -> Shingles:
    inside = letters != _BREAK
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if inside[0]:
        edges = np.concatenate(([0], edges))
    starts, ends = edges[::2], edges[1::2]  # the last character is a break, so that every word ends
    if not len(starts):
        return Shingles(np.empty(0, dtype=np.uint64), np.zeros(len(text_ends) + 1, dtype=np.int64))
    # A word's hash is the sum over its pairs of neighbouring letters, which needs no place within the word. The
    # exclusive or makes the product of a pair another one when its letters change places.
    pairs = letters.copy()
    pairs[:-1] *= letters[1:] ^ np.uint64(_FACTOR)
    words = np.add.reduceat(pairs, starts)
    words += (ends - starts).astype(np.uint64)
    return _runs(words, np.searchsorted(starts, text_ends), WORDS)


def _character_shingles(letters: Hashes, text_ends: npt.NDArray[np.int64]) -> Shingles:
    kept = letters != _BREAK
    return _runs(letters[kept], np.cumsum(kept)[text_ends - 1], CHARACTERS)


def _runs(tokens: Hashes, ends: npt.NDArray[np.int64], size: int) -> Shingles:
    """Hashes of the runs of `size` tokens that lie within one text; `ends` tells where each text's tokens end."""
    counts = np.diff(ends, prepend=0)
    offsets = np.concatenate(([0], np.cumsum(np.maximum(counts - size + 1, 0))))
    if len(tokens) < size:
        return Shingles(np.empty(0, dtype=np.uint64), offsets)
    length = len(tokens) - size + 1
    hashed = tokens[:length].copy()
    for place in range(1, size):
        hashed += tokens[place : place + length] * np.uint64(pow(_FACTOR, place, 1 << 64))
    # A run is kept if its first token and its last are of one text.
    last_start = np.repeat(ends, counts)[:length] - size
    whole = np.arange(length) <= last_start
    return Shingles(_mix(hashed[whole]), offsets)


def _woven(words: Shingles, characters: Shingles, dense: Sequence[bool]) -> Shingles:
    """The texts of two groups in their order again: dense ones from `characters`, the others from `words`."""
    pieces: list[Hashes] = []
    done = {True: 0, False: 0}
    for is_dense in dense:
        group, i = (characters if is_dense else words), done[is_dense]
        pieces.append(group.hashes[group.offsets[i] : group.offsets[i + 1]])
        done[is_dense] += 1
    lengths = np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces))
    return Shingles(np.concatenate(pieces), np.concatenate(([0], np.cumsum(lengths))))


def _mix(numbers: Hashes) -> Hashes:
    """The finaliser of splitmix64: every bit of a number comes to bear on every bit of its hash."""
    mixed = numbers ^ (numbers >> np.uint64(30))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


@lru_cache(maxsize=1)
def _letter_hashes() -> Hashes:
    """For every code point the hash of its small letter, or that it parts words or is passed over."""
    folded = np.fromiter(map(_fold, range(_TABLE_SIZE)), dtype=np.uint64, count=_TABLE_SIZE)
    return np.where(folded <= _SKIP, folded, _mix(folded))


def _fold(point: int) -> int:
    if point in _ALIKE:
        return _ALIKE[point]
    character = chr(point)
    if character.isalnum() and point != _TATWEEL:
        return _base(character.lower()[0])
    category = unicodedata.category(character)
    if point == _TATWEEL or category == "Cf" or (category == "Mn" and point in _OPTIONAL_MARKS):
        return _SKIP
    return point if category[0] == "M" else _BREAK


def _base(letter: str) -> int:
    """A letter without its accents; one that is made of several letters stands for itself."""
    parts = unicodedata.normalize("NFD", letter)
    is_accented = len(parts) > 1 and all(ord(mark) in _OPTIONAL_MARKS for mark in parts[1:])
    return ord(parts[0] if is_accented else letter)
