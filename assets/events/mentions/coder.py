"""The event coder: from sentences in their own language to coded events, and from documents to mentions.

What one sentence tells is read in `reading`; here sentences follow one another, and the headline completes the lead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assets.cleaned.documents.dates.finding import find_dates
from assets.cleaned.documents.language import UNDETERMINED, detect_language, is_short, likely_languages
from assets.cleaned.documents.rows import CleanedDocument
from assets.cleaned.spans.rows import Span
from assets.events.mentions.actors.actor import DocumentContext
from assets.events.mentions.actors.find import find_actors
from assets.events.mentions.actors.page import read_page
from assets.events.mentions.answers import answered
from assets.events.mentions.coded import STATUS_RANK, CodedEvent, Party
from assets.events.mentions.language import Language, compiled_language
from assets.events.mentions.mention import mention_of
from assets.events.mentions.purposes import without_purposes
from assets.events.mentions.reading import Reading
from assets.events.mentions.rows import Mention
from assets.events.mentions.salience import rank, without_repeats
from assets.events.mentions.sentence import Sentence
from assets.events.mentions.triggers import find_triggers
from assets.translated.segments.rows import Segment
from assets.translated.segments.segment import sentence_spans
from assets.vocabulary.coding import coding_languages

_LANGUAGES_TRIED = 4
_LEAST_UNPLACED = 0.25  # confidence
_LEAD_DAYS = timedelta(days=3)
_LEAD_SENTENCES = 3  # of a body, in which the headline is told again
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of characters, which no encoder takes


def code_text(text: str, language: str | None = None, published: date | None = None) -> list[CodedEvent]:
    """The events of a text, best first. A language (found where not given) without vocabulary yields none.

    A text too short for its language to be sure is read in the likeliest few, and the best reading stands.
    """
    text = _SURROGATES.sub("\ufffd", text)
    code = language or detect_language(text)
    unsure = language is None and code not in coding_languages() and is_short(text)
    if code == UNDETERMINED or unsure:
        likely = likely_languages(text, coding_languages())[:_LANGUAGES_TRIED]
        readings = [_events_of_text(text, tried, published) for tried in likely]
        return max(readings, key=lambda events: max((e.salience for e in events), default=0.0), default=[])
    return _events_of_text(text, code, published) if code in coding_languages() else []


def _events_of_text(text: str, code: str, published: date | None) -> list[CodedEvent]:
    compiled, context, events = compiled_language(code), DocumentContext(), []
    for start, end in sentence_spans(text, code):
        for event in code_sentence(text[start:end], compiled, context, published):
            events.append(replace(event, start=event.start + start, end=event.end + start))
    return sorted(events, key=rank)


def code_document(document: CleanedDocument, segments: Sequence[Segment], spans: Sequence[Span]) -> list[Mention]:
    """The mentions of one document, by the order of its segments."""
    known_day = document.published_precision in ("day", "minute")
    published = document.published if known_day else None
    title = _title_of(document)
    told = [(segment, sentence) for segment in segments if (sentence := _sentence_of(segment, document.language))]
    told.sort(key=lambda pair: pair[0].position)
    context = DocumentContext(read_page(title, [sentence for _, sentence in told]))
    headline = events_of_sentence(title, context, published) if title else []
    context.lead_day = _day_of(headline, published)
    mentions: list[Mention] = []
    for number, (segment, sentence) in enumerate(told):
        code = sentence.language.code
        events = events_of_sentence(sentence, context, published)
        if number < _LEAD_SENTENCES:
            events = [_completed(event, headline) for event in events]
            context.lead_day = context.lead_day or _day_of(events, published)
        mentions += [mention_of(document, segment, code, spans, event) for event in events]
    return list({m.mention_id: m for m in mentions if not _is_nobodys(m)}.values())


def _is_nobodys(mention: Mention) -> bool:
    """Whether an unlikely event has no country, no named body, no place and not two sides: it could be anybody's."""
    sides = ((mention.source_actor_id, mention.source_sector), (mention.target_actor_id, mention.target_sector))
    placed = mention.place_country is not None or any(identity not in (None, sector) for identity, sector in sides)
    paired = all(identity is not None for identity, _ in sides)
    return not (placed or paired) and mention.confidence < _LEAST_UNPLACED


def _day_of(events: Sequence[CodedEvent], published: date | None) -> date | None:
    """The day of the main event, where the sentence tells it and it lies in the days before publication.

    What a report goes on to tell without a day is of that one, rather than of the day it was printed.
    """
    if not published or not events or events[0].date_basis not in ("stated", "relative"):
        return None
    main = events[0]
    near = main.event_date is not None and timedelta(0) <= published - main.event_date <= _LEAD_DAYS
    return main.event_date if near and main.date_precision == "day" and STATUS_RANK[main.status] == 0 else None


def _title_of(document: CleanedDocument) -> Sentence | None:
    """The headline: outside the body, its events only complete those that the lead tells again."""
    if not document.title or document.language not in coding_languages():
        return None
    return Sentence(document.title, compiled_language(document.language))


def _sentence_of(segment: Segment, language: str) -> Sentence | None:
    """A segment read in its own language, else in its document's; null where neither has a vocabulary."""
    code = segment.language if segment.language in coding_languages() else language
    return Sentence(segment.source_text, compiled_language(code)) if code in coding_languages() else None


def _completed(event: CodedEvent, headline: Sequence[CodedEvent]) -> CodedEvent:
    """The event with the countries that the headline names and the sentence does not, where the rest agrees."""
    for other in headline:
        same = other.plover_type == event.plover_type and STATUS_RANK[other.status] <= 1
        sides = ((event.source, other.source), (event.target, other.target))
        agree = all(_agree(mine, its) for mine, its in sides)
        if same and agree and any(mine and mine.country for mine, _ in sides):
            return replace(event, source=_with_country(*sides[0]), target=_with_country(*sides[1]))
    return event


def _agree(mine: Party | None, its: Party | None) -> bool:
    if mine is None or its is None or mine.country is None or its.country is None:
        return mine is None or its is None or None in (mine.sector, its.sector) or mine.sector == its.sector
    return mine.country == its.country


def _with_country(mine: Party | None, its: Party | None) -> Party | None:
    if its is None or its.country is None or (mine and mine.country):
        return mine
    return Party(its.country, mine.sector if mine else its.sector, mine.text if mine else "")


def code_sentence(
    text: str, language: Language, context: DocumentContext, published: date | None
) -> list[CodedEvent]:
    """The events of one sentence, best first. `context` takes the sentence's actors in for those that follow."""
    return events_of_sentence(Sentence(text, language), context, published)


def events_of_sentence(sentence: Sentence, context: DocumentContext, published: date | None) -> list[CodedEvent]:
    """The same of a sentence that has been taken apart."""
    text, language = sentence.text, sentence.language
    actors = find_actors(sentence, context)
    triggers = find_triggers(sentence, actors)
    events: list[CodedEvent] = []
    if triggers:
        reading = Reading(sentence, actors, triggers, context, find_dates(text, language.code, published), published)
        events += without_purposes(sentence, [(trigger, reading.events_of(trigger)) for trigger in triggers])
    named = frozenset(actor.country for actor in actors if actor.country)
    told = without_repeats(sorted((answered(event, context.last_act, named) for event in events), key=rank))
    context.remember(sentence, actors)
    context.take_in(told)
    return told
