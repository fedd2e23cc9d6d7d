"""The row type of `raw.sightings`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Sighting:
    """One place at which a document was seen. The same document often comes more than once."""

    batch: Annotated[str, "The batch whose files it was seen in"]
    source_path: Annotated[str, "Path of the file, relative to the corpus, in POSIX form"]
    position: Annotated[int, "Place in a container file, as in raw.documents; 0 if the file is the document"]
    document_id: Annotated[str, "Key of `raw.documents`, whose row may belong to an earlier batch"]


SIGHTINGS = Table(
    schema="raw",
    name="sightings",
    row_type=Sighting,
    key=("batch", "source_path", "position"),
    comment="One row is a place at which a document was seen, repeats included",
)
