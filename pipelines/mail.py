"""Sending a plain message by e-mail, over a server that the settings name. What it says is the caller's."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import Literal

Security = Literal["starttls", "tls", "none"]

_TIMEOUT_SECONDS = 20.0


@dataclass(frozen=True)
class Mailbox:
    """A mail server, how to speak to it, and who writes to whom."""

    host: str
    port: int
    security: Security
    sender: str
    recipients: tuple[str, ...]
    user: str | None = None
    password: str | None = None


def send(mailbox: Mailbox, subject: str, paragraphs: Sequence[str]) -> None:
    """Send a text of these paragraphs. Raises OSError (of which smtplib's errors are a kind)."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    message["From"], message["To"] = mailbox.sender, ", ".join(mailbox.recipients)
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=mailbox.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's absence notice answers
    message.set_content("\n\n".join(paragraphs) + "\n")
    with _connected(mailbox) as server:
        if mailbox.user:
            server.login(mailbox.user, mailbox.password or "")
        server.send_message(message)


def _connected(mailbox: Mailbox) -> smtplib.SMTP:
    if mailbox.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mailbox.host, mailbox.port, timeout=_TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(mailbox.host, mailbox.port, timeout=_TIMEOUT_SECONDS)
    if mailbox.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server
