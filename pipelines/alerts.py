"""Telling people that a run failed: one line in the log, and a web hook and e-mail where the settings name them.

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

from pipelines.mail import Mailbox, send

logger = logging.getLogger("attache.alerts")

_TIMEOUT_SECONDS = 10.0
_LONGEST = 2000
_MOST_REASONS = 20


@dataclass(frozen=True)
class Alert:
    """A run that did not end well. `reasons` say what stopped it, one a line."""

    job: str
    run_id: str
    batch: str | None
    reasons: tuple[str, ...]

    @property
    def what(self) -> str:
        """What did not end well, in two words."""
        return f"batch {self.batch}" if self.batch else f"job {self.job}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The message for people, at length."""
        reasons = tuple(_cut(reason) for reason in self.reasons[:_MOST_REASONS])
        more = len(self.reasons) - len(reasons)
        return (
            f"The run of {self.what} did not finish:",
            *(reasons or ("The run's log tells why.",)),
            *([f"… and {more} more."] if more > 0 else []),
            f"Look with `attache quality`, or at run {self.run_id} in the UI; what was not done stays pending.",
        )

    @property
    def text(self) -> str:
        """The message for people."""
        reasons = "; ".join(self.reasons) or "see the run's log"
        text = (
            f"Attaché: the run of {self.what} did not finish: {reasons}. "
            f"Look with `attache quality`, or at run {self.run_id} in the UI; what was not done stays pending."
        )
        return _cut(text)


def raise_alert(alert: Alert, webhook: str | None, mailbox: Mailbox | None = None) -> str | None:
    """Log the alert, post it to the web hook and send it by e-mail. Never raises: what went wrong with these is
    logged and returned.
    """
    logger.error("%s", alert.text)
    troubles = []
    if webhook and (trouble := _post(alert, webhook)):
        troubles.append(trouble)
    if mailbox and (trouble := _mail(alert, mailbox)):
        troubles.append(trouble)
    for trouble in troubles:
        logger.warning("%s", trouble)
    return "; ".join(troubles) or None


def _post(alert: Alert, webhook: str) -> str | None:
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
        return f"the alert could not be posted to the web hook: {_plain(error, webhook)}"


def _mail(alert: Alert, mailbox: Mailbox) -> str | None:
    try:
        send(mailbox, f"Attaché: the run of {alert.what} did not finish", alert.paragraphs)
    except (OSError, ValueError) as error:
        return f"the alert could not be sent by e-mail over {mailbox.host}:{mailbox.port}: {_plain(error)}"
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def one_line(reasons: Sequence[str]) -> tuple[str, ...]:
    """Reasons with their white space made single, so that each is one line."""
    return tuple(" ".join(reason.split()) for reason in reasons if reason.strip())


def _plain(error: Exception, secret: str | None = None) -> str:
    """The error in words, without the hook's address, which may hold a secret."""
    text = str(error).replace(secret, "…") if secret else str(error)
    return text or type(error).__name__
