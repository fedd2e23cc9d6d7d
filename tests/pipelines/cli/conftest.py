"""The command line, called in this process as the console script calls it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import pipelines.cli


@pytest.fixture
def attache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTACHE_CONFIG", "")  # so that what `--config` sets is undone
    for name in [n for n in os.environ if n.startswith("ATTACHE_") and n != "ATTACHE_CONFIG"]:
        monkeypatch.delenv(name)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            pipelines.cli.main(list(arguments))
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return call
