"""Vocabulary that segmentation and the quality estimate read: `sentences.toml` and `translation.toml` of a language.

Only reading and typing belong here. A language without a file gets empty lists: the rest still works.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_file

Words = tuple[str, ...]


def _is_regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


class SentenceWords(VocabularyModel):
    """`sentences.toml` of a language.

    `abbreviations` stand without their final stop; those of `ending` may also end a sentence. `closing` end a list
    ("usw."), and before a capital a sentence. `continued` names abbreviations that words belong to, as in "5 p.m.
    Tuesday".
    `after_quotation` are particles written onto a closing quotation mark, by which the sentence goes on.
    """

    abbreviations: Words = ()
    ending: Words = ()
    closing: Words = ()
    continued: Mapping[str, Words] = Field(default_factory=dict)
    after_quotation: Words = ()


class SharedSentenceWords(VocabularyModel):
    """`any/sentences.toml`: what languages share.

    `ordinal_dot` write ordinals with a stop, `stopless` end no sentence with one, `danda` end them with a bar;
    `suffixes` follow stops in names of sites.
    """

    ordinal_dot: Words = ()
    stopless: Words = ()
    danda: Words = ()
    suffixes: Words = ()


class TranslationWords(VocabularyModel):
    """`translation.toml` of a language: what the quality estimate looks for.

    `negation` are words (or regexes on words) that negate beyond doubt; `negation_hints` are words for which an
    English negation is a fair translation; `percent` are words for per cent; `function_words` are common words that
    betray that a text was left in the language; `numbers` are number words of one meaning; `clause_marks` are words
    at which one clause ends and another begins (`-ince`: words with that ending); `fronting` are words (or
    regexes) that open what may be put before its sentence, up to a comma; `that` are words whose clause follows what
    it belongs to; `ambiguous_names` are names of countries and capitals that are also
    other words. `english_per_character` is how many characters of English one character of the language becomes, on
    average, white space aside, and `spread` the standard deviation of that ratio's logarithm.

    English alone has `nameless` words, which are no actors, `determiners`, which stand before them, words of
    `saying` and `receiving` (which others say as "give"), `parts`, what a preposition makes of the actor
    behind it, and regexes on what stands between two actors: `converse`, where the second acts on the first, and
    `passive`.
    """

    negation: tuple[Annotated[str, AfterValidator(_is_regex)], ...] = ()
    negation_hints: tuple[Annotated[str, AfterValidator(_is_regex)], ...] = ()
    percent: Words = ()
    function_words: Words = ()
    ambiguous_names: Words = ()
    clause_marks: Words = ()
    fronting: tuple[Annotated[str, AfterValidator(_is_regex)], ...] = ()
    that: Words = ()
    subject_marks: tuple[Annotated[str, AfterValidator(_is_regex)], ...] = ()
    object_marks: tuple[Annotated[str, AfterValidator(_is_regex)], ...] = ()
    object_before: Words = ()
    nameless: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    saying: frozenset[str] = frozenset()
    receiving: frozenset[str] = frozenset()
    converse: tuple[Annotated[str, AfterValidator(_is_regex)], ...] = ()
    passive: tuple[Annotated[str, AfterValidator(_is_regex)], ...] = ()
    parts: Mapping[str, str] = Field(default_factory=dict)
    numbers: Mapping[str, float] = Field(default_factory=dict)
    english_per_character: float | None = Field(None, gt=0)
    spread: float | None = Field(None, gt=0)


Model = TypeVar("Model", bound=VocabularyModel)


def _load(language: str, filename: str, model: type[Model]) -> Model:
    path = vocabulary_file(language, filename)
    if not language.isalpha() or not path.is_file():
        return model()
    return read_vocabulary_file(path, model)


@lru_cache(maxsize=64)
def sentence_words(language: str) -> SentenceWords:
    """The language's `sentences.toml`, or empty lists. Raises VocabularyError when the file is wrong."""
    return _load(language, "sentences.toml", SentenceWords)


@lru_cache(maxsize=1)
def shared_sentence_words() -> SharedSentenceWords:
    """`any/sentences.toml`. Raises VocabularyError when the file is wrong."""
    return _load("any", "sentences.toml", SharedSentenceWords)


@lru_cache(maxsize=64)
def translation_words(language: str) -> TranslationWords:
    """The language's `translation.toml`, or empty lists. Raises VocabularyError when the file is wrong."""
    return _load(language, "translation.toml", TranslationWords)
