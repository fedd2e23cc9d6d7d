"""What the process at work makes tables by: code and vocabulary as they are now, and the files of the settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import dagster as dg

from assets.code_versions import code_files, code_version
from assets.specs import code_of
from pipelines.run_book import Rules
from pipelines.settings import Settings
from quality.thresholds import DEFAULTS

SETTING = "setting "
"""How the name of a file begins that a setting names; the setting follows."""


def rules_in_force(settings: Settings, assets: Iterable[dg.AssetsDefinition]) -> Rules:
    """Code versions of the assets that make rows, and all files: of `assets`, thresholds, the user's own.

    A file of the settings that is not there counts as absent; whoever reads it will say so.
    """
    specs = [spec for asset in assets for spec in asset.specs if code_of(spec)]
    own = {SETTING + name: getattr(settings, name) for name in ("thresholds", "glossary")}
    named = {"quality/thresholds.toml": DEFAULTS, **own}
    files = code_files("*") | {name: _sha256(path) for name, path in named.items() if path and path.is_file()}
    versions = {".".join(spec.key.path): code_version(*code_of(spec)) for spec in specs}
    return Rules(versions, dict(sorted(files.items())))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
