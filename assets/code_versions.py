"""Code versions of assets, taken from the files that make them, so that nobody has to remember to raise a number.

Dagster marks an asset as outdated when its code version differs from that of its last materialisation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

_ASSETS = Path(__file__).parent
_KINDS = {".py", ".toml"}


def code_version(*parts: str) -> str:
    """A short hash of the code and vocabulary files at `parts`: paths or glob patterns relative to `assets`.

    Raises FileNotFoundError if a part names nothing, so that a renamed folder is noticed.
    """
    digest = hashlib.sha256()
    for part in parts:
        files = sorted(_files(_ASSETS.glob(part)))
        if not files:
            raise FileNotFoundError(f"no code or vocabulary at assets/{part}")
        for file in files:
            digest.update(file.relative_to(_ASSETS).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.suffix in _KINDS)
        elif path.suffix in _KINDS:
            yield path
