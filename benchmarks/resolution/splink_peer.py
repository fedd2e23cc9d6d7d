"""Splink on the labelled mentions, beside our own score: `python -m benchmarks.resolution.splink_peer [FILE ...]`.

Splink learns its weights from the mentions themselves, without labels (u from random pairs, m by expectation
maximisation), compares type by type the same fields as `assets/events/events/score.py`, and joins what it holds
likelier than the threshold. It is given all labelled files together to learn from, and is scored at the threshold
that suits it best, which our score is not. Needs the extra `benchmarks`.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Any

import pandas as pd
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.resolution.benchmark import (
    frame_of,
    kinds_of_pairs,
    labelled,
    pairs_of,
    precision_and_recall,
    resolve_all,
)

FILES = ("mentions", "blind", "blind2")
THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


def _days() -> comparisons.CustomComparison:
    apart = "abs(day_l - day_r)"
    return comparisons.CustomComparison(
        output_column_name="day",
        comparison_levels=[
            levels.NullLevel("day"),
            levels.CustomLevel(f"{apart} = 0", label_for_charts="same day"),
            levels.CustomLevel(f"{apart} = 1", label_for_charts="a day apart"),
            levels.CustomLevel(f"{apart} <= 3", label_for_charts="2 or 3 days apart"),
            levels.ElseLevel(),
        ],
    )


def _settings() -> SettingsCreator:
    exact = ("source_country", "target_country", "source_sector", "target_sector", "mode", "place", "place_country")
    near = "abs(day_l - day_r) <= 7"
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="mention_id",
        comparisons=[*(comparisons.ExactMatch(name) for name in (*exact, "dead", "real")), _days()],
        blocking_rules_to_generate_predictions=[
            f"l.plover_type = r.plover_type and l.file = r.file and l.{side} = r.{side} and {_sides(near)}"
            for side in ("source_country", "target_country", "place")
        ],
        probability_two_random_records_match=0.01,
    )


def _sides(condition: str) -> str:
    return condition.replace("day_l", "l.day").replace("day_r", "r.day")


def trained(rows: Sequence[dict[str, Any]]) -> Linker:
    """A linker that has learnt from the mentions, without their labels."""
    names = (
        "mention_id",
        "file",
        "plover_type",
        "source_country",
        "target_country",
        "source_sector",
        "target_sector",
    )
    frame = pd.DataFrame([{n: r.get(n) for n in (*names, "mode", "place", "place_country", "dead")} for r in rows])
    frame["day"] = [r["event_date"].toordinal() for r in rows]
    frame["real"] = [str(r["status"] in ("actual", "claimed", "denied")) for r in rows]
    api = DuckDBAPI()
    linker = Linker(api.register(frame), _settings())
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("plover_type", "day"), block_on("source_country", "target_country")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker


def clusters(linker: Linker, threshold: float) -> dict[str, Any]:
    """Mention to cluster."""
    pairs = linker.inference.predict(threshold_match_probability=threshold)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold).as_pandas_dataframe()
    return dict(zip(found["mention_id"], found["cluster_id"], strict=True))


def main(files: Sequence[str]) -> None:
    """Print precision and recall of both for each file."""
    logging.disable(logging.WARNING)  # Splink tells each of its steps
    rows = {name: labelled(name) for name in FILES}
    for name, of_file in rows.items():
        for row in of_file:
            row |= {"file": name, "mention_id": f"{name}-{row['mention_id']}"}
    linker = trained([row for of_file in rows.values() for row in of_file])
    found = {threshold: clusters(linker, threshold) for threshold in THRESHOLDS}
    for name in files:
        pairs = kinds_of_pairs(pairs_of(rows[name]))["pairs of one type"]
        bare = [{k: v for k, v in row.items() if k not in ("gold", "file")} for row in rows[name]]
        ours = precision_and_recall(pairs, resolve_all(frame_of(bare)))
        best, threshold = max((_f1(figures := precision_and_recall(pairs, f)), figures, t) for t, f in found.items())[
            1:
        ]
        print(f"{name:10} ours precision {ours[0]:.3f} recall {ours[1]:.3f}   ", end="")
        print(f"Splink precision {best[0]:.3f} recall {best[1]:.3f} (best threshold {threshold})")


def _f1(figures: tuple[float, float]) -> float:
    return 2 * figures[0] * figures[1] / (sum(figures) or 1.0)


if __name__ == "__main__":
    main(sys.argv[1:] or FILES)
