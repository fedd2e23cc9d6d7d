"""Names in a sentence that no vocabulary knows, where an event lacks an actor or knows it by role alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assets.cleaned.documents.dates.finding import find_dates
from assets.events.mentions.actors.actor import DocumentContext
from assets.events.mentions.actors.find import find_actors
from assets.events.mentions.language import compiled_language
from assets.events.mentions.lexicon import Match
from assets.events.mentions.rows import Mention
from assets.events.mentions.sentence import Sentence
from assets.events.unknown_names.rows import UnknownName
from assets.translated.segments.rows import Segment
from assets.vocabulary.coding import coding_languages

_PARTICLES = frozenset({"al", "el", "ben", "bin", "ibn", "abu", "de", "da", "del", "di", "von", "van", "der", "ould"})
_LONGEST = 5  # words of a name


def find_unknown_names(segment: Segment, mentions: Sequence[Mention]) -> list[UnknownName]:
    """The unknown names of a sentence; `mentions` are its own."""
    if segment.language not in coding_languages() or not mentions:
        return []
    lacks_an_actor = any(map(_lacks_an_actor, mentions))
    sentence = Sentence(segment.source_text, compiled_language(segment.language))
    known = _known_positions(sentence, mentions)
    roles = [a for a in find_actors(sentence, DocumentContext()) if a.kind == "role"]
    found = []
    for start, end in _runs(sentence, known):
        role = next((a for a in roles if a.start <= start <= a.end), None)
        if end - start < 2 and role is None:
            continue  # one word alone may be anything
        if not (lacks_an_actor or (role and role.start < start and role.country is None)):
            continue  # a country was found for everybody, and this one is not known by a bare title alone
        tokens = sentence.tokens
        title = sentence.text_of(role.start, start).strip() if role and role.start < start else None
        found.append(
            UnknownName(
                document_id=segment.document_id,
                name_start=segment.source_start + tokens[start].start,
                name_end=segment.source_start + tokens[end - 1].end,
                batch=segment.batch,
                segment_id=segment.segment_id,
                language=segment.language,
                name=sentence.text_of(start, end),
                title=title or None,
                country=role.country if role else None,
                sector=role.sector if role else None,
            )
        )
    return found


def _lacks_an_actor(mention: Mention) -> bool:
    return mention.source_country is None or mention.target_country is None


def _known_positions(sentence: Sentence, mentions: Sequence[Mention]) -> set[int]:
    """Tokens that the vocabulary knows, or that belong to a date or a place."""
    matches: list[Match[Any]] = [*sentence.actor_words, *sentence.triggers, *sentence.ignored]
    matches += [m for found in sentence.signs.values() for m in found]
    known = {position for match in matches for position in match.positions}
    spans = [(d.start, d.end) for d in find_dates(sentence.text, sentence.language.code, None)]
    for name in {m.place_name for m in mentions if m.place_name}:
        at = sentence.text.find(name)
        if at >= 0:
            spans.append((at, at + len(name)))
    return known | {
        position
        for position, token in enumerate(sentence.tokens)
        if any(token.start < end and start < token.end for start, end in spans)
    }


def _runs(sentence: Sentence, known: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised unknown words; in scripts without capitals, unknown words right after a role."""
    start = None
    for position in range(len(sentence.tokens) + 1):
        inside = position < len(sentence.tokens) and _is_of_a_name(sentence, position, known, start is not None)
        if inside and start is None:
            start = position
        elif not inside and start is not None:
            end = position
            while end > start and sentence.tokens[end - 1].text.lower() in _PARTICLES:
                end -= 1
            if 0 < end - start <= _LONGEST and not (start == 0 and end == 1):
                yield start, end
            start = None


def _is_of_a_name(sentence: Sentence, position: int, known: set[int], begun: bool) -> bool:
    token = sentence.tokens[position]
    if position in known or not token.is_word:
        return begun and token.text in ("-", "’", "'") and position + 1 < len(sentence.tokens)
    if begun and token.text.lower() in _PARTICLES:
        return True
    if sentence.language.grammar.capitalised_nouns and not begun:
        following = sentence.tokens[position + 1 : position + 2]
        return token.text[0].isupper() and bool(following) and following[0].text[0].isupper()
    return token.text[0].isupper()
