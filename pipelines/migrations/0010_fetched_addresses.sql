-- The books of fetching: feeds, sitemaps, and the pages that they name.

CREATE TABLE ops.fetched (
    "url" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "found_in" VARCHAR,
    "status" VARCHAR NOT NULL,
    "reason" VARCHAR,
    "message" VARCHAR,
    "http_status" BIGINT,
    "final_url" VARCHAR,
    "etag" VARCHAR,
    "last_modified" VARCHAR,
    "dated" TIMESTAMP,
    "fetched_at" TIMESTAMP,
    "tried_at" TIMESTAMP,
    "failures" BIGINT NOT NULL,
    "next_at" TIMESTAMP,
    "file" VARCHAR,
    PRIMARY KEY ("url")
);
