"""What the coder reads in one sentence alone, in the few words that translations are compared by."""

from __future__ import annotations

from assets.events.mentions.actors.actor import Actor, DocumentContext
from assets.events.mentions.actors.find import find_actors
from assets.events.mentions.coded import Party
from assets.events.mentions.coder import code_sentence
from assets.events.mentions.language import compiled_language
from assets.events.mentions.sentence import Sentence
from assets.translated.segments.agreement import NamedActor, Reading, ToldEvent
from assets.vocabulary.coding import coding_languages

_COMMAS = frozenset(",،，")
_REPORT_REACH = 4  # tokens between a speaker and the verb of saying
_ATTRIBUTION = 6  # tokens beside the speaker behind a last comma where all that follows says who said it …
_LONG_ATTRIBUTION = 12  # … and in all where a verb of saying proves it
_SILENT = frozenset({"with", "place", "target", "origin", "object"})  # cases in which nobody says anything
_OWNERS = ("'s", "’s")
_OPENING = 3  # tokens between that comma and the speaker: "according to the"


def told(sentence: str, language: str) -> Reading | None:
    """Events and actors of a sentence (an ISO 639-1 language), or None for a language without vocabulary."""
    if language not in coding_languages():
        return None
    compiled = compiled_language(language)
    coded = code_sentence(sentence, compiled, DocumentContext(), None)
    events = tuple(ToldEvent(e.plover_type, _party(e.source), _party(e.target)) for e in coded)
    read = Sentence(sentence, compiled)
    found = [a for a in find_actors(read, DocumentContext()) if a.end > a.start and (a.country or a.sector)]
    return Reading(events, tuple(_named(read, actor) for actor in found))


def _party(party: Party | None) -> str | None:
    return (party.country or party.sector) if party else None


def _named(sentence: Sentence, actor: Actor) -> NamedActor:
    first, _ = sentence.clause_range(sentence.clauses[actor.start])
    end = sentence.tokens[actor.end - 1].end
    # "in Serbia's sanctions": the place, if it is one, is not the owner.
    is_owner = actor.marking == "place" and sentence.text[end : end + 2] in _OWNERS
    reports = sentence.signs.get("reporting.verbs", ())
    return NamedActor(
        who=actor.country or actor.sector or "",
        start=sentence.tokens[actor.start].start,
        end=end,
        is_country=actor.country is not None,
        case="" if actor.marking == "of" or is_owner else actor.marking,
        clause_start=sentence.tokens[first].start,
        speaks=any(actor.end <= m.start <= actor.end + _REPORT_REACH for m in reports),
        possessed=is_owner or actor.marking in ("of", "topic"),
        attributed=_is_attributed(sentence, actor),
        sector=actor.sector or "",
    )


def _is_attributed(sentence: Sentence, actor: Actor) -> bool:
    """Whether the actor stands behind the last comma as who said the rest: "…, the minister said"."""
    if actor.marking in _SILENT:
        return False
    comma = next((p for p in range(actor.start - 1, -1, -1) if sentence.tokens[p].text in _COMMAS), None)
    if comma is None or actor.start - comma > _OPENING + 1:
        return False
    length = len(sentence.tokens) - comma
    says = any(m.start >= actor.end for m in sentence.signs.get("reporting.verbs", ()))
    return length <= _ATTRIBUTION + actor.end - actor.start or (says and length <= _LONG_ATTRIBUTION)
