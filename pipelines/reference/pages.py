"""Which generated pages there are, by file name."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from pipelines.catalogue import data_dictionary
from pipelines.definitions import build_definitions
from pipelines.reference.commands import commands_page
from pipelines.reference.graph import graph_svg, read_graph
from pipelines.reference.settings import settings_page
from pipelines.settings import load_settings

DOCS = Path(__file__).parents[2] / "docs"
"""The folder of the documentation in a checkout; an installed wheel has none."""


def write_pages(folder: Path) -> list[Path]:
    """Write every page into `folder`; the files written."""
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8")
    return [folder / name for name in PAGES]


def _graph() -> str:
    with tempfile.TemporaryDirectory() as nowhere:
        return graph_svg(read_graph(build_definitions(load_settings(warehouse=Path(nowhere) / "w.duckdb"))))


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "data-dictionary.md": data_dictionary,
    "graph.svg": _graph,
}
"""Every generated page, and what makes its text."""
