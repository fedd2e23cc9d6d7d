"""A small English vocabulary over the real grammar, so that the coder's mechanism is tested apart from word lists."""

import tomllib

from assets.events.mentions.language import Language
from assets.vocabulary.coding import Actors, CodingVocabulary, Events, Grammar
from assets.vocabulary.files import FOLDER, read_vocabulary_file

EVENTS = """
ignore = ["heart attack"]
[sets]
arms = ["weapon", "drone", "equipment"]
[[event]]
type = "ASSAULT"
needs = "none"
verbs = ["attack", "kill"]
nouns = ["attack", "aggression"]
[[event]]
type = "CONSULT"
mode = "visit"
frame = "visit"
verbs = ["visit"]
nouns = ["visit"]
[[event]]
type = "CONSULT"
frame = "joint"
verbs = ["meet"]
nouns = ["talks"]
[[event]]
type = "AID"
frame = "give"
verbs = ["provide", "deliver", "send"]
with = ["@arms"]
[[event]]
type = "AID"
frame = "receive"
verbs = ["receive"]
with = ["@arms"]
[[event]]
type = "ACCUSE"
verbs = ["accuse", "condemn"]
[[event]]
type = "REQUEST"
verbs = ["urge"]
[[event]]
type = "RETREAT"
frame = "self"
verbs = ["withdraw"]
[[event]]
type = "SANCTION"
mode = "expel"
of = "target"
verbs = ["expel"]
nouns = ["expulsion"]
[[event]]
type = "PROTEST"
frame = "self"
verbs = ["march"]
[[event]]
type = "COERCE"
mode = "arrest"
of = "target"
verbs = ["arrest"]
nouns = ["arrest"]
"""
ACTORS = """
[country.TUR]
names = ["Turkey"]
adjectives = ["Turkish"]
[country.MLI]
adjectives = ["Malian"]
[country.FRA]
adjectives = ["French"]
[country.DZA]
adjectives = ["Algerian"]
[country.RUS]
adjectives = ["Russian"]
metonyms = ["Moscow"]
[[role]]
sector = "MIL"
words = ["army", "troops", "soldier", "force"]
[[role]]
sector = "GOV"
words = ["president", "defence minister", "foreign minister", "delegation", "government"]
[[role]]
sector = "CVL"
words = ["protester", "civilian"]
[[role]]
sector = "COP"
words = ["police"]
[[role]]
sector = "REB"
words = ["jihadist"]
"""


def small_english() -> Language:
    return Language(
        CodingVocabulary(
            language="en",
            grammar=read_vocabulary_file(FOLDER / "en" / "grammar.toml", Grammar),
            actors=Actors.model_validate(tomllib.loads(ACTORS)),
            events=Events.model_validate(tomllib.loads(EVENTS)),
        )
    )
