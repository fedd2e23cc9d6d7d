"""Mentions of one event become one row, whatever their order; what disagrees stays visible."""

from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.events.events.agree import Told
from assets.events.events.resolve import Resolution, resolve, resolve_in_parts

DAY = date(2024, 9, 17)
BAMAKO = {"place": "2460596", "place_name": "Bamako", "place_country": "MLI", "latitude": 12.65, "longitude": -8.0}
GAO = {"place": "2457161", "place_name": "Gao", "place_country": "MLI", "latitude": 16.27, "longitude": -0.04}
_DEFAULTS: dict[str, Any] = {
    "language": "en", "plover_type": "ASSAULT", "contexts": [], "cameo_code": "190", "intensity": -9.0,
    "source_country": "DZA", "target_country": "MLI", "event_date": DAY, "date_precision": "day",
    "date_basis": "stated", "status": "actual", "confidence": 0.7, "published": DAY, "changed": True,
}  # fmt: skip
_TEXTS = dict.fromkeys(Told._fields, pl.String) | {
    "contexts": pl.List(pl.String), "intensity": pl.Float64, "event_date": pl.Date, "latitude": pl.Float64,
    "longitude": pl.Float64, "place_ambiguous": pl.Boolean, "dead": pl.Int64, "injured": pl.Int64,
    "size": pl.Int64, "amount": pl.Float64,
    "confidence": pl.Float64, "published": pl.Date, "event_id": pl.String, "page": pl.String, "together": pl.String,
    "changed": pl.Boolean,
}  # fmt: skip


def mention(number: int, **changes: Any) -> dict[str, Any]:
    base = dict.fromkeys(_TEXTS) | _DEFAULTS
    base |= {"mention_id": f"m{number:03d}", "document_id": f"d{number}", "publisher": f"P{number}"}
    base |= changes
    base["page"] = base["page"] or base["document_id"]
    base["origin"] = base["origin"] or base["agency"] or base["publisher"]
    return base


def merged(*mentions: dict[str, Any]) -> Resolution:
    return resolve(pl.DataFrame(list(mentions), schema=_TEXTS))


def test_reports_in_two_languages_become_one_event_with_their_disagreement_kept() -> None:
    found = merged(mention(1, dead=70), mention(2, language="ar", dead=77, event_date=DAY + timedelta(days=1)))
    (event,) = found.events
    assert event.languages == ("ar", "en")
    assert (event.dead_min, event.dead_max) == (70, 77)
    assert (event.date_min, event.date_max) == (DAY, DAY + timedelta(days=1))
    assert event.conflicts == ("date", "dead")
    assert [claim.differs_in for claim in found.claims] == [("date", "dead")] * 2
    assert (event.mention_count, event.publisher_count, event.independent_publisher_count) == (2, 2, 2)
    (pair,) = found.pairs
    assert pair.decision == "joined" and pair.score > 0 and "1 day apart, both stated -4.5" in pair.reasons
    assert "many dead, alike +2.7" in pair.reasons


def test_copies_and_stories_of_one_agency_count_once_for_independence() -> None:
    (event,) = merged(mention(1, page="d1", origin="P1"), mention(2, page="d1", origin="P1")).events
    assert (event.publisher_count, event.independent_publisher_count) == (2, 1)
    (event,) = merged(*(mention(n, agency="AFP") for n in range(40))).events
    assert (event.publisher_count, event.independent_publisher_count) == (40, 1)
    # A publisher with two pages, one of which another copied, makes no second witness of the copyist.
    own = [mention(1, publisher="A"), mention(2, publisher="A")]
    (event,) = merged(*own, mention(3, publisher="B", page="d1", origin="A")).events
    assert (event.publisher_count, event.independent_publisher_count) == (2, 1)


def test_other_parties_types_and_times_stay_apart() -> None:
    mentions = [
        mention(1),
        mention(2, target_country="NER"),
        mention(4, event_date=DAY + timedelta(days=30)),
        mention(5, status="offered"),
        mention(6, source_country="MLI", target_country="DZA"),
    ]
    assert len(merged(*mentions).events) == 5


def test_attacks_on_two_cities_stay_apart_and_a_report_without_place_joins_one() -> None:
    found = merged(mention(1, **GAO), mention(2, **BAMAKO), mention(3))
    assert sorted(event.mention_count for event in found.events) == [1, 2]
    apart = [pair for pair in found.pairs if pair.decision == "apart"]
    assert [pair.reasons[0] for pair in apart] == ["other reports name places too far apart"]


def test_a_vague_report_does_not_make_one_of_two_attacks_on_successive_days() -> None:
    first = [mention(n, **GAO, dead=9) for n in (1, 2, 3)]
    second = [mention(n, **GAO, dead=2, event_date=DAY + timedelta(days=1)) for n in (4, 5)]
    vague = mention(6, event_date=DAY + timedelta(days=1), date_basis="publication", place_country="MLI")
    found = merged(*first, *second, vague)
    assert sorted(e.mention_count for e in found.events) in ([2, 4], [3, 3])
    apart = [pair.reasons[0] for pair in found.pairs if pair.decision == "apart"]
    assert "what most reports of either say is not alike" in apart


def test_a_page_cannot_tell_of_what_took_place_after_it() -> None:
    early = mention(1, **GAO, date_basis="publication")
    later = mention(2, **GAO, event_date=DAY + timedelta(days=2))
    assert len(merged(early, later).events) == 2
    late = mention(1, **GAO, date_basis="publication", event_date=DAY + timedelta(days=1))
    assert len(merged(late, mention(2, **GAO)).events) == 1


def test_who_shot_first_may_be_told_either_way_of_one_clash_but_not_of_a_war() -> None:
    clash = [mention(1, **GAO, dead=7), mention(2, **GAO, dead=7, source_country="MLI", target_country="DZA")]
    (event,) = merged(*clash).events
    assert event.mention_count == 2
    war = [mention(1), mention(2, source_country="MLI", target_country="DZA")]
    assert len(merged(*war).events) == 2


def test_an_exchange_of_prisoners_told_from_either_side_is_one() -> None:
    exchange = {"plover_type": "RETREAT", "mode": "release", "target_sector": None}
    back = exchange | {"source_country": "MLI", "target_country": "DZA"}
    (event,) = merged(mention(1, **exchange), mention(2, **back)).events
    assert event.mention_count == 2
    withdrawal = {"plover_type": "RETREAT", "mode": "withdraw"}
    assert len(merged(mention(1, **withdrawal), mention(2, **back | withdrawal)).events) == 2


def test_what_one_paper_calls_rebels_another_calls_a_gang() -> None:
    late = {"event_date": DAY + timedelta(days=2), "date_basis": "publication", "place_country": "MLI"}
    (event,) = merged(
        mention(1, source_sector="REB", place_country="MLI"), mention(2, source_sector="CRM", **late)
    ).events
    assert event.mention_count == 2


def test_an_organisation_is_another_party_than_a_country() -> None:
    page = {"plover_type": "REQUEST", "document_id": "d", "page": "d"}
    union = page | {"source_country": None, "source_sector": "EUR", "source_actor": "european-union"}
    nations = page | {"source_country": None, "source_sector": "UNO", "source_actor": "united-nations"}
    assert len(merged(mention(1, **page), mention(2, **union), mention(3, **nations)).events) == 3
    assert len(merged(mention(1, **union), mention(2, **union)).events) == 1


def test_sentences_of_an_undated_page_that_share_one_party_are_not_one_event() -> None:
    page = {"plover_type": "COERCE", "document_id": "d", "page": "d", "event_date": None, "date_precision": None}
    assert len(merged(mention(1, **page), mention(2, **page | {"source_country": None})).events) == 2
    assert len(merged(mention(1, **page), mention(2, **page)).events) == 1


def test_attacks_on_near_towns_on_a_day_are_two_unless_more_speaks_for_one() -> None:
    kati = GAO | {"place": "2456917", "place_name": "Kati", "latitude": 12.74, "longitude": -8.07}
    assert len(merged(mention(1, **BAMAKO), mention(2, **kati)).events) == 2
    assert len(merged(mention(1, **BAMAKO, dead=41), mention(2, **kati, dead=41)).events) == 1


def test_reports_that_lack_a_country_keep_their_direction_in_a_group() -> None:
    """Which side is named first in what a group agrees on must not depend on which side is unknown."""
    attack = {"source_country": None, "source_sector": "REB", "target_country": "MOZ", "target_sector": "CVL"}
    attack["place_country"] = "MOZ"
    found = merged(
        mention(1, **attack | {"source_country": "MOZ"}, dead=6),
        mention(2, **attack, dead=11),
        mention(3, **attack, dead=11, event_date=DAY + timedelta(days=2), date_basis="publication"),
    )
    (event,) = found.events
    assert (event.source_sector, event.target_sector) == ("REB", "CVL")


def test_divisions_part_attacks_of_which_no_town_is_known() -> None:
    of_kidal = {"place_name": "Kidal", "place_country": "MLI", "place_admin1": "ML.10", "geonames_id": "2597449"}
    of_mopti = {"place_name": "Mopti", "place_country": "MLI", "place_admin1": "ML.04", "geonames_id": "2453347"}
    assert len(merged(mention(1, **of_kidal), mention(2, **of_mopti)).events) == 2
    in_town = {**GAO, "place_admin1": "ML.09", "geonames_id": GAO["place"]}
    of_gao = {**of_kidal, "place_name": "Gao region", "place_admin1": "ML.09", "geonames_id": "2457161"}
    (event,) = merged(mention(1, **of_gao), mention(2, **in_town)).events
    assert (event.place_name, event.geonames_id, event.latitude) == ("Gao", GAO["place"], GAO["latitude"])


def test_a_place_has_one_name_whatever_script_told_it() -> None:
    told = [mention(n, **BAMAKO | {"place_name": name}) for n, name in enumerate(("باماكو", "Бамако"))]
    unlisted = mention(3, place_name="Tuzla", event_date=DAY + timedelta(days=30))
    country = mention(4, place_name="مالي", place_country="MLI", event_date=DAY + timedelta(days=60))
    assert [e.place_name for e in merged(*told, unlisted, country).events] == ["Bamako", "Tuzla", "Mali"]


def test_a_report_that_names_one_party_joins_the_event_that_it_fits() -> None:
    found = merged(mention(1), mention(2, target_country=None, document_id="d1", page="d1"))
    assert [(e.source_country, e.target_country, e.mention_count) for e in found.events] == [("DZA", "MLI", 2)]


def test_one_act_told_as_two_types_is_one_event_of_the_type_that_most_tell() -> None:
    rammed = {
        "plover_type": "COERCE",
        "mode": "seize",
        "cameo_code": "171",
        "intensity": -7.0,
        "source_sector": "MIL",
    }
    found = merged(mention(1, source_sector="MIL"), mention(2, **rammed), mention(3, **rammed))
    (event,) = found.events
    assert (event.plover_type, event.mode, event.cameo_code, event.intensity) == ("COERCE", "seize", "171", -7.0)
    assert event.quad_class == 4 and event.conflicts == ("type",)
    assert [claim.differs_in for claim in found.claims] == [("type",)] * 3
    assert any("types neighbouring -3.4" in pair.reasons for pair in found.pairs)


def test_a_page_that_tells_of_two_types_tells_of_two_events() -> None:
    accord = {"plover_type": "AGREE", "cameo_code": "030", "page": "d1"}
    meeting = {"plover_type": "CONSULT", "cameo_code": "040"}
    assert len(merged(mention(1, **meeting, page="d1"), mention(2, **accord)).events) == 2
    others = merged(mention(1, **meeting, page="d1"), mention(2, **accord), mention(3, **meeting))
    assert sorted(event.mention_count for event in others.events) == [1, 2]


def test_acts_of_two_modes_on_one_page_are_two_unless_much_else_is_alike() -> None:
    truce = {"plover_type": "RETREAT", "cameo_code": "087", "target_country": None, "page": "d1"}
    found = merged(mention(1, **truce, mode="ceasefire"), mention(2, **truce, mode="withdraw"))
    assert len(found.events) == 2
    assert len(merged(mention(1, **truce, mode="ceasefire"), mention(2, **truce)).events) == 1


def test_types_that_are_no_tellings_of_one_act_stay_apart() -> None:
    assert len(merged(mention(1, **GAO), mention(2, **GAO, plover_type="CONSULT", cameo_code="040")).events) == 2


def test_a_meeting_of_three_told_as_pairs_is_one_and_visits_to_one_host_are_not() -> None:
    meeting = {"plover_type": "CONSULT", "cameo_code": "040", **GAO}
    other = meeting | {"source_country": "NER"}
    (event,) = merged(mention(1, **meeting, mode="multilateral"), mention(2, **other)).events
    assert event.target_country == "MLI" and event.conflicts == ("actors",)
    assert len(merged(mention(1, **meeting, mode="visit"), mention(2, **other, mode="visit")).events) == 2
    assert len(merged(mention(1, **meeting), mention(2, **other)).events) == 2


def test_a_mediation_is_told_with_the_mediator_or_with_those_between_whom_he_mediates() -> None:
    talks = {"plover_type": "CONSULT", "cameo_code": "040", **GAO}
    mediated = talks | {"source_country": "CHE", "mode": "third-party"}
    (event,) = merged(mention(1, **talks), mention(2, **mediated)).events
    assert event.conflicts == ("actors",)
    assert len(merged(mention(1, **talks), mention(2, **mediated, target_country="PER")).events) == 2


def test_types_are_told_of_one_act_though_no_paper_names_a_ministry() -> None:
    signed = {"plover_type": "SUPPORT", "cameo_code": "057", "place_country": "MLI"}
    agreed = {"plover_type": "AGREE", "cameo_code": "030", "place_country": "MLI", "date_basis": "publication"}
    agreed |= {"event_date": DAY + timedelta(days=1)}
    assert len(merged(mention(1, **signed), mention(2, **agreed)).events) == 1


def test_a_raid_across_a_border_may_be_told_as_on_the_country_or_on_the_group_in_it() -> None:
    group = {"target_country": "DZA", "target_sector": "REB", "place_country": "MLI"}
    assert len(merged(mention(1, place_country="MLI"), mention(2, **group)).events) == 1
    assert len(merged(mention(1, place_country="MLI", target_sector="MIL"), mention(2, **group)).events) == 2


def test_a_deed_in_a_town_on_a_day_is_one_though_one_party_is_told_otherwise() -> None:
    arrest = {"plover_type": "COERCE", "mode": "arrest", "cameo_code": "173", "source_sector": "COP", **GAO}
    (event,) = merged(mention(1, **arrest), mention(2, **arrest, target_country="NER")).events
    assert event.conflicts == ("actors",)
    elsewhere = arrest | {"place": None, "latitude": None, "longitude": None}
    assert len(merged(mention(1, **elsewhere), mention(2, **elsewhere, target_country="NER")).events) == 2


def test_a_victim_without_a_party_joins_by_the_division_it_was_in() -> None:
    inside = {"place_country": "MLI", "place_admin1": "ML.09", "dead": 11}
    nobody = {"source_country": None, "target_country": None, "date_basis": "publication"}
    assert len(merged(mention(1, **inside), mention(2, **inside, **nobody)).events) == 1


def test_what_was_planned_for_a_day_and_took_place_on_it_is_one_event() -> None:
    plan = {"status": "planned", "published": DAY - timedelta(days=3)}
    found = merged(mention(1, **plan), mention(2))
    (event,) = found.events
    assert event.status == "actual" and event.first_seen == DAY - timedelta(days=3)
    assert {claim.stance for claim in found.claims} == {"planned", "asserted"}
    assert len(merged(mention(1, **plan, date_basis="publication"), mention(2)).events) == 2
    assert len(merged(mention(1, **plan | {"status": "hypothetical"}), mention(2)).events) == 2


def test_an_announcement_is_one_event_with_what_it_announces_and_no_deed() -> None:
    promise = {"plover_type": "AGREE", "cameo_code": "030"}
    planned = {"plover_type": "AID", "cameo_code": "070", "status": "planned"}
    (event,) = merged(mention(1, **promise), mention(2, **planned), mention(3, **planned)).events
    assert (event.plover_type, event.status) == ("AID", "planned")


def test_what_is_said_may_be_placed_where_or_of_whom() -> None:
    recalled = {"plover_type": "SANCTION", "cameo_code": "161", "source_sector": "GOV", "target_sector": "GOV"}
    there = {"place": "2507480", "place_name": "Algiers", "place_country": "DZA", "latitude": 36.7, "longitude": 3.1}
    assert len(merged(mention(1, **recalled, **BAMAKO), mention(2, **recalled, **there)).events) == 1
    assert len(merged(mention(1, **BAMAKO), mention(2, **there)).events) == 2


def test_sums_and_numbers_of_people_part_and_join() -> None:
    aid = {"plover_type": "AID", "cameo_code": "070", "target_country": None, "currency": "EUR"}
    later = {"date_basis": "publication", "event_date": DAY + timedelta(days=1)}
    assert len(merged(mention(1, **aid, amount=6e7), mention(2, **aid | later, amount=2e6)).events) == 2
    assert len(merged(mention(1, **aid, amount=6e7), mention(2, **aid | later, amount=6e7)).events) == 1


def test_a_war_of_years_is_settled_as_it_goes() -> None:
    """Memory is bounded by what is told at one time: no part waits for the end of a chain of alike reports."""
    days, at_once = 700, 100
    frames = (
        pl.DataFrame(
            [
                mention(3 * day + n, event_date=DAY + timedelta(days=day), dead=n, date_basis="publication")
                for n in range(3)
            ],
            schema=_TEXTS,
        )
        for day in range(days)
    )
    told = 0
    for number, part in enumerate(resolve_in_parts(frames, at_once=at_once), 1):
        told += len(part.event_ids)
        assert min(number * at_once, 3 * days) - told < 2 * at_once
    assert told == 3 * days


def test_a_denial_is_shown_as_a_dispute() -> None:
    found = merged(mention(1), mention(2, status="denied", claimed_by="the ministry"))
    (event,) = found.events
    assert event.disputed and event.status == "actual" and "status" in event.conflicts
    assert [claim.stance for claim in found.claims] == ["asserted", "denied"]


def test_a_meeting_told_from_either_side_is_one() -> None:
    told = {"plover_type": "CONSULT", "cameo_code": "040"}
    found = merged(
        mention(1, **told, source_country="TUR", target_country="MLI", source_sector="GOV"),
        mention(2, **told, source_country="MLI", target_country="TUR", target_sector="GOV"),
    )
    (event,) = found.events
    assert (event.source_country, event.target_country) in {("TUR", "MLI"), ("MLI", "TUR")}
    assert {event.source_sector, event.target_sector} == {"GOV", None}


def test_what_a_person_decided_outranks_every_score() -> None:
    (one, other) = merged(mention(1, together="x"), mention(2, together="y")).events
    assert one.event_id != other.event_id
    far = {"event_date": DAY + timedelta(days=300), "target_country": "NER", "together": "x"}
    (event,) = merged(mention(1, together="x"), mention(2, **far)).events
    assert event.mention_count == 2


def test_later_pages_leave_the_id_of_an_event_as_it_is() -> None:
    (first,) = merged(mention(5)).events
    (later,) = merged(mention(5), mention(1, published=DAY + timedelta(days=1))).events
    assert later.event_id == first.event_id and later.mention_count == 2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 12), st.sampled_from(["MLI", "NER", None]), st.sampled_from([GAO, BAMAKO, {}]),
            st.sampled_from([
                {}, {}, {"plover_type": "COERCE"}, {"status": "planned"}, {"page": "shared"}, {"together": "x"},
                {"event_date": None, "page": "shared"}, {"date_precision": "month", "event_date": DAY.replace(day=1)},
            ]),
        ),
        min_size=1, max_size=16,
    ),
    st.integers(), st.integers(0, 15),
)  # fmt: skip
def test_neither_the_order_of_mentions_nor_that_of_their_coming_matters(shapes: Any, seed: int, cut: int) -> None:
    mentions = [
        mention(n, **{"event_date": DAY + timedelta(days=days), "target_country": target, **place, **more})
        for n, (days, target, place, more) in enumerate(shapes)
    ]
    shuffled = mentions[:]
    Random(seed).shuffle(shuffled)
    whole, again = merged(*mentions), merged(*shuffled)
    key = lambda event: event.event_id  # noqa: E731
    assert sorted(whole.events, key=key) == sorted(again.events, key=key)
    assert whole.event_ids == again.event_ids
    frame = pl.DataFrame(shuffled, schema=_TEXTS)
    parts = list(resolve_in_parts(frame.iter_slices(3), at_once=1))
    assert sorted((e for part in parts for e in part.events), key=key) == sorted(whole.events, key=key)
    assert sum(len(part.event_ids) for part in parts) == len(mentions)
    assert set(whole.event_ids) == {m["mention_id"] for m in mentions}
    # Some of them first, then the others: what is made anew and what stays come to the same.
    early = shuffled[: max(1, cut % (len(shuffled) + 1))]
    first = merged(*early)
    known = [m | {"event_id": first.event_ids[m["mention_id"]], "changed": False} for m in early]
    apart = pl.DataFrame(
        [(p.event_a, p.event_b) for p in first.pairs if p.decision == "apart"],
        schema={"event_a": pl.String, "event_b": pl.String}, orient="row",
    )  # fmt: skip
    frame = pl.DataFrame([*known, *shuffled[len(early) :]], schema=_TEXTS)
    if frame["changed"].any():
        second = resolve(frame, apart)
        ids = first.event_ids | second.event_ids
        assert ids == whole.event_ids
        kept = {e.event_id: e for e in first.events if e.event_id in set(ids.values())}
        assert kept | {e.event_id: e for e in second.events} == {e.event_id: e for e in whole.events}


def test_what_a_state_and_an_organisation_do_on_one_page_is_two_events() -> None:
    asked = {"plover_type": "REQUEST", "mode": "yield", "target_country": "LTU", "document_id": "d", "page": "d"}
    state = mention(1, source_country="BLR", source_sector="GOV", source_actor="BLR GOV", **asked)
    union = mention(2, source_country=None, source_sector="EUR", source_actor="org:european-union", **asked)
    assert len(merged(state, union).events) == 2


def test_what_a_month_dates_is_one_event_also_where_a_report_leaves_the_other_side_out() -> None:
    closed = {"plover_type": "COERCE", "mode": "restrict", "source_country": "LTU", "date_precision": "month"}
    full, half = mention(1, target_country="BLR", **closed), mention(2, target_country=None, **closed)
    assert len(merged(full, half).events) == 1
    assert len(merged(full, half | {"mode": "curfew"}).events) == 2
