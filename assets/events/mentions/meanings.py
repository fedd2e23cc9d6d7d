"""What a matched phrase can mean to the coder: plain values, compiled once from a language's vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assets.vocabulary.coding import EventEntry

ActorKind = Literal["country", "adjective", "metonym", "role", "organisation", "group", "person"]
Part = Literal["verb", "noun", "phrase"]


@dataclass(frozen=True, slots=True)
class ActorWord:
    """A phrase that names an actor or a part of one; `genitive` where its ending says that it possesses.

    A `dependent` role is one only beside a country; a `shared` word is another country's unless this one is
    named as well.
    """

    kind: ActorKind
    country: str | None
    sector: str | None
    genitive: bool = False
    dependent: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """A phrase that names an event, by the entry it belongs to.

    `objects` and `excluded` number the word groups that must and must not stand in the same clause.
    """

    entry: EventEntry
    part: Part
    objects: int | None
    excluded: int | None


@dataclass(frozen=True, slots=True)
class ObjectWord:
    """A member of the numbered word groups that triggers ask for."""

    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sign:
    """A function word or cue: the grammar's list it stands in, such as `preposition.agent` or `status.planned`."""

    kind: str


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A region or town that the vocabulary knows, by the country it lies in."""

    country: str
    name: str


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number written as a word."""

    value: int


@dataclass(frozen=True, slots=True)
class Ignored:
    """A phrase that looks like a trigger and is not."""


Meaning = ActorWord | Trigger | ObjectWord | Sign | PlaceWord | NumberWord | Ignored
