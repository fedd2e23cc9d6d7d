"""Agencies that a page is credited to."""

from assets.cleaned.documents.credits.agency_credits import agency_credit


def test_an_agency_is_credited_in_the_dateline():
    assert agency_credit(["BAMAKO (AFP) - The army said that it had left the town.", "No more was known."]) == "AFP"
    assert agency_credit(["The army (of Mali) left the town.", "Nothing else."]) is None
