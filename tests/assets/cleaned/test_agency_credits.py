"""Agencies that a page is credited to."""

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.credits.agency_credits import agency_credit


def test_an_agency_is_credited_in_the_dateline():
    assert agency_credit(["BAMAKO (AFP) - The army said that it had left the town.", "No more was known."]) == "AFP"
    assert agency_credit(["The army (of Mali) left the town.", "Nothing else."]) is None


def test_an_agency_behind_a_button_is_credited_with_the_author(raw) -> None:
    text = (
        "<html lang=en><head><title>Council to close old pier</title></head><body><h1>Council to close old pier</h1>"
        "<div>By <a href='/u'>Jane Doe</a> <button>Follow</button> (with Reuters)</div><div>2 July 2026</div>"
        "<p>The council voted on Monday to close the old pier, damaged twice this year.</p>"
        "<p>Fishermen who keep their boats there said they had not been asked.</p></body></html>"
    )
    assert clean_document(raw(text, media_type="text/html")).document.authors == ("Jane Doe", "Reuters")
