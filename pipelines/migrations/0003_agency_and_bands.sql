-- Signatures by which DuckDB itself finds near-duplicates, and the wire agency that a story is credited to.

-- Signatures of the earlier form cannot be compared; the next run makes them anew from the texts.
DROP TABLE cleaned.signatures;

CREATE TABLE cleaned.signatures (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "version" VARCHAR NOT NULL,
    "fingerprint" BIGINT NOT NULL,
    "bands" BIGINT[] NOT NULL,
    PRIMARY KEY ("document_id")
);

ALTER TABLE cleaned.documents ADD COLUMN "agency" VARCHAR;

-- The quarantine has the columns of its table in their order, then its own; so it is made anew.
ALTER TABLE quarantine.cleaned_documents RENAME TO cleaned_documents_before;

CREATE TABLE quarantine.cleaned_documents (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "url" VARCHAR,
    "title" VARCHAR,
    "authors" VARCHAR[] NOT NULL,
    "publisher" VARCHAR,
    "published" DATE,
    "published_precision" VARCHAR,
    "published_basis" VARCHAR NOT NULL,
    "language" VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    "canonical_document_id" VARCHAR NOT NULL,
    "dropped_share" DOUBLE NOT NULL,
    "mojibake" BOOLEAN NOT NULL,
    "agency" VARCHAR,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

INSERT INTO quarantine.cleaned_documents ("document_id", "batch", "url", "title", "authors", "publisher", "published", "published_precision", "published_basis", "language", "text", "canonical_document_id", "dropped_share", "mojibake", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at")
SELECT "document_id", "batch", "url", "title", "authors", "publisher", "published", "published_precision", "published_basis", "language", "text", "canonical_document_id", "dropped_share", "mojibake", "failed_expectation", "failed_because", "quarantined_by", "quarantined_at" FROM quarantine.cleaned_documents_before;

DROP TABLE quarantine.cleaned_documents_before;
