"""What the report shows, asked of the warehouse: events, their mentions, the sentences and pages they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import polars as pl

from assets.vocabulary.plover import load_ontology

_EVENTS = """
SELECT event_id, plover_type, mode, quad_class, source_country, source_sector, target_country, target_sector,
       event_date, date_precision, status, disputed, place_name, place_country, round(latitude, 3) AS latitude,
       round(longitude, 3) AS longitude, place_admin1_name, place_precision, place_ambiguous, conflicts,
       dead_min, dead_max, injured_min, injured_max, mention_count, independent_publisher_count,
       round(confidence, 2) AS confidence
FROM events.events
ORDER BY event_date DESC NULLS LAST, mention_count DESC, event_id
LIMIT ?
"""
MOST_MENTIONS = 10
"""Mentions of one event in the report: beyond them nobody reads on, and `attache explain` has all."""
MOST_IN_ALL = 15_000
"""Mentions in the report: where there are more, events show fewer each, so that the file stays under 5 MB."""

# First one of each publisher and status, so that who disagrees is among them; one of every event, then those of
# events about which reports disagree.
_CHOSEN = f"""
SELECT mention_id FROM (
    SELECT mention_id, event_id, disagreed, row_number() OVER (
        PARTITION BY event_id ORDER BY turn, confidence DESC, mention_id
    ) AS rank
    FROM (
        SELECT m.mention_id, m.event_id, m.confidence, len(e.conflicts) > 0 AS disagreed, row_number() OVER (
            PARTITION BY m.event_id, m.status, d.publisher ORDER BY m.confidence DESC, m.mention_id
        ) AS turn
        FROM events.mentions AS m JOIN shown USING (event_id) JOIN events.events AS e USING (event_id)
        LEFT JOIN cleaned.documents AS d USING (document_id)
    )
)
WHERE rank <= {MOST_MENTIONS} ORDER BY rank > 1, NOT disagreed, rank, event_id LIMIT ?
"""  # noqa: S608 - our own figure
_MENTIONS = f"""
SELECT m.mention_id, m.event_id, m.document_id, m.segment_id, m.plover_type, m.mode, m.source_country,
       m.target_country, m.source_text, m.target_text, m.trigger_text, m.status, m.claimed_by, m.event_date, m.dead,
       m.injured, m.place_name, m.date_basis, m.source_from_page, m.target_from_page,
       round(m.confidence, 2) AS confidence, c.stance,
       coalesce(c.differs_in, []) AS differs_in
FROM events.mentions AS m JOIN ({_CHOSEN}) AS chosen USING (mention_id)
LEFT JOIN events.claims AS c ON c.claim_id = m.mention_id
ORDER BY m.event_id, m.confidence DESC, m.mention_id
"""  # noqa: S608 - our own query
_SENTENCES = """
SELECT segment_id, language, source_text, CASE WHEN engine <> 'source' THEN english_text END AS english, engine,
status, engine = 'draft' AS draft FROM translated.segments
WHERE segment_id IN (SELECT segment_id FROM events.mentions JOIN shown USING (event_id)) ORDER BY language, segment_id
"""
_DOCUMENTS = """
SELECT d.document_id, d.title, d.publisher, d.published, d.language, r.url, r.source_path
FROM cleaned.documents AS d LEFT JOIN raw.documents AS r USING (document_id)
WHERE d.document_id IN (SELECT document_id FROM events.mentions JOIN shown USING (event_id))
ORDER BY d.language, d.publisher, d.published, d.document_id
"""
# Texts of one language next to each other compress a third better: gzip looks back no further than 32 kB.
_SHOWN = f"WITH shown AS (SELECT event_id FROM ({_EVENTS}))"  # noqa: S608 - our own query


class Queries(Protocol):
    """Runs several queries on one state of the warehouse."""

    def __call__(self, sql: str, parameters: Any = ()) -> pl.DataFrame:
        """The result of one query."""


@dataclass(frozen=True)
class ReportData:
    """Everything the page needs, as JSON-able values. Tables are columns; references are positions in other
    tables.
    """

    events: dict[str, list[Any]]
    mentions: dict[str, list[Any]]
    sentences: dict[str, list[Any]]
    documents: dict[str, list[Any]]
    names: dict[str, Any]
    total_events: int

    def as_json(self, **more: Any) -> dict[str, Any]:
        """The values as the page's script reads them."""
        return {
            "events": self.events,
            "mentions": self.mentions,
            "sentences": self.sentences,
            "documents": self.documents,
            "names": self.names,
            "totalEvents": self.total_events,
            **more,
        }


def read_report_data(query: Queries, most: int) -> ReportData:
    """The latest `most` events and what they rest on."""
    events = query(_EVENTS, [most])
    mentions = query(f"{_SHOWN} {_MENTIONS}", [most, max(most, MOST_IN_ALL)])
    sentences = query(f"{_SHOWN} {_SENTENCES}", [most])
    documents = query(f"{_SHOWN} {_DOCUMENTS}", [most])
    sentences = sentences.filter(pl.col("segment_id").is_in(mentions["segment_id"].implode()))
    documents = documents.filter(pl.col("document_id").is_in(mentions["document_id"].implode()))
    places = {name: _positions(frame, name) for name, frame in
              (("event_id", events), ("segment_id", sentences), ("document_id", documents))}  # fmt: skip
    pointed = mentions.with_columns(
        event=pl.col("event_id").replace_strict(places["event_id"], return_dtype=pl.Int64),
        sentence=pl.col("segment_id").replace_strict(places["segment_id"], default=None, return_dtype=pl.Int64),
        document=pl.col("document_id").replace_strict(places["document_id"], default=None, return_dtype=pl.Int64),
    ).drop("event_id", "segment_id", "document_id")
    pointed = _with_spans(pointed, sentences["source_text"].to_list())
    total = int(query("SELECT count(*) FROM events.events").item())
    return ReportData(
        events=_columns(events),
        mentions=_columns(pointed),
        sentences=_columns(sentences.drop("segment_id")),
        documents=_columns(documents.drop("document_id")),
        names=_names(events, sentences),
        total_events=total,
    )


def _with_spans(mentions: pl.DataFrame, texts: list[str | None]) -> pl.DataFrame:
    """Instead of the words of source, target and trigger where they stand in the sentence: start and length."""
    for kind in ("source", "target", "trigger"):
        words = zip(mentions["sentence"], mentions[f"{kind}_text"], strict=True)
        spans = [_span(None if at is None else texts[at], word) for at, word in words]
        mentions = mentions.with_columns(
            pl.Series(f"{kind}_start", [span[0] for span in spans], dtype=pl.Int64),
            pl.Series(f"{kind}_length", [span[1] for span in spans], dtype=pl.Int64),
        ).drop(f"{kind}_text")
    return mentions


def _span(text: str | None, words: str | None) -> tuple[int | None, int | None]:
    """Start and length in the units of JavaScript's strings, UTF-16; null where the words are not in the text."""
    at = text.find(words) if text and words else -1
    if text is None or words is None or at < 0:
        return None, None
    return _units(text[:at]), _units(words)


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _positions(frame: pl.DataFrame, key: str) -> Mapping[str, int]:
    return {value: position for position, value in enumerate(frame[key])}


def _columns(frame: pl.DataFrame) -> dict[str, list[Any]]:
    return {name: [_plain(value) for value in frame[name]] for name in frame.columns}


def _plain(value: Any) -> Any:
    if isinstance(value, pl.Series):
        return value.to_list()
    return value.isoformat() if isinstance(value, date | datetime) else value


def _names(events: pl.DataFrame, sentences: pl.DataFrame) -> dict[str, Any]:
    """English names for codes, so that the page spells none itself."""
    from babel import Locale

    english, ontology = Locale.parse("en"), load_ontology()
    codes = {*events["source_country"], *events["target_country"], *events["place_country"]} - {None}
    return {
        "countries": dict(_country_names(sorted(codes), english)),
        "languages": {c: english.languages.get(c, c) for c in sorted(set(sentences["language"]) - {None})},
        "sectors": dict(ontology.sectors),
        "types": {
            name: {"definition": t.definition, "quad": t.quad, "modes": list(t.modes)}
            for name, t in ontology.types.items()
        },
    }


def _country_names(codes: Iterable[str], english: Any) -> Iterable[tuple[str, str]]:
    import pycountry

    for code in codes:
        found = pycountry.countries.get(alpha_3=code)
        short = "XK" if code == "XKX" else found.alpha_2 if found else ""
        yield code, english.territories.get(short, code)
