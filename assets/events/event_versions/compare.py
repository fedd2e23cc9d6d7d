"""What changed between two states of the events: which were added, removed, coded otherwise, and why.

An event is found again by its id; where that changed, by the sentences it is told in, and last by what it says. Why
it changed is read off its mentions: they are on new pages, on pages that have gone, went over from another event, or
were coded otherwise on a page that was there before and after. Frames in, a frame out; nothing is read here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from assets.events.event_versions.rows import VERSION_COLUMNS
from assets.events.events.rows import EVENTS

ADDED: Final = "added"
REMOVED: Final = "removed"
RECODED: Final = "recoded"
RECOUNTED: Final = "recounted"
UNCHANGED: Final = "unchanged"
KINDS = (RECODED, ADDED, REMOVED, RECOUNTED)
"""What a change can be; recounted is an event that is coded as before, and told more or less often or surely."""

RULES: Final = "rules"
NEW_PAGES: Final = "new pages"
PAGES_GONE: Final = "pages gone"
MERGING: Final = "merging"
PAGE_DETAILS: Final = "page details"
CAUSES: Mapping[str, str] = {
    RULES: "sentences of pages that were there are coded otherwise, or no longer, or only now",
    NEW_PAGES: "told on pages that came",
    PAGES_GONE: "told on pages that went or were replaced",
    MERGING: "the same mentions, put together into events otherwise",
    PAGE_DETAILS: "dates, publishers or copies of its pages changed",
}
"""Why an event changed, the causes that people look for first at the head."""

ASPECTS: Mapping[str, tuple[str, ...]] = {
    "type": ("plover_type",),
    "mode": ("mode", "cameo_code"),
    "actors": (
        *("source_country", "source_sector", "source_actor_id"),
        *("target_country", "target_sector", "target_actor_id"),
    ),
    "date": ("event_date", "date_precision", "date_min", "date_max"),
    "place": ("place_name", "place_country", "geonames_id", "place_admin1", "place_admin1_name", "place_precision"),
    "status": ("status", "disputed", "conflicts"),
    "numbers": ("dead_min", "dead_max", "injured_min", "injured_max"),
    "contexts": ("contexts",),
}
"""In what an event can be coded otherwise, and the columns that tell it."""

_CODED = tuple(name for names in ASPECTS.values() for name in names)
_COUNTED = tuple(name for name in EVENTS.column_names if name not in (*_CODED, "event_id"))
NEEDED = (*EVENTS.column_names, "version", "segment_ids", "document_ids", "mention_contents")
"""The columns of `events.event_versions` that `compare` looks at."""
_SAYS = (
    "plover_type",
    "mode",
    "source_country",
    "source_actor_id",
    "target_country",
    "target_actor_id",
    "event_date",
)
_CHANGES_SCHEMA = {
    "before_id": pl.String(), "before_version": pl.Int64(), "after_id": pl.String(), "after_version": pl.Int64(),
    "kind": pl.String(), "causes": pl.List(pl.String()), "aspects": pl.List(pl.String()), "plover_type": pl.String(),
    "new_type": pl.String(), "languages": pl.List(pl.String()), "confidence": pl.Float64(),
}  # fmt: skip


def compare(
    before: pl.DataFrame, after: pl.DataFrame, new_documents: pl.Series, gone_documents: pl.Series
) -> pl.DataFrame:
    """One row a changed event: its ids and versions before and after, kind, causes, aspects, type, languages.

    `before` and `after` hold the rows (`NEEDED`) of the events that are not the same in both states.
    `new_documents` came between the two, `gone_documents` went.
    """
    pairs = _pairs(before, after)
    told = (
        _told(pairs.select("pair", event_id="before_id"), before),
        _told(pairs.select("pair", event_id="after_id"), after),
    )
    causes = _causes(*told, new_documents, gone_documents)
    aspects, recounted = _differences(pairs, before, after)
    facts_before = before.select(
        before_id="event_id", before_version="version", old_type="plover_type", old_languages="languages",
        old_confidence="confidence",
    )  # fmt: skip
    facts_after = after.select(
        after_id="event_id", after_version="version", new_type="plover_type", new_languages="languages",
        new_confidence="confidence",
    )  # fmt: skip
    changes = (
        pairs.join(facts_before, on="before_id", how="left")
        .join(facts_after, on="after_id", how="left")
        .join(causes, on="pair", how="left")
        .join(aspects, on="pair", how="left")
        .join(recounted, on="pair", how="left")
        .with_columns(
            kind=pl.when(pl.col("before_id").is_null()).then(pl.lit(ADDED))
            .when(pl.col("after_id").is_null()).then(pl.lit(REMOVED))
            .when(pl.col("aspects").is_not_null()).then(pl.lit(RECODED))
            .when(pl.col("recounted").is_not_null()).then(pl.lit(RECOUNTED))
            .otherwise(pl.lit(UNCHANGED)),
            causes=pl.coalesce("causes", pl.lit([PAGE_DETAILS])),
            aspects=pl.coalesce("aspects", pl.lit([], dtype=pl.List(pl.String()))),
            plover_type=pl.coalesce("old_type", "new_type"),
            languages=pl.concat_list(
                pl.coalesce("old_languages", pl.lit([], dtype=pl.List(pl.String()))),
                pl.coalesce("new_languages", pl.lit([], dtype=pl.List(pl.String()))),
            ).list.unique().list.sort(),
            confidence=pl.max_horizontal("old_confidence", "new_confidence"),
        )
    )  # fmt: skip
    return changes.select(pl.col(name).cast(kind) for name, kind in _CHANGES_SCHEMA.items()).sort(
        "kind", "plover_type", pl.coalesce("before_id", "after_id")
    )


def _pairs(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Which event of the one state is which of the other: before_id, after_id (one of them may be null), pair."""
    same = before.select(before_id="event_id").join(
        after.select(before_id="event_id", after_id="event_id"), on="before_id", how="inner"
    )
    found = [same]
    for candidates in (_by_sentence, _by_what_they_say):
        matched = pl.concat(found)
        left = before.join(matched, left_on="event_id", right_on="before_id", how="anti")
        right = after.join(matched, left_on="event_id", right_on="after_id", how="anti")
        found.append(_best(candidates(left, right)))
    matched = pl.concat(found)
    removed = before.select(before_id="event_id").join(matched, on="before_id", how="anti")
    added = after.select(after_id="event_id").join(matched, on="after_id", how="anti")
    return pl.concat(
        [
            matched,
            removed.with_columns(after_id=pl.lit(None, pl.String)),
            added.select(before_id=pl.lit(None, pl.String), after_id="after_id"),
        ]
    ).with_row_index("pair")


def _by_sentence(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Events told in the same sentence that share type or a side; the more they share, the better."""
    columns = ("event_id", "plover_type", "source_country", "target_country", "segment_ids")
    left = before.select(columns).explode("segment_ids").unique()
    right = after.select(columns).explode("segment_ids").unique()
    alike = [pl.col(name) == pl.col(f"{name}_right") for name in columns[1:4]]
    return (
        left.join(right, on="segment_ids", how="inner")
        .with_columns(likeness=pl.sum_horizontal(a.fill_null(value=False).cast(pl.Float64) for a in alike))
        .filter(pl.col("likeness") > 0)
        .group_by(before_id="event_id", after_id="event_id_right")
        .agg(score=pl.len() + pl.col("likeness").max() / 4)
    )


def _by_what_they_say(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Dated events with the same type, sides and day, as when a page was replaced or is cleaned otherwise."""
    left = before.filter(pl.col("event_date").is_not_null()).select("event_id", *_SAYS)
    right = after.select("event_id", *_SAYS)
    return left.join(right, on=_SAYS, how="inner", nulls_equal=True).select(
        before_id="event_id", after_id="event_id_right", score=pl.lit(1.0)
    )


def _best(candidates: pl.DataFrame) -> pl.DataFrame:
    """Each event with at most one of the other state: the best pairs first, of equals the first by id."""
    found = []
    left = candidates.sort(pl.col("score"), "before_id", "after_id", descending=[True, False, False])
    while left.height:
        ranked = left.with_row_index("rank")
        best = ranked.filter(
            (pl.col("rank") == pl.col("rank").min().over("before_id"))
            & (pl.col("rank") == pl.col("rank").min().over("after_id"))
        ).select("before_id", "after_id")
        found.append(best)
        left = left.join(best, on="before_id", how="anti").join(best, on="after_id", how="anti")
    empty = pl.DataFrame(schema={"before_id": pl.String, "after_id": pl.String})
    return pl.concat([empty, *found])


def _told(events: pl.DataFrame, state: pl.DataFrame) -> pl.DataFrame:
    """One row a mention of the paired events: pair, sentence, page, and what it was coded as."""
    return (
        events.drop_nulls()
        .join(state.select("event_id", "segment_ids", "document_ids", "mention_contents"), on="event_id", how="inner")
        .explode("segment_ids", "document_ids", "mention_contents")
        .select("pair", segment="segment_ids", document="document_ids", content="mention_contents")
        .drop_nulls()
    )


def _causes(
    before: pl.DataFrame, after: pl.DataFrame, new_documents: pl.Series, gone_documents: pl.Series
) -> pl.DataFrame:
    """Pair and causes, for the pairs whose mentions are not the same."""
    one_sided = []
    for own, other, documents, word in (
        (before, after, gone_documents, PAGES_GONE),
        (after, before, new_documents, NEW_PAGES),
    ):
        elsewhere = other.select("segment", "content", moved=pl.lit(value=True)).unique()
        one_sided.append(
            own.join(other, on=["pair", "segment", "content"], how="anti")
            .join(elsewhere, on=["segment", "content"], how="left")
            .select(
                "pair",
                cause=pl.when(pl.col("document").is_in(documents)).then(pl.lit(word))
                .when(pl.col("moved").is_not_null()).then(pl.lit(MERGING))
                .otherwise(pl.lit(RULES)),
            )
        )  # fmt: skip
    order = {cause: number for number, cause in enumerate(CAUSES)}
    return (
        pl.concat(one_sided)
        .unique()
        .sort(pl.col("cause").replace_strict(order, return_dtype=pl.Int64))
        .group_by("pair", maintain_order=True)
        .agg(causes="cause")
    )


def _differences(pairs: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Of events in both states: pair and aspects where coded otherwise; pair where only counted otherwise."""
    both = (
        pairs.drop_nulls()
        .join(before.select(pl.exclude(*VERSION_COLUMNS)), left_on="before_id", right_on="event_id", how="inner")
        .join(
            after.select(pl.exclude(*VERSION_COLUMNS)),
            left_on="after_id",
            right_on="event_id",
            suffix="_now",
            how="inner",
        )
    )
    marks = [
        pl.when(_any_differs(names)).then(pl.lit(aspect)).alias(f"aspect_{aspect}")
        for aspect, names in ASPECTS.items()
    ]
    aspects = (
        both.select("pair", pl.concat_list(marks).list.drop_nulls().alias("aspects"))
        .filter(pl.col("aspects").list.len() > 0)
    )  # fmt: skip
    recounted = both.filter(_any_differs(_COUNTED)).select("pair", recounted=pl.lit(value=True))
    return aspects, recounted


def _any_differs(names: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_now")) for name in names)
