"""A small warehouse whose tables agree with each other, to be broken in one place a test."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assets.cleaned.documents.rows import DOCUMENTS as CLEANED_DOCUMENTS
from assets.cleaned.documents.rows import CleanedDocument
from assets.cleaned.dropped_lines.rows import DROPPED_LINES, DroppedLine
from assets.cleaned.spans.rows import SPANS, Span
from assets.events.claims.rows import CLAIMS, Claim
from assets.events.events.rows import EVENTS, Event
from assets.events.mentions.rows import MENTIONS, Mention
from assets.events.second_opinions.rows import SECOND_OPINIONS, SecondOpinion
from assets.marts.asset import QUERIES
from assets.raw.documents.rows import DOCUMENTS as RAW_DOCUMENTS
from assets.raw.documents.rows import RawDocument
from assets.raw.rejected.rows import REJECTED, RejectedInput
from assets.translated.segments.rows import SEGMENTS, Segment
from pipelines.warehouse import DuckDBWarehouse, Replace

RECEIVED = datetime.now(UTC).replace(tzinfo=None, microsecond=0) - timedelta(days=2)
DAY_BEFORE = (RECEIVED - timedelta(days=1)).date()
TITLE = "Envoys meet in Testville"
SENTENCES = (
    "The envoy of Kenya met the president of Mali on Monday.",
    "Both sides signed nothing; المبعوث عاد إلى نيروبي.",
    "A second round of talks is planned, and the delegations will look at trade, at water and at roads between them.",
)
TABLES = (RAW_DOCUMENTS, REJECTED, CLEANED_DOCUMENTS, SPANS, DROPPED_LINES, SEGMENTS, MENTIONS, SECOND_OPINIONS)


@dataclass
class World:
    """The rows of one batch of every table; lists, so that a test can change a row before it is written."""

    batch: str
    raw: list[RawDocument] = field(default_factory=list)
    rejected: list[RejectedInput] = field(default_factory=list)
    documents: list[CleanedDocument] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    dropped: list[DroppedLine] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    opinions: list[SecondOpinion] = field(default_factory=list)

    def change(self, rows: str, number: int, **values: object) -> None:
        """Change fields of one row of one table."""
        listed = getattr(self, rows)
        listed[number] = replace(listed[number], **values)

    def write(self, warehouse: DuckDBWarehouse) -> None:
        """Put the batch into the warehouse; what has no batch, in place of all that is there."""
        rows = (
            self.raw, self.rejected, self.documents, self.spans, self.dropped, self.segments, self.mentions,
            self.opinions,
        )  # fmt: skip
        frames = {table: table.frame(listed) for table, listed in zip(TABLES, rows, strict=True)}
        warehouse.replace_batch(self.batch, frames)
        claims = CLAIMS.frame(_claim(m) for m in self.mentions if m.event_id)
        warehouse.write([Replace(EVENTS, EVENTS.frame(self.events)), Replace(CLAIMS, claims)])
        warehouse.write([Replace(t, t.fitted(warehouse.read(sql))) for t, sql in QUERIES.items()])


def _claim(mention: Mention) -> Claim:
    return Claim(
        mention.mention_id, mention.event_id or "", mention.document_id, "The Testville Times", None, DAY_BEFORE,
        mention.language, "asserted", None, mention.event_date, mention.date_precision, mention.place_name, None,
        None, (),
    )  # fmt: skip


def make_world(batch: str = "b0001", pages: int = 8) -> World:
    world = World(batch)
    for number in range(pages):
        _add_page(world, f"{batch}-{number:05d}")
    return world


def _add_page(world: World, name: str) -> None:
    document_id = hashlib.sha256(name.encode()).hexdigest()[:32]
    body = "\n".join(SENTENCES)
    text = f"{TITLE}\n\n" + "\n\n".join(SENTENCES) + "\n\nAll rights reserved\n"
    content = text.encode()
    world.raw.append(
        RawDocument(
            document_id, world.batch, f"pages/{name}.txt", None, None, "text/plain", "utf-8",
            hashlib.sha256(content).hexdigest(), RECEIVED, None, None, None, None, 0, content, text,
        )
    )  # fmt: skip
    world.documents.append(
        CleanedDocument(
            document_id, world.batch, None, TITLE, (), "The Testville Times", DAY_BEFORE, "day", "visible", "en",
            body, document_id, 0.2, False,
        )
    )  # fmt: skip
    raw_end = len(text) - 1
    world.dropped.append(
        DroppedLine(document_id, 0, world.batch, "All rights reserved", "copyright", raw_end - 19, raw_end)
    )
    start = 0
    for position, sentence in enumerate(SENTENCES):
        end, raw_start = start + len(sentence), text.index(sentence)
        world.spans.append(
            Span(document_id, position, world.batch, position, start, end, raw_start, raw_start + len(sentence))
        )
        world.segments.append(
            Segment(
                hashlib.sha256(f"{document_id}{start}".encode()).hexdigest()[:32], document_id, world.batch, position,
                position, "en", sentence, start, end, sentence, "source", None, "source", None, 1.0, (),
            )
        )  # fmt: skip
        start = end + 1
    _add_mention(world, world.segments[-3], world.spans[-3])


def _add_mention(world: World, segment: Segment, span: Span) -> None:
    mention_id = hashlib.sha256(f"m{segment.segment_id}".encode()).hexdigest()[:32]
    event_id = hashlib.sha256(f"e{segment.segment_id}".encode()).hexdigest()[:32]
    day = DAY_BEFORE
    world.mentions.append(
        Mention(
            mention_id, segment.document_id, world.batch, segment.segment_id, "en", "CONSULT", "visit",
            ("diplomatic",), "042", 1, 4.0, "KEN", "GOV", "The envoy of Kenya", "MLI", "GOV", "the president of Mali",
            day, "day", "relative", "actual", None, "Testville", "MLI", 12.6, -8.0, None, None, None, 0.8, "met",
            segment.source_text, segment.source_start, segment.source_end, span.raw_start, span.raw_end, event_id,
        )
    )  # fmt: skip
    world.events.append(
        Event(
            event_id, "CONSULT", "visit", ("diplomatic",), "042", 1, 4.0, "KEN", "GOV", "MLI", "GOV", day, "day",
            "actual", False, "Testville", "MLI", 12.6, -8.0, None, None, None, None, 1, 1, 1, 1, ("en",), day, day,
            0.8,
        )
    )  # fmt: skip
    _add_opinion(world, world.mentions[-1])


def _add_opinion(world: World, mention: Mention) -> None:
    world.opinions.append(
        SecondOpinion(
            f"o{mention.mention_id}", mention.document_id, world.batch, mention.segment_id, "en", "openai", "model",
            "agreed", mention.mention_id, "CONSULT", "visit", "KEN", "GOV", "The envoy of Kenya", "MLI", "GOV",
            "the president of Mali", "actual", mention.event_date, 0.9, mention.evidence_text, mention.evidence_start,
            mention.evidence_end, (),
        )
    )  # fmt: skip


@pytest.fixture
def world() -> World:
    """Eight pages of one batch."""
    return make_world()


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory) -> Path:
    """A warehouse file with every table and no row, made once."""
    path = tmp_path_factory.mktemp("empty") / "attache.duckdb"
    DuckDBWarehouse(path=str(path)).migrate()
    return path


@pytest.fixture
def warehouse(tmp_path, empty_warehouse) -> DuckDBWarehouse:
    """An empty warehouse with every table."""
    path = shutil.copy(empty_warehouse, tmp_path / "attache.duckdb")
    return DuckDBWarehouse(path=str(path), wait_seconds=5)


@pytest.fixture
def more_pages():
    """Makes the rows of another batch."""
    return make_world


@pytest.fixture
def tomorrow_and_more() -> date:
    """A day that no page received before can have been published on."""
    return (RECEIVED + timedelta(days=3)).date()
