"""What the coder reads in one sentence alone, in the few words that translations are compared by."""

from __future__ import annotations

from assets.events.mentions.actors import DocumentContext
from assets.events.mentions.coder import Party, code_sentence
from assets.events.mentions.language import compiled_language
from assets.translated.segments.agreement import ToldEvent
from assets.vocabulary.coding import coding_languages


def told_events(sentence: str, language: str) -> list[ToldEvent] | None:
    """The events of a sentence (an ISO 639-1 language), or None for a language without vocabulary."""
    if language not in coding_languages():
        return None
    coded = code_sentence(sentence, compiled_language(language), DocumentContext(), None)
    return [ToldEvent(event.plover_type, _actor(event.source), _actor(event.target)) for event in coded]


def _actor(party: Party | None) -> str | None:
    return (party.country or party.sector) if party else None
