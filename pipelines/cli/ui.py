"""`attache ui`: the Dagster UI over the home folder, where the runs of the command line are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import settings_with, warehouse_option

if TYPE_CHECKING:
    from pipelines.settings import Settings


@click.command("ui")
@click.argument("corpus", required=False, metavar="[CORPUS]")
@warehouse_option
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; the UI asks for no password."
)
def command(corpus: str | None, warehouse: Path | None, port: int, host: str) -> int:
    """Open the Dagster UI on http://127.0.0.1:3000: asset graph, runs, checks, schedule and sensors.

    CORPUS is what intake looks at when it is started from the UI. The Data Docs are served beside it, on a port of
    their own, and linked from the assets. Stop with Ctrl-C.
    """
    settings = settings_with(corpus=corpus, warehouse=warehouse)
    from assets.raw.documents.stores import is_address
    from pipelines.instance import WORKSPACE_FILE, prepare_home

    home = prepare_home(settings.home)
    environment = os.environ | {
        "DAGSTER_HOME": str(home),
        "ATTACHE_CORPUS": settings.corpus if is_address(settings.corpus) else str(Path(settings.corpus).absolute()),
        "ATTACHE_WAREHOUSE": str(settings.warehouse.absolute()),
        "ATTACHE_HOME": str(home),
        "GX_ANALYTICS_ENABLED": "false",
    }
    call = [sys.executable, "-m", "dagster", "dev", "-w", str(home / WORKSPACE_FILE), "-h", host, "-p", str(port)]
    with _data_docs(settings, host) as address:
        click.echo(f"Dagster UI: http://{host}:{port}, Data Docs: {address} (stop with Ctrl-C)", err=True)
        return _run_until_stopped(call, environment | {"ATTACHE_DATA_DOCS_URL": address})


@contextmanager
def _data_docs(settings: Settings, host: str) -> Iterator[str]:
    """The address of the Data Docs while the block runs: the one of the settings, or that of a server of our own."""
    from pipelines.data_docs import serving

    if settings.data_docs_url:
        yield settings.data_docs_url
        return
    with serving(settings.data_docs, host) as address:
        yield address


def _run_until_stopped(call: list[str], environment: dict[str, str]) -> int:
    # A shell starts background commands with Ctrl-C ignored, and children would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(call, env=environment)  # noqa: S603 - our own interpreter, no shell
    # A stop from outside (systemd, a container, `kill`) is passed on as the Ctrl-C for which Dagster ends cleanly.
    signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the terminal sent it to Dagster as well, which now shuts its processes down
