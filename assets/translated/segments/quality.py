"""How far a translation can be trusted, told without a reference: a number and the named signs of trouble.

Each sign is a small function over source and English; what it costs and from where it counts is data
(`quality.toml`), the words it looks for are vocabulary (`translation.toml` of each language). A sign that a language
has no words for is silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path

from assets.cleaned.documents.language import UNDETERMINED, detect_language
from assets.translated.engines.engine import DRAFT
from assets.translated.glossary import Glossary
from assets.translated.segments.agreement import Reading, ReadSentence, events_differ
from assets.translated.segments.alignment import Alignment, Named, align
from assets.translated.segments.countries import NamedCountries, country_mentions, find_countries, knows_adjectives
from assets.translated.segments.exchanged import evidence_of_exchange
from assets.translated.segments.meaning import Likeness, likeness
from assets.translated.segments.names import added_names, is_written_in, lost_names
from assets.translated.segments.numbers import ascii_digits, compare_numbers
from assets.translated.segments.vectors import LANGUAGES
from assets.translated.segments.words import TranslationWords, translation_words
from assets.vocabulary.files import VocabularyModel, read_vocabulary_file

ENGLISH = "en"
CountryFinder = Callable[[str, str], NamedCountries | None]
"""(text, language) -> the countries it names, or None where they cannot be known."""

NO_GLOSSARY = Glossary()
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_DENSE_RATIO = 3.2
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
    country_doubtful: float
    name_lost: float
    name_added: float
    name_doubtful: float
    meaning_differs: float
    meaning_doubtful: float
    part_lost: float
    part_doubtful: float
    part_added: float
    negation_doubtful: float
    term_lost: float
    actors_swapped: float
    actors_doubtful: float
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
    likeness_differs: float
    likeness_doubtful: float
    likeness_understood: float
    likeness_sure: float
    length_weight: float
    part_lost: float
    part_doubtful: float
    part_added: float
    negation: float
    negation_unheard: float
    negation_doubtful: float
    exchanged: float
    exchanged_doubtful: float


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
    read_sentence: ReadSentence | None = None,
) -> Estimate:
    """The estimate for one sentence.

    `language` is the source's; `countries` finds named ones on both sides; `glossary` holds terms that must come out
    one way; `read_sentence` tells what a sentence tells of, and without it neither events nor actors are compared.
    """
    factors = calibration().factor
    if not english.strip():
        return Estimate(factors.empty, ("empty",))
    flags = {name for name, sign in _SIGNS if sign(source, english, language)}
    flags |= _length_flags(source, english, language)
    flags |= _number_flags(source, english, language)
    flags |= {"term_lost"} if glossary.missing(source, english, language) else set()
    if "untranslated" in flags:
        # Its names and words are the source's own; they say nothing more.
        flags -= {"wrong_language", "negation_added"}
    else:
        near = likeness(source, english)
        is_alike = language in LANGUAGES and near.whole >= calibration().limit.likeness_sure
        named = countries(source, language), countries(english, ENGLISH)
        flags |= _country_flags(source, language, *named, is_alike)
        # A term may hold a word that negates elsewhere, as Arabic's drones do, "aircraft without pilot".
        flags |= _meaning_flags(source, english, language, near, glossary.put_into(source, language))
        flags |= _name_flags(source, english, is_alike)
        flags |= _reading_flags(source, english, language, read_sentence)
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


def _country_flags(
    source: str, language: str, theirs: NamedCountries | None, ours: NamedCountries | None, is_alike: bool
) -> set[str]:
    """English says which country where the source has an acronym or takes it for granted ("the chief prosecutor");
    so one more country, where the sentence is alike, is only doubtful.
    """
    if theirs is None or ours is None:
        return set()
    lost = theirs.certain - ours.possible
    added = {code for code in ours.certain - theirs.possible if not is_written_in(ours.words.get(code, ""), source)}
    if not lost and not knows_adjectives(language):
        added = set()  # the source may name it by an adjective, a capital or a short form
    is_doubtful = is_alike and not lost and len(added) == 1
    more = {"country_doubtful" if is_doubtful else "country_added"} if added else set()
    return ({"country_lost"} if lost else set()) | more


def _name_flags(source: str, english: str, is_alike: bool) -> set[str]:
    """A lone name may have another form in English (Saxony); where the rest is alike as well, it is only doubtful."""
    added = added_names(source, english)
    if not added:
        return set()
    return {"name_doubtful" if is_alike and len(added) == 1 else "name_added"}


def _meaning_flags(source: str, english: str, language: str, near: Likeness, without_terms: str) -> set[str]:
    """What sentence vectors tell; in languages that they do not know, only where they understood the sentence.

    `without_terms` is the source with the glossary's English in the place of its terms.
    """
    limit = calibration().limit
    flags: set[str] = set()
    if language in LANGUAGES and near.whole < limit.likeness_doubtful:
        flags.add("meaning_differs" if near.whole < limit.likeness_differs else "meaning_doubtful")
    if language not in LANGUAGES and near.whole < limit.likeness_understood:
        return flags
    longer = _length_deviation(source, english, language) * limit.length_weight
    flags |= _graded("part", (near.source_part, -longer, "lost"), limit.part_lost, limit.part_doubtful)
    flags |= _graded("part", (near.english_part, longer, "added"), limit.part_added, limit.part_added)
    words = _negations(language)
    surely = words.surely(without_terms)
    if words.never or words.perhaps(without_terms):
        sure = limit.negation if surely else limit.negation_unheard
        flags |= _graded("negation", (near.negated, 0.0, "lost"), sure, limit.negation_doubtful)
    if not surely:
        flags |= _graded("negation", (near.affirmed, 0.0, "added"), limit.negation, limit.negation_doubtful)
    return flags


def _graded(what: str, sign: tuple[float | None, float, str], sure: float, doubtful: float) -> set[str]:
    """The flag `what_lost` (or `what_added`), `what_doubtful`, or none, for a corrected gain in likeness."""
    gain, correction, how = sign
    if gain is None or gain + correction <= doubtful:
        return set()
    return {f"{what}_{how}" if gain + correction > sure else f"{what}_doubtful"}


def _reading_flags(source: str, english: str, language: str, read_sentence: ReadSentence | None) -> set[str]:
    ours = read_sentence(english, ENGLISH) if read_sentence else None
    if read_sentence is None or ours is None:
        return set()
    theirs = read_sentence(source, language)
    flags: set[str] = set()
    alignment = aligned(source, english, language, theirs, ours)
    limit, odds = calibration().limit, evidence_of_exchange(alignment, language, theirs, ours)
    if odds > limit.exchanged_doubtful:
        flags.add("actors_swapped" if odds > limit.exchanged else "actors_doubtful")
    if theirs and theirs.events and not ours.events:
        flags.add("events_lost")
    if theirs and events_differ(theirs.events, ours.events):
        flags.add("events_differ")
    return flags


def aligned(source: str, english: str, language: str, theirs: Reading | None, ours: Reading | None) -> Alignment:
    """The words of both sides linked, countries and the actors that were read among them."""
    return align(source, english, _all_named(source, language, theirs), _all_named(english, ENGLISH, ours))


def _all_named(text: str, language: str, reading: Reading | None) -> list[Named]:
    mentions = country_mentions(text, language) or ()
    named = [Named(m.start, m.end, frozenset((m.certain,)) if m.certain else m.possible) for m in mentions]
    return named + [Named(a.start, a.end, frozenset((a.who,))) for a in (reading.actors if reading else ())]


def _length_flags(source: str, english: str, language: str) -> set[str]:
    limit = calibration().limit
    off = abs(_length_deviation(source, english, language))
    if off > limit.length_deviations:
        return {"length_ratio"}
    return {"length_unusual"} if off > limit.unusual_deviations else set()


def _length_deviation(source: str, english: str, language: str) -> float:
    """How many standard deviations the logarithm of the length ratio lies above what the language's usually is."""
    limit, words = calibration().limit, translation_words(language)
    theirs = len("".join(source.split()))
    ours = len("".join(english.split()))
    if not theirs or not ours:
        return 0.0
    dense = len(_DENSE.findall(source)) > theirs / 3
    expected = words.english_per_character or (_DENSE_RATIO if dense else 1.0)
    spread = (words.spread or limit.default_spread) * (1 + limit.short_characters / min(theirs, ours))
    return (log(ours / theirs) - log(expected)) / spread


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


_SIGNS: tuple[tuple[str, Callable[[str, str, str], bool]], ...] = (
    ("cut_off", _cut_off),
    ("untranslated", _untranslated),
    ("wrong_language", _wrong_language),
    ("repetition", _repetition),
    ("percent_lost", _percent_lost),
    ("negation_lost", _negation_lost),
    ("negation_added", _negation_added),
    ("name_lost", lambda source, english, language: bool(lost_names(source, english, language))),
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
