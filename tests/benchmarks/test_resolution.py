"""Resolution keeps the precision and recall that the documentation tells."""

from benchmarks.resolution.benchmark import frame_of, labelled, precision_and_recall, resolve_all


def test_labelled_mentions_resolve_with_precision_and_recall_of_nine_tenths() -> None:
    rows = labelled()
    assert len(rows) >= 150 and len({r["language"] for r in rows}) >= 5
    found = resolve_all(frame_of({k: v for k, v in row.items() if k != "gold"} for row in rows))
    for held_out in (False, True):
        assert min(precision_and_recall(rows, found, held_out)) >= 0.9
