-- Versions of events, the book of runs, and what made which table. What is there already is version 1, held since
-- the last batch was done, and of run 0.

CREATE TABLE events.event_versions (
    "event_id" VARCHAR NOT NULL,
    "plover_type" VARCHAR NOT NULL,
    "mode" VARCHAR,
    "contexts" VARCHAR[] NOT NULL,
    "cameo_code" VARCHAR NOT NULL,
    "quad_class" BIGINT NOT NULL,
    "intensity" DOUBLE NOT NULL,
    "source_country" VARCHAR,
    "source_sector" VARCHAR,
    "target_country" VARCHAR,
    "target_sector" VARCHAR,
    "event_date" DATE,
    "date_precision" VARCHAR,
    "status" VARCHAR NOT NULL,
    "disputed" BOOLEAN NOT NULL,
    "place_name" VARCHAR,
    "place_country" VARCHAR,
    "latitude" DOUBLE,
    "longitude" DOUBLE,
    "dead_min" BIGINT,
    "dead_max" BIGINT,
    "injured_min" BIGINT,
    "injured_max" BIGINT,
    "mention_count" BIGINT NOT NULL,
    "document_count" BIGINT NOT NULL,
    "publisher_count" BIGINT NOT NULL,
    "independent_publisher_count" BIGINT NOT NULL,
    "languages" VARCHAR[] NOT NULL,
    "first_seen" DATE,
    "last_seen" DATE,
    "confidence" DOUBLE NOT NULL,
    "source_actor_id" VARCHAR,
    "target_actor_id" VARCHAR,
    "date_min" DATE,
    "date_max" DATE,
    "geonames_id" VARCHAR,
    "place_admin1" VARCHAR,
    "place_precision" VARCHAR,
    "place_ambiguous" BOOLEAN,
    "conflicts" VARCHAR[] NOT NULL,
    "place_admin1_name" VARCHAR,
    "version" BIGINT NOT NULL,
    "valid_from" TIMESTAMP NOT NULL,
    "valid_to" TIMESTAMP,
    "from_run" BIGINT NOT NULL,
    "to_run" BIGINT,
    "mention_ids" VARCHAR[] NOT NULL,
    "segment_ids" VARCHAR[] NOT NULL,
    "document_ids" VARCHAR[] NOT NULL,
    "mention_contents" VARCHAR[] NOT NULL,
    "example_document_id" VARCHAR,
    "example_language" VARCHAR,
    "example_text" VARCHAR,
    "example_trigger" VARCHAR,
    "example_english" VARCHAR,
    "example_publisher" VARCHAR
);

CREATE TABLE ops.runs (
    "run" BIGINT NOT NULL,
    "started_at" TIMESTAMP NOT NULL,
    "ended_at" TIMESTAMP NOT NULL,
    "started_by" VARCHAR NOT NULL,
    "corpus" VARCHAR,
    "batches" VARCHAR[] NOT NULL,
    "dagster_runs" VARCHAR[] NOT NULL,
    "rules" VARCHAR,
    "outcome" VARCHAR,
    PRIMARY KEY ("run")
);

CREATE TABLE ops.rule_files (
    "rules" VARCHAR NOT NULL,
    "file" VARCHAR NOT NULL,
    "sha256" VARCHAR NOT NULL,
    PRIMARY KEY ("rules", "file")
);

CREATE TABLE ops.made (
    "table_name" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "code_version" VARCHAR NOT NULL,
    "rules" VARCHAR NOT NULL,
    "run" BIGINT NOT NULL,
    "made_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("table_name", "batch")
);


INSERT INTO ops.runs
SELECT 0, min(created_at), max(coalesce(done_at, created_at)), 'command line', NULL, list(batch ORDER BY batch), [], NULL, 'done'
FROM ops.batches WHERE done_at IS NOT NULL OR batch IN (SELECT batch FROM events.mentions)
HAVING count(*) > 0;

INSERT INTO events.event_versions BY NAME
WITH told AS (
    SELECT
        m.event_id,
        list_sort(list({'mention': m.mention_id, 'segment': m.segment_id, 'document': m.document_id,
                        'content': md5(row(m.plover_type, m.mode, m.contexts, m.cameo_code, m.source_country,
                            m.source_sector, m.source_actor_id, m.target_country, m.target_sector, m.target_actor_id,
                            m.event_date, m.date_precision, m.status, m.claimed_by, m.place_name, m.place_country,
                            m.geonames_id, m.dead, m.injured, m.size, m.amount, m.currency)::VARCHAR)[:16]})) AS mentions,
        arg_max({'document': m.document_id, 'segment': m.segment_id, 'language': m.language,
                 'text': m.evidence_text, 'trigger': m.trigger_text}, (m.confidence, m.mention_id)) AS example
    FROM events.mentions AS m WHERE m.event_id IS NOT NULL GROUP BY m.event_id
)
SELECT
    e.*,
    1 AS version,
    coalesce((SELECT max(done_at) FROM ops.batches), now()::TIMESTAMP) AS valid_from,
    0 AS from_run,
    coalesce(list_transform(t.mentions, lambda x: x.mention), []) AS mention_ids,
    coalesce(list_transform(t.mentions, lambda x: x.segment), []) AS segment_ids,
    coalesce(list_transform(t.mentions, lambda x: x.document), []) AS document_ids,
    coalesce(list_transform(t.mentions, lambda x: x.content), []) AS mention_contents,
    t.example.document AS example_document_id,
    t.example.language AS example_language,
    t.example.text AS example_text,
    t.example.trigger AS example_trigger,
    s.english_text AS example_english,
    d.publisher AS example_publisher
FROM events.events AS e
LEFT JOIN told AS t ON t.event_id = e.event_id
LEFT JOIN translated.segments AS s ON s.segment_id = t.example.segment
LEFT JOIN cleaned.documents AS d ON d.document_id = t.example.document;
