"""How sure an event is: what speaks for and against it, as numbers, and the weights that make a probability of them.

The weights are data (`assets/vocabulary/ontology/confidence.toml`), fitted by `python -m benchmarks.confidence`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_file

if TYPE_CHECKING:
    from assets.events.mentions.coded import Party
    from assets.events.mentions.roles.cast import Cast
    from assets.events.mentions.status import Standing
    from assets.events.mentions.triggers import EventTrigger

CUES = (
    "strength",  # the vocabulary's figure for the trigger, 0 to 1
    "sureness",  # how directly the roles were found: bare subject 1, inherited or owner less, none 0
    "salience",  # the product that orders events: strength, roles, rank in the sentence
    "source_country",  # the sentence tells the country of the source
    "target_country",
    "both_countries",
    "source_named",  # by a name, not by a role or reference alone
    "target_named",
    "phrase",  # a trigger of several words
    "nominal",  # a noun names the event
    "passive",
    "governed",  # stands in the complement of another event
    "not_actual",  # planned, offered, denied, claimed, hypothetical
    "ambiguous",  # the words have other readings in the vocabulary
    "crowded",  # other triggers in the clause, a third each, at most 1
)
_NAMES = frozenset({"country", "metonym", "organisation", "group", "person"})


class Weights(VocabularyModel):
    """The fitted weights by cue, and the intercept."""

    intercept: float
    weights: dict[str, float]
    fitted_on: int


def cues_of(
    trigger: EventTrigger,
    rivals: int,
    cast: Cast,
    standing: Standing,
    source: Party | None,
    target: Party | None,
    salience: float,
) -> tuple[float, ...]:
    """The cues of an event in the order of `CUES`, each 0 to 1. `rivals` counts the other triggers of the clause."""
    source_country, target_country = bool(source and source.country_told), bool(target and target.country_told)
    return (
        trigger.entry.strength,
        cast.sureness if cast.sources or cast.targets else 0.0,
        salience,
        float(source_country),
        float(target_country),
        float(source_country and target_country),
        float(any(actor.kind in _NAMES for actor in cast.sources)),
        float(any(actor.kind in _NAMES for actor in cast.targets)),
        float(trigger.end - trigger.start > 1),
        float(trigger.nominal),
        float(trigger.passive),
        float(standing.governor is not None),
        float(standing.status != "actual"),
        float(bool(trigger.alternatives)),
        min(rivals / 3, 1.0),
    )


def probability(cues: tuple[float, ...]) -> float:
    """How likely an event with these cues has its type and the countries it names right, 0 to 1."""
    intercept, weights = _weights()
    score = intercept + sum(weight * cue for weight, cue in zip(weights, cues, strict=True))
    return 1 / (1 + math.exp(-score))


@lru_cache(maxsize=1)
def _weights() -> tuple[float, tuple[float, ...]]:
    fitted = read_vocabulary_file(vocabulary_file("ontology", "confidence.toml"), Weights)
    return fitted.intercept, tuple(fitted.weights.get(cue, 0.0) for cue in CUES)
