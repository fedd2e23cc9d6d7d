"""The thresholds of the gates as typed values: `thresholds.toml`, and a user's file laid over it.

Every threshold that a rule uses is named here; which rule uses it stands in `quality/suites`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from quality.rules import Level

DEFAULTS = Path(__file__).with_name("thresholds.toml")


class ThresholdsError(ValueError):
    """A thresholds file that cannot be used; says which key of which file, its value and what is allowed."""


def _ordered(bounds: tuple[float, float]) -> tuple[float, float]:
    if bounds[0] > bounds[1]:
        raise ValueError("the first figure must not be greater than the second")
    return bounds


Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Figure = Annotated[float, Field(ge=0)]
Bounds = Annotated[tuple[Figure, Figure], AfterValidator(_ordered)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class General(_Section):
    """What holds for every table."""

    shares_need_rows: Count
    max_quarantined_share: Share
    quarantine_needs_rows: Count
    history_batches: Annotated[int, Field(ge=1)]
    history_needs_batches: Annotated[int, Field(ge=1)]
    volume_ratio: Bounds


class RawDocuments(_Section):
    """Thresholds of `raw.documents`."""

    min_characters: Count
    max_characters: Count
    max_replacement_share: Share


class RawRejected(_Section):
    """Thresholds of `raw.rejected`."""

    max_share: Share


class CleanedDocuments(_Section):
    """Thresholds of `cleaned.documents`."""

    min_body_characters: Count
    max_body_characters: Count
    short_body_characters: Count
    max_short_share: Share
    max_mean_dropped_share: Share
    max_mojibake_share: Share
    max_duplicate_share: Share
    max_undated_share: Share
    max_unknown_language_share: Share
    max_language_shift: Share
    max_publisher_shift: Share
    earliest_published: date
    min_traced_share: Share


class TranslatedSegments(_Section):
    """Thresholds of `translated.segments`."""

    segments_per_page: Bounds
    max_pending_share: Share
    max_poor_share: Share
    min_numbers_kept_share: Share
    length_ratio: Bounds
    max_unknown_language_share: Share


class EventsMentions(_Section):
    """Thresholds of `events.mentions`."""

    events_per_page: Bounds
    max_unknown_actors_share: Share
    max_undated_share: Share
    min_grounded_actors_share: Share
    earliest_event: date
    max_years_from_publication: Figure
    max_years_ahead: Figure
    max_casualties: Count


class EventsEvents(_Section):
    """Thresholds of `events.events`."""

    max_mentions: Count
    max_unknown_actors_share: Share
    max_undated_share: Share


class EventsSecondOpinions(_Section):
    """Thresholds of `events.second_opinions`."""

    max_unread_share: Share


class Raw(_Section):
    """Thresholds of the schema `raw`."""

    documents: RawDocuments
    rejected: RawRejected


class Cleaned(_Section):
    """Thresholds of the schema `cleaned`."""

    documents: CleanedDocuments


class Translated(_Section):
    """Thresholds of the schema `translated`."""

    segments: TranslatedSegments


class Events(_Section):
    """Thresholds of the schema `events`."""

    mentions: EventsMentions
    events: EventsEvents
    second_opinions: EventsSecondOpinions


class Thresholds(_Section):
    """All thresholds. `levels` maps ``schema.table.check.rule`` to the level that replaces the rule's own."""

    general: General
    levels: dict[str, Level] = {}
    raw: Raw
    cleaned: Cleaned
    translated: Translated
    events: Events


def load_thresholds(user_file: Path | None = None) -> Thresholds:
    """The thresholds that come with the package, with those of the user's file in their place where it names any.

    Raises ThresholdsError for a file that is missing, is not TOML, or has an unknown key or a value out of range.
    """
    data = _read(DEFAULTS)
    if user_file is not None:
        data = _merged(data, _read(user_file))
    try:
        return Thresholds.model_validate(data)
    except ValidationError as error:
        raise ThresholdsError(_explained(error, user_file or DEFAULTS)) from None


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ThresholdsError(f"there is no thresholds file {file}: name another, or leave the setting out") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ThresholdsError(
            f"the thresholds file {file} cannot be read ({error}): make it a readable UTF-8 file"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ThresholdsError(f"the thresholds file {file} is not TOML ({error}): mend it there") from None


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _merged(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return merged


def _explained(error: ValidationError, file: Path) -> str:
    lines = [f"the thresholds file {file} cannot be used:"]
    for problem in error.errors():
        key = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "extra_forbidden":
            lines.append(f"  {key} is not a threshold; the names are those in {DEFAULTS.name}")
        else:
            lines.append(f"  {key} = {problem['input']!r}: {problem['msg'].lower()}")
    return "\n".join(lines)
