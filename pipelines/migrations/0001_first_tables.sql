-- The tables of the first version.

CREATE SCHEMA raw;
CREATE SCHEMA cleaned;
CREATE SCHEMA translated;
CREATE SCHEMA events;
CREATE SCHEMA quarantine;
CREATE SCHEMA ops;

CREATE TABLE raw.documents (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "source_path" VARCHAR NOT NULL,
    "member" VARCHAR,
    "url" VARCHAR,
    "media_type" VARCHAR NOT NULL,
    "encoding" VARCHAR NOT NULL,
    "sha256" VARCHAR NOT NULL,
    "received_at" TIMESTAMP NOT NULL,
    "title_hint" VARCHAR,
    "date_hint" VARCHAR,
    "publisher_hint" VARCHAR,
    "language_hint" VARCHAR,
    "hint_end" BIGINT NOT NULL,
    "content" BLOB NOT NULL,
    "text" VARCHAR NOT NULL,
    PRIMARY KEY ("document_id")
);

CREATE TABLE raw.rejected (
    "source_path" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "batch" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "message" VARCHAR NOT NULL,
    "sha256" VARCHAR,
    "received_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("source_path", "position", "batch")
);

CREATE TABLE raw.sightings (
    "batch" VARCHAR NOT NULL,
    "source_path" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "document_id" VARCHAR NOT NULL,
    PRIMARY KEY ("batch", "source_path", "position")
);

CREATE TABLE raw.superseded (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "source_path" VARCHAR NOT NULL,
    "member" VARCHAR,
    "url" VARCHAR,
    "media_type" VARCHAR NOT NULL,
    "encoding" VARCHAR NOT NULL,
    "sha256" VARCHAR NOT NULL,
    "received_at" TIMESTAMP NOT NULL,
    "title_hint" VARCHAR,
    "date_hint" VARCHAR,
    "publisher_hint" VARCHAR,
    "language_hint" VARCHAR,
    "hint_end" BIGINT NOT NULL,
    "content" BLOB NOT NULL,
    "text" VARCHAR NOT NULL,
    "superseded_by" VARCHAR NOT NULL,
    "superseded_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("document_id", "superseded_at")
);

CREATE TABLE cleaned.documents (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "url" VARCHAR,
    "title" VARCHAR,
    "authors" VARCHAR[] NOT NULL,
    "publisher" VARCHAR,
    "published" DATE,
    "published_precision" VARCHAR,
    "published_basis" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "canonical_document_id" VARCHAR NOT NULL,
    "dropped_share" DOUBLE NOT NULL,
    "mojibake" BOOLEAN NOT NULL,
    PRIMARY KEY ("document_id")
);

CREATE TABLE cleaned.spans (
    "document_id" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "batch" VARCHAR NOT NULL,
    "paragraph" BIGINT NOT NULL,
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    "raw_start" BIGINT NOT NULL,
    "raw_end" BIGINT NOT NULL,
    PRIMARY KEY ("document_id", "position")
);

CREATE TABLE cleaned.dropped_lines (
    "document_id" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "batch" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "raw_start" BIGINT,
    "raw_end" BIGINT,
    PRIMARY KEY ("document_id", "position")
);

CREATE TABLE translated.segments (
    "segment_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "paragraph" BIGINT NOT NULL,
    "language" VARCHAR NOT NULL,
    "source_text" VARCHAR NOT NULL,
    "source_start" BIGINT NOT NULL,
    "source_end" BIGINT NOT NULL,
    "english_text" VARCHAR,
    "engine" VARCHAR,
    "model" VARCHAR,
    "status" VARCHAR NOT NULL,
    "reason" VARCHAR,
    "quality" DOUBLE,
    "flags" VARCHAR[] NOT NULL,
    PRIMARY KEY ("segment_id")
);

CREATE TABLE translated.memory (
    "memory_id" VARCHAR NOT NULL,
    "source_key" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "source_text" VARCHAR NOT NULL,
    "english_text" VARCHAR NOT NULL,
    "engine" VARCHAR NOT NULL,
    "model" VARCHAR NOT NULL,
    "glossary" VARCHAR NOT NULL,
    "quality" DOUBLE,
    "flags" VARCHAR[] NOT NULL,
    "segment_id" VARCHAR,
    PRIMARY KEY ("memory_id")
);

CREATE TABLE events.mentions (
    "mention_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "segment_id" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "plover_type" VARCHAR NOT NULL,
    "mode" VARCHAR,
    "contexts" VARCHAR[] NOT NULL,
    "cameo_code" VARCHAR NOT NULL,
    "quad_class" BIGINT NOT NULL,
    "intensity" DOUBLE NOT NULL,
    "source_country" VARCHAR,
    "source_sector" VARCHAR,
    "source_text" VARCHAR,
    "target_country" VARCHAR,
    "target_sector" VARCHAR,
    "target_text" VARCHAR,
    "event_date" DATE,
    "date_precision" VARCHAR,
    "date_basis" VARCHAR NOT NULL,
    "status" VARCHAR NOT NULL,
    "claimed_by" VARCHAR,
    "place_name" VARCHAR,
    "place_country" VARCHAR,
    "latitude" DOUBLE,
    "longitude" DOUBLE,
    "geonames_id" VARCHAR,
    "dead" BIGINT,
    "injured" BIGINT,
    "confidence" DOUBLE NOT NULL,
    "trigger_text" VARCHAR NOT NULL,
    "evidence_text" VARCHAR NOT NULL,
    "evidence_start" BIGINT NOT NULL,
    "evidence_end" BIGINT NOT NULL,
    "raw_start" BIGINT NOT NULL,
    "raw_end" BIGINT NOT NULL,
    "event_id" VARCHAR,
    PRIMARY KEY ("mention_id")
);

CREATE TABLE events.events (
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
    PRIMARY KEY ("event_id")
);

CREATE TABLE quarantine.raw_documents (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "source_path" VARCHAR NOT NULL,
    "member" VARCHAR,
    "url" VARCHAR,
    "media_type" VARCHAR NOT NULL,
    "encoding" VARCHAR NOT NULL,
    "sha256" VARCHAR NOT NULL,
    "received_at" TIMESTAMP NOT NULL,
    "title_hint" VARCHAR,
    "date_hint" VARCHAR,
    "publisher_hint" VARCHAR,
    "language_hint" VARCHAR,
    "hint_end" BIGINT NOT NULL,
    "content" BLOB NOT NULL,
    "text" VARCHAR NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

CREATE TABLE quarantine.cleaned_documents (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "url" VARCHAR,
    "title" VARCHAR,
    "authors" VARCHAR[] NOT NULL,
    "publisher" VARCHAR,
    "published" DATE,
    "published_precision" VARCHAR,
    "published_basis" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "canonical_document_id" VARCHAR NOT NULL,
    "dropped_share" DOUBLE NOT NULL,
    "mojibake" BOOLEAN NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

CREATE TABLE quarantine.cleaned_spans (
    "document_id" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "batch" VARCHAR NOT NULL,
    "paragraph" BIGINT NOT NULL,
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    "raw_start" BIGINT NOT NULL,
    "raw_end" BIGINT NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

CREATE TABLE quarantine.cleaned_dropped_lines (
    "document_id" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "batch" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "raw_start" BIGINT,
    "raw_end" BIGINT,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

CREATE TABLE quarantine.translated_segments (
    "segment_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "paragraph" BIGINT NOT NULL,
    "language" VARCHAR NOT NULL,
    "source_text" VARCHAR NOT NULL,
    "source_start" BIGINT NOT NULL,
    "source_end" BIGINT NOT NULL,
    "english_text" VARCHAR,
    "engine" VARCHAR,
    "model" VARCHAR,
    "status" VARCHAR NOT NULL,
    "reason" VARCHAR,
    "quality" DOUBLE,
    "flags" VARCHAR[] NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

CREATE TABLE quarantine.events_mentions (
    "mention_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "segment_id" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "plover_type" VARCHAR NOT NULL,
    "mode" VARCHAR,
    "contexts" VARCHAR[] NOT NULL,
    "cameo_code" VARCHAR NOT NULL,
    "quad_class" BIGINT NOT NULL,
    "intensity" DOUBLE NOT NULL,
    "source_country" VARCHAR,
    "source_sector" VARCHAR,
    "source_text" VARCHAR,
    "target_country" VARCHAR,
    "target_sector" VARCHAR,
    "target_text" VARCHAR,
    "event_date" DATE,
    "date_precision" VARCHAR,
    "date_basis" VARCHAR NOT NULL,
    "status" VARCHAR NOT NULL,
    "claimed_by" VARCHAR,
    "place_name" VARCHAR,
    "place_country" VARCHAR,
    "latitude" DOUBLE,
    "longitude" DOUBLE,
    "geonames_id" VARCHAR,
    "dead" BIGINT,
    "injured" BIGINT,
    "confidence" DOUBLE NOT NULL,
    "trigger_text" VARCHAR NOT NULL,
    "evidence_text" VARCHAR NOT NULL,
    "evidence_start" BIGINT NOT NULL,
    "evidence_end" BIGINT NOT NULL,
    "raw_start" BIGINT NOT NULL,
    "raw_end" BIGINT NOT NULL,
    "event_id" VARCHAR,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

CREATE TABLE quarantine.events_events (
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
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

CREATE TABLE ops.files (
    "corpus" VARCHAR NOT NULL,
    "path" VARCHAR NOT NULL,
    "version" BIGINT NOT NULL,
    "sha256" VARCHAR NOT NULL,
    "size" BIGINT NOT NULL,
    "modified_ns" BIGINT NOT NULL,
    "batch" VARCHAR,
    "same_as" VARCHAR,
    "seen_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("corpus", "path", "version")
);

CREATE TABLE ops.skipped_files (
    "corpus" VARCHAR NOT NULL,
    "path" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "message" VARCHAR NOT NULL,
    PRIMARY KEY ("corpus", "path")
);

CREATE TABLE ops.batches (
    "batch" VARCHAR NOT NULL,
    "corpus" VARCHAR NOT NULL,
    "file_count" BIGINT NOT NULL,
    "byte_count" BIGINT NOT NULL,
    "status" VARCHAR NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "done_at" TIMESTAMP,
    PRIMARY KEY ("batch")
);

CREATE TABLE ops.check_results (
    "run_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "asset" VARCHAR NOT NULL,
    "check_name" VARCHAR NOT NULL,
    "expectation" VARCHAR NOT NULL,
    "level" VARCHAR NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "checked_count" BIGINT NOT NULL,
    "unexpected_count" BIGINT NOT NULL,
    "unexpected_percent" DOUBLE NOT NULL,
    "observed" DOUBLE,
    "minimum" DOUBLE,
    "maximum" DOUBLE,
    "message" VARCHAR NOT NULL,
    "evaluated_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("run_id", "batch", "asset", "check_name", "expectation")
);

CREATE TABLE ops.schema_version (
    "version" BIGINT NOT NULL,
    "name" VARCHAR NOT NULL,
    "applied_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("version")
);
