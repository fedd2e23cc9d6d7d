"""What a mention, or several alike, says of an event: the plain values that are compared, scored and clustered."""

from __future__ import annotations

from dataclasses import dataclass

JOINT_TYPES = frozenset({"CONSULT", "COOPERATE", "AGREE"})
"""Types whose parties act together, so that the same event may be told from either side."""

JOINT_MODES = frozenset({"release"})
"""Modes of other types whose parties act together: who frees prisoners on a day gets others for them."""

MODES_OF_SEVERAL = frozenset({"multilateral", "third-party"})
"""Modes of CONSULT with more parties than the two that a report names: a meeting of several, and a mediation."""

CROSSED_TYPES = JOINT_TYPES | {"ASSAULT"}
"""Types of which either party may be told as the source: those that act together, and who shot first."""

DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
"""Types of what is done in a town, so that town and day tell it from others though a party is told otherwise."""

SPOKEN_TYPES = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"}
)
"""Types that are said or announced somewhere about somebody elsewhere, so that either may be told as the place."""

ANNOUNCING_TYPES = frozenset({"AGREE", "CONCEDE", "THREATEN"})
"""Types as which what is planned is told where the announcement is taken for the event."""

_TOLD_AS_EITHER = """
AGREE AID, AGREE CONCEDE, AGREE CONSULT, AGREE COOPERATE, AGREE RETREAT, AGREE SUPPORT, AID COOPERATE, AID SUPPORT,
CONCEDE RETREAT, CONSULT COOPERATE, CONSULT SUPPORT, COOPERATE RETREAT, COOPERATE SUPPORT,
ASSAULT COERCE, ASSAULT MOBILIZE, ASSAULT PROTEST, COERCE MOBILIZE, COERCE PROTEST, COERCE SANCTION, COERCE THREATEN,
COOPERATE MOBILIZE, MOBILIZE THREATEN, REJECT SANCTION, SANCTION THREATEN
"""
_SAID_AS_EITHER = """
ACCUSE PROTEST, ACCUSE REJECT, ACCUSE REQUEST, ACCUSE SANCTION, ACCUSE THREATEN, PROTEST REJECT, PROTEST REQUEST,
REJECT THREATEN, REQUEST THREATEN
"""


def _pairs_of(text: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in text.replace("\n", " ").split(","))


NEIGHBOURING_TYPES = _pairs_of(_TOLD_AS_EITHER)
"""Types as either of which one act may be told: talks that end in an accord, an arrest that is a sanction as well."""

NEIGHBOURING_WORDS = _pairs_of(_SAID_AS_EITHER)
"""Types as either of which one speech may be told; on a day the same two say much, so that more must be alike."""


@dataclass(frozen=True, slots=True)
class Report:
    """Mentions that agree in every field that is compared; `report_id` is the least of their ids.

    `day` counts days from year 1 (`date.toordinal`), null for mentions without a date; `precision` is day, month or
    year; `reported` tells that the date is only that of publication. `real` is what is told as past or present, true
    or not; `planned` is what is to come. `pages` are near-duplicate clusters, given where little else identifies the
    event. `together` is the label that a person gave (`events.overrides`). `place` is the GeoNames id of a city,
    `place_admin1` the code of its division, or of one named alone. Countries are ISO 3166 alpha-3, sectors PLOVER's,
    coordinates degrees. `size` counts people who took part or were arrested, released and so on; `amount` is money,
    in units of `currency`.
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
    planned: bool = False
    place: str | None = None
    place_admin1: str | None = None
    place_country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    dead: int | None = None
    injured: int | None = None
    size: int | None = None
    amount: float | None = None
    currency: str | None = None
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

    @property
    def is_spoken(self) -> bool:
        """Whether it is said or announced, so that its place may be where, or of whom."""
        return self.plover_type in SPOKEN_TYPES

    @property
    def is_of_several(self) -> bool:
        """Whether it may be of more than two, of which it names two: a meeting so called, a mediation, a drill."""
        exercise = self.plover_type == "COOPERATE" and self.source_sector == self.target_sector == "MIL"
        return exercise or (self.plover_type == "CONSULT" and self.mode in MODES_OF_SEVERAL)

    @property
    def hits_the_country(self) -> bool:
        """Whether its target is but the country where an attack was: those who were hit there may be of another."""
        return (
            self.plover_type == "ASSAULT"
            and self.target_country is not None
            and self.target_country == self.place_country != self.source_country
            and self.target_sector is None
        )
