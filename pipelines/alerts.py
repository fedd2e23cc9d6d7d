"""Telling people that a run failed: one line in the log, and a web hook where the settings name one.

The message says what stopped, why and what to do. It goes out as JSON with a `text`, which chat services show as it
is.
"""

from __future__ import annotations

import http.client
import json
import logging
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

logger = logging.getLogger("attache.alerts")

_TIMEOUT_SECONDS = 10.0
_LONGEST = 2000


@dataclass(frozen=True)
class Alert:
    """A run that did not end well. `reasons` say what stopped it, one a line."""

    job: str
    run_id: str
    batch: str | None
    reasons: tuple[str, ...]

    @property
    def text(self) -> str:
        """The message for people."""
        what = f"batch {self.batch}" if self.batch else f"job {self.job}"
        reasons = "; ".join(self.reasons) or "see the run's log"
        text = (
            f"Attaché: the run of {what} did not finish: {reasons}. "
            f"Look with `attache quality`, or at run {self.run_id} in the UI; what was not done stays pending."
        )
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def raise_alert(alert: Alert, webhook: str | None) -> str | None:
    """Log the alert and post it to the web hook. Never raises: what went wrong with the hook is logged and
    returned.
    """
    logger.error("%s", alert.text)
    if not webhook:
        return None
    body = {"text": alert.text, "job": alert.job, "run_id": alert.run_id, "batch": alert.batch}
    # The scheme was checked when the settings were read.
    request = urllib.request.Request(  # noqa: S310
        webhook,
        data=json.dumps(body | {"reasons": list(alert.reasons)}, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "attache"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):  # noqa: S310
            return None
    except (OSError, http.client.HTTPException) as error:
        trouble = f"the alert could not be posted to the web hook: {_plain(error, webhook)}"
        logger.warning("%s", trouble)
        return trouble


def one_line(reasons: Sequence[str]) -> tuple[str, ...]:
    """Reasons with their white space made single, so that each is one line."""
    return tuple(" ".join(reason.split()) for reason in reasons if reason.strip())


def _plain(error: Exception, webhook: str) -> str:
    """The error in words, without the hook's address, which may hold a secret."""
    return str(error).replace(webhook, "…") or type(error).__name__
