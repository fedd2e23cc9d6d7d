-- Results of checks say what was expected and show the first rows that broke it, for the terminal and Data Docs.

ALTER TABLE ops.check_results ADD COLUMN "expected" VARCHAR;
ALTER TABLE ops.check_results ADD COLUMN "expectation_type" VARCHAR;
ALTER TABLE ops.check_results ADD COLUMN "sample_rows" VARCHAR;

-- Answers of a second coder have a gate of their own.

CREATE TABLE quarantine.events_second_opinions (
    "opinion_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "segment_id" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "coder" VARCHAR NOT NULL,
    "model" VARCHAR NOT NULL,
    "agreement" VARCHAR NOT NULL,
    "mention_id" VARCHAR,
    "plover_type" VARCHAR,
    "mode" VARCHAR,
    "source_country" VARCHAR,
    "source_sector" VARCHAR,
    "source_text" VARCHAR,
    "target_country" VARCHAR,
    "target_sector" VARCHAR,
    "target_text" VARCHAR,
    "status" VARCHAR,
    "event_date" DATE,
    "confidence" DOUBLE,
    "evidence_text" VARCHAR,
    "evidence_start" BIGINT,
    "evidence_end" BIGINT,
    "rejected" VARCHAR[] NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);
