"""A change of rules from end to end, as a user would: what is stale, one month coded anew, the difference read."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assets.vocabulary.files import FOLDER
from pipelines.warehouse import DuckDBWarehouse

ROOT = Path(__file__).parents[2]
FILLER = " The weather was mild for the season. The harvest has begun in the valleys, and the markets are full."
FRENCH = " Le temps était doux pour la saison. La récolte a commencé dans les vallées, et les marchés sont pleins."
# "glonk", "zib" and "plim" are no words: only the vocabulary that the test writes can tell what they do.
PAGES = {
    "2026-03/a": ("2026-03-02", "Soldiers of Iran glonked a village in Iraq on Sunday, police said." + FILLER),
    "2026-03/b": ("2026-03-03", "The government of Chad zibbed Niger on Monday, officials said." + FILLER * 2),
    "2026-03/c": ("2026-03-04", "Kenya plimmed Ghana on Tuesday, officials said." + FILLER * 3),
    "2026-04/d": ("2026-04-02", "Soldiers of Syria glonked a village in Lebanon on Wednesday, police said." + FILLER),
    "2026-05/e": (
        "2026-05-02",
        "Le président du Tchad a rencontré le président du Niger à Niamey vendredi." + FRENCH,
    ),
}
FIRST = {"glonk": "ASSAULT", "zib": "AID"}
SECOND = {"glonk": "COERCE", "plim": "AID"}
FORMS = {"glonk": "glonked", "zib": "zibbed", "plim": "plimmed"}


class Story:
    """A folder with a corpus, a vocabulary and a warehouse, worked on by the command line alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "attache.toml").write_text(
            'corpus = "pages"\nvocabulary = "words"\nengines = ["none"]\nworkers = 1\nbatch_size = 3\n'
        )
        (folder / "words").mkdir()
        (folder / "pages").mkdir()

    def attache(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "pipelines", *arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr if code else done.stdout

    def json(self, *arguments: str) -> Any:
        return json.loads(self.attache(*arguments, "--json"))

    def read(self, sql: str) -> list[tuple[Any, ...]]:
        return DuckDBWarehouse(path=str(self.folder / "attache.duckdb")).read(sql).rows()

    def write_pages(self, names: list[str]) -> None:
        """One file of records a month, so that each month is a batch of its own."""
        for month in sorted({name.partition("/")[0] for name in names}):
            records = [
                {
                    "url": f"https://{n[-1]}.example/{n}",
                    "date": PAGES[n][0],
                    "title": f"Page {n}",
                    "text": PAGES[n][1],
                }
                for n in names
                if n.startswith(month)
            ]
            text = "".join(json.dumps(record) + "\n" for record in records)
            (self.folder / f"pages/{month}.jsonl").write_text(text)

    def write_words(self, words: dict[str, str]) -> None:
        file = self.folder / "words/en/events.toml"
        shipped = (FOLDER / "en/events.toml").read_text()
        entries = [f'[[event]]\ntype = "{t}"\nverbs = ["{w}", "={FORMS[w]}"]\n' for w, t in words.items()]
        file.write_text("\n".join([shipped, *entries]))


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    made = Story(tmp_path_factory.mktemp("story"))
    made.attache("language", "copy", "en", "events")
    made.write_words(FIRST)
    made.write_pages([name for name in PAGES if not name.startswith("2026-05")])
    made.attache("run", "--batch-size", "3")
    yield made
    shutil.rmtree(made.folder, ignore_errors=True)


TYPES = "SELECT source_country, plover_type FROM {} ORDER BY ALL"


def test_a_change_of_rules_is_seen_made_and_read(story: Story) -> None:
    first = story.read(TYPES.format("events"))
    assert first == [("IRN", "ASSAULT"), ("SYR", "ASSAULT"), ("TCD", "AID")]
    assert story.json("status")["stale"] == []

    # The vocabulary changes: what is stale, and why.
    story.write_words(SECOND)
    stale = story.json("status")["stale"]
    assert {entry["table"] for entry in stale} == {"events.mentions"}
    assert {reason for entry in stale for reason in entry["reasons"]} == {"vocabulary/en/events.toml"}
    assert len(stale) == 2 and "vocabulary/en/events.toml" in story.attache("status")

    # One month is coded anew, from the mentions on.
    story.attache("run", "--again", "stale", "--published", "2026-03")
    made = story.read("SELECT table_name, batch[:7], run FROM ops.made WHERE batch <> ''")
    assert {t for t, batch, run in made if run == 2} == {
        "events.mentions", "events.arms", "events.unknown_names", "events.second_opinions",
    }  # fmt: skip
    assert {batch for _, batch, run in made if run == 2} == {"b000001"}
    assert [entry["batch"][:7] for entry in story.json("status")["stale"]] == ["b000002"]
    assert story.read(TYPES.format("events")) == [("IRN", "COERCE"), ("KEN", "AID"), ("SYR", "ASSAULT")]

    # The difference.
    found = story.json("diff", "1", "2")
    assert found["events"] == {"recoded": 1, "added": 1, "removed": 1, "recounted": 0}
    assert found["rules"] == [{"file": "vocabulary/en/events.toml", "change": "changed"}]
    assert {row["cause"] for row in found["by_cause"]} == {"rules"}
    assert found["type_changes"] == [{"before": "ASSAULT", "after": "COERCE", "events": 1}]
    removed = next(example for example in found["examples"] if example["kind"] == "removed")
    assert removed["after"] is None and "zibbed Niger" in removed["before"]["example_text"]
    text = story.attache("diff", "--markdown", "d.md")
    assert "»glonked«" in text and "vocabulary/en/events.toml (changed)" in text
    assert "**glonked**" in (story.folder / "d.md").read_text()
    assert "No event changed" in story.attache("diff", "--type", "PROTEST")
    assert "No event changed" in story.attache("diff", "latest", "latest", "--exit-code")
    assert story.attache("diff", "--exit-code", code=1)

    # What was known before stays known.
    assert story.read(TYPES.format("events_after_run(1)")) == first
    at = story.read("SELECT ended_at FROM ops.runs WHERE run = 1")[0][0]
    assert story.read(TYPES.format(f"events_as_of(TIMESTAMP '{at}')")) == first
    assert json.loads(
        story.attache("sql", "SELECT count(*) AS n FROM events_as_of(DATE '2020-01-01')", "--format", "json")
    ) == {"n": 0}


def test_the_rest_is_coded_anew_and_a_new_page_is_told_from_a_new_rule(story: Story) -> None:
    story.write_words(SECOND)
    story.write_pages(list(PAGES))
    story.attache("run")
    found = story.json("diff", "previous", "latest")
    assert found["events"] == {"recoded": 0, "added": 1, "removed": 0, "recounted": 0}
    assert [row["cause"] for row in found["by_cause"]] == ["new pages"]
    assert [row["language"] for row in found["by_type_and_language"]] == ["fr"]
    story.attache("run", "--again", "stale")
    assert story.json("status")["stale"] == []
    assert story.json("diff")["type_changes"] == [{"before": "ASSAULT", "after": "COERCE", "events": 1}]

    # The French batch has no English sentence, so that another English word leaves it as it is.
    story.write_words(SECOND | {"zib": "AID"})
    assert {entry["batch"][:7] for entry in story.json("status")["stale"]} == {"b000001", "b000002"}
    story.write_words(SECOND)
    assert [run["outcome"] for run in story.json("runs")] == ["done"] * 4

    # A page that is replaced by another one.
    story.write_pages(["2026-05/e", *(name for name in PAGES if not name.startswith("2026-04"))])
    (story.folder / "pages/2026-04.jsonl").write_text(
        json.dumps({"url": "https://d.example/other", "date": "2026-04-02", "text": FILLER.strip() * 3}) + "\n"
    )
    story.attache("run")
    found = story.json("diff")
    assert found["events"] == {"recoded": 0, "added": 0, "removed": 1, "recounted": 0}
    assert [row["cause"] for row in found["by_cause"]] == ["pages gone"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff", "1", "99"], "there is no run 99"),
        (["diff", "yesterday"], "names no run and no time"),
        (["diff", "latest", "1"], "is later than"),
        (["diff", "--cause", "weather"], "weather"),
        (["run", "--published", "2026-03"], "add --again"),
        (["run", "--again", "all", "--published", "2026-13"], "of the calendar"),
        (["run", "--again", "all", "--published", "March"], "is no day, month or year"),
        (["run", "--again", "all", "--published", "2026-04..2026-03"], "ends before it begins"),
    ],
)
def test_mistakes_are_told(story: Story, arguments: list[str], said: str) -> None:
    told = story.attache(*arguments, code=2)
    assert said in told and "Traceback" not in told
