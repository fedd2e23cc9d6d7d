-- Authors given beside a document (a field of a record, a column, a header line). Tables have their columns in the
-- order of their row types, so those that change are made anew.

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
    "author_hint" VARCHAR[] NOT NULL,
    PRIMARY KEY ("document_id")
);

INSERT INTO raw.documents BY NAME
SELECT *, []::VARCHAR[] AS author_hint FROM raw.documents_before;

DROP TABLE raw.documents_before;

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
    "author_hint" VARCHAR[] NOT NULL,
    "superseded_by" VARCHAR NOT NULL,
    "superseded_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("document_id", "superseded_at")
);

INSERT INTO raw.superseded BY NAME
SELECT *, []::VARCHAR[] AS author_hint FROM raw.superseded_before;

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
    "author_hint" VARCHAR[] NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

INSERT INTO quarantine.raw_documents BY NAME
SELECT *, []::VARCHAR[] AS author_hint FROM quarantine.raw_documents_before;

DROP TABLE quarantine.raw_documents_before;
