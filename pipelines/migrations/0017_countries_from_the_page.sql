-- Whether a mention's countries are told by its sentence or by its page.

ALTER TABLE events.mentions ADD COLUMN "source_from_page" BOOLEAN;
ALTER TABLE events.mentions ADD COLUMN "target_from_page" BOOLEAN;

ALTER TABLE quarantine.events_mentions RENAME TO events_mentions_before;

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
    "source_actor_id" VARCHAR,
    "target_actor_id" VARCHAR,
    "place_admin1" VARCHAR,
    "place_precision" VARCHAR,
    "place_ambiguous" BOOLEAN,
    "size" BIGINT,
    "amount" DOUBLE,
    "currency" VARCHAR,
    "place_admin1_name" VARCHAR,
    "source_from_page" BOOLEAN,
    "target_from_page" BOOLEAN,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

INSERT INTO quarantine.events_mentions ("mention_id", "document_id", "batch", "segment_id", "language", "plover_type", "mode", "contexts", "cameo_code", "quad_class", "intensity", "source_country", "source_sector", "source_text", "target_country", "target_sector", "target_text", "event_date", "date_precision", "date_basis", "status", "claimed_by", "place_name", "place_country", "latitude", "longitude", "geonames_id", "dead", "injured", "confidence", "trigger_text", "evidence_text", "evidence_start", "evidence_end", "raw_start", "raw_end", "event_id", "source_actor_id", "target_actor_id", "place_admin1", "place_precision", "place_ambiguous", "size", "amount", "currency", "place_admin1_name", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at")
SELECT "mention_id", "document_id", "batch", "segment_id", "language", "plover_type", "mode", "contexts", "cameo_code", "quad_class", "intensity", "source_country", "source_sector", "source_text", "target_country", "target_sector", "target_text", "event_date", "date_precision", "date_basis", "status", "claimed_by", "place_name", "place_country", "latitude", "longitude", "geonames_id", "dead", "injured", "confidence", "trigger_text", "evidence_text", "evidence_start", "evidence_end", "raw_start", "raw_end", "event_id", "source_actor_id", "target_actor_id", "place_admin1", "place_precision", "place_ambiguous", "size", "amount", "currency", "place_admin1_name", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at" FROM quarantine.events_mentions_before;

DROP TABLE quarantine.events_mentions_before;
