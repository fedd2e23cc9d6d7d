"""Names of wire agencies and the words of a credit, read from `any/agencies.toml`.

Matching is done in `assets/cleaned/documents/agencies.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "any" / "agencies.toml"


@dataclass(frozen=True)
class AgencyWords:
    """`forms` tells for every spelling the agency's name; `join` and `label` are the other words of a credit."""

    forms: Mapping[str, str]
    join: tuple[str, ...]
    label: tuple[str, ...]


@lru_cache(maxsize=1)
def agency_words() -> AgencyWords:
    """The agencies. Raises ValueError where two of them share a spelling or the file cannot be read."""
    try:
        data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"vocabulary/any/agencies.toml is not valid TOML: {error}") from error
    forms: dict[str, str] = {}
    for name, spellings in data["agencies"].items():
        for form in (name, *spellings):
            if forms.setdefault(form, name) != name:
                raise ValueError(f"vocabulary/any/agencies.toml: {form!r} stands for {forms[form]} and for {name}")
    return AgencyWords(forms, tuple(data["credit"]["join"]), tuple(data["credit"]["label"]))
