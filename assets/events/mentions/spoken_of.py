"""The mode of a request, refusal or threat, from the act that it speaks of: "urged Chad to release" is yield."""

from __future__ import annotations

from collections.abc import Sequence

from assets.events.mentions.sentence import Sentence
from assets.events.mentions.status import Standing, standing_of
from assets.events.mentions.triggers import EventTrigger

_ULTIMATE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
_OF_WISHES = {"AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield", "CONSULT": "meet"}
_OF_THREATS = {
    ("ASSAULT", None): "violence",
    ("MOBILIZE", None): "violence",
    ("SANCTION", "expel"): "expel",
    ("SANCTION", "withdraw"): "relations",
    ("SANCTION", "discontinue"): "restrict",
    ("COERCE", "arrest"): "arrest",
    ("COERCE", "deport"): "expel",
    ("COERCE", "restrict"): "restrict",
}


def threatened_mode(sentence: Sentence, trigger: EventTrigger, standing: Standing) -> str | None:
    """The mode of the threat that an act to come is, where the sentence tells what would avert it ("unless …").

    None where it is no threat; "" where it is one whose act gives it no mode.
    """
    ahead = standing.status in ("planned", "hypothetical") and standing.governor is None and not trigger.nominal
    if not ahead or trigger.entry.type not in _ULTIMATE or not sentence.signs.get("status.averting"):
        return None
    act = trigger.entry
    return _OF_THREATS.get((act.type, act.mode)) or _OF_THREATS.get((act.type, None)) or ""


def mode_by_what_is_spoken_of(
    sentence: Sentence, trigger: EventTrigger, triggers: Sequence[EventTrigger]
) -> str | None:
    """The mode that the first act governed by a request, refusal or threat gives it, None where that tells none.

    Acts and modes are matched after the definitions of `assets/vocabulary/ontology/plover.toml`.
    """
    if trigger.entry.type not in ("REQUEST", "REJECT", "THREATEN"):
        return None
    for other in triggers:
        if other is trigger or standing_of(sentence, other, list(triggers)).governor is not trigger:
            continue
        if trigger.entry.type == "THREATEN":
            act = other.entry
            return _OF_THREATS.get((act.type, act.mode)) or _OF_THREATS.get((act.type, None))
        return _OF_WISHES.get(other.entry.type)
    return None
