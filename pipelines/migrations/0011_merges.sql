-- The book of merges: when the events were last made anew, so that a run which was stopped before that is noticed.

CREATE TABLE ops.merges (
    "run_id" VARCHAR NOT NULL,
    "read_at" TIMESTAMP NOT NULL,
    "ended_at" TIMESTAMP NOT NULL,
    "batches" BIGINT NOT NULL,
    PRIMARY KEY ("run_id")
);

-- Up to now every batch's run merged.
INSERT INTO ops.merges
SELECT 'migration', max(done_at), max(done_at), count(*)
FROM ops.batches WHERE status = 'done' AND done_at IS NOT NULL HAVING count(*) > 0;
