-- Events resolved by scores, with claims, pairs and overrides; actors, arms and military cooperation; the marts.

CREATE SCHEMA marts;

CREATE TABLE events.pairs (
    "mention_a" VARCHAR NOT NULL,
    "mention_b" VARCHAR NOT NULL,
    "event_a" VARCHAR NOT NULL,
    "event_b" VARCHAR NOT NULL,
    "decision" VARCHAR NOT NULL,
    "score" DOUBLE NOT NULL,
    "probability" DOUBLE NOT NULL,
    "reasons" VARCHAR[] NOT NULL,
    PRIMARY KEY ("mention_a", "mention_b")
);

CREATE TABLE events.overrides (
    "mention_id" VARCHAR NOT NULL,
    "together" VARCHAR NOT NULL,
    "note" VARCHAR,
    "decided_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("mention_id")
);

CREATE TABLE events.claims (
    "claim_id" VARCHAR NOT NULL,
    "event_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "publisher" VARCHAR,
    "agency" VARCHAR,
    "published" DATE,
    "language" VARCHAR NOT NULL,
    "stance" VARCHAR NOT NULL,
    "claimed_by" VARCHAR,
    "event_date" DATE,
    "date_precision" VARCHAR,
    "place_name" VARCHAR,
    "dead" BIGINT,
    "injured" BIGINT,
    "differs_in" VARCHAR[] NOT NULL,
    PRIMARY KEY ("claim_id")
);

CREATE TABLE events.actors (
    "actor_id" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "country" VARCHAR,
    "sector" VARCHAR,
    "wikidata_id" VARCHAR,
    "spellings" VARCHAR[] NOT NULL,
    "languages" VARCHAR[] NOT NULL,
    "mention_count" BIGINT NOT NULL,
    "event_count" BIGINT NOT NULL,
    "as_source" BIGINT NOT NULL,
    "as_target" BIGINT NOT NULL,
    "first_event" DATE,
    "last_event" DATE,
    PRIMARY KEY ("actor_id")
);

CREATE TABLE events.unknown_names (
    "document_id" VARCHAR NOT NULL,
    "name_start" BIGINT NOT NULL,
    "name_end" BIGINT NOT NULL,
    "batch" VARCHAR NOT NULL,
    "segment_id" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "title" VARCHAR,
    "country" VARCHAR,
    "sector" VARCHAR,
    PRIMARY KEY ("document_id", "name_start")
);

CREATE TABLE events.unknown_actors (
    "language" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "times" BIGINT NOT NULL,
    "documents" BIGINT NOT NULL,
    "publishers" BIGINT NOT NULL,
    "country" VARCHAR,
    "sector" VARCHAR,
    "titles" VARCHAR[] NOT NULL,
    "examples" VARCHAR[] NOT NULL,
    PRIMARY KEY ("language", "name")
);

CREATE TABLE events.arms (
    "arms_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "segment_id" VARCHAR NOT NULL,
    "mention_id" VARCHAR,
    "language" VARCHAR NOT NULL,
    "equipment" VARCHAR NOT NULL,
    "equipment_text" VARCHAR NOT NULL,
    "supplier_country" VARCHAR,
    "recipient_country" VARCHAR,
    "stage" VARCHAR NOT NULL,
    "stage_text" VARCHAR,
    "quantity" BIGINT,
    "amount" DOUBLE,
    "currency" VARCHAR,
    "event_date" DATE,
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    "evidence_text" VARCHAR NOT NULL,
    PRIMARY KEY ("arms_id")
);

CREATE TABLE marts.country_pair_month (
    "source_country" VARCHAR NOT NULL,
    "target_country" VARCHAR NOT NULL,
    "month" DATE NOT NULL,
    "plover_type" VARCHAR NOT NULL,
    "quad_class" BIGINT NOT NULL,
    "event_count" BIGINT NOT NULL,
    "announced_count" BIGINT NOT NULL,
    "denied_count" BIGINT NOT NULL,
    "mention_count" BIGINT NOT NULL,
    "independent_reports" BIGINT NOT NULL,
    "mean_intensity" DOUBLE NOT NULL,
    "dead_min" BIGINT,
    "dead_max" BIGINT,
    PRIMARY KEY ("source_country", "target_country", "month", "plover_type")
);

CREATE TABLE marts.actor_timeline (
    "actor_id" VARCHAR NOT NULL,
    "month" DATE NOT NULL,
    "side" VARCHAR NOT NULL,
    "plover_type" VARCHAR NOT NULL,
    "event_count" BIGINT NOT NULL,
    "mention_count" BIGINT NOT NULL,
    "mean_intensity" DOUBLE NOT NULL,
    "counterparts" VARCHAR[] NOT NULL,
    PRIMARY KEY ("actor_id", "month", "side", "plover_type")
);

CREATE TABLE marts.arms_transfers (
    "supplier_country" VARCHAR NOT NULL,
    "recipient_country" VARCHAR NOT NULL,
    "equipment" VARCHAR NOT NULL,
    "stage" VARCHAR NOT NULL,
    "month" DATE NOT NULL,
    "reports" BIGINT NOT NULL,
    "documents" BIGINT NOT NULL,
    "publishers" BIGINT NOT NULL,
    "quantity_min" BIGINT,
    "quantity_max" BIGINT,
    "amounts" VARCHAR[] NOT NULL,
    "languages" VARCHAR[] NOT NULL,
    "example" VARCHAR NOT NULL,
    "arms_ids" VARCHAR[] NOT NULL,
    PRIMARY KEY ("supplier_country", "recipient_country", "equipment", "stage", "month")
);

CREATE TABLE marts.publisher_profile (
    "publisher" VARCHAR NOT NULL,
    "documents" BIGINT NOT NULL,
    "copies" BIGINT NOT NULL,
    "agency_documents" BIGINT NOT NULL,
    "languages" VARCHAR[] NOT NULL,
    "first_published" DATE,
    "last_published" DATE,
    "mentions" BIGINT NOT NULL,
    "events" BIGINT NOT NULL,
    "events_alone" BIGINT NOT NULL,
    "events_first" BIGINT NOT NULL,
    "disputed_events" BIGINT NOT NULL,
    "differing_claims" BIGINT NOT NULL,
    "attributed_share" DOUBLE,
    "top_countries" VARCHAR[] NOT NULL,
    "top_types" VARCHAR[] NOT NULL,
    PRIMARY KEY ("publisher")
);

CREATE TABLE marts.coverage (
    "day" DATE NOT NULL,
    "language" VARCHAR NOT NULL,
    "documents" BIGINT NOT NULL,
    "copies" BIGINT NOT NULL,
    "publishers" BIGINT NOT NULL,
    "sentences" BIGINT NOT NULL,
    "untranslated" BIGINT NOT NULL,
    "documents_with_events" BIGINT NOT NULL,
    "mentions" BIGINT NOT NULL,
    "gap_days" BIGINT NOT NULL,
    PRIMARY KEY ("day", "language")
);

CREATE TABLE quarantine.events_claims (
    "claim_id" VARCHAR NOT NULL,
    "event_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "publisher" VARCHAR,
    "agency" VARCHAR,
    "published" DATE,
    "language" VARCHAR NOT NULL,
    "stance" VARCHAR NOT NULL,
    "claimed_by" VARCHAR,
    "event_date" DATE,
    "date_precision" VARCHAR,
    "place_name" VARCHAR,
    "dead" BIGINT,
    "injured" BIGINT,
    "differs_in" VARCHAR[] NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

CREATE TABLE quarantine.events_arms (
    "arms_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "segment_id" VARCHAR NOT NULL,
    "mention_id" VARCHAR,
    "language" VARCHAR NOT NULL,
    "equipment" VARCHAR NOT NULL,
    "equipment_text" VARCHAR NOT NULL,
    "supplier_country" VARCHAR,
    "recipient_country" VARCHAR,
    "stage" VARCHAR NOT NULL,
    "stage_text" VARCHAR,
    "quantity" BIGINT,
    "amount" DOUBLE,
    "currency" VARCHAR,
    "event_date" DATE,
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    "evidence_text" VARCHAR NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

ALTER TABLE events.mentions ADD COLUMN "source_actor_id" VARCHAR;
ALTER TABLE events.mentions ADD COLUMN "target_actor_id" VARCHAR;
ALTER TABLE events.mentions ADD COLUMN "place_admin1" VARCHAR;
ALTER TABLE events.mentions ADD COLUMN "place_precision" VARCHAR;
ALTER TABLE events.mentions ADD COLUMN "place_ambiguous" BOOLEAN;

-- Tables with new columns in their midst are made anew.
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
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

INSERT INTO quarantine.events_mentions ("mention_id", "document_id", "batch", "segment_id", "language", "plover_type", "mode", "contexts", "cameo_code", "quad_class", "intensity", "source_country", "source_sector", "source_text", "target_country", "target_sector", "target_text", "event_date", "date_precision", "date_basis", "status", "claimed_by", "place_name", "place_country", "latitude", "longitude", "geonames_id", "dead", "injured", "confidence", "trigger_text", "evidence_text", "evidence_start", "evidence_end", "raw_start", "raw_end", "event_id", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at")
SELECT "mention_id", "document_id", "batch", "segment_id", "language", "plover_type", "mode", "contexts", "cameo_code", "quad_class", "intensity", "source_country", "source_sector", "source_text", "target_country", "target_sector", "target_text", "event_date", "date_precision", "date_basis", "status", "claimed_by", "place_name", "place_country", "latitude", "longitude", "geonames_id", "dead", "injured", "confidence", "trigger_text", "evidence_text", "evidence_start", "evidence_end", "raw_start", "raw_end", "event_id", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at" FROM quarantine.events_mentions_before;

DROP TABLE quarantine.events_mentions_before;

ALTER TABLE events.events RENAME TO events_before;

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
    "source_actor_id" VARCHAR,
    "target_actor_id" VARCHAR,
    "date_min" DATE,
    "date_max" DATE,
    "geonames_id" VARCHAR,
    "place_admin1" VARCHAR,
    "place_precision" VARCHAR,
    "place_ambiguous" BOOLEAN,
    "conflicts" VARCHAR[] NOT NULL,
    PRIMARY KEY ("event_id")
);

INSERT INTO events.events ("event_id", "plover_type", "mode", "contexts", "cameo_code", "quad_class", "intensity", "source_country", "source_sector", "target_country", "target_sector", "event_date", "date_precision", "status", "disputed", "place_name", "place_country", "latitude", "longitude", "dead_min", "dead_max", "injured_min", "injured_max", "mention_count", "document_count", "publisher_count", "independent_publisher_count", "languages", "first_seen", "last_seen", "confidence", "conflicts")
SELECT "event_id", "plover_type", "mode", "contexts", "cameo_code", "quad_class", "intensity", "source_country", "source_sector", "target_country", "target_sector", "event_date", "date_precision", "status", "disputed", "place_name", "place_country", "latitude", "longitude", "dead_min", "dead_max", "injured_min", "injured_max", "mention_count", "document_count", "publisher_count", "independent_publisher_count", "languages", "first_seen", "last_seen", "confidence", []::VARCHAR[] FROM events.events_before;

DROP TABLE events.events_before;

ALTER TABLE quarantine.events_events RENAME TO events_events_before;

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
    "source_actor_id" VARCHAR,
    "target_actor_id" VARCHAR,
    "date_min" DATE,
    "date_max" DATE,
    "geonames_id" VARCHAR,
    "place_admin1" VARCHAR,
    "place_precision" VARCHAR,
    "place_ambiguous" BOOLEAN,
    "conflicts" VARCHAR[] NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

INSERT INTO quarantine.events_events ("event_id", "plover_type", "mode", "contexts", "cameo_code", "quad_class", "intensity", "source_country", "source_sector", "target_country", "target_sector", "event_date", "date_precision", "status", "disputed", "place_name", "place_country", "latitude", "longitude", "dead_min", "dead_max", "injured_min", "injured_max", "mention_count", "document_count", "publisher_count", "independent_publisher_count", "languages", "first_seen", "last_seen", "confidence", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at", "conflicts")
SELECT "event_id", "plover_type", "mode", "contexts", "cameo_code", "quad_class", "intensity", "source_country", "source_sector", "target_country", "target_sector", "event_date", "date_precision", "status", "disputed", "place_name", "place_country", "latitude", "longitude", "dead_min", "dead_max", "injured_min", "injured_max", "mention_count", "document_count", "publisher_count", "independent_publisher_count", "languages", "first_seen", "last_seen", "confidence", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at", []::VARCHAR[] FROM quarantine.events_events_before;

DROP TABLE quarantine.events_events_before;

-- Events of the earlier rules: without mentions they are stale, so that the next run makes them anew.
UPDATE events.mentions SET event_id = NULL;
