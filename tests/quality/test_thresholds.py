"""The thresholds file: defaults, a user's file over them, and messages that name key, value and what is allowed."""

from __future__ import annotations

import pytest

from quality.suites.every import check_levels, suite_of
from quality.thresholds import ThresholdsError, load_thresholds


def written(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_users_file_replaces_what_it_names_and_nothing_else(tmp_path):
    mine = load_thresholds(written(tmp_path, "[cleaned.documents]\nmin_body_characters = 7\n"))
    default = load_thresholds()
    assert mine.cleaned.documents.min_body_characters == 7 != default.cleaned.documents.min_body_characters
    assert mine.cleaned.documents.max_short_share == default.cleaned.documents.max_short_share
    assert mine.events == default.events


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[general]\nmax_quarantined_share = 7\n", ["general.max_quarantined_share", "7", "less than or equal to 1"]),
        ("[general]\nvolume_ratio = [3, 1]\n", ["general.volume_ratio", "[3, 1]", "must not be greater"]),
        ("[raw.documents]\nmin_charakters = 7\n", ["raw.documents.min_charakters", "not a threshold"]),
        (
            '[levels]\n"raw.documents.content.length" = "stop"\n',
            ["levels.raw.documents.content.length", "stop", "block"],
        ),
        ("[general\n", ["not TOML", "line 1"]),
    ],
)
def test_a_mistake_is_explained(tmp_path, text, parts):
    file = written(tmp_path, text)
    with pytest.raises(ThresholdsError) as error:
        load_thresholds(file)
    for part in (*parts, str(file)):
        assert part in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ThresholdsError, match="there is no thresholds file"):
        load_thresholds(tmp_path / "gone.toml")


def test_levels_for_tables_or_rules_that_are_not_there_are_told(tmp_path, warehouse):
    from quality.inspection import inspect

    with pytest.raises(ThresholdsError, match="names no judged table"):
        check_levels(load_thresholds(written(tmp_path, '[levels]\n"raw.docs.content.length" = "warn"\n')))
    for level, message in (
        ('"raw.documents.content.size" = "warn"', "names no rule"),
        ('"raw.documents.volume.rows" = "row"', "no rows to take out"),
        ('"raw.rejected.reasons.reason" = "row"', "no quarantine"),
    ):
        thresholds = load_thresholds(written(tmp_path, f"[levels]\n{level}\n"))
        check_levels(thresholds)
        table = "raw.rejected" if "rejected" in level else "raw.documents"
        with pytest.raises(ThresholdsError, match=message):
            inspect(warehouse, suite_of(table), "b0001", "run", thresholds)
