"""What a mention, or several alike, says of an event: the plain values that are compared, scored and clustered."""

from __future__ import annotations

from dataclasses import dataclass

JOINT_TYPES = frozenset({"CONSULT", "COOPERATE", "AGREE"})
"""Types whose parties act together, so that the same event may be told from either side."""

JOINT_MODES = frozenset({"release"})
"""Modes of other types whose parties act together: who frees prisoners on a day gets others for them."""

CROSSED_TYPES = JOINT_TYPES | {"ASSAULT"}
"""Types of which either party may be told as the source: those that act together, and who shot first."""


@dataclass(frozen=True, slots=True)
class Report:
    """Mentions that agree in every field that is compared; `report_id` is the least of their ids.

    `day` counts days from year 1 (`date.toordinal`), null for mentions without a date; `precision` is day, month or
    year; `reported` tells that the date is only that of publication. `pages` are near-duplicate clusters, given where
    little else identifies the event. `together` is the label that a person gave (`events.overrides`).
    `place` is the GeoNames id of a city, `place_admin1` the code of its division, or of one named alone.
    Countries are ISO 3166 alpha-3, sectors PLOVER's, coordinates degrees.
    """

    report_id: str
    plover_type: str
    source_country: str | None = None
    target_country: str | None = None
    source_sector: str | None = None
    target_sector: str | None = None
    source_actor: str | None = None
    target_actor: str | None = None
    mode: str | None = None
    day: int | None = None
    precision: str | None = None
    reported: bool = False
    real: bool = True
    place: str | None = None
    place_admin1: str | None = None
    place_country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    dead: int | None = None
    injured: int | None = None
    pages: frozenset[str] = frozenset()
    together: str | None = None

    @property
    def is_joint(self) -> bool:
        """Whether the parties act together, so that their order says nothing."""
        return self.plover_type in JOINT_TYPES or self.mode in JOINT_MODES

    @property
    def may_be_crossed(self) -> bool:
        """Whether another report of the event may have the parties the other way round."""
        return self.plover_type in CROSSED_TYPES or self.is_joint
