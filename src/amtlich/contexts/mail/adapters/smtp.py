# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Handing a mail to a mail server (RFC 5321), over TLS with a checked certificate.

Who is to blame decides what happens next. The connection, the greeting, TLS, the log-in and the sender
concern all mails: ``Outage``. Recipient and content concern this one: ``LATER`` or ``REFUSED``.

If the line breaks after the content went out, nobody knows whether it was taken. Then the mail is sent
again later: twice is better than never, and both copies carry the same Message-ID.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from amtlich.contexts.mail.ports import Answer, Outage, Verdict
from amtlich.platform.outside.breaker import CircuitBreaker

Security = Literal["starttls", "tls", "plain"]
_SECURITY: dict[str, tuple[Security, int]] = {
    "smtp": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp+plain": ("plain", 25),
}
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_LONGEST_REASON = 200
_SERVICE_CLOSING = 421


@dataclass(frozen=True, slots=True)
class Server:
    """Which mail server, and how it is spoken to. ``patience``: seconds for one answer, and for all."""

    host: str
    port: int
    security: Security
    user: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    patience: float = 10.0
    altogether: float = 30.0

    @classmethod
    def of(cls, url: str, password_file: Path | None, ca_file: Path | None) -> Server:
        """From the settings, which are checked already."""
        parts = urlsplit(url)
        security, port = _SECURITY[parts.scheme]
        user = unquote(parts.username or "")
        return cls(parts.hostname or "", parts.port or port, security, user, password_file, ca_file)


class _Bounded(smtplib.SMTP):
    """A conversation that is cut off when it takes too long altogether, however slowly it drips."""

    def __init__(self, *args: Any, altogether: float, **options: Any) -> None:
        self._alarm = threading.Timer(altogether, self._cut)
        self._alarm.daemon = True
        self._alarm.start()
        try:
            super().__init__(*args, **options)
        except BaseException:
            self.close()
            raise

    def _cut(self) -> None:
        line = getattr(self, "sock", None)
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._alarm.cancel()
        if hasattr(self, "sock"):
            super().close()


class _BoundedTls(_Bounded, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class SmtpTransport:
    """One connection per mail: few mails an hour need no more, and a broken one harms nobody else."""

    def __init__(self, server: Server, breaker: CircuitBreaker | None = None) -> None:
        self._server = server
        self._breaker = breaker or CircuitBreaker(time.monotonic)

    def send(self, letter: EmailMessage, sender: str, recipient: str) -> Answer:
        """Hand one mail over. Raises ``Outage``, at once while the server is left alone."""
        wait = self._breaker.wait_for(self._server.altogether)
        if wait > 0:
            raise Outage("Der Mailserver antwortet nicht; wir warten mit dem nächsten Versuch.", wait)
        try:
            connection = self._open(sender)
        except Outage:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        try:
            return _hand_over(connection, letter, recipient)
        finally:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _open(self, sender: str) -> smtplib.SMTP:
        """A connection on which the server has accepted us and the sender."""
        try:
            connection = self._connect(sender.rpartition("@")[2])
            try:
                self._log_in(connection)
                code, words = connection.mail(sender)
                if code != 250:
                    raise Outage(f"Der Mailserver nimmt den Absender nicht an: {_told(code, words)}", 60.0)
            except BaseException:
                connection.close()
                raise
        except ssl.SSLError as error:
            why = getattr(error, "verify_message", "") or error.reason or type(error).__name__
            raise Outage(f"Die Verschlüsselung zum Mailserver kommt nicht zustande: {why}", 60.0) from None
        except smtplib.SMTPNotSupportedError:
            raise Outage("Der Mailserver bietet STARTTLS oder die Anmeldung nicht an.", 60.0) from None
        except smtplib.SMTPAuthenticationError as error:
            told = _told(error.smtp_code, error.smtp_error)
            raise Outage(f"Der Mailserver lehnt die Anmeldung ab: {told}", 60.0) from None
        except smtplib.SMTPResponseException as error:
            told = _told(error.smtp_code, error.smtp_error)
            raise Outage(f"Der Mailserver ist nicht bereit: {told}") from None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            raise Outage(f"Der Mailserver ist nicht erreichbar: {why}") from None
        return connection

    def _connect(self, name: str) -> smtplib.SMTP:
        """``name`` is how we introduce ourselves: asking the DNS for the machine's own may take long."""
        server = self._server
        limits: dict[str, Any] = {
            "local_hostname": name,
            "timeout": server.patience,
            "altogether": server.altogether,
        }
        if server.security == "tls":
            return _BoundedTls(server.host, server.port, context=self._trust(), **limits)
        connection = _Bounded(server.host, server.port, **limits)
        if server.security == "starttls":
            try:
                connection.starttls(context=self._trust())
            except BaseException:
                connection.close()
                raise
        return connection

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._server.ca_file)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _log_in(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if not self._server.user:
            return
        file = self._server.password_file
        try:
            password = file.read_text(encoding="utf-8").strip() if file else ""
        except (OSError, UnicodeDecodeError):
            raise Outage("Die Datei mit dem Kennwort für den Mailserver ist nicht lesbar.", 60.0) from None
        connection.login(self._server.user, password)


def _hand_over(connection: smtplib.SMTP, letter: EmailMessage, recipient: str) -> Answer:
    try:
        code, words = connection.rcpt(recipient)
    except (smtplib.SMTPException, OSError):
        raise Outage("Der Mailserver hat die Verbindung abgebrochen.") from None
    if code not in (250, 251):
        return _verdict(code, words)
    try:
        code, words = connection.data(letter.as_bytes())
    except smtplib.SMTPDataError as error:
        return _verdict(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError):
        return Answer(Verdict.LATER, 0, "Die Verbindung brach ab, bevor der Mailserver die Mail bestätigte.")
    return _verdict(code, words)


def _verdict(code: int, words: bytes | str) -> Answer:
    if code == _SERVICE_CLOSING:
        raise Outage(f"Der Mailserver schließt gerade: {_told(code, words)}")
    if 200 <= code < 300:
        return Answer(Verdict.ACCEPTED, code)
    verdict = Verdict.REFUSED if 500 <= code < 600 else Verdict.LATER
    return Answer(verdict, max(code, 0), _told(code, words))


def _told(code: int, words: bytes | str) -> str:
    """What the server said, on one line and without addresses."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return f"{max(code, 0)} {_ADDRESS.sub('…@…', line)}"[:_LONGEST_REASON]
