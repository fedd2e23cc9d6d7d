"""How long ago a line says that something came out ("2 hours ago"), in CLDR's words for every language.

Such a line tells a day only beside the moment it was shown at, which a crawler gives (`crawled_at`).
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from babel import UnknownLocaleError
from babel.dates import format_timedelta

from assets.cleaned.documents.phrases import fold

_UNITS: tuple[tuple[Literal["minute", "hour", "day"], int], ...] = (("minute", 59), ("hour", 23), ("day", 31))
_FORMS: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")
_LONGEST = 60
_DIGIT = re.compile(r"\d+")


def age_of(line: str, language: str) -> timedelta | None:
    """The age that a short line names; None where it names none or says anything else."""
    if len(line) > _LONGEST or not (digits := _DIGIT.search(line)):
        return None
    for code in dict.fromkeys((language, "en")):
        unit = _units(code).get(_shape(line))
        if unit is not None:
            return unit * int(digits[0])
    return None


def _shape(line: str) -> str:
    """A line with its number left out: Arabic and Slavic languages have several words for a unit, by the number."""
    return " ".join(_DIGIT.sub("#", fold(line)).strip(" .·|•-–—()").split())


@lru_cache(maxsize=64)
def _units(language: str) -> dict[str, timedelta]:
    """The length of the unit by the shape of a line."""
    found: dict[str, timedelta] = {}
    for unit, most in _UNITS:
        step = timedelta(**{f"{unit}s": 1})
        for number in range(1, most + 1):
            for form in _FORMS:
                try:
                    text = format_timedelta(
                        -number * step, unit, threshold=1000, add_direction=True, format=form, locale=language
                    )
                except (UnknownLocaleError, ValueError, KeyError):
                    return {}
                if _DIGIT.search(text):
                    found.setdefault(_shape(text), step)
    return found
