"""Words that set an event in a PLOVER context, as typed values: a language's `contexts.toml`."""

from __future__ import annotations

from functools import lru_cache

from pydantic import field_validator

from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_file
from assets.vocabulary.plover import load_ontology


class ContextWords(VocabularyModel):
    """`contexts.toml`: patterns by context, written as in the other vocabularies."""

    contexts: dict[str, tuple[str, ...]]

    @field_validator("contexts")
    @classmethod
    def _known(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        unknown = sorted(set(value) - set(load_ontology().contexts))
        if unknown:
            raise ValueError(
                f"{', '.join(unknown)} is no PLOVER context; allowed: {', '.join(load_ontology().contexts)}"
            )
        return value


@lru_cache(maxsize=16)
def load_context_words(language: str) -> ContextWords:
    """The words of a language (ISO 639-1), none without a file. Raises VocabularyError when the file is wrong."""
    path = vocabulary_file(language, "contexts.toml")
    return read_vocabulary_file(path, ContextWords) if path.is_file() else ContextWords(contexts={})
