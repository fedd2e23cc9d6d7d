"""The row type of `marts.country_pair_month`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class CountryPairMonth:
    """What one country did to another in a month, by type."""

    source_country: Annotated[str, "Who acts: ISO 3166 alpha-3"]
    target_country: Annotated[str, "Who is acted upon: ISO 3166 alpha-3"]
    month: Annotated[date, "First day of the month"]
    plover_type: Annotated[str, "PLOVER type in capitals"]
    quad_class: Annotated[int, "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"]
    event_count: Annotated[int, "Events that took place (actual or claimed)"]
    announced_count: Annotated[int, "Events planned, offered or hypothetical"]
    denied_count: Annotated[int, "Events that are only denied, or disputed"]
    mention_count: Annotated[int, "Mentions of them all"]
    independent_reports: Annotated[int, "Sum of their independent publishers"]
    mean_intensity: Annotated[float, "Mean on the PLOVER scale, 10 to -10"]
    dead_min: Annotated[int | None, "Sum of the least numbers killed"]
    dead_max: Annotated[int | None, "Sum of the greatest numbers killed"]


COUNTRY_PAIR_MONTH = Table(
    schema="marts",
    name="country_pair_month",
    row_type=CountryPairMonth,
    key=("source_country", "target_country", "month", "plover_type"),
    comment="One row is one pair of countries, month and type; stored sorted by pair, so that a timeline reads little",
    read_from={
        "source_country target_country plover_type quad_class mention_count dead_min dead_max": "events.events.*",
        "month": "events.events.event_date",
        "event_count announced_count": "events.events.status",
        "denied_count": "events.events.status events.events.disputed",
        "independent_reports": "events.events.independent_publisher_count",
        "mean_intensity": "events.events.intensity",
    },
)
