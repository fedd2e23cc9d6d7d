"""Where actors stand on both sides: what counts as exchanged, and what explains a change of places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assets.translated.segments.agreement import NamedActor
from assets.translated.segments.meaning import encode
from assets.translated.segments.order import (
    counterparts,
    order_is_kept,
    parts_are_exchanged,
    speakers_are_exchanged,
)

SOURCE = "Aland xx Bland yy, Aland zz"
FIRST, SECOND = NamedActor("AAA", 0, 5), NamedActor("BBB", 9, 14)
SAME, TURNED = (FIRST, SECOND), (replace(FIRST, start=9, end=14), replace(SECOND, start=0, end=5))


def exchanged(theirs: tuple[NamedActor, ...], ours: tuple[NamedActor, ...]) -> bool:
    return parts_are_exchanged(SOURCE, SOURCE, theirs, ours, None, "xx")


def test_two_actors_in_each_others_places_are_exchanged() -> None:
    assert exchanged(SAME, TURNED)
    assert not exchanged(SAME, SAME)
    assert not exchanged(SAME, (FIRST,))
    assert order_is_kept(SOURCE, SOURCE, SAME, SAME, "xx")
    assert not order_is_kept(SOURCE, SOURCE, SAME, TURNED, "xx")
    assert not order_is_kept(SOURCE, SOURCE, SAME[:1], SAME[:1], "xx")


@pytest.mark.parametrize(
    "explained",
    [
        (replace(TURNED[0], case="agent"), TURNED[1]),
        (replace(TURNED[0], attributed=True), TURNED[1]),
    ],
)
def test_a_passive_or_a_moved_speaker_explains_it(explained: tuple[NamedActor, ...]) -> None:
    assert not exchanged(SAME, explained)


def test_an_actor_that_keeps_its_case_keeps_its_part() -> None:
    theirs = (FIRST, replace(SECOND, case="target"))
    assert not exchanged(theirs, (TURNED[0], replace(TURNED[1], case="target")))
    assert exchanged(theirs, (replace(TURNED[0], case="target"), TURNED[1]))


def test_actors_named_again_and_again_are_exchanged_only_all_along() -> None:
    again = NamedActor("AAA", 19, 24)
    assert not exchanged((*SAME, again), (*TURNED, again))
    turned_again = replace(again, who="BBB")
    assert exchanged((*SAME, again), (*TURNED, turned_again))


def test_a_vague_sector_is_not_followed_beside_a_country() -> None:
    ours = (replace(TURNED[0], who="GOV", is_country=False), TURNED[1])
    assert not exchanged((replace(FIRST, who="GOV", is_country=False), SECOND), ours)


def test_clauses_that_changed_places_explain_it() -> None:
    source, english = "Aland came, when Bland left", "Bland left, when Aland came"
    theirs = (FIRST, NamedActor("BBB", 17, 22, clause_start=12))
    ours = (NamedActor("BBB", 0, 5), NamedActor("AAA", 17, 22, clause_start=12))

    def by_word(texts: object, vectors: dict[str, list[float]] = {"came": [1.0, 0.0], "left": [0.0, 1.0]}) -> object:  # noqa: B006
        return np.array([vectors[next(word for word in vectors if word in text)] for text in texts])  # type: ignore[attr-defined]

    assert not parts_are_exchanged(source, english, theirs, ours, by_word, "xx")  # type: ignore[arg-type]
    swapped = (replace(ours[0], who="AAA"), replace(ours[1], who="BBB"))
    assert not parts_are_exchanged(source, source, theirs, swapped, by_word, "xx")  # type: ignore[arg-type]
    assert parts_are_exchanged(source, source, theirs, ours, by_word, "xx")  # type: ignore[arg-type]


def test_what_is_put_before_its_sentence_changes_no_places() -> None:
    source, english = "Aland withdrew after talks with Bland.", "After talks with Bland, Aland withdrew."
    theirs = (FIRST, NamedActor("BBB", 32, 37, case="with"))
    ours = (NamedActor("BBB", 17, 22, case="with"), NamedActor("AAA", 24, 29))
    assert not parts_are_exchanged(source, english, theirs, ours, None, "en")
    assert not order_is_kept(source, english, theirs, ours, "en")
    swapped = (replace(ours[0], who="AAA"), replace(ours[1], who="BBB"))
    assert not order_is_kept(source, english, theirs, swapped, "en")  # though they are named in the same order


def test_what_follows_that_on_both_sides_did_not_move() -> None:
    text = "Aland denied that Bland would leave."
    theirs = (FIRST, NamedActor("BBB", 18, 23, clause_start=13))
    ours = (NamedActor("BBB", 0, 5), NamedActor("AAA", 18, 23, clause_start=13))
    assert parts_are_exchanged(text, text, theirs, ours, None, "en")


def test_whoever_both_sides_tell_the_same_of_has_not_changed_places() -> None:
    agreed = {frozenset(("AAA", "BBB"))}
    assert not parts_are_exchanged(SOURCE, SOURCE, SAME, TURNED, None, "xx", agreed)


def test_actors_of_one_country_are_told_apart_by_what_they_are() -> None:
    theirs = (replace(FIRST, sector="OPP"), NamedActor("GOV", 9, 14, False, sector="GOV"))
    right = (replace(FIRST, sector="OPP"), NamedActor("GOV", 9, 14, False, sector="GOV"))
    swapped = (replace(FIRST, sector="GOV"), NamedActor("OPP", 9, 14, False, sector="OPP"))
    assert not exchanged(theirs, right)
    assert exchanged(theirs, swapped)
    both = (replace(FIRST, sector="GOV"), replace(SECOND, who="AAA", sector="REB"))
    assert exchanged(both, (replace(both[0], start=9, end=14), replace(both[1], start=0, end=5)))


def test_another_speaker_is_no_moved_one() -> None:
    theirs = (FIRST, replace(SECOND, attributed=True))
    moved = (replace(TURNED[0]), replace(TURNED[1], speaks=True))
    assert not speakers_are_exchanged(theirs, moved)
    assert not exchanged(theirs, moved)
    assert speakers_are_exchanged(theirs, (replace(FIRST, speaks=True), SECOND))


def test_actors_are_found_by_what_their_words_mean() -> None:
    source, english = "I ribelli hanno liberato i soldati.", "The rebels released the soldiers."
    ours = [NamedActor("REB", 4, 10, False), NamedActor("MIL", 24, 32, False), NamedActor("GOV", 0, 3, False)]
    found = {actor.who: source[actor.start : actor.end] for actor in counterparts(source, [], english, ours, encode)}
    assert set(found) == {"REB", "MIL"}
    assert "ribelli" in found["REB"]
    assert "soldati" in found["MIL"]
    assert counterparts(source, ours, english, ours, encode) == []
    assert counterparts("", [], english, ours, encode) == []
