"""What an event is about beside its type: the PLOVER contexts that its sentence's words tell."""

from __future__ import annotations

from functools import lru_cache

from assets.events.mentions.language import compiled_language
from assets.events.mentions.lexicon import Lexicon
from assets.events.mentions.sentence import Sentence
from assets.vocabulary.contexts import load_context_words

_MOST = 4  # a sentence that names more is about none of them in particular; the first ones stand


def contexts_of(sentence: Sentence) -> tuple[str, ...]:
    """The contexts that words of the sentence tell, in their order there, each once; at most four."""
    lexicon = _lexicon(sentence.language.code)
    if lexicon is None:
        return ()
    found = sorted(lexicon.find(sentence.analyses), key=lambda match: (match.start, match.meaning))
    return tuple(dict.fromkeys(match.meaning for match in found))[:_MOST]


@lru_cache(maxsize=16)
def _lexicon(language: str) -> Lexicon[str] | None:
    words = load_context_words(language).contexts
    if not words:
        return None
    lexicon: Lexicon[str] = Lexicon(compiled_language(language).morphology)
    for context, patterns in words.items():
        for pattern in patterns:
            lexicon.add(pattern, context)
    return lexicon
