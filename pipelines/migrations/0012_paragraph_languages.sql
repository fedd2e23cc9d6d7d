-- The language of each paragraph of a body; empty for pages that were cleaned before.

-- Not DEFAULT []: DuckDB 1.5 cannot replay a function in a default from its log after a crash.
ALTER TABLE cleaned.documents ADD COLUMN "paragraph_languages" VARCHAR[] DEFAULT '[]';
ALTER TABLE cleaned.documents ALTER COLUMN "paragraph_languages" SET NOT NULL;
ALTER TABLE cleaned.documents ALTER COLUMN "paragraph_languages" DROP DEFAULT;

-- A quarantine table's own columns stand last, so it is made anew.
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
    "paragraph_languages" VARCHAR[] NOT NULL,
    "failed_expectation" VARCHAR NOT NULL,
    "failed_because" VARCHAR NOT NULL,
    "quarantined_by" VARCHAR NOT NULL,
    "quarantined_at" TIMESTAMP NOT NULL
);

INSERT INTO quarantine.cleaned_documents BY NAME
SELECT *, []::VARCHAR[] AS paragraph_languages FROM quarantine.cleaned_documents_before;

DROP TABLE quarantine.cleaned_documents_before;
