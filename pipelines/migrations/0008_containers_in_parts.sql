-- Places inside containers as numbers, when a page was crawled, what is odd about its bytes, and large containers in
-- parts. Tables have their columns in the order of their row types, so those that change are made anew.

ALTER TABLE raw.documents RENAME TO documents_before;

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
    "member_position" BIGINT NOT NULL,
    "crawled_at" TIMESTAMP,
    "flags" VARCHAR[] NOT NULL,
    PRIMARY KEY ("document_id")
);

INSERT INTO raw.documents ("document_id", "batch", "source_path", "member", "url", "media_type", "encoding", "sha256", "received_at", "title_hint", "date_hint", "publisher_hint", "language_hint", "hint_end", "content", "text", "member_position", "crawled_at", "flags")
SELECT "document_id", "batch", "source_path", "member", "url", "media_type", "encoding", "sha256", "received_at", "title_hint", "date_hint", "publisher_hint", "language_hint", "hint_end", "content", "text", coalesce(try_cast("member" AS BIGINT), 0), NULL, []
FROM raw.documents_before;

DROP TABLE raw.documents_before;

ALTER TABLE raw.rejected RENAME TO rejected_before;

CREATE TABLE raw.rejected (
    "source_path" VARCHAR NOT NULL,
    "position" BIGINT NOT NULL,
    "batch" VARCHAR NOT NULL,
    "reason" VARCHAR NOT NULL,
    "message" VARCHAR NOT NULL,
    "sha256" VARCHAR,
    "received_at" TIMESTAMP NOT NULL,
    "member" VARCHAR,
    PRIMARY KEY ("source_path", "position", "batch")
);

INSERT INTO raw.rejected ("source_path", "position", "batch", "reason", "message", "sha256", "received_at", "member")
SELECT "source_path", "position", "batch", "reason", "message", "sha256", "received_at", CASE WHEN "position" > 0 THEN CAST("position" AS VARCHAR) END
FROM raw.rejected_before;

DROP TABLE raw.rejected_before;

ALTER TABLE raw.superseded RENAME TO superseded_before;

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
    "member_position" BIGINT NOT NULL,
    "crawled_at" TIMESTAMP,
    "flags" VARCHAR[] NOT NULL,
    "superseded_by" VARCHAR NOT NULL,
    "superseded_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("document_id", "superseded_at")
);

INSERT INTO raw.superseded ("document_id", "batch", "source_path", "member", "url", "media_type", "encoding", "sha256", "received_at", "title_hint", "date_hint", "publisher_hint", "language_hint", "hint_end", "content", "text", "member_position", "crawled_at", "flags", "superseded_by", "superseded_at")
SELECT "document_id", "batch", "source_path", "member", "url", "media_type", "encoding", "sha256", "received_at", "title_hint", "date_hint", "publisher_hint", "language_hint", "hint_end", "content", "text", coalesce(try_cast("member" AS BIGINT), 0), NULL, [], "superseded_by", "superseded_at"
FROM raw.superseded_before;

DROP TABLE raw.superseded_before;

ALTER TABLE quarantine.raw_documents RENAME TO raw_documents_before;

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
    "member_position" BIGINT NOT NULL,
    "crawled_at" TIMESTAMP,
    "flags" VARCHAR[] NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

INSERT INTO quarantine.raw_documents ("document_id", "batch", "source_path", "member", "url", "media_type", "encoding", "sha256", "received_at", "title_hint", "date_hint", "publisher_hint", "language_hint", "hint_end", "content", "text", "member_position", "crawled_at", "flags", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at")
SELECT "document_id", "batch", "source_path", "member", "url", "media_type", "encoding", "sha256", "received_at", "title_hint", "date_hint", "publisher_hint", "language_hint", "hint_end", "content", "text", coalesce(try_cast("member" AS BIGINT), 0), NULL, [], "failed_expectation", "failed_because", "quarantined_by", "quarantined_at"
FROM quarantine.raw_documents_before;

DROP TABLE quarantine.raw_documents_before;

ALTER TABLE ops.files RENAME TO files_before;

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
    "part" BIGINT NOT NULL,
    "start_offset" BIGINT NOT NULL,
    "first_position" BIGINT NOT NULL,
    "end_position" BIGINT,
    "documents" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    PRIMARY KEY ("corpus", "path", "version", "part")
);

INSERT INTO ops.files ("corpus", "path", "version", "sha256", "size", "modified_ns", "batch", "same_as", "seen_at", "part", "start_offset", "first_position", "end_position", "documents", "bytes")
SELECT "corpus", "path", "version", "sha256", "size", "modified_ns", "batch", "same_as", "seen_at", 1, 0, 0, NULL, 1, "size"
FROM ops.files_before;

DROP TABLE ops.files_before;
