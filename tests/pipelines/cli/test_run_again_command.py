"""`attache run --again` where no corpus is named: the one that the warehouse was made of is meant."""

import json
from collections.abc import Callable
from pathlib import Path

Attache = Callable[..., tuple[int, str, str]]
TALKS = "The president of Chad met the president of Niger in Niamey on Monday, officials of both countries said."


def test_the_corpus_that_the_warehouse_knows_is_run_again(attache: Attache, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("a.txt", "b.txt"):
        (pages / name).write_text(f"Talks\n\n{TALKS} {name}")
    assert attache("run", "pages", "--engine", "none")[0] == 0
    code, out, _ = attache("run", "--again", "all", "--engine", "none", "--json")
    again = json.loads(out)
    assert code == 0 and again["corpus"] == str(pages) and len(again["batches"]) == 1
    other = tmp_path / "one file.txt"
    other.write_text(f"Talks\n\n{TALKS} once more")
    assert attache("run", "one file.txt", "--engine", "none")[0] == 0
    code, _, err = attache("run", "--again", "stale")
    assert code == 2 and f"'{other}'" in err and str(pages) in err and "Traceback" not in err
    assert attache("run", "one file.txt", "--again", "all", "--engine", "none")[0] == 0
