"""Names of wire agencies and the words of a credit, read from `any/agencies.toml`.

Matching is done in `assets/cleaned/documents/credits/agencies.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assets.vocabulary.files import shown, vocabulary_file


@dataclass(frozen=True)
class AgencyWords:
    """`forms` tells for every spelling the agency's name; `join` and `label` are the other words of a credit.

    `unnamed` are the words that credit agencies without naming one.
    """

    forms: Mapping[str, str]
    join: tuple[str, ...]
    label: tuple[str, ...]
    unnamed: tuple[str, ...]


@lru_cache(maxsize=1)
def agency_words() -> AgencyWords:
    """The agencies. Raises ValueError where two of them share a spelling or the file cannot be read."""
    file = vocabulary_file("any", "agencies.toml")
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{shown(file)} is not valid TOML: {error}") from error
    forms: dict[str, str] = {}
    for name, spellings in data["agencies"].items():
        for form in (name, *spellings):
            if forms.setdefault(form, name) != name:
                raise ValueError(f"{shown(file)}: {form!r} stands for {forms[form]} and for {name}")
    credit = data["credit"]
    return AgencyWords(forms, tuple(credit["join"]), tuple(credit["label"]), tuple(credit["unnamed"]))
