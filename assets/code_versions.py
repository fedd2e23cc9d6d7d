"""Code versions of assets, taken from the files that make them, so that nobody has to remember to raise a number.

Dagster marks an asset as outdated when its code version differs from that of its last materialisation. Which files
of the code and the vocabulary are meant, a part tells: a path or glob pattern relative to `assets`. Vocabulary files
of one's own count in the place of those that they are laid over. What decides rows and is no file of ours is a part
as well: `package NAME` an installed library whose model, lists or rules do, `model NAME` and `setting NAME` what an
installation has and wants (`pipelines.rules`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assets.vocabulary.files import own_folder

_ASSETS = Path(__file__).parent
_KINDS = {".py", ".toml"}
_VOCABULARY = "vocabulary"
_PACKAGE = "package "
MODEL = "model "
"""How the name of a model begins; what it is for follows."""
SETTING = "setting "
"""How the name of something set begins; the setting follows."""

NOTHING_SET: Mapping[str, str] = {}


def code_version(*parts: str, installation: Mapping[str, str] = NOTHING_SET) -> str:
    """A short hash of the code and vocabulary files at `parts`, and of the packages, models and settings they name.

    `installation`: name to version of the models and settings in force. Raises FileNotFoundError if a part names no
    file, so that a renamed folder is noticed.
    """
    return version_of(made_by(*parts, installation=installation))


def made_by(*parts: str, installation: Mapping[str, str] = NOTHING_SET) -> dict[str, str]:
    """Name to SHA-256 of everything at `parts`. Raises FileNotFoundError as `code_version` does."""
    files = [part for part in parts if not part.startswith((_PACKAGE, MODEL, SETTING))]
    others = {part: _installed(part) for part in parts if part.startswith(_PACKAGE)}
    for part in parts:
        if part.startswith((MODEL, SETTING)):
            others |= {name: _hash(value) for name, value in installation.items() if fnmatch(name, part)}
    return code_files(*files) | dict(sorted(others.items()))


def _installed(part: str) -> str:
    try:
        return _hash(version(part.removeprefix(_PACKAGE)))
    except PackageNotFoundError:
        return _hash("not installed")


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def code_files(*parts: str) -> dict[str, str]:
    """Name (relative to `assets`) to SHA-256 of the files at `parts`. Raises FileNotFoundError as `code_version`."""
    found: dict[str, Path] = {}
    for part in parts:
        files = {file.relative_to(_ASSETS).as_posix(): file for file in _files(_ASSETS.glob(part))}
        files |= _own_files(part)
        if not files:
            raise FileNotFoundError(f"no code or vocabulary at assets/{part}")
        found |= files
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in sorted(found.items())}


def version_of(files: Mapping[str, str]) -> str:
    """A short hash that stands for the files, given by name and SHA-256."""
    return hashlib.sha256("".join(f"{name}\0{sha256}\0" for name, sha256 in files.items()).encode()).hexdigest()[:12]


def _own_files(part: str) -> dict[str, Path]:
    own = own_folder()
    folder, _, pattern = part.partition("/")
    if own is None or folder not in (_VOCABULARY, "*"):
        return {}
    return {
        f"{_VOCABULARY}/{file.relative_to(own).as_posix()}": file
        for file in _files(own.glob(pattern or "*"))
        if file.suffix == ".toml"
    }


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.suffix in _KINDS)
        elif path.suffix in _KINDS:
            yield path
