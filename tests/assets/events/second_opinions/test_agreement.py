"""Two coders' events are paired the likeliest way, and chance is taken off their agreement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.events.second_opinions.agreement import Coding, Pairing, cohens_kappa, compare

VISIT, RAID = Coding("CONSULT", "TUR", "MLI"), Coding("ASSAULT", "SDN", "TCD")
CODINGS = st.lists(
    st.builds(
        Coding,
        st.sampled_from(["CONSULT", "ASSAULT", "AID"]),
        st.sampled_from([None, "TUR", "MLI"]),
        st.sampled_from([None, "TUR", "MLI"]),
    ),
    max_size=5,
)


def test_each_kind_of_agreement() -> None:
    assert compare([VISIT], [VISIT]) == [Pairing(0, 0, "agreed")]
    assert compare([VISIT], [VISIT._replace(target="NER")]) == [Pairing(0, 0, "actors_differ")]
    assert compare([VISIT], [VISIT._replace(plover_type="AGREE")]) == [Pairing(0, 0, "type_differs")]
    assert compare([VISIT], [RAID]) == [Pairing(0, None, "only_rules"), Pairing(None, 0, "only_second")]
    assert compare([], []) == [Pairing(None, None, "neither")]


def test_the_likeliest_are_paired_first() -> None:
    assert compare([RAID, VISIT], [VISIT, RAID]) == [Pairing(0, 1, "agreed"), Pairing(1, 0, "agreed")]


@given(first=CODINGS, second=CODINGS)
def test_every_event_stands_in_one_comparison(first: list[Coding], second: list[Coding]) -> None:
    pairs = compare(first, second)
    assert sorted(p.first for p in pairs if p.first is not None) == list(range(len(first)))
    assert sorted(p.second for p in pairs if p.second is not None) == list(range(len(second)))


def test_kappa_takes_chance_off() -> None:
    # Observed agreement 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5: (0.7 - 0.5) / 0.5.
    pairs = [("A", "A")] * 40 + [("A", "B")] * 10 + [("B", "A")] * 20 + [("B", "B")] * 30
    assert cohens_kappa(pairs) == pytest.approx(0.4)
    assert cohens_kappa([]) is None
    assert cohens_kappa([("A", "A")] * 3) is None
