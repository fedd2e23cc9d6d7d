"""`attache run` where there is nothing to run: a folder that is not there, or holds no page."""

from collections.abc import Callable
from pathlib import Path

Attache = Callable[..., tuple[int, str, str]]


def test_a_missing_corpus_makes_no_warehouse(attache: Attache, tmp_path: Path) -> None:
    code, _, err = attache("run", "nowhere")
    assert code == 2
    assert "nowhere does not exist" in err
    assert not (tmp_path / "attache.duckdb").exists()


def test_an_empty_corpus_is_not_called_known(attache: Attache, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, out, _ = attache("run", "empty")
    assert code == 0
    assert "No page was found" in out
    assert "already" not in out
    assert "queries to try" not in out
