"""Writes the Data Docs of a warehouse into a folder, and says where a table's page is."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from assets.warehouse import Warehouse
from quality.data_docs.site import INDEX, data_docs
from quality.results import CHECK_RESULTS, WHOLE_TABLE, CheckResult
from quality.suites.every import SUITES

SHOWN_BATCHES = 60
"""Batches that the pages tell of, the latest; all that was ever found stays in `ops.check_results`."""

_LATEST = f"""
WITH shown AS (
    SELECT DISTINCT batch FROM {CHECK_RESULTS.qualified_name} WHERE batch <> '{WHOLE_TABLE}'
    ORDER BY batch DESC LIMIT {SHOWN_BATCHES}
)
SELECT {", ".join(CHECK_RESULTS.column_names)}
FROM {CHECK_RESULTS.qualified_name}
WHERE batch = '{WHOLE_TABLE}' OR batch IN (FROM shown)
QUALIFY run_id = first(run_id) OVER (PARTITION BY asset, batch ORDER BY evaluated_at DESC, run_id)
ORDER BY asset, batch, check_name, expectation
"""  # noqa: S608 - names from row types
# The results of a gate's latest run over a batch, whole: an expectation that is no longer there must not linger.


def write_data_docs(warehouse: Warehouse, folder: Path) -> Path:
    """Write the pages into the folder, which is made if need be; the index page. Raises OSError."""
    rows = warehouse.read(_LATEST).iter_rows(named=True)
    pages = data_docs(SUITES, [CheckResult(**row) for row in rows], datetime.now(UTC).replace(tzinfo=None))
    folder.mkdir(parents=True, exist_ok=True)
    for name, html in pages.items():
        _write_whole(folder / name, html)
    return folder / INDEX


def _write_whole(file: Path, content: str) -> None:
    """A reader of the file sees the old page or the new one, never half of one."""
    descriptor, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(file)
