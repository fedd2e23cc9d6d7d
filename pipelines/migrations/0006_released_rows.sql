-- Rows that people let through although they break a rule.

CREATE TABLE ops.released_rows (
    "table_name" VARCHAR NOT NULL,
    "row_key" VARCHAR NOT NULL,
    "expectation" VARCHAR NOT NULL,
    "note" VARCHAR,
    "released_by" VARCHAR NOT NULL,
    "released_at" TIMESTAMP NOT NULL,
    PRIMARY KEY ("table_name", "row_key", "expectation")
);
