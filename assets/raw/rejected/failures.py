"""Documents on which a later step's code failed, as rows of `raw.rejected`, so that the rest of a batch goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from assets.parallel import Failure
from assets.raw.rejected.rows import REJECTED, RejectedInput
from assets.warehouse import Replace

_MESSAGE_CHARACTERS = 300


@dataclass(frozen=True)
class FailedDocument:
    """A document that a step could not deal with. `position` is where it stands in its file, 0 for the whole file."""

    document_id: str
    source_path: str
    position: int
    failure: Failure


def replace_failures(failed: Iterable[FailedDocument], *, batch: str, reason: str, doing: str) -> Replace:
    """The change that puts these in the place of the batch's earlier failures of the same reason.

    `doing` says what could not be done: cleaned, coded. A document that was read has no other row in `raw.rejected`,
    so its place in its file is free there.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        RejectedInput(
            source_path=document.source_path,
            position=document.position,
            batch=batch,
            reason=reason,
            message=(
                f"Document {document.document_id} of {document.source_path} could not be {doing}: "
                f"{document.failure.error_type}: {document.failure.message[:_MESSAGE_CHARACTERS]}. "
                "The rest of the batch went on; please report this."
            ),
            sha256=None,
            received_at=now,
        )
        for document in failed
    ]
    return Replace(REJECTED, REJECTED.frame(rows), "batch = ? AND reason = ?", (batch, reason))
