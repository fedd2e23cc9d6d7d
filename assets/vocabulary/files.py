"""Reading vocabulary files: TOML in, a validated model out, mistakes explained by file and key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assets.vocabulary.places_in_toml import line_of

FOLDER = Path(__file__).parent
_MOST_MISTAKES = 20


class VocabularyError(Exception):
    """A vocabulary file is missing or wrong; the message names file, key and what is allowed."""


class VocabularyModel(BaseModel):
    """Base of every vocabulary file's model: immutable, and unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


Model = TypeVar("Model", bound=VocabularyModel)


def read_vocabulary_file(path: Path, model: type[Model]) -> Model:
    """The file as `model`. Raises VocabularyError when it is missing, not TOML, or does not fit the model."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise VocabularyError(f"{_shown(path)} is missing; see docs/adding-a-language.md") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{_shown(path)} is not valid TOML: {error}") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        mistakes = [_mistake(data, text, e["loc"], e["msg"]) for e in error.errors()[:_MOST_MISTAKES]]
        raise VocabularyError("\n".join(f"{_shown(path)}{mistake}" for mistake in mistakes)) from None


def languages_with(filename: str) -> tuple[str, ...]:
    """Codes of the languages whose folder holds the file, sorted."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob(f"*/{filename}")))


def _shown(path: Path) -> str:
    return str(path.relative_to(FOLDER.parents[1])) if path.is_relative_to(FOLDER.parents[1]) else str(path)


def _mistake(data: object, text: str, location: tuple[int | str, ...], message: str) -> str:
    """What is wrong, as it follows the file's name: the line, the key, its value, what is allowed."""
    line = line_of(text, location)
    where = f"{f', line {line}' if line else ''}: {'.'.join(str(part) for part in location)}"
    value = data
    for part in location:
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return f"{where}: {message}"
    return f"{where} = {str(value)[:60]!r}: {message}"
