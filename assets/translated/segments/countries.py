"""Countries that a sentence names, for the comparison of a sentence with its translation.

Simple on purpose, and apart from the event coder (a later stage, which weighs roles and metonyms): what is found must
be certain on one side and possible on the other before a difference counts. Names come from CLDR and GeoNames, words
beside them from `actors.toml` where the language has one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from babel import UnknownLocaleError

from assets.translated.segments.words import translation_words
from assets.vocabulary.coding import Actors
from assets.vocabulary.files import read_vocabulary_file, vocabulary_file
from assets.vocabulary.world import capital_names, country_names

_TOKEN = re.compile(r"[^\W\d_]+")
_ARABIC_PREFIX = re.compile(r"^[وف]?(?:[بك]?ال|لل|[بلك])?(?=\w{3})")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_ALEF = str.maketrans("أإآٱىة", "اااايه")
# Inflected forms and adjectives share a beginning with the name: Россия, России, російського.
_LEAST_STEM = 4
_LONGEST_ENDING = 7
# Countries that news calls by one name.
_ONE_NAME = {"COD": "COG"}


@dataclass(frozen=True)
class NamedCountries:
    """ISO 3166 alpha-3 codes: `certain` are named beyond doubt, `possible` also by people or an inflected form.

    `words` are those that name a certain one.
    """

    certain: frozenset[str]
    possible: frozenset[str]
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CountryMention:
    """A place in a text, characters `[start, end)`, that names `certain` or may name one of `possible`."""

    start: int
    end: int
    certain: str | None
    possible: frozenset[str]


@dataclass(frozen=True)
class _Names:
    """Names as folded words: exact ones by their words, stems by their first letters; `solid` as one string."""

    certain: dict[tuple[str, ...], str]
    possible: dict[tuple[str, ...], set[str]]
    stems: dict[str, set[tuple[str, str]]]
    longest: int
    solid: dict[str, str]


def find_countries(text: str, language: str) -> NamedCountries | None:
    """The countries a text names, or None for a language whose names are not known."""
    mentions = country_mentions(text, language)
    if mentions is None:
        return None
    words = {m.certain: text[m.start : m.end] for m in reversed(mentions) if m.certain}
    certain = frozenset(words)
    return NamedCountries(certain, certain.union(*(m.possible for m in mentions)), words)


def country_mentions(text: str, language: str) -> list[CountryMention] | None:
    """Where a text names countries, in order, or None for a language whose names are not known."""
    names = _names(language)
    if names is None:
        return None
    if names.solid and len(_DENSE.findall(text)) * 3 > len(text):
        return _solid_mentions(text, names)
    tokens = list(_TOKEN.finditer(text))
    words = [_fold(token.group()) for token in tokens]
    mentions: list[CountryMention] = []
    position = 0
    while position < len(words):
        length, code = _longest(words, position, names)
        certain = code if code and _is_written_as_name(tokens[position].group()) else None
        possible = _by_stem(words[position], names)
        for size in range(1, names.longest + 1):
            possible |= names.possible.get(tuple(words[position : position + size]), set())
        step = max(length, 1)
        if certain or possible:
            end = tokens[position + step - 1].end()
            mentions.append(CountryMention(tokens[position].start(), end, certain, frozenset(possible)))
        position += step
    return mentions


def knows_adjectives(language: str) -> bool:
    """Whether people, adjectives and metonyms of countries are known too, not their names alone."""
    return bool(_actor_words(language))


def _solid_mentions(text: str, names: _Names) -> list[CountryMention]:
    """Names in a script without spaces: the longest that starts at each character."""
    mentions: list[CountryMention] = []
    position, longest = 0, max(map(len, names.solid))
    while position < len(text):
        sizes = range(min(longest, len(text) - position), 1, -1)
        size = next((n for n in sizes if text[position : position + n] in names.solid), 0)
        if size:
            code = names.solid[text[position : position + size]]
            mentions.append(CountryMention(position, position + size, code, frozenset({code})))
        position += max(size, 1)
    return mentions


def _longest(words: list[str], position: int, names: _Names) -> tuple[int, str | None]:
    for size in range(min(names.longest, len(words) - position), 0, -1):
        for variant in _variants(words[position]):
            key = (variant, *words[position + 1 : position + size])
            if key in names.certain:
                return size, names.certain[key]
    return 0, None


@lru_cache(maxsize=65536)
def _variants(word: str) -> tuple[str, ...]:
    """A word and, in Arabic, the word without what is written onto its front."""
    if not _ARABIC.match(word):
        return (word,)
    bare = _ARABIC_PREFIX.sub("", word)
    return (word, bare, f"ال{bare}") if bare != word else (word,)


def _by_stem(word: str, names: _Names) -> set[str]:
    found: set[str] = set()
    for variant in _variants(word):
        for stem, code in names.stems.get(variant[:3], ()):
            if variant.startswith(stem) and len(variant) - len(stem) <= _LONGEST_ENDING:
                found.add(code)
    return found


@lru_cache(maxsize=16)
def _names(language: str) -> _Names | None:
    try:
        countries, capitals = country_names(language), capital_names(language)
    except (UnknownLocaleError, ValueError):
        return None
    ambiguous = {_key(name) for name in translation_words(language).ambiguous_names}
    certain: dict[tuple[str, ...], str] = {}
    solid: dict[str, str] = {}
    possible: dict[tuple[str, ...], set[str]] = {}
    stems: dict[str, set[tuple[str, str]]] = {}
    loose = _actor_words(language)
    for source in (countries, capitals, loose):
        for own_code, names in source.items():
            code = _ONE_NAME.get(own_code, own_code)
            for name in names:
                key = _key(name)
                if not key:
                    continue
                possible.setdefault(key, set()).add(code)
                if _DENSE.search(name):
                    solid.setdefault(name, code)
                if source is not loose and key not in ambiguous:
                    certain.setdefault(key, code)
                if len(key) == 1 or "-" in name:
                    # Of a double name such as Kongo-Kinshasa the first half is used alone as well.
                    stem = _stem(key[0])
                    stems.setdefault(stem[:3], set()).add((stem, code))
    return _Names(certain, possible, stems, max(map(len, possible), default=1), solid)


def _stem(word: str) -> str:
    """The word without its last letters, as far as it stays long enough to tell something."""
    bare = _variants(word)[1] if len(_variants(word)) > 1 else word
    return bare[: max(_LEAST_STEM, len(bare) - 2)]


@lru_cache(maxsize=32)
def _actor_words(language: str) -> dict[str, tuple[str, ...]]:
    path = vocabulary_file(language, "actors.toml")
    if not path.is_file():
        return {}
    actors = read_vocabulary_file(path, Actors)
    clean = str.maketrans("", "", "=^*")
    return {
        code: tuple(word.translate(clean) for word in (*words.names, *words.adjectives, *words.metonyms))
        for code, words in actors.country.items()
    }


def _key(name: str) -> tuple[str, ...]:
    return tuple(_fold(word) for word in _TOKEN.findall(name.split("(")[0]))


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("ـ", ""))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ALEF)


def _is_written_as_name(word: str) -> bool:
    """Whether a word is in title case, or of a script without case: CD-ROM is not Rome (in German, Rom)."""
    return word.istitle() or word.lower() == word.upper()
