"""Resolution keeps the precision and recall that the documentation tells."""

import pytest

from benchmarks.resolution.benchmark import frame_of, labelled, precision_and_recall, resolve_all


@pytest.mark.parametrize(("name", "least"), [("mentions", 150), ("blind", 140)])
def test_labelled_mentions_resolve_with_precision_and_recall_of_nine_tenths(name: str, least: int) -> None:
    rows = labelled(name)
    assert len(rows) >= least and len({r["language"] for r in rows}) >= 5
    found = resolve_all(frame_of({k: v for k, v in row.items() if k != "gold"} for row in rows))
    for held_out in (False, True):
        assert min(precision_and_recall(rows, found, held_out)) >= 0.9
