"""From a batch's sentences and mentions to the rows of `events.second_opinions`: what to ask, and what came of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.rows import Mention
from assets.events.second_opinions.agreement import UNREAD, Coding, compare
from assets.events.second_opinions.rows import SecondOpinion
from assets.events.second_opinions.second_coder import Question, Reading
from assets.translated.segments.rows import Segment


@dataclass(frozen=True)
class Sentence:
    """A sentence that may be asked about: its segment, its page's day of publication and what the rules read in
    it.
    """

    segment: Segment
    published: date | None
    batch: str
    mentions: tuple[Mention, ...]

    @property
    def question(self) -> Question:
        """What the second coder is asked."""
        return Question(self.segment.source_text, self.segment.language, self.published)


def choose(sentences: Iterable[Sentence], *, most: int, silent_share: float) -> list[Sentence]:
    """The sentences to ask about, at most `most`: those with mentions, and of the others a share (0 to 1), so that
    what the rules miss shows too. Which ones is decided by a hash of the sentence's key: the same on every run.
    """
    silent_room = int(most * silent_share)
    ordered = sorted(sentences, key=lambda s: _digest("sample", s.segment.segment_id))
    silent = [s for s in ordered if not s.mentions][:silent_room]
    coded = [s for s in ordered if s.mentions][: most - len(silent)]
    return sorted(coded + silent, key=lambda s: (s.segment.document_id, s.segment.position))


def opinions_of(sentence: Sentence, reading: Reading, coder: str, model: str) -> list[SecondOpinion]:
    """The rows that come of one sentence's reading; at least one, so that it is known to have been asked about."""
    blank = _blank(sentence, coder, model)
    if reading.error is not None:
        return [replace(blank, agreement=UNREAD, rejected=(reading.error,))]
    offset = sentence.segment.source_start
    return _compared(sentence, blank, [_seen(blank, event, offset) for event in reading.events], reading.rejected)


def compare_again(sentence: Sentence, earlier: Sequence[SecondOpinion]) -> list[SecondOpinion]:
    """The rows of a sentence that was asked about before, compared with the mentions that the rules read now."""
    first = earlier[0]
    if first.agreement == UNREAD:
        return [replace(first, batch=sentence.batch)]
    rejected = tuple(reason for row in earlier for reason in row.rejected)
    seen = [replace(row, rejected=()) for row in earlier if row.plover_type is not None]
    return _compared(sentence, _blank(sentence, first.coder, first.model), seen, rejected)


def by_segment(mentions: Iterable[Mention]) -> Mapping[str, tuple[Mention, ...]]:
    """Mentions by the sentence they were read from, surest first."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.segment_id].append(mention)
    return {
        segment: tuple(sorted(rows, key=lambda m: (-m.confidence, m.mention_id))) for segment, rows in found.items()
    }


def root_pairs(rows: Sequence[SecondOpinion], types: Mapping[str, str]) -> list[tuple[str, str]]:
    """The two coders' labels of every comparison that was answered, empty for no event.

    `types` gives the PLOVER type of each mention by its id.
    """
    return [(types.get(row.mention_id or "", ""), row.plover_type or "") for row in rows if row.agreement != UNREAD]


def _compared(
    sentence: Sentence, blank: SecondOpinion, seen: Sequence[SecondOpinion], rejected: tuple[str, ...]
) -> list[SecondOpinion]:
    first = [Coding(m.plover_type, m.source_country, m.target_country) for m in sentence.mentions]
    second = [Coding(row.plover_type or "", row.source_country, row.target_country) for row in seen]
    return [
        replace(
            blank if pair.second is None else seen[pair.second],
            opinion_id=_digest(blank.segment_id, blank.coder, blank.model, str(number)),
            batch=blank.batch,
            agreement=pair.agreement,
            mention_id=None if pair.first is None else sentence.mentions[pair.first].mention_id,
            rejected=rejected if number == 0 else (),
        )
        for number, pair in enumerate(compare(first, second))
    ]


def _seen(blank: SecondOpinion, event: CodedEvent, offset: int) -> SecondOpinion:
    """The row of an event that the second coder sees, before it is compared. `offset`: where its text begins."""
    source, target = event.source, event.target
    return replace(
        blank,
        plover_type=event.plover_type,
        mode=event.mode,
        source_country=source.country if source else None,
        source_sector=source.sector if source else None,
        source_text=source.text if source else None,
        target_country=target.country if target else None,
        target_sector=target.sector if target else None,
        target_text=target.text if target else None,
        status=event.status,
        event_date=event.event_date,
        confidence=event.confidence,
        evidence_text=event.trigger_text,
        evidence_start=offset + event.start,
        evidence_end=offset + event.end,
    )


def _blank(sentence: Sentence, coder: str, model: str) -> SecondOpinion:
    """The row of a sentence in which the second coder sees nothing, before it is compared."""
    segment = sentence.segment
    return SecondOpinion(
        opinion_id=_digest(segment.segment_id, coder, model, "0"),
        document_id=segment.document_id,
        batch=sentence.batch,
        segment_id=segment.segment_id,
        language=segment.language,
        coder=coder,
        model=model,
        agreement=UNREAD,
        mention_id=None,
        plover_type=None,
        mode=None,
        source_country=None,
        source_sector=None,
        source_text=None,
        target_country=None,
        target_sector=None,
        target_text=None,
        status=None,
        event_date=None,
        confidence=None,
        evidence_text=None,
        evidence_start=None,
        evidence_end=None,
        rejected=(),
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
