"""Where vocabulary files are, and reading them: TOML in, a validated model out, mistakes explained by file and key.

A folder of one's own can be laid over the one that is shipped: a file there takes the place of the shipped one with
the same language and name, or adds one. A process reads one vocabulary, chosen before anything is read from it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assets.vocabulary.places_in_toml import line_of

FOLDER = Path(__file__).parent
FILE_NAMES = frozenset(
    f"{name}.toml"
    for name in (
        *("page", "sentences", "translation", "dates", "grammar", "actors", "contexts", "events", "arms", "places"),
        *("glossary", "examples", "agencies", "markup", "transliteration", "wikidata", "plover", "confidence"),
    )
)
"""What a vocabulary file may be called."""
_LANGUAGE = re.compile(r"[a-z]{2}|any|ontology")
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
        raise VocabularyError(f"{shown(path)} is missing; see docs/adding-a-language.md") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{shown(path)} is not valid TOML: {error}") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        mistakes = [_mistake(data, text, e["loc"], e["msg"]) for e in error.errors()[:_MOST_MISTAKES]]
        raise VocabularyError("\n".join(f"{shown(path)}{mistake}" for mistake in mistakes)) from None


_own: Path | None = None
_in_use = False


def lay_over(folder: Path | None) -> None:
    """Let the folder's files take the place of the shipped ones in this process; None is for none.

    Raises VocabularyError where the folder is none or holds a file that nothing would read, and RuntimeError where
    another vocabulary has been read already.
    """
    global _own
    folder = folder.absolute() if folder else None
    if folder == _own:
        return
    if _in_use:
        raise RuntimeError("a process has one vocabulary, and this one has read another already")
    if folder is not None:
        _check_names(folder)
    _own = folder


def own_folder() -> Path | None:
    """The folder that is laid over the shipped vocabulary, absolute."""
    return _own


def vocabulary_file(language: str, filename: str) -> Path:
    """Where the file of a language is; it need not exist."""
    global _in_use
    _in_use = True
    own = _own / language / filename if _own else None
    return own if own is not None and own.is_file() else FOLDER / language / filename


def languages_with(filename: str) -> tuple[str, ...]:
    """Codes of the languages whose folder holds the file, sorted."""
    folders = (FOLDER, _own) if _own else (FOLDER,)
    return tuple(sorted({path.parent.name for folder in folders for path in folder.glob(f"*/{filename}")}))


def vocabulary_files(filename: str) -> list[Path]:
    """The file of that name of every language that has one, in the order of their codes."""
    return [vocabulary_file(language, filename) for language in languages_with(filename)]


def _check_names(folder: Path) -> None:
    if not folder.is_dir():
        raise VocabularyError(f"the vocabulary folder {folder} is no folder; make it, or mend the setting vocabulary")
    for path in sorted(folder.rglob("*.toml")):
        language, _, name = path.relative_to(folder).as_posix().partition("/")
        if name not in FILE_NAMES or not _LANGUAGE.fullmatch(language):
            raise VocabularyError(
                f"{path} would not be read: a vocabulary folder holds LANGUAGE/NAME.toml, with LANGUAGE an ISO 639-1 "
                f"code, any or ontology, and NAME one of {', '.join(sorted(n[:-5] for n in FILE_NAMES))}"
            )


def shown(path: Path) -> str:
    """A vocabulary file as messages call it."""
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
