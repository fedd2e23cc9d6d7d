"""How much longer a step takes, as it is shown."""

from __future__ import annotations

import pytest

from pipelines.cli.display import remaining


@pytest.mark.parametrize(
    ("seconds", "share", "expected"),
    [
        (1, 0.5, ""),
        (600, 0.001, ""),
        (600, 1.0, ""),
        (60, 0.9, " · less than a minute left"),
        (60, 0.25, " · about 3 min left"),
        (3600, 0.25, " · about 3 h left"),
    ],
)
def test_the_time_left_is_told_once_it_can_be(seconds: float, share: float, expected: str) -> None:
    assert remaining(seconds, share) == expected
