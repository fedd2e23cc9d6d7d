"""`attache metrics`: figures for Prometheus. What they are is in `pipelines.metrics`."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.cli.options import open_warehouse, warehouse_option


@click.command("metrics")
@warehouse_option
@click.option("--port", type=click.IntRange(1, 65535), help="Serve them on this port until stopped; else print them.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; no password is asked for."
)
def command(warehouse: Path | None, port: int | None, host: str) -> None:
    """Print figures of the warehouse as Prometheus reads them, or serve them over HTTP.

    They need the extra `metrics`. The setting metrics_file writes them to a file after each run.
    """
    from pipelines.metrics import MetricsMissing, metrics_text, serve_metrics

    source = open_warehouse(warehouse)
    try:
        if port is None:
            click.echo(metrics_text(source), nl=False)
            return
        _, thread = serve_metrics(source, host, port)
    except MetricsMissing as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.UsageError(f"{host}:{port} cannot be listened on: {error.strerror or error}") from None
    click.echo(f"Metrics: http://{host}:{port}/metrics (stop with Ctrl-C)", err=True)
    thread.join()
