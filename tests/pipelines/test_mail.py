"""Alerts by e-mail, over real servers on this machine: what arrives, and what is said where it cannot be sent."""

import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, Session

from pipelines.alerts import Alert, raise_alert
from pipelines.mail import Mailbox
from pipelines.runs import run_corpus
from pipelines.settings import Settings, SettingsError, load_settings
from tests.pipelines.test_road import Recorder

ALERT = Alert("ingest", "run-1", "b1", ("der Prüfer hielt an:\r\nBcc: x@example.org", "l'étape « coder » a échoué"))


class Inbox:
    """Keeps what a server takes."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.logins: list[tuple[str, str]] = []
        self.refuse = ""

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if self.refuse:
            return self.refuse
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        message["X-Rcpt"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 taken"

    def authenticate(self, server: Server, session: Session, envelope: Envelope, kind: str, data: Any) -> AuthResult:
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"s3cret")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def plain(inbox: Inbox) -> Iterator[Controller]:
    server = Controller(inbox, hostname="127.0.0.1", port=free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def secure(inbox: Inbox, tmp_path: Path) -> Iterator[tuple[Controller, Path]]:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    server = Controller(
        inbox,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=inbox.authenticate,
    )
    server.start()
    yield server, tmp_path / "ca.pem"
    server.stop()


def mailbox(server: Controller, **more: Any) -> Mailbox:
    values: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "sender": "attache@example.org",
        "recipients": ("one@example.org", "two@example.org"),
    }
    return Mailbox(**values | more)


def test_a_message_arrives_as_it_was_meant(plain: Controller, inbox: Inbox) -> None:
    assert raise_alert(ALERT, None, mailbox(plain)) is None
    (message,) = inbox.messages
    assert message["Subject"] == "Attaché: the run of batch b1 did not finish"
    assert message["From"] == "attache@example.org" and message["X-Rcpt"] == "one@example.org, two@example.org"
    assert message["Bcc"] is None and message["Auto-Submitted"] == "auto-generated"
    text = message.get_content()
    assert "der Prüfer hielt an" in text and "l'étape « coder » a échoué" in text
    assert "attache quality" in text and "run-1" in text and "Traceback" not in text


def test_a_password_goes_over_a_server_that_proves_itself_alone(
    secure: tuple[Controller, Path], inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, authority = secure
    box = mailbox(server, host="localhost", security="starttls", user="attache", password="s3cret")
    trouble = raise_alert(ALERT, None, box)  # nobody vouches for the server yet
    assert trouble and "certificate" in trouble and "s3cret" not in trouble and inbox.logins == []
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    assert raise_alert(ALERT, None, box) is None
    assert inbox.logins == [("attache", "s3cret")] and len(inbox.messages) == 1
    wrong = mailbox(server, host="localhost", security="starttls", user="attache", password="other")
    trouble = raise_alert(ALERT, None, wrong)
    assert trouble and "could not be sent by e-mail over localhost" in trouble and "other" not in trouble


def test_a_server_that_refuses_or_is_gone_stops_nothing(plain: Controller, inbox: Inbox) -> None:
    inbox.refuse = "550 no such person"
    assert "no such person" in (raise_alert(ALERT, None, mailbox(plain)) or "")
    gone = mailbox(plain, port=free_port())
    assert "could not be sent by e-mail" in (raise_alert(ALERT, None, gone) or "")


def test_a_blocked_batch_of_attache_run_is_mailed(tmp_path: Path, plain: Controller, inbox: Inbox) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(6):
        (corpus / f"{number}.txt").write_text(f"Page {number}.")
    run_corpus(settings(corpus=corpus, smtp_port=plain.port), Recorder())
    (message,) = inbox.messages
    assert "the gate of cleaned.documents blocked" in message.get_content()


def settings(**more: Any) -> Settings:
    values: dict[str, Any] = {
        "warehouse": more["corpus"].parent / "w.duckdb" if "corpus" in more else "w.duckdb",
        "workers": 1,
        "engines": ["none"],
        "alert_email_to": "one@example.org",
        "alert_email_from": "attache@example.org",
        "smtp_host": "127.0.0.1",
        "smtp_security": "none",
    }
    return load_settings(**values | more)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"alert_email_to": "nobody"}, "alert_email_to.*name@example.org"),
        ({"alert_email_to": "a@example.org\nBcc: b@example.org"}, "alert_email_to"),
        ({"alert_email_from": "x@"}, "alert_email_from"),
        ({"smtp_host": ""}, "alert_email_to.*smtp_host"),
        ({"smtp_security": "ssl"}, "smtp_security.*starttls, tls, none"),
        ({"smtp_host": "mail.example.org", "smtp_password": "s3cret"}, "smtp_password.*clear"),
    ],
)
def test_wrong_settings_are_refused_in_words(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as told:
        settings(**wrong)
    assert "s3cret" not in str(told.value)


def test_a_password_in_the_settings_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "attache.toml").write_text('smtp_password = "s3cret"\n')
    with pytest.raises(SettingsError, match="environment alone") as told:
        load_settings()
    assert "s3cret" not in str(told.value)
    (tmp_path / "attache.toml").unlink()
    monkeypatch.setenv("ATTACHE_SMTP_PASSWORD", "s3cret")
    assert "s3cret" not in repr(load_settings())
