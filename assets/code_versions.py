"""Code versions of assets, taken from the files that make them, so that nobody has to remember to raise a number.

Dagster marks an asset as outdated when its code version differs from that of its last materialisation. Which files
of the code and the vocabulary are meant, a part tells: a path or glob pattern relative to `assets`. Vocabulary files
of one's own count in the place of those that they are laid over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from assets.vocabulary.files import own_folder

_ASSETS = Path(__file__).parent
_KINDS = {".py", ".toml"}
_VOCABULARY = "vocabulary"


def code_version(*parts: str) -> str:
    """A short hash of the code and vocabulary files at `parts`.

    Raises FileNotFoundError if a part names nothing, so that a renamed folder is noticed.
    """
    return version_of(code_files(*parts))


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
