-- Lines of every page as hashes, so that a line that recurs on a publisher's pages is known across batches.

CREATE TABLE cleaned.page_lines (
    "document_id" VARCHAR NOT NULL,
    "batch" VARCHAR NOT NULL,
    "publisher" VARCHAR NOT NULL,
    "page" BIGINT NOT NULL,
    "copy" BIGINT NOT NULL,
    "lines" BIGINT[] NOT NULL,
    PRIMARY KEY ("document_id")
);
