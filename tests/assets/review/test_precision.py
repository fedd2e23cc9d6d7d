"""Estimates of precision from verdicts, and the draw that they rest on."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.review.verdicts.judgement import JudgedMention, Judgement, judge
from assets.review.verdicts.precision import estimate, wilson
from assets.review.verdicts.rows import Verdict
from assets.review.verdicts.sampling import draw


@dataclass(frozen=True)
class Mention:
    mention_id: str
    plover_type: str
    language: str


MENTIONS = st.lists(
    st.builds(
        Mention,
        st.integers(0, 10_000).map(str),
        st.sampled_from(["AID", "ASSAULT", "CONSULT"]),
        st.sampled_from(["en", "ar"]),
    ),
    max_size=40,
    unique_by=lambda m: m.mention_id,
)


def verdict(number: int, verdict: str, plover_type: str = "AID", **more: str) -> Verdict:
    mention = JudgedMention(
        str(number), "s", "d", "en", "Text.", None, plover_type, None, "TUR", "MLI", "actual", 0.8
    )
    corrections = {"target": "NER"} if verdict == "corrected" else {}
    return judge(mention, Judgement(verdict, corrections, drawn_from=more.get("drawn_from", "sample")), "Ada", NOW)


NOW = datetime(2026, 1, 1)


@given(mentions=MENTIONS, size=st.integers(0, 50))
def test_the_draw_is_even_the_same_each_time_and_goes_on_where_it_stopped(mentions: list[Mention], size: int) -> None:
    drawn = draw(mentions, size)
    assert len(drawn) == min(size, len(mentions)) == len({m.mention_id for m in drawn})
    assert drawn == draw(list(reversed(mentions)), size)
    counts = {key: sum((m.plover_type, m.language) == key for m in drawn) for key in _strata(mentions)}
    for key, count in counts.items():
        # A stratum has fewer than another by more than one only where it has no more to give.
        assert count >= max(counts.values()) - 1 or count == _strata(mentions)[key]


def _strata(mentions: list[Mention]) -> dict[tuple[str, str], int]:
    keys = [(m.plover_type, m.language) for m in mentions]
    return {key: keys.count(key) for key in keys}


def test_wilsons_bounds() -> None:
    # Worked by hand from the formula for 8 of 10, z = 1.96: (0.8 + 0.192 ± 1.96 * sqrt(0.016 + 0.0096)) / 1.384.
    low, high = wilson(0.8, 10)
    assert (low, high) == (pytest.approx(0.490, abs=0.001), pytest.approx(0.943, abs=0.001))
    assert wilson(1.0, 3)[1] == 1.0 and wilson(0.0, 3)[0] == 0.0


def test_strata_count_by_their_share_of_the_mentions() -> None:
    verdicts = [verdict(n, "right") for n in range(4)] + [verdict(10 + n, "wrong", "ASSAULT") for n in range(4)]
    figures = {(p.group, p.measure): p for p in estimate(verdicts, {("AID", "en"): 90, ("ASSAULT", "en"): 10})}
    whole = figures["all", "exact"]
    assert whole.share == pytest.approx(0.9) and whole.low < 0.9 < whole.high
    assert (whole.judged, whole.mentions) == (8, 100)
    assert figures["AID", "exact"].share == 1.0 and figures["AID", "exact"].low < 0.55
    assert figures["en", "type"].share == pytest.approx(0.9)


def test_a_correction_of_an_actor_leaves_the_type_right() -> None:
    figures = {(p.group, p.measure): p.share for p in estimate([verdict(1, "corrected")], {("AID", "en"): 1})}
    assert figures["AID", "type"] == 1.0 and figures["AID", "exact"] == 0.0


def test_what_was_picked_out_does_not_count() -> None:
    assert estimate([verdict(1, "wrong", drawn_from="unsure")], {("AID", "en"): 5}) == []


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        (Judgement("maybe"), "allowed are right, wrong, corrected"),
        (Judgement("right", {"type": "AID"}), "must be corrected"),
        (Judgement("corrected"), "nothing is corrected"),
        (Judgement("corrected", {"type": "INVADE"}), "no PLOVER type"),
        (Judgement("corrected", {"mode": "aerial"}), "no mode of AID"),
        (Judgement("corrected", {"target": "Atlantis"}), "is no country"),
        (Judgement("corrected", {"status": "maybe"}), "no status"),
        (Judgement("corrected", {"colour": "red"}), "cannot be corrected"),
        (Judgement("right", drawn_from="luck"), "no way of drawing"),
    ],
)
def test_a_judgement_that_cannot_be_meant_is_refused(judgement: Judgement, words: str) -> None:
    mention = JudgedMention("m", "s", "d", "en", "Text.", None, "AID", None, "TUR", "MLI", "actual", 0.8)
    with pytest.raises(ValueError, match=words):
        judge(mention, judgement, "Ada", NOW)


def test_a_new_type_takes_the_old_mode_away_and_countries_are_read_by_name() -> None:
    mention = JudgedMention("m", "s", "d", "en", "T.", None, "ASSAULT", "aerial", None, "MLI", "actual", 0.8)
    made = judge(mention, Judgement("corrected", {"type": "aid", "source": "Türkiye", "target": ""}), "Ada", NOW)
    assert (made.right_type, made.right_mode, made.right_source_country, made.right_target_country) == (
        "AID",
        None,
        "TUR",
        None,
    )
