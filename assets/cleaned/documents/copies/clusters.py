"""Near-duplicate clusters as the warehouse keeps them: what is read to cluster a batch, and what changes.

A cluster is the documents of one `canonical_document_id`. A batch is compared with all earlier pages by a join on the
bands of their signatures, which DuckDB streams; only pages that share a band come into memory. Where a page goes
(its batch is cleaned again, its file changed, a gate took it out) what is left of its cluster is clustered anew, so
that the clusters are at any time those that all pages at hand would give in one batch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from assets.cleaned.documents.copies.near_duplicates import SIGNATURE_VERSION, Page, Signature, cluster, sign
from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.cleaned.signatures.rows import SIGNATURES, PageSignature

if TYPE_CHECKING:
    import duckdb

Read = Callable[[str, Sequence[Any]], pl.DataFrame]
"""Gives the result of a query with its parameters."""

_UNSIGNED_AT_ONCE = 5000

# Of the copies of one text in one cluster one is enough, the canonical page if it is one of them.
_LIKELY_COPIES = """
WITH wanted AS (
    SELECT DISTINCT unnest($1::BIGINT[]) AS band
), hits AS (
    SELECT DISTINCT document_id FROM (
        SELECT document_id, unnest(bands) AS band FROM cleaned.signatures WHERE version = $2 AND batch <> $3
    ) SEMI JOIN wanted USING (band)
), chosen AS (
    SELECT document_id FROM hits
    UNION
    SELECT canonical_document_id FROM cleaned.documents WHERE document_id IN (SELECT document_id FROM hits)
)
SELECT d.document_id, d.published, d.canonical_document_id, s.fingerprint, s.bands
FROM chosen JOIN cleaned.documents AS d USING (document_id) JOIN cleaned.signatures AS s USING (document_id)
WHERE s.version = $2 AND d.batch <> $3 AND d.canonical_document_id NOT IN (SELECT unnest($4::VARCHAR[]))
QUALIFY row_number() OVER (
    PARTITION BY d.canonical_document_id, s.fingerprint
    ORDER BY d.document_id = d.canonical_document_id DESC, d.document_id
) = 1
ORDER BY d.document_id
"""

_MEMBERS = """
SELECT d.document_id, d.batch, d.published, d.canonical_document_id,
    s.fingerprint, s.bands, CASE WHEN s.bands IS NULL THEN d.text END AS unsigned_text
FROM cleaned.documents AS d
LEFT JOIN cleaned.signatures AS s ON s.document_id = d.document_id AND s.version = $2
WHERE d.canonical_document_id IN (SELECT unnest($1::VARCHAR[]))
ORDER BY d.document_id
"""


@dataclass(frozen=True)
class Placement:
    """A batch clustered: its documents with their canonical pages, their signatures, and what changes for others.

    `moved` holds `document_id` and the new `canonical_document_id` of documents of other batches.
    """

    documents: tuple[CleanedDocument, ...]
    signatures: tuple[PageSignature, ...]
    moved: pl.DataFrame


def place(read: Read, batch: str, documents: Sequence[CleanedDocument]) -> Placement:
    """Cluster a batch's documents, which need not be written yet, with each other and those of all other batches."""
    signatures = sign([document.text for document in documents])
    earlier = read("SELECT DISTINCT canonical_document_id AS id FROM cleaned.documents WHERE batch = ?", [batch])[
        "id"
    ]
    loose = _members(read, earlier.to_list()).filter(pl.col("batch") != batch)
    pages = [Page(d.document_id, d.published, s) for d, s in zip(documents, signatures, strict=True)]
    pages += _pages(loose, settled=False)
    likely = read(
        _LIKELY_COPIES,
        [[b for page in pages for b in page.signature.bands], SIGNATURE_VERSION, batch, earlier.to_list()],
    )
    own = {document.document_id: document.text for document in documents}
    canonical = cluster(pages, _texts(read, own), _pages(likely, settled=True))
    return Placement(
        tuple(_named(d, canonical[d.document_id]) for d in documents),
        tuple(
            PageSignature(d.document_id, batch, SIGNATURE_VERSION, s.fingerprint, s.bands)
            for d, s in zip(documents, signatures, strict=True)
        ),
        _moved(read, canonical, loose, likely, batch),
    )


def _named(document: CleanedDocument, canonical: str) -> CleanedDocument:
    if document.canonical_document_id == canonical:
        return document
    return replace(document, canonical_document_id=canonical)


def let_go(connection: duckdb.DuckDBPyConnection, gone: str) -> None:
    """Cluster anew what is left when pages go: to be called in the transaction that takes them out, before it does.

    `gone` is the name of a table with the column `document_id`.
    """

    def read(sql: str, parameters: Sequence[Any]) -> pl.DataFrame:
        return connection.execute(sql, list(parameters)).pl()

    ids = f"(SELECT document_id FROM {gone})"  # noqa: S608 - the caller's own table
    clusters = read(
        "SELECT canonical_document_id AS id FROM cleaned.documents GROUP BY id "  # noqa: S608 - as above
        f"HAVING count(*) > 1 AND bool_or(document_id IN {ids})",
        [],
    )["id"].to_list()
    if not clusters:
        return
    leaving = read(f"SELECT DISTINCT document_id FROM {gone}", [])["document_id"].to_list()  # noqa: S608 - as above
    left = _members(read, clusters).filter(pl.col("document_id").is_in(leaving).not_())
    moved = _changed(left, cluster(_pages(left, settled=False), _texts(read, {})))
    connection.register("attache_moved", moved)
    try:
        connection.execute(
            "UPDATE cleaned.documents SET canonical_document_id = moved.canonical_document_id "
            "FROM attache_moved AS moved WHERE cleaned.documents.document_id = moved.document_id"
        )
    finally:
        connection.unregister("attache_moved")


def unsigned(read: Read, batch: str) -> list[PageSignature]:
    """Signatures for documents of other batches that have none of this version, some thousands at a time."""
    # Keys alone first: the texts of all pages would be read to find that none is missing.
    missing = read(
        "SELECT d.document_id FROM (SELECT document_id FROM cleaned.documents WHERE batch <> $1) AS d "
        "ANTI JOIN (SELECT document_id FROM cleaned.signatures WHERE version = $2) AS s USING (document_id) LIMIT $3",
        [batch, SIGNATURE_VERSION, _UNSIGNED_AT_ONCE],
    )["document_id"].to_list()
    if not missing:
        return []
    rows = read(
        "SELECT document_id, batch, text FROM cleaned.documents WHERE document_id IN (SELECT unnest(?::VARCHAR[]))",
        [missing],
    )
    return [
        PageSignature(row["document_id"], row["batch"], SIGNATURE_VERSION, s.fingerprint, s.bands)
        for row, s in zip(rows.iter_rows(named=True), sign(rows["text"].to_list()), strict=True)
    ]


def _members(read: Read, clusters: Sequence[str]) -> pl.DataFrame:
    """All documents of some clusters; those that have no signature of this version yet are signed here."""
    if not clusters:
        return _NO_MEMBERS  # as for every batch that comes for the first time
    members = read(_MEMBERS, [list(clusters), SIGNATURE_VERSION])
    missing = members.filter(pl.col("bands").is_null())
    if missing.is_empty():
        return members.drop("unsigned_text")
    signatures = sign(missing["unsigned_text"].to_list())
    signed = missing.with_columns(
        pl.Series("fingerprint", [s.fingerprint for s in signatures], pl.Int64),
        pl.Series("bands", [list(s.bands) for s in signatures], pl.List(pl.Int64)),
    )
    return pl.concat([members.filter(pl.col("bands").is_not_null()), signed]).drop("unsigned_text")


def _pages(frame: pl.DataFrame, *, settled: bool) -> list[Page]:
    return [
        Page(
            row["document_id"],
            row["published"],
            Signature(row["fingerprint"], tuple(row["bands"])),
            row["canonical_document_id"] if settled else None,
        )
        for row in frame.iter_rows(named=True)
    ]


def _texts(read: Read, own: Mapping[str, str]) -> Callable[[Sequence[str]], dict[str, str]]:
    """Texts by document: those at hand, the others from the warehouse."""

    def texts_of(document_ids: Sequence[str]) -> dict[str, str]:
        found = {i: own[i] for i in document_ids if i in own}
        missing = [i for i in document_ids if i not in own]
        if missing:
            # Named one by one, DuckDB finds them by the key; a join would read every text there is.
            places = ", ".join("?" * len(missing))
            sql = f"SELECT document_id, text FROM cleaned.documents WHERE document_id IN ({places})"  # noqa: S608
            found |= dict(read(sql, missing).iter_rows())
        return found

    return texts_of


def _moved(
    read: Read, canonical: Mapping[str, str], loose: pl.DataFrame, likely: pl.DataFrame, batch: str
) -> pl.DataFrame:
    """Documents of other batches with a new canonical page: loose ones one by one, settled clusters whole."""
    settled = sorted(set(likely["canonical_document_id"]) & set(canonical))
    if not settled:
        return _changed(loose, canonical)
    rest = read(
        "SELECT document_id, canonical_document_id FROM cleaned.documents "
        "WHERE batch <> ? AND canonical_document_id IN (SELECT unnest(?::VARCHAR[]))",
        [batch, settled],
    ).with_columns(pl.col("canonical_document_id").replace_strict(dict(canonical), default=None))
    return pl.concat([_changed(loose, canonical), rest.cast(_MOVED)])


def _changed(members: pl.DataFrame, canonical: Mapping[str, str]) -> pl.DataFrame:
    rows = [
        (document_id, canonical[document_id])
        for document_id, before in members.select("document_id", "canonical_document_id").iter_rows()
        if canonical[document_id] != before
    ]
    return pl.DataFrame(rows, schema=_MOVED, orient="row")


_MOVED = pl.Schema({name: DOCUMENTS.polars_schema[name] for name in ("document_id", "canonical_document_id")})
_NO_MEMBERS = pl.DataFrame(
    schema={name: DOCUMENTS.polars_schema[name] for name in ("document_id", "batch", "published")}
    | {name: _MOVED[name] for name in ("canonical_document_id",)}
    | {name: SIGNATURES.polars_schema[name] for name in ("fingerprint", "bands")}
)
