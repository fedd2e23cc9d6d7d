"""Days of other calendars, as those of ours."""

from datetime import date

from assets.cleaned.documents.dates.calendars import hijri_to_gregorian, solar_to_gregorian


def test_hijri_calendar():
    # 1 Muharram 1446 by the tabular calendar; sighted on 7 July 2024
    assert abs((hijri_to_gregorian(1446, 1, 1) - date(2024, 7, 7)).days) <= 1
    assert hijri_to_gregorian(1446, 13, 1) is None


def test_iranian_solar_calendar():
    assert solar_to_gregorian(1405, 1, 1) == date(2026, 3, 21)
    assert solar_to_gregorian(1405, 12, 30) is None  # 1405 is no leap year
