"""Code versions change with the files that make an asset, and only with them."""

from pathlib import Path

import pytest

from assets import code_versions
from assets.code_versions import code_version


def test_a_changed_file_or_vocabulary_changes_the_version_of_what_it_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_versions, "_ASSETS", tmp_path)
    for name in ("one/a.py", "two/b.py", "vocabulary/en/words.toml", "one/__pycache__/a.pyc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first")
    one, two, words = code_version("one"), code_version("two"), code_version("one", "vocabulary/*/words.toml")
    (tmp_path / "one/__pycache__/a.pyc").write_text("second")
    assert code_version("one") == one
    (tmp_path / "one/a.py").write_text("second")
    assert code_version("one") != one and code_version("two") == two
    (tmp_path / "one/a.py").write_text("first")
    (tmp_path / "vocabulary/en/words.toml").write_text("second")
    assert code_version("one") == one and code_version("one", "vocabulary/*/words.toml") != words


def test_a_part_that_is_not_there_is_noticed() -> None:
    with pytest.raises(FileNotFoundError, match="no/such"):
        code_version("no/such")
