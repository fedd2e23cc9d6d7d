"""Wikidata items of countries and well-known actors (`any/wikidata.toml`)."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import Field

from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_file

Item = Annotated[str, Field(pattern=r"^Q[1-9]\d*$")]


class _Items(VocabularyModel):
    country: dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], Item]
    actor: dict[Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")], Item]


@lru_cache(maxsize=1)
def wikidata_items() -> dict[str, str]:
    """Actor id to Wikidata item. Raises VocabularyError when the file is wrong."""
    items = read_vocabulary_file(vocabulary_file("any", "wikidata.toml"), _Items)
    return items.country | items.actor
