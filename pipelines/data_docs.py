"""Shows the Data Docs to people: the link from each asset, and a server of the folder for `attache ui`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines.settings import Settings
from quality.data_docs.site import page_of
from quality.suites.every import SUITES

_JUDGED = {dg.AssetKey([suite.table.schema, suite.table.name]): suite.table.qualified_name for suite in SUITES}


def linked_to_data_docs(asset: dg.AssetsDefinition, settings: Settings) -> dg.AssetsDefinition:
    """The asset with a link to its table's page: an address where one is known, else the file."""
    return asset.map_asset_specs(partial(_linked, settings=settings))


def _linked(spec: dg.AssetSpec, settings: Settings) -> dg.AssetSpec:
    table = _JUDGED.get(spec.key)
    if table is None:
        return spec
    return spec.merge_attributes(metadata={"data_docs": _link(page_of(table), settings)})


def _link(page: str, settings: Settings) -> dg.MetadataValue[Any]:
    if settings.data_docs_url:
        return dg.MetadataValue.url(f"{settings.data_docs_url.rstrip('/')}/{page}")
    return dg.MetadataValue.path(str((settings.data_docs / page).absolute()))


@contextmanager
def serving(folder: Path, host: str) -> Iterator[str]:
    """Serve the folder's pages on a free port of the host while the block runs; their address. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer((host, 0), partial(_Pages, directory=str(folder)))
    threading.Thread(target=server.serve_forever, name="data docs", daemon=True).start()
    try:
        yield f"http://{_in_address(host)}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class _Pages(SimpleHTTPRequestHandler):
    """Serves the pages and nothing else: no list of files, no log line for every request."""

    def list_directory(self, path: Any) -> None:
        """Refuse: the folder has an index once there is anything to show."""
        self.send_error(404, "No Data Docs yet", "They are written by the first run.")

    def end_headers(self) -> None:
        """Say that pages change from run to run."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Stay silent."""
