"""How far a translation can be trusted, told without a reference: a number and the named signs of trouble.

Each sign is a small function over source and English; what it costs and from where it counts is data
(`quality.toml`), the words it looks for are vocabulary (`translation.toml` of each language). A sign that a language
has no words for is silent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path

from assets.cleaned.documents.language import UNDETERMINED, detect_language
from assets.translated.engines.engine import DRAFT
from assets.translated.glossary import Glossary
from assets.translated.segments.agreement import ReadEvents, actors_are_swapped, events_differ
from assets.translated.segments.countries import NamedCountries, find_countries
from assets.translated.segments.names import added_names, lost_names
from assets.translated.segments.numbers import ascii_digits, compare_numbers
from assets.translated.segments.words import TranslationWords, translation_words
from assets.vocabulary.files import VocabularyModel, read_vocabulary_file

ENGLISH = "en"
CountryFinder = Callable[[str, str], NamedCountries | None]
"""(text, language) -> the countries it names, or None where they cannot be known."""

NO_GLOSSARY = Glossary()
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_DENSE_RATIO = 3.2
_BEGINNING = 3
_ENDED = re.compile(r"[.!?…。！？؟۔।:;؛][\s\"'“”„«»‘’)\]]*$|[.!?…][\w\s]*[\"”“»’)\]]$")
_ARABIC_MARKS = dict.fromkeys([0x0640, 0x0670, *range(0x064B, 0x0653)])


class Factors(VocabularyModel):
    """What each flag multiplies the estimate by."""

    empty: float
    wrong_language: float
    untranslated: float
    repetition: float
    length_ratio: float
    number_lost: float
    number_added: float
    percent_lost: float
    negation_lost: float
    negation_added: float
    country_lost: float
    country_added: float
    name_lost: float
    name_added: float
    unrelated: float
    term_lost: float
    actors_swapped: float
    events_differ: float
    events_lost: float
    length_unusual: float
    cut_off: float
    draft: float
    not_judged: float


class Limits(VocabularyModel):
    """From where a sign counts; explained in `quality.toml`."""

    length_deviations: float
    unusual_deviations: float
    short_characters: float
    default_spread: float
    foreign_letters: float
    foreign_words: float
    least_words: int
    least_copied_words: int
    english_words: float
    repeats: int
    unrelated_words: int


class Calibration(VocabularyModel):
    """`quality.toml`."""

    factor: Factors
    limit: Limits


FLAGS: tuple[str, ...] = tuple(Factors.model_fields)
"""Every flag that an estimate can carry."""


@dataclass(frozen=True)
class Estimate:
    """How far a translation can be trusted, 0 (not at all) to 1, and the signs that lowered it, sorted."""

    quality: float
    flags: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """The factors and limits in force. Raises VocabularyError when the file is wrong."""
    return read_vocabulary_file(Path(__file__).with_name("quality.toml"), Calibration)


def estimate_quality(
    source: str,
    english: str,
    language: str,
    *,
    countries: CountryFinder = find_countries,
    glossary: Glossary = NO_GLOSSARY,
    read_events: ReadEvents | None = None,
) -> Estimate:
    """The estimate for one sentence.

    `language` is the source's; `countries` finds named ones on both sides; `glossary` holds terms that must come out
    one way; `read_events` tells what events a sentence tells of, and without it events are not compared.
    """
    factors = calibration().factor
    if not english.strip():
        return Estimate(factors.empty, ("empty",))
    flags = {name for name, sign in _SIGNS if sign(source, english, language)}
    flags |= _length_flags(source, english, language)
    flags |= _number_flags(source, english, language)
    flags |= _country_flags(countries(source, language), countries(english, ENGLISH))
    flags |= _event_flags(source, english, language, read_events)
    flags |= {"term_lost"} if glossary.missing(source, english, language) else set()
    if "untranslated" in flags:
        # Its names and words are the source's own; they say nothing more.
        flags -= {"wrong_language", "name_added", "negation_added", "actors_swapped", "events_differ", "events_lost"}
    quality = 1.0
    for flag in flags:
        quality *= getattr(factors, flag)
    return Estimate(round(quality, 4), tuple(sorted(flags)))


def as_draft(estimate: Estimate) -> Estimate:
    """The estimate for English that the draft engine made: lower, and flagged, whatever the signs say."""
    return Estimate(round(estimate.quality * calibration().factor.draft, 4), tuple(sorted({*estimate.flags, DRAFT})))


def not_judged() -> Estimate:
    """The estimate where judging itself failed: nothing vouches for the English."""
    return Estimate(calibration().factor.not_judged, ("not_judged",))


def _number_flags(source: str, english: str, language: str) -> set[str]:
    words, ours = translation_words(language).numbers, translation_words(ENGLISH).numbers
    difference = compare_numbers(source, english, words, ours)
    return ({"number_lost"} if difference.lost else set()) | ({"number_added"} if difference.added else set())


def _country_flags(theirs: NamedCountries | None, ours: NamedCountries | None) -> set[str]:
    if theirs is None or ours is None:
        return set()
    lost, added = theirs.certain - ours.possible, ours.certain - theirs.possible
    return ({"country_lost"} if lost else set()) | ({"country_added"} if added else set())


def _event_flags(source: str, english: str, language: str, read_events: ReadEvents | None) -> set[str]:
    theirs = read_events(source, language) if read_events else None
    ours = read_events(english, ENGLISH) if read_events and theirs else None
    if not theirs:
        return set()
    if not ours:
        return {"events_lost"}
    swapped, differ = actors_are_swapped(theirs, ours), events_differ(theirs, ours)
    return ({"actors_swapped"} if swapped else set()) | ({"events_differ"} if differ else set())


def _length_flags(source: str, english: str, language: str) -> set[str]:
    limit = calibration().limit
    off = _length_deviations(source, english, language)
    if off > limit.length_deviations:
        return {"length_ratio"}
    return {"length_unusual"} if off > limit.unusual_deviations else set()


def _length_deviations(source: str, english: str, language: str) -> float:
    """How many standard deviations the logarithm of the length ratio lies from what the language's usually is."""
    limit, words = calibration().limit, translation_words(language)
    theirs = len("".join(source.split()))
    ours = len("".join(english.split()))
    if not theirs or not ours:
        return 0.0
    dense = len(_DENSE.findall(source)) > theirs / 3
    expected = words.english_per_character or (_DENSE_RATIO if dense else 1.0)
    spread = (words.spread or limit.default_spread) * (1 + limit.short_characters / min(theirs, ours))
    return abs(log(ours / theirs) - log(expected)) / spread


def _cut_off(source: str, english: str, language: str) -> bool:
    """The source is a whole sentence, and the English stops without a mark."""
    return bool(_ENDED.search(source)) and not _ENDED.search(english)


def _untranslated(source: str, english: str, language: str) -> bool:
    limit = calibration().limit
    letters = [c for c in english if c.isalpha()]
    foreign = sum(not _is_latin(c) for c in letters)
    if letters and foreign / len(letters) > limit.foreign_letters:
        return True
    ours = _words(english)
    if ours == _words(source) and len(ours) >= limit.least_copied_words:
        return True
    if len(ours) < limit.least_words:
        return False
    left = _function_words(language) - _function_words(ENGLISH)
    return bool(left) and sum(word in left for word in ours) / len(ours) > limit.foreign_words


def _wrong_language(source: str, english: str, language: str) -> bool:
    limit = calibration().limit
    ours = _words(english)
    if len(ours) < limit.least_words:
        return False
    share = sum(word in _function_words(ENGLISH) for word in ours) / len(ours)
    return share < limit.english_words and detect_language(english) not in (ENGLISH, UNDETERMINED)


def _repetition(source: str, english: str, language: str) -> bool:
    limit = calibration().limit
    return _most_repeats(_words(english)) >= limit.repeats > _most_repeats(_words(source))


def _percent_lost(source: str, english: str, language: str) -> bool:
    theirs, ours = translation_words(language).percent or ("%",), translation_words(ENGLISH).percent
    return _mentions(source, (*theirs, "٪")) and not _mentions(english, ours)


def _negation_lost(source: str, english: str, language: str) -> bool:
    words, ours = _negations(language), _negations(ENGLISH)
    return words.surely(source) and not words.never and not ours.perhaps(english)


def _negation_added(source: str, english: str, language: str) -> bool:
    words, ours = _negations(language), _negations(ENGLISH)
    return not words.never and ours.surely(english) and not words.perhaps(source)


def _unrelated(source: str, english: str, language: str) -> bool:
    """A longer English sentence without one word that begins like one of the source's, nor a common number."""
    if not translation_words(language).shares_words_with_english:
        return False
    ours = _beginnings(english)
    return len(english.split()) >= calibration().limit.unrelated_words and not ours & _beginnings(source)


def _beginnings(text: str) -> set[str]:
    decomposed = unicodedata.normalize("NFD", ascii_digits(text).casefold())
    folded = "".join(c for c in decomposed if not unicodedata.combining(c))
    return {token[:_BEGINNING] for token in re.findall(r"[^\W_]+", folded) if len(token) >= _BEGINNING}


_SIGNS: tuple[tuple[str, Callable[[str, str, str], bool]], ...] = (
    ("cut_off", _cut_off),
    ("untranslated", _untranslated),
    ("wrong_language", _wrong_language),
    ("repetition", _repetition),
    ("percent_lost", _percent_lost),
    ("negation_lost", _negation_lost),
    ("negation_added", _negation_added),
    ("unrelated", _unrelated),
    ("name_lost", lambda source, english, language: bool(lost_names(source, english, language))),
    ("name_added", lambda source, english, language: bool(added_names(source, english))),
)


@dataclass(frozen=True)
class _Negations:
    """The compiled negation words of a language; `never` where it has none."""

    sure: re.Pattern[str]
    hint: re.Pattern[str]
    never: bool

    def surely(self, text: str) -> bool:
        """Whether the text negates something."""
        return bool(self.sure.search(_bare(text)))

    def perhaps(self, text: str) -> bool:
        """Whether a negation in the other language could come from this text."""
        bare = _bare(text)
        return bool(self.sure.search(bare) or self.hint.search(bare))


def _bare(text: str) -> str:
    """The text without the optional vowel signs and tatweel of Arabic."""
    return text if text.isascii() else text.translate(_ARABIC_MARKS)


@lru_cache(maxsize=64)
def _negations(language: str) -> _Negations:
    words: TranslationWords = translation_words(language)
    return _Negations(_any_of(words.negation), _any_of(words.negation_hints), not words.negation)


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)" if patterns else r"(?!)", re.IGNORECASE)


def _mentions(text: str, words: tuple[str, ...]) -> bool:
    return bool(_mention_pattern(words).search(ascii_digits(text)))


@lru_cache(maxsize=64)
def _mention_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Signs anywhere, words at the start of words (whatever ending they take)."""
    parts = [rf"(?<!\w){word}" if word[:1].isalpha() else re.escape(word) for word in words]
    return re.compile("|".join(parts), re.IGNORECASE)


@lru_cache(maxsize=64)
def _function_words(language: str) -> frozenset[str]:
    return frozenset(translation_words(language).function_words)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _is_latin(character: str) -> bool:
    return character < "\u0250" or "\u1e00" <= character < "\u1f00"


def _most_repeats(words: list[str]) -> int:
    """How often the most repeated run of one to six words comes in a row."""
    return max(_longest_run(words, length) for length in range(1, 7))


def _longest_run(words: list[str], length: int) -> int:
    """The most copies in a row of any run of `length` words."""
    most = matching = 0
    for position in range(length, len(words)):
        matching = matching + 1 if words[position] == words[position - length] else 0
        most = max(most, matching // length)
    return most + 1
