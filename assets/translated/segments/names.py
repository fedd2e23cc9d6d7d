"""Proper names found again across scripts: does the English name people and places that the source does not?

A name in English is a capitalised word that English has no common word for. It is looked for in the source by its
consonants, which transliterations keep better than vowels.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

import simplemma

from assets.translated.segments.countries import find_countries
from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_file

_CAPITALISED = re.compile(r"(?<![\w'’-])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w+])")
_TOKEN = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-zß-ɏḀ-ỿ]")
# With fewer consonants (or one alone, see `_missing`) too many words of any text look alike.
_LEAST_CONSONANTS = 2
_LEAST_LETTERS = 4
# A source with fewer known consonants for its letters is in a script that the table does not know.
_LEAST_SHARE = 0.2
# simplemma knows most words of these, and common nouns are written small: not German, nor languages that build words
# by suffix after suffix.
_CAPITALS_TELL = frozenset({"fr", "es", "it", "pt", "ca", "gl", "ro", "nl", "ru", "tr"})
# j, y, v and w are consonants in one script and vowels in another: Jelić and Елич, Peshawar and Peşaver.
_GLIDES = dict.fromkeys(map(ord, "JF"))
_OPENERS = " \t\u00a0\"'“”„«»‘’([-–—•*"


class Transliteration(VocabularyModel):
    """`any/transliteration.toml`: class of consonants to the letters of it."""

    latin: Mapping[str, tuple[str, ...]]
    other: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _letters() -> tuple[dict[str, str], re.Pattern[str]]:
    table = read_vocabulary_file(vocabulary_file("any", "transliteration.toml"), Transliteration)
    classes = {
        letters: group
        for part in (table.latin, table.other)
        for group, members in part.items()
        for letters in members
    }
    longest_first = sorted(classes, key=lambda letters: (-len(letters), letters))
    return classes, re.compile("|".join(map(re.escape, longest_first)))


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The word's classes of consonants in order, doubled ones once: Bamako and باماكو are PMK."""
    classes, pattern = _letters()
    folded = unicodedata.normalize("NFC", word.casefold())
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    kept = folded if any(c in folded for c in "şçščžć") else bare
    found = [sound for match in pattern.finditer(kept) for sound in classes[match.group()]]
    return "".join(c for i, c in enumerate(found) if i == 0 or c != found[i - 1])


def foreign_names(text: str, language: str = "en") -> list[str]:
    """The capitalised words of a Latin-script sentence that are no common words or well-known names there.

    The first word of a sentence or after a colon is left out: its capital tells nothing.
    """
    names: list[str] = []
    for match in _CAPITALISED.finditer(text):
        if not text[: match.start()].strip(_OPENERS):
            continue
        for part in re.split(r"['’-]", match.group()):
            if len(part) >= _LEAST_LETTERS and part[0].isupper() and not part.isupper():
                names.append(part)
    return [
        n for n in dict.fromkeys(names) if len(consonants(n)) >= _LEAST_CONSONANTS and not _is_common(n, language)
    ]


def added_names(source: str, english: str) -> tuple[str, ...]:
    """Names of the English that no word of the source, or two that follow each other, could be.

    Nothing is said of sources in scripts whose letters are not known.
    """
    tokens = [consonants(token) for token in _TOKEN.findall(source)]
    if sum(map(len, tokens)) < _LEAST_SHARE * sum(c.isalpha() for c in source):
        return ()
    return _missing(foreign_names(english), tokens)


def lost_names(source: str, english: str, language: str) -> tuple[str, ...]:
    """Names of a source that no word of the English could be; only for languages whose capitals tell names."""
    if language not in _CAPITALS_TELL or not _LATIN.search(source):
        return ()
    names = [
        name
        for name in foreign_names(source, language)
        if not _is_common(name, "en") and not _is_country(name, language)
    ]
    return _missing(names, [consonants(token) for token in _TOKEN.findall(english)])


def is_written_in(name: str, text: str) -> bool:
    """Whether a word of the text could be the name, written in whatever script; a name too short to tell counts."""
    wanted = consonants(name)
    if len(wanted) < _LEAST_CONSONANTS:
        return True
    tokens = [consonants(token) for token in _TOKEN.findall(text)]
    return _is_among(wanted, {*tokens, *(first + second for first, second in pairwise(tokens))})


def _is_country(name: str, language: str) -> bool:
    """Names of countries differ too much between languages; they are compared by what they name, elsewhere."""
    found = find_countries(name, language)
    return found is not None and bool(found.possible)


def _missing(names: list[str], tokens: list[str]) -> tuple[str, ...]:
    """The names that are not among the words; a single short one proves nothing."""
    candidates = {*tokens, *(first + second for first, second in pairwise(tokens))}
    missing = [name for name in names if not _is_among(consonants(name), candidates)]
    enough = len(missing) > 1 or any(len(consonants(name)) > _LEAST_CONSONANTS for name in missing)
    return tuple(missing) if enough else ()


def _is_among(name: str, candidates: set[str]) -> bool:
    """Whether a candidate holds the name, give or take a consonant in longer ones and what is written onto words."""
    mistakes = 1 if len(name) > _LEAST_CONSONANTS + 1 else 0
    if any(_holds(candidate, name, mistakes) for candidate in candidates):
        return True
    bare = name.translate(_GLIDES)
    return len(bare) >= _LEAST_CONSONANTS and any(_holds(c.translate(_GLIDES), bare, 0) for c in candidates)


def _holds(candidate: str, name: str, mistakes: int) -> bool:
    if name in candidate:
        return len(candidate) <= 2 * len(name) + 2
    if not mistakes or len(candidate) < len(name) - mistakes:
        return False
    return any(
        _is_within(candidate[start : start + length], name, mistakes)
        for length in (len(name) - 1, len(name), len(name) + 1)
        for start in range(max(len(candidate) - length + 1, 1))
    )


def _is_within(left: str, right: str, mistakes: int) -> bool:
    """Whether two short strings differ by at most `mistakes` (0 or 1) insertions, deletions or replacements."""
    if left == right:
        return True
    if not mistakes or abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest_left, rest_right = left[start:], right[start:]
    return rest_left[1:] == rest_right[1:] or rest_left[1:] == rest_right or rest_left == rest_right[1:]


@lru_cache(maxsize=65536)
def _is_common(word: str, language: str) -> bool:
    return bool(simplemma.is_known(word, language) or simplemma.is_known(word.casefold(), language))
