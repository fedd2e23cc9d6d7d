"""The page of every setting, made from the settings' own definitions."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from pipelines.settings import PREFIX, Settings

_INTRODUCTION = f"""\
# Settings

Every setting, made from its definition by `python -m pipelines.reference`. A setting is given as an option of a
command (where there is one), as the environment variable `{PREFIX}` and its name in capitals, or in
`attache.toml` in the working folder (or the file that `attache --config FILE` or `ATTACHE_CONFIG` names); the
first that names it wins. A list is written `["a", "b"]` in the file and `a,b` in a variable; a table `{{ role =
"name" }}` and `role=name`. Relative paths in the file count from the file's folder. A wrong value is refused
with its name, the value and what is allowed.

| setting | default | allowed | what it is |
|---|---|---|---|
"""


def settings_page() -> str:
    """The text of `docs/settings.md`."""
    rows = [
        f"| `{name}` | {_default(field)} | {_allowed(field)} | {(field.description or '').replace('|', '&#124;')} |"
        for name, field in Settings.model_fields.items()
    ]
    return _INTRODUCTION + "\n".join(rows) + "\n"


def _default(field: FieldInfo) -> str:
    """The default as one would write it; empty where there is none, or where the description says how it is found."""
    value: Any = field.default
    if field.default_factory is not None or value is None or value in (Path(), ()):
        return ""
    if isinstance(value, tuple):
        value = ",".join(value)
    if isinstance(value, bool):
        value = str(value).lower()
    return f"`{value}`"


def _allowed(field: FieldInfo) -> str:
    bounds = {name: getattr(m, name) for m in field.metadata for name in ("ge", "le") if hasattr(m, name)}
    if bounds:
        return f"{bounds['ge']:,} to {bounds['le']:,}"
    choices = _choices(field.annotation)
    return ", ".join(f"`{choice}`" for choice in choices) or _KINDS.get(_kind(field.annotation), "text")


_KINDS = {bool: "`true`, `false`", Path: "path", tuple: "list", dict: "table"}


def _kind(annotation: Any) -> Any:
    inner = [one for one in get_args(annotation) if one is not type(None)]
    origin = get_origin(annotation)
    return origin if origin in (tuple, dict) else inner[0] if len(inner) == 1 else annotation


def _choices(annotation: Any) -> tuple[str, ...]:
    """The words of a Literal, also inside a tuple."""
    arguments = get_args(annotation)
    if arguments and all(isinstance(argument, str) for argument in arguments):
        return arguments
    return next((found for found in map(_choices, arguments) if found), ())
