"""Resources made of the settings, for Dagster and for the command line alike."""

from __future__ import annotations

from pipelines.settings import Settings
from pipelines.warehouse import DuckDBWarehouse


def warehouse_of(settings: Settings, rules: str = "") -> DuckDBWarehouse:
    """The warehouse that the settings name; `rules` names what Dagster's runs work by (`run_book.know_rules`)."""
    return DuckDBWarehouse(
        path=str(settings.warehouse.absolute()), wait_seconds=settings.warehouse_wait_seconds, rules=rules
    )
