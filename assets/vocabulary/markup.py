"""What the class and id of an element say that it holds, read from `any/markup.toml`.

Matching is done in `assets/cleaned/documents/html/regions.py`.
"""

from __future__ import annotations

from functools import lru_cache

from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_file


class MarkupWords(VocabularyModel):
    """Words of classes and ids by what they say; hyphens join words in a row, a star stands for any ending."""

    comments: tuple[str, ...]
    caption: tuple[str, ...]
    other_stories: tuple[str, ...]
    advertisement: tuple[str, ...]
    newsletter: tuple[str, ...]
    author_box: tuple[str, ...]
    aside: tuple[str, ...]
    standfirst: tuple[str, ...]
    brand: tuple[str, ...]
    kicker: tuple[str, ...]


@lru_cache(maxsize=1)
def markup_words() -> MarkupWords:
    """The words. Raises VocabularyError, naming file and key, where the file is wrong."""
    return read_vocabulary_file(vocabulary_file("any", "markup.toml"), MarkupWords)
