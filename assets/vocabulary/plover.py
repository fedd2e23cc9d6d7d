"""The ontology as typed values: PLOVER types, modes, contexts and sectors, read from `ontology/plover.toml`."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_file


class Mode(VocabularyModel):
    """A mode of a PLOVER type: its figure on the scale, the CAMEO code that stands for it, and an example."""

    scale: float
    cameo: str
    example: str


class PloverType(VocabularyModel):
    """A PLOVER type. `quad` is the quad class, `scale` the figure from 10 to -10."""

    quad: int
    scale: float
    cameo: str
    definition: str
    examples: tuple[str, ...]
    recipient_required: bool = False
    future_of: tuple[str, ...] = ()
    modes: dict[str, Mode] = Field(default_factory=dict)


class Ontology(VocabularyModel):
    """PLOVER whole."""

    types: dict[str, PloverType]
    contexts: dict[str, str]
    sectors: dict[str, str]

    def scale(self, plover_type: str, mode: str | None) -> float:
        """The figure from 10 to -10: the mode's where there is one, else the type's."""
        entry = self.types[plover_type]
        return entry.modes[mode].scale if mode in entry.modes else entry.scale

    def cameo(self, plover_type: str, mode: str | None) -> str:
        """The CAMEO code that stands for the type and mode by default."""
        entry = self.types[plover_type]
        return entry.modes[mode].cameo if mode in entry.modes else entry.cameo

    def future_type(self, plover_type: str) -> str | None:
        """What a promise of `plover_type` is coded as (a promised AID is AGREE), or None where it stays itself."""
        return next((name for name, t in self.types.items() if plover_type in t.future_of), None)


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """The ontology. Raises VocabularyError when its file is damaged."""
    return read_vocabulary_file(vocabulary_file("ontology", "plover.toml"), Ontology)
