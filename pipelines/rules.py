"""What the process at work makes tables by: code and vocabulary as they are now, packages, models, and settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import dagster as dg

from assets.code_versions import SETTING, code_files, made_by, version_of
from assets.specs import code_of
from assets.translated.engines.available import models_at_hand
from pipelines.run_book import Rules
from pipelines.settings import Settings
from quality.thresholds import DEFAULTS

_DECIDE_ROWS = ("engines", "translation_threshold", "fields")
_FILES = ("thresholds", "glossary")


def installation_of(settings: Settings) -> dict[str, str]:
    """Name to version of what tables depend on beside code and vocabulary: models at hand, and settings that count.

    A file of the settings that is not there counts as absent; whoever reads it will say so.
    """
    files = {name: getattr(settings, name) for name in _FILES}
    found = {SETTING + name: _sha256(path) for name, path in files.items() if path and path.is_file()}
    found |= {SETTING + name: repr(getattr(settings, name)) for name in _DECIDE_ROWS}
    return found | models_at_hand(settings)


def rules_in_force(installation: Mapping[str, str], assets: Iterable[dg.AssetsDefinition]) -> Rules:
    """Code versions of the assets that make rows, and all that `assets`, gates and settings work by."""
    specs = [spec for asset in assets for spec in asset.specs if code_of(spec)]
    makers = {".".join(spec.key.path): made_by(*code_of(spec), installation=installation) for spec in specs}
    files = code_files("*") | {"quality/thresholds.toml": _sha256(DEFAULTS)}
    for maker in makers.values():
        files |= maker
    thresholds = SETTING + "thresholds"
    if thresholds in installation:
        files[thresholds] = installation[thresholds]
    versions = {table: version_of(maker) for table, maker in makers.items()}
    return Rules(versions, dict(sorted(files.items())))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
