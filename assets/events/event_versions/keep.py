"""Keeps the versions of events, in the transaction that changes the events.

Which events a transaction touches is noted first; at its end, where the row of an event or of its mentions is other
than its last version says, that version ends and a new one begins. All of it is set operations on an open
connection, so that a million events need no memory of ours. The run at work is the session variable `attache_run`;
without one it is 0.
"""

# ruff: noqa: S608 - names of tables and columns come from row types, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from assets.events.event_versions.rows import EVENT_VERSIONS, VERSION_COLUMNS
from assets.events.events.rows import EVENTS

if TYPE_CHECKING:
    import duckdb

RUN_VARIABLE = "attache_run"
_RUN = f"coalesce(getvariable('{RUN_VARIABLE}'), 0)"
_TOUCHED = "attache_touched_events"
_NOW_KNOWN = "attache_known_events"
# What a mention was coded as, not where it stands. The migration that seeds versions says the same.
_CONTENT = (
    "md5(row(m.plover_type, m.mode, m.contexts, m.cameo_code, m.source_country, "
    "m.source_sector, m.source_actor_id, m.target_country, m.target_sector, m.target_actor_id, m.event_date, "
    "m.date_precision, m.status, m.claimed_by, m.place_name, m.place_country, m.geonames_id, m.dead, m.injured, "
    "m.size, m.amount, m.currency)::VARCHAR)[:16]"
)
_KNOWN = f"""
CREATE OR REPLACE TEMP TABLE {_NOW_KNOWN} AS
WITH told AS (
    SELECT m.event_id, list_sort(list({{'mention': m.mention_id, 'segment': m.segment_id, 'document': m.document_id,
                                       'content': {_CONTENT}}})) AS mentions
    FROM events.mentions AS m WHERE m.event_id IN (SELECT event_id FROM {_TOUCHED}) GROUP BY m.event_id
)
SELECT
    e.*,
    coalesce(list_transform(t.mentions, lambda x: x.mention), []) AS mention_ids,
    coalesce(list_transform(t.mentions, lambda x: x.segment), []) AS segment_ids,
    coalesce(list_transform(t.mentions, lambda x: x.document), []) AS document_ids,
    coalesce(list_transform(t.mentions, lambda x: x.content), []) AS mention_contents
FROM events.events AS e LEFT JOIN told AS t ON t.event_id = e.event_id
WHERE e.event_id IN (SELECT event_id FROM {_TOUCHED})
"""
_COMPARED = (*EVENTS.column_names, "mention_ids", "segment_ids", "mention_contents")
_DIFFERS = " OR ".join(f'v."{name}" IS DISTINCT FROM n."{name}"' for name in _COMPARED if name != "event_id")
_END_CHANGED = f"""
UPDATE events.event_versions AS v SET valid_to = greatest(now()::TIMESTAMP, v.valid_from), to_run = {_RUN}
WHERE v.valid_to IS NULL AND v.event_id IN (SELECT event_id FROM {_TOUCHED})
  AND NOT EXISTS (SELECT 1 FROM {_NOW_KNOWN} AS n WHERE n.event_id = v.event_id AND NOT ({_DIFFERS}))
"""
_TIMES = VERSION_COLUMNS[:5]
_KNOWN_COLUMNS = (*EVENTS.column_names, "mention_ids", "segment_ids", "document_ids", "mention_contents")
_EXAMPLE_COLUMNS = tuple(name for name in EVENT_VERSIONS.column_names if name not in (*_TIMES, *_KNOWN_COLUMNS))
_BEGIN_NEW = f"""
INSERT INTO events.event_versions ({", ".join(f'"{n}"' for n in (*_TIMES, *_KNOWN_COLUMNS, *_EXAMPLE_COLUMNS))})
WITH earlier AS (
    SELECT event_id, max(version) AS last, bool_or(valid_to IS NULL) AS holds FROM events.event_versions
    WHERE event_id IN (SELECT event_id FROM {_TOUCHED}) GROUP BY event_id
), fresh AS (
    SELECT n.*, coalesce(earlier.last, 0) + 1 AS version
    FROM {_NOW_KNOWN} AS n LEFT JOIN earlier ON earlier.event_id = n.event_id WHERE earlier.holds IS NOT TRUE
), example AS (
    SELECT m.event_id, arg_max({{'document': m.document_id, 'segment': m.segment_id, 'language': m.language,
                                'text': m.evidence_text, 'trigger': m.trigger_text}},
                               (m.confidence, m.mention_id)) AS told
    FROM events.mentions AS m WHERE m.event_id IN (SELECT event_id FROM fresh) GROUP BY m.event_id
)
SELECT
    f.version, now()::TIMESTAMP, NULL, {_RUN}, NULL, {", ".join(f'f."{name}"' for name in _KNOWN_COLUMNS)},
    x.told.document, x.told.language, x.told.text, x.told.trigger,
    CASE WHEN s.status <> 'poor' AND s.engine <> 'draft' THEN s.english_text END, d.publisher
FROM fresh AS f
LEFT JOIN example AS x ON x.event_id = f.event_id
LEFT JOIN translated.segments AS s ON s.segment_id = x.told.segment
LEFT JOIN cleaned.documents AS d ON d.document_id = x.told.document
"""


def begin_noting(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget which events were touched before."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {_TOUCHED} (event_id VARCHAR)")


def note_touched(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[Any] = ()) -> None:
    """Note the events whose ids the query gives, now and as they stand before they are changed."""
    connection.execute(f"INSERT INTO {_TOUCHED} {sql}", list(parameters))


def keep_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """End the versions of touched events that hold no longer, and begin those that hold now."""
    for statement in (_KNOWN, _END_CHANGED, _BEGIN_NEW):
        connection.execute(statement)
    _forget(connection)


def take_back(connection: duckdb.DuckDBPyConnection, taken: str) -> None:
    """The same for events that a gate has taken out and whose ids are in the table `taken`.

    What the run itself wrote was not known to anyone yet, and leaves no version.
    """
    connection.execute(
        f"DELETE FROM events.event_versions WHERE valid_to IS NULL AND from_run = {_RUN} AND {_RUN} > 0 "
        f"AND event_id IN (SELECT event_id FROM {taken})"
    )
    begin_noting(connection)
    note_touched(connection, f"SELECT event_id FROM {taken}")
    keep_versions(connection)


def _forget(connection: duckdb.DuckDBPyConnection, tables: Iterable[str] = (_NOW_KNOWN, _TOUCHED)) -> None:
    for table in tables:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
