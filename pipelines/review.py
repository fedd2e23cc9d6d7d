"""The review loop's questions to the warehouse: what to judge, keeping verdicts, what has become of them.

The judging itself (drawing, checking, estimating) is in `assets.review.verdicts`; people meet it in
`pipelines.cli.review` and on the report page.
"""

# ruff: noqa: S608 - names of tables and columns come from the catalogue, values are parameters

from __future__ import annotations

import csv
import getpass
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assets.events.second_opinions.agreement import DISAGREEMENTS
from assets.review.verdicts.cases import Coded, Outcome, outcomes
from assets.review.verdicts.judgement import FIELDS, JudgedMention, Judgement, judge
from assets.review.verdicts.precision import Precision, estimate
from assets.review.verdicts.rows import CHOSEN, VERDICT_TABLE, Verdict
from assets.review.verdicts.sampling import draw
from assets.warehouse import Upsert
from pipelines.warehouse import DuckDBWarehouse

_LEAST_SURE = 0.6
_LARGEST_FILE = 64 * 1024 * 1024

_CANDIDATES = """
SELECT m.mention_id, m.segment_id, m.document_id, m.language, m.evidence_text AS text,
       CASE WHEN d.published_precision IN ('day', 'minute') THEN d.published END AS published,
       m.plover_type, m.mode, m.source_country, m.source_sector, m.source_text, m.target_country, m.target_sector,
       m.target_text, m.status, m.claimed_by, m.event_date, m.place_name, m.confidence, m.trigger_text,
       s.english_text, s.engine, s.status AS translation_status, d.title, d.publisher, r.url, r.source_path,
       (SELECT any_value(o.agreement || ': ' || coalesce(o.plover_type, 'no event')
                         || coalesce(' ' || o.source_country, '') || coalesce(' → ' || o.target_country, ''))
        FROM events.second_opinions AS o
        WHERE o.mention_id = m.mention_id) AS second_opinion
FROM events.mentions AS m
JOIN cleaned.documents AS d USING (document_id)
LEFT JOIN raw.documents AS r USING (document_id)
LEFT JOIN translated.segments AS s USING (segment_id)
WHERE ($types::VARCHAR[] IS NULL OR list_contains($types::VARCHAR[], m.plover_type))
  AND ($languages::VARCHAR[] IS NULL OR list_contains($languages::VARCHAR[], m.language))
  AND ($among <> 'unsure' OR m.confidence < $least_sure)
  AND ($among <> 'disagreements' OR m.mention_id IN (
        SELECT mention_id FROM events.second_opinions WHERE list_contains($disagreements, agreement)))
  AND m.mention_id NOT IN (SELECT mention_id FROM review.verdicts)
ORDER BY m.mention_id
"""


@dataclass(frozen=True)
class Candidate(JudgedMention):
    """A mention to be judged, with what a person needs to see of it."""

    source_sector: str | None
    source_text: str | None
    target_sector: str | None
    target_text: str | None
    claimed_by: str | None
    event_date: date | None
    place_name: str | None
    trigger_text: str
    english_text: str | None
    engine: str | None
    translation_status: str | None
    title: str | None
    publisher: str | None
    url: str | None
    source_path: str | None
    second_opinion: str | None


@dataclass(frozen=True)
class Refused:
    """A line of a verdict file that was not taken, and why."""

    line: int
    reason: str


class VerdictFileError(Exception):
    """A file of verdicts cannot be read at all; says why and what is expected."""


def candidates(
    warehouse: DuckDBWarehouse,
    size: int,
    among: str = "sample",
    types: Sequence[str] = (),
    languages: Sequence[str] = (),
    seed: str = "",
) -> list[Candidate]:
    """Mentions that nobody has judged, drawn evenly from types and languages.

    `among`: sample draws from all, disagreements where a second coder differs, unsure where confidence is low.
    """
    with warehouse.reading() as query:
        frame = query(
            _named(_CANDIDATES, "types", "languages", "among", "least_sure", "disagreements"),
            [list(types) or None, list(languages) or None, among, _LEAST_SURE, list(DISAGREEMENTS)],
        )
    return draw([Candidate(**row) for row in frame.iter_rows(named=True)], size, seed)


def mention_named(warehouse: DuckDBWarehouse, mention_id: str) -> JudgedMention:
    """The mention of that id. Raises KeyError with the id."""
    return _mentions(warehouse, [mention_id])[mention_id]


def keep(warehouse: DuckDBWarehouse, verdicts: Sequence[Verdict]) -> None:
    """Write verdicts; a reviewer's earlier one on the same mention is replaced."""
    if verdicts:
        warehouse.write([Upsert(VERDICT_TABLE, VERDICT_TABLE.frame(verdicts))])


def verdict_on(mention: JudgedMention, judgement: Judgement, reviewer: str) -> Verdict:
    """The verdict, decided now. Raises ValueError with what is wrong with it."""
    return judge(mention, judgement, reviewer, datetime.now(UTC).replace(tzinfo=None))


def reviewer_name() -> str:
    """Who judges unless a name is given: the user of this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "anonymous"


def read_verdicts(warehouse: DuckDBWarehouse) -> list[Verdict]:
    """Every verdict there is, oldest first."""
    names = ", ".join(f'"{name}"' for name in VERDICT_TABLE.column_names)
    rows: list[Verdict] = VERDICT_TABLE.rows(
        warehouse.read(f"SELECT {names} FROM review.verdicts ORDER BY decided_at, verdict_id")
    )
    return rows


def precision(warehouse: DuckDBWarehouse) -> list[Precision]:
    """Estimates of precision from the verdicts, weighted by what is in `events.mentions`."""
    counts = warehouse.read("SELECT plover_type, language, count(*) AS n FROM events.mentions GROUP BY ALL")
    return estimate(read_verdicts(warehouse), {(t, lang): n for t, lang, n in counts.iter_rows()})


def check(warehouse: DuckDBWarehouse) -> list[Outcome]:
    """What has become of every verdict in the tables as they are now."""
    verdicts = read_verdicts(warehouse)
    asked = list({v.segment_id for v in verdicts})
    there = warehouse.read(
        "SELECT segment_id FROM translated.segments WHERE segment_id IN (SELECT unnest(?))", [asked]
    )
    rows = warehouse.read(
        "SELECT segment_id, plover_type, mode, source_country, target_country, status FROM events.mentions "
        "WHERE segment_id IN (SELECT unnest(?))",
        [asked],
    )
    coded: dict[str, list[Coded]] = defaultdict(list)
    for segment_id, *fields in rows.iter_rows():
        coded[segment_id].append(Coded(*fields))
    return outcomes(verdicts, coded, frozenset(there["segment_id"].to_list()))


def import_file(warehouse: DuckDBWarehouse, path: Path, reviewer: str) -> tuple[list[Verdict], list[Refused]]:
    """Keep the verdicts of a CSV or JSON Lines file: mention_id, verdict, and for corrections type, mode, source,
    target, status; note and reviewer may be given. Lines that cannot be used are returned. Raises VerdictFileError.
    """
    records = list(_records(path))
    known = _mentions(warehouse, [str(record.get("mention_id") or "") for _, record in records])
    verdicts: list[Verdict] = []
    refused: list[Refused] = []
    for line, record in records:
        mention = known.get(str(record.get("mention_id") or ""))
        if mention is None:
            refused.append(
                Refused(line, f"no mention {record.get('mention_id') or '(no mention_id)'} in the warehouse")
            )
            continue
        try:
            verdicts.append(verdict_on(mention, _judgement(record), str(record.get("reviewer") or reviewer)))
        except ValueError as error:
            refused.append(Refused(line, str(error)))
    keep(warehouse, list({v.verdict_id: v for v in verdicts}.values()))
    return verdicts, refused


def _judgement(record: dict[str, Any]) -> Judgement:
    given = {name: str(record[name]) for name in FIELDS if record.get(name) not in (None, "")}
    # In a table an empty cell means "as coded"; a dash says that there is none.
    corrections = {name: "" if value.strip() == "-" else value for name, value in given.items()}
    return Judgement(
        str(record.get("verdict") or ""),
        corrections,
        str(record.get("note") or "") or None,
        str(record.get("drawn_from") or CHOSEN),
    )


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines of a verdict file with their numbers."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise VerdictFileError(f"{path} is larger than {_LARGEST_FILE // 2**20} MiB, which no verdict file is")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise VerdictFileError(f"{path} cannot be read: {error}") from None
    reader: Callable[[str, Path], Iterator[tuple[int, dict[str, Any]]]]
    reader = _json_records if text.lstrip().startswith("{") else _csv_records
    yield from reader(text, path)


def _json_records(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            raise VerdictFileError(f"{path}, line {number} is not JSON") from None
        if not isinstance(record, dict):
            raise VerdictFileError(f"{path}, line {number} is not a JSON object")
        yield number, record


def _csv_records(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(text.splitlines(), restkey="_rest")
    missing = {"mention_id", "verdict"} - set(reader.fieldnames or ())
    if missing:
        raise VerdictFileError(
            f"{path} has no column {' and no column '.join(sorted(missing))}; expected are mention_id, verdict, and "
            f"where something is corrected {', '.join(FIELDS)}"
        )
    for record in reader:
        yield reader.line_num, record


def _mentions(warehouse: DuckDBWarehouse, identifiers: Sequence[str]) -> dict[str, JudgedMention]:
    frame = warehouse.read(
        "SELECT mention_id, segment_id, document_id, m.language, evidence_text AS text, "
        "CASE WHEN published_precision IN ('day', 'minute') THEN published END AS published, "
        "plover_type, mode, source_country, target_country, status, confidence "
        "FROM events.mentions AS m JOIN cleaned.documents USING (document_id) "
        "WHERE mention_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(identifiers)],
    )
    return {row["mention_id"]: JudgedMention(**row) for row in frame.iter_rows(named=True)}


def _named(sql: str, *names: str) -> str:
    """The query with `$name` parameters by their number, as the warehouse passes them."""
    for number, name in enumerate(names, 1):
        sql = sql.replace(f"${name}", f"${number}")
    return sql
