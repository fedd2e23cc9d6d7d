"""Terms that must come out one way in English: reading them, finding them in a sentence, scoring what came out.

A glossary is a CSV file with the columns lang, source, english. Engines that can be told (chat models) are given the
terms of their sentences; every engine's English is checked for them.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from assets.cleaned.documents.language import normalise_language
from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_files

_COLUMNS = ("lang", "source", "english")
_WORD = re.compile(r"[^\W_]+")
# What may be written onto a word: Arabic particles and article before it, endings after it.
_ARABIC = re.compile(r"[\u0620-\u064a]")
_ARABIC_PREFIX = re.compile(r"^[وف]?(?:[بك]?ال|لل|[بلك])?(?=\w{2})")
_ALEF = str.maketrans("أإآٱىة", "اااايه")
_LONGEST_ENDING = 3
_LEAST_INFLECTED = 4


class GlossaryError(Exception):
    """A glossary cannot be used; the message says where and what to do."""


@dataclass(frozen=True)
class Term:
    """A term of a language and the English that is wanted for it."""

    language: str
    source: str
    english: str


@dataclass(frozen=True)
class Glossary:
    """Terms, and a version that changes when any of them does."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def version(self) -> str:
        """Part of the memory's key: a short hash of all terms, empty where there are none."""
        if not self.terms:
            return ""
        lines = sorted(f"{t.language}\x1f{t.source}\x1f{t.english}" for t in self.terms)
        return hashlib.blake2b("\n".join(lines).encode(), digest_size=6).hexdigest()

    @cached_property
    def _by_language(self) -> dict[str, list[tuple[tuple[str, ...], Term]]]:
        grouped: dict[str, list[tuple[tuple[str, ...], Term]]] = defaultdict(list)
        for term in self.terms:
            if words := _words(term.source):
                grouped[term.language].append((words, term))
        return grouped

    def terms_in(self, sentence: str, language: str) -> list[Term]:
        """The terms that a sentence holds, longer ones first; inflected forms count."""
        known = self._by_language.get(language)
        if not known:
            return []
        words = _words(sentence)
        found = [(wanted, term) for wanted, term in known if _holds(words, wanted)]
        return [term for _, term in sorted(found, key=lambda item: (-len(item[0]), item[1].source))]

    def put_into(self, sentence: str, language: str) -> str:
        """The sentence with the wanted English in the place of each term: engines copy what is English already."""
        tokens = [match.span() for match in _WORD.finditer(sentence)]
        words = tuple("".join(_words(sentence[start:end])) for start, end in tokens)
        taken: list[tuple[int, int, str]] = []
        for term in self.terms_in(sentence, language):
            wanted = _words(term.source)
            for first in range(len(words) - len(wanted) + 1):
                start, end = tokens[first][0], tokens[first + len(wanted) - 1][1]
                is_free = all(end <= s or start >= e for s, e, _ in taken)
                if is_free and all(_is_form(words[first + i], word) for i, word in enumerate(wanted)):
                    taken.append((start, end, term.english))
        for start, end, english in sorted(taken, reverse=True):
            sentence = sentence[:start] + english + sentence[end:]
        return sentence

    def over(self, other: Glossary) -> Glossary:
        """These terms, and those of another glossary that these say nothing of."""
        own = {(term.language, _words(term.source)) for term in self.terms}
        return Glossary((*self.terms, *(t for t in other.terms if (t.language, _words(t.source)) not in own)))

    def missing(self, sentence: str, english: str, language: str) -> list[Term]:
        """The sentence's terms whose English is not in the translation."""
        words = _words(english)
        return [term for term in self.terms_in(sentence, language) if not _holds(words, _words(term.english))]


class StandardTerms(VocabularyModel):
    """`glossary.toml` of a language: terms of the trade to the one English that news and analysts use for them."""

    terms: Mapping[str, str]


@lru_cache(maxsize=1)
def standard_glossary() -> Glossary:
    """The terms of every language's `glossary.toml`. Raises VocabularyError when a file is wrong."""
    return Glossary(
        tuple(
            Term(path.parent.name, source, english)
            for path in vocabulary_files("glossary.toml")
            for source, english in read_vocabulary_file(path, StandardTerms).terms.items()
        )
    )


def glossary_in_force(path: Path | None) -> Glossary:
    """The user's glossary, if there is one, over the standard terms. Raises GlossaryError."""
    return read_glossary(path).over(standard_glossary()) if path else standard_glossary()


def read_glossary(path: Path) -> Glossary:
    """The glossary in a CSV file. Raises GlossaryError naming the line that is wrong."""
    terms: dict[tuple[str, str], Term] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
                raise GlossaryError(f"{path}: no column {', '.join(missing)}; expected lang, source, english")
            for row in rows:
                term = _term(row, f"{path}, line {rows.line_num}")
                known = terms.setdefault((term.language, term.source), term)
                if known != term:
                    raise GlossaryError(
                        f"{path}, line {rows.line_num}: {term.source!r} is to be {term.english!r}, "
                        f"but an earlier line says {known.english!r}; keep one"
                    )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GlossaryError(f"{path} cannot be read as CSV in UTF-8: {error}") from None
    return Glossary(tuple(terms.values()))


def terminology_score(glossary: Glossary, translations: Iterable[tuple[str, str, str]]) -> tuple[int, int]:
    """Of (language, source, English) triples: how many terms came out as wanted, and how many there were."""
    kept = total = 0
    for language, source, english in translations:
        total += len(glossary.terms_in(source, language))
        kept += len(glossary.terms_in(source, language)) - len(glossary.missing(source, english, language))
    return kept, total


def _term(row: dict[str, str | None], where: str) -> Term:
    language = normalise_language(row["lang"])
    source, english = (" ".join((row[name] or "").split()) for name in ("source", "english"))
    if language is None:
        raise GlossaryError(f"{where}: {row['lang']!r} is no language code, such as ar")
    if not _words(source) or not _words(english):
        raise GlossaryError(f"{where}: source and english must both hold words")
    return Term(language, source, english)


def _holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(
        all(_is_form(words[start + offset], word) for offset, word in enumerate(wanted))
        for start in range(len(words) - len(wanted) + 1)
    )


def _is_form(word: str, wanted: str) -> bool:
    """Whether a word is the wanted one, or that with something written onto it."""
    for candidate in (word, _ARABIC_PREFIX.sub("", word)) if _ARABIC.match(word) else (word,):
        longer = len(candidate) - len(wanted)
        if longer == 0 and candidate == wanted:
            return True
        if 0 < longer <= _LONGEST_ENDING and len(wanted) >= _LEAST_INFLECTED and candidate.startswith(wanted):
            return True
    return False


def _words(text: str) -> tuple[str, ...]:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("\u0640", ""))
    return tuple(_WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)).translate(_ALEF)))
