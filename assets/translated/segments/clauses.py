"""Where the clauses of a sentence end or begin, and what is put before it, in any language that lists the words."""

from __future__ import annotations

import re
from functools import lru_cache

from assets.translated.segments.words import translation_words

ENGLISH = "en"
_CLAUSE_MARK = re.compile(r"[,;:،؛，；：、—–()]")


def clause_marks(text: str, language: str) -> list[int]:
    """Where clauses end or begin."""
    return [found.start() for pattern in (_CLAUSE_MARK, _clause_words(language)) for found in pattern.finditer(text)]


@lru_cache(maxsize=64)
def _clause_words(language: str) -> re.Pattern[str]:
    words = translation_words(language)
    marks = "|".join(
        rf"\w+{re.escape(mark[1:])}" if mark.startswith("-") else re.escape(mark)
        for mark in (*words.clause_marks, *(words.that if language == ENGLISH else ()))
    )
    return re.compile(rf"(?<!\w)(?:{marks})(?!\w)" if marks else r"(?!)", re.IGNORECASE)


def fronted_end(text: str, language: str) -> int:
    """Where an adjunct or clause that was put before its sentence ends ("After talks with Mali, "); 0 for none."""
    found = _fronting(language).match(text)
    return found.end() if found else 0


@lru_cache(maxsize=64)
def _fronting(language: str) -> re.Pattern[str]:
    words = "|".join(translation_words(language).fronting)
    return re.compile(rf"\W*(?:{words})(?!\w)[^,،;:.]*[,،]" if words else r"(?!)", re.IGNORECASE)
