"""A vocabulary folder of one's own, laid over the shipped one: each in a process, for a process reads one only."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assets.vocabulary.files import FOLDER

ROOT = Path(__file__).parents[3]
# "glonk" is no word: only a vocabulary that was given it can tell what it does.
SENTENCE = "Soldiers of Iran glonked a village in Iraq on Monday."


def attache(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "attache.toml").write_text('vocabulary = "words"\n')
    return tmp_path


def coded(folder: Path, workers: int) -> list[list[str]]:
    lines = "".join(json.dumps({"id": n, "lang": "en", "text": SENTENCE}) + "\n" for n in range(40))
    done = attache(folder, "code", "--workers", str(workers), stdin=lines)
    assert done.returncode == 0, done.stderr
    return [[event["root"] for event in json.loads(line)["events"]] for line in done.stdout.splitlines()]


def test_a_copied_file_takes_the_place_of_the_shipped_one_in_workers_as_well(folder: Path) -> None:
    (folder / "words").mkdir()
    assert coded(folder, 1) == [[]] * 40
    done = attache(folder, "language", "copy", "en", "events")
    assert done.returncode == 0 and done.stdout.strip().endswith("words/en/events.toml")
    copy = folder / "words/en/events.toml"
    assert copy.read_bytes() == (FOLDER / "en/events.toml").read_bytes()
    copy.write_text(copy.read_text() + '\n[[event]]\ntype = "ASSAULT"\nverbs = ["glonk", "=glonked"]\n')
    assert coded(folder, 1) == coded(folder, 2) == [["ASSAULT"]] * 40
    again = attache(folder, "language", "copy", "en", "events")
    assert again.returncode == 0 and "left as it is" in again.stderr and "glonk" in copy.read_text()


def test_a_new_language_begins_in_the_folder_and_is_read_from_there(folder: Path) -> None:
    done = attache(folder, "language", "new", "sw")
    assert done.returncode == 0 and (folder / "words/sw/grammar.toml").is_file()
    assert not (FOLDER / "sw").exists()
    assert attache(folder, "language", "check").stdout.count("\nsw: ") == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"words/en/event.toml": ""}, "would not be read"),
        ({"words/english/events.toml": ""}, "would not be read"),
        ({"words": "a file"}, "is no folder"),
        ({}, "is no folder"),
        ({"words/en/events.toml": 'ignore = []\n[[event]]\ntype = "INVADE"\nverbs = ["x"]\n'}, "line 2: event.0"),
        (
            {"words/en/places.toml": '[towns.MLI]\nAtlantis = ["Atlantis"]\n'},
            "Atlantis: GeoNames has no town",
        ),
        ({"words/en/places.toml": '[towns.Mali]\nGao = ["Gao"]\n'}, "line 1: towns.Mali"),
    ],
)
def test_mistakes_are_told_by_file(folder: Path, files: dict[str, str], said: str) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    done = attache(folder, "language", "check", "en")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_copy_needs_a_folder_and_a_shipped_file(folder: Path) -> None:
    assert "no vocabulary of 'sw'" in attache(folder, "language", "copy", "sw").stderr
    assert "there are actors" in attache(folder, "language", "copy", "en", "nouns").stderr
    (folder / "attache.toml").write_text("")
    assert "attache.toml" in attache(folder, "language", "copy", "en").stderr
