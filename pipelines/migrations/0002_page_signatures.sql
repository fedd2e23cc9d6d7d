-- Signatures of pages, so that near-duplicates are found across batches.

CREATE TABLE cleaned.signatures (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "version" VARCHAR NOT NULL,
    "slots" BLOB NOT NULL,
    PRIMARY KEY ("document_id")
);
