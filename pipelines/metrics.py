"""Figures of an installation as Prometheus reads them: rows, batches, checks and what the last runs took.

Everything is read at the moment it is asked for, from the warehouse's books; nothing is counted beside them. The
figures go out as text (`attache metrics`), over HTTP (`attache metrics --port`), or to a file after each run (the
setting `metrics_file`), which the node exporter's textfile collector picks up. The extra `metrics` brings the
library.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.warehouse import Unavailable, Warehouse
from pipelines.summary import row_counts, summarise

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.metrics_core import Metric

logger = logging.getLogger("attache.metrics")

_BATCHES = "SELECT status, count(*) FROM ops.batches GROUP BY status ORDER BY status"
_LATEST_CHECKS = """
SELECT asset, level, count(*) FILTER (passed) AS held, count(*) FILTER (NOT passed) AS broken FROM (
    SELECT * FROM ops.check_results QUALIFY rank() OVER (PARTITION BY asset, batch ORDER BY evaluated_at DESC) = 1
) GROUP BY asset, level ORDER BY asset, level
"""
_LAST = {
    "batch_done": "SELECT max(done_at) FROM ops.batches",
    "merged": "SELECT max(ended_at) FROM ops.merges",
    "new_file_seen": "SELECT max(seen_at) FROM ops.files",
}


class MetricsMissing(Exception):
    """The library is not installed; the message says how it is."""


def registry_of(warehouse: Warehouse) -> CollectorRegistry:
    """What Prometheus's library collects from: the warehouse, read anew each time. Raises MetricsMissing."""
    try:
        from prometheus_client import CollectorRegistry
    except ImportError:
        raise MetricsMissing(
            "Metrics need the library prometheus-client: pip install 'attache-events[metrics]'"
        ) from None
    registry = CollectorRegistry()
    registry.register(_Figures(warehouse))
    return registry


def metrics_text(warehouse: Warehouse) -> str:
    """The figures in Prometheus's text format. Raises MetricsMissing, and what the warehouse raises."""
    registry = registry_of(warehouse)
    from prometheus_client import generate_latest

    return generate_latest(registry).decode()


def write_metrics(warehouse: Warehouse, file: Path) -> None:
    """Write the figures to a file, whole or not at all. Raises MetricsMissing, OSError, Unavailable."""
    registry = registry_of(warehouse)
    from prometheus_client import write_to_textfile

    file.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(file), registry)


def keep_metrics(warehouse: Warehouse, file: Path) -> str | None:
    """Write the figures after a run. Never raises: what went wrong is logged and returned."""
    try:
        write_metrics(warehouse, file)
    except (MetricsMissing, OSError, Unavailable) as error:
        trouble = f"the metrics could not be written to {file}: {error}"
        logger.warning("%s", trouble)
        return trouble
    return None


def serve_metrics(warehouse: Warehouse, host: str, port: int) -> tuple[Any, Any]:
    """Serve the figures at ``http://host:port/metrics``; the server and its thread. Raises MetricsMissing, OSError.

    While another program holds the warehouse, `attache_warehouse_readable` is 0 and the other figures are left out.
    """
    registry = registry_of(warehouse)
    from prometheus_client import start_http_server

    return start_http_server(port, host, registry)


class _Figures:
    """A collector of Prometheus's; labels are names of our own tables, codes and states, never text of pages."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse

    def describe(self) -> Iterable[Metric]:
        """Nothing is read when the collector is registered."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The figures as they are now."""
        from prometheus_client.core import GaugeMetricFamily as Gauge

        readable = Gauge("attache_warehouse_readable", "Whether the warehouse could be read (1) or is held (0)")
        try:
            figures = list(self._figures())
        except Unavailable:
            readable.add_metric([], 0)
            yield readable
            return
        readable.add_metric([], 1)
        yield readable
        yield from figures

    def _figures(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily as Gauge

        state = summarise(self._warehouse)
        for name, text, label, counts in (
            ("rows", "Rows of a table", "table", row_counts(self._warehouse)),
            ("quarantined_rows", "Rows that gates took out, by quarantine table", "table", state.quarantined),
            ("documents", "Pages by language", "language", state.documents_by_language),
            ("pending_sentences", "Sentences without English yet", "language", state.pending_sentences),
            ("rejected_inputs", "Inputs that could not be read, by reason", "reason", state.rejected),
            ("batches", "Batches by status", "status", dict(self._warehouse.read(_BATCHES).iter_rows())),
        ):
            gauge = Gauge(f"attache_{name}", text, labels=[label])
            for value, count in counts.items():
                gauge.add_metric([value], count)
            yield gauge
        checks = Gauge(
            "attache_checks", "Rules of gates as they were last judged", labels=["table", "level", "outcome"]
        )
        for table, level, held, broken in self._warehouse.read(_LATEST_CHECKS).iter_rows():
            checks.add_metric([table, level, "held"], held)
            checks.add_metric([table, level, "broken"], broken)
        yield checks
        last = Gauge(
            "attache_last_timestamp_seconds", "When this last happened, in seconds since 1970", labels=["what"]
        )
        for what, sql in _LAST.items():
            moment = self._warehouse.read(sql).item()
            if isinstance(moment, datetime):
                last.add_metric([what], moment.replace(tzinfo=UTC).timestamp())
        yield last
