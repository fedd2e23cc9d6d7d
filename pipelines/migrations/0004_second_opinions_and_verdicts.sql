-- What a second coder reads in the same sentences, and what people say of the coded rows.

CREATE SCHEMA review;

CREATE TABLE events.second_opinions (
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
    PRIMARY KEY ("opinion_id")
);

CREATE TABLE review.verdicts (
    "verdict_id" VARCHAR NOT NULL,
    "mention_id" VARCHAR NOT NULL,
    "segment_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "published" DATE,
    "plover_type" VARCHAR NOT NULL,
    "mode" VARCHAR,
    "source_country" VARCHAR,
    "target_country" VARCHAR,
    "status" VARCHAR NOT NULL,
    "confidence" DOUBLE NOT NULL,
    "verdict" VARCHAR NOT NULL,
    "right_type" VARCHAR,
    "right_mode" VARCHAR,
    "right_source_country" VARCHAR,
    "right_target_country" VARCHAR,
    "right_status" VARCHAR,
    "note" VARCHAR,
    "drawn_from" VARCHAR NOT NULL,
    "reviewer" VARCHAR NOT NULL,
    "decided_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("verdict_id")
);
