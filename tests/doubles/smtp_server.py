# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A mail server to test against: real SMTP on the loopback, and all the ways to fail.

In a test:  with FakeMailServer() as server: server.url, server.mode = Mode.BUSY, server.mails
One address only:  server.answers["no@example.org"] = ["550 5.1.1 no such user"]; used up, then 250.
"""

from __future__ import annotations

import base64
import contextlib
import enum
import socket
import socketserver
import ssl
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

#: Longer than any patience in a test; a slow answer ends at once when the server stops.
SLOW_SECONDS = 120.0


class Mode(enum.Enum):
    """How the server behaves to everybody."""

    OK = "ok"
    SLOW = "slow"  # no greeting
    DRIP = "drip"  # a greeting, one byte at a time, without end
    GARBAGE = "garbage"  # something that is no SMTP
    BUSY = "busy"  # 421 at the greeting
    CLOSING = "closing"  # 421 at the recipient
    NO_SENDER = "no sender"  # 550 at MAIL FROM
    NO_CONTENT = "no content"  # 554 after the content
    FULL = "full"  # 452 after the content
    SILENT_AFTER_CONTENT = "silent"  # takes the mail, and closes without a word
    NONSENSE_AFTER_CONTENT = "nonsense"  # takes the mail, and answers with something that is no SMTP


@dataclass(frozen=True)
class Taken:
    """A mail that was taken, with its envelope."""

    sender: str
    recipient: str
    content: bytes
    encrypted: bool

    @property
    def letter(self) -> EmailMessage:
        letter: EmailMessage = BytesParser(EmailMessage, policy=policy.SMTP).parsebytes(self.content)
        return letter

    @property
    def text(self) -> str:
        """The plain text, with line ends as Python has them."""
        body = self.letter.get_body(("plain",))
        assert body is not None
        return str(body.get_content()).replace("\r\n", "\n")


class FakeMailServer:
    """The server as a context manager. ``tls``: "" (none), "starttls" or "implicit"."""

    def __init__(self, *, tls: str = "", folder: Path | None = None, user: str = "", password: str = "",
                 name: str = "localhost") -> None:  # fmt: skip
        self.mode = Mode.OK
        self.answers: dict[str, list[str]] = {}
        self.mails: list[Taken] = []
        self.connections = 0
        self.introduced: list[str] = []  # names that clients gave themselves
        self.tls, self.user, self.password = tls, user, password
        self.stopping = threading.Event()
        self.ca_file: Path | None = None
        self.context: ssl.SSLContext | None = None
        if tls:
            assert folder is not None
            self.ca_file, self.context = _certificates(folder, name)
        fake = self

        class Handler(_Conversation):
            server_double = fake

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        port: int = self._server.server_address[1]
        return port

    @property
    def url(self) -> str:
        """As the setting ``smtp_url`` wants it."""
        scheme = {"": "smtp+plain", "starttls": "smtp", "implicit": "smtps"}[self.tls]
        return f"{scheme}://{self.user}{'@' if self.user else ''}localhost:{self.port}"

    def taken_for(self, recipient: str) -> list[Taken]:
        """The mails to one address, in the order in which they came."""
        return [mail for mail in self.mails if mail.recipient == recipient]

    def __enter__(self) -> FakeMailServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


class _Conversation(socketserver.StreamRequestHandler):
    server_double: FakeMailServer

    def handle(self) -> None:
        fake = self.server_double
        fake.connections += 1
        self.encrypted = False
        with contextlib.suppress(OSError, ssl.SSLError):
            if fake.tls == "implicit":
                self._encrypt()
            if self._greet():
                self._talk()

    def _greet(self) -> bool:
        fake = self.server_double
        if fake.mode is Mode.SLOW:
            fake.stopping.wait(SLOW_SECONDS)
            return False
        if fake.mode is Mode.DRIP:
            while not fake.stopping.wait(0.05):
                self.wfile.write(b"2")
            return False
        if fake.mode is Mode.GARBAGE:
            self.wfile.write(b"<!doctype html><title>Router</title>\r\n")
            return False
        if fake.mode is Mode.BUSY:
            self._say("421 4.3.2 too busy")
            return False
        self._say("220 mail.example ESMTP")
        return True

    def _talk(self) -> None:
        fake, sender, recipient = self.server_double, "", ""
        while line := self.rfile.readline(2000).decode("ascii", "replace").strip():
            word = line.split(":")[0].split(" ")[0].upper()
            if word in ("EHLO", "HELO"):
                fake.introduced.append(line.partition(" ")[2])
                offers = ["mail.example"]
                offers += ["STARTTLS"] if fake.tls == "starttls" and not self.encrypted else []
                offers += ["AUTH PLAIN"] if fake.user else []
                for each in offers[:-1]:
                    self._say(f"250-{each}")
                self._say(f"250 {offers[-1]}")
            elif word == "STARTTLS":
                self._say("220 go ahead")
                self._encrypt()
            elif word == "AUTH":
                good = base64.b64encode(f"\0{fake.user}\0{fake.password}".encode()).decode()
                self._say("235 welcome" if line.split(" ")[-1] == good else "535 5.7.8 bad credentials")
            elif word == "MAIL":
                sender = _address(line)
                self._say("550 5.7.1 not your sender" if fake.mode is Mode.NO_SENDER else "250 fine")
            elif word == "RCPT":
                recipient = _address(line)
                if not self._answer_recipient(recipient):
                    return
            elif word == "DATA":
                self._say("354 go on")
                if not self._take(sender, recipient):
                    return
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine" if word in ("NOOP", "RSET") else "502 what?")

    def _answer_recipient(self, recipient: str) -> bool:
        fake = self.server_double
        if fake.mode is Mode.CLOSING:
            self._say("421 4.3.2 closing")
            return False
        queued = fake.answers.get(recipient, [])
        self._say(queued.pop(0) if queued else "250 fine")
        return True

    def _take(self, sender: str, recipient: str) -> bool:
        fake, lines = self.server_double, []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if fake.mode is Mode.NO_CONTENT:
            self._say("554 5.7.1 looks like spam")
            return True
        if fake.mode is Mode.FULL:
            self._say("452 4.2.2 mailbox of <somebody@example.org> is full")
            return True
        fake.mails.append(Taken(sender, recipient, b"".join(lines), self.encrypted))
        if fake.mode is Mode.SILENT_AFTER_CONTENT:
            return False
        self._say("ok?" if fake.mode is Mode.NONSENSE_AFTER_CONTENT else "250 2.0.0 queued")
        return True

    def _encrypt(self) -> None:
        assert self.server_double.context is not None
        self.request: socket.socket = self.server_double.context.wrap_socket(self.request, server_side=True)
        self.connection = self.request
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
        self.encrypted = True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


def _certificates(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A root and a server certificate for ``name``; returns the root's file and the server's context."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test root")])
    own_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

    def begin(subject: x509.Name, public_key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root_name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime.now(UTC) - timedelta(days=1))
            .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        )

    root = (
        begin(root_name, root_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    names = [x509.DNSName(name), x509.IPAddress(ip_address("127.0.0.1"))] if name == "localhost" else [
        x509.DNSName(name)
    ]  # fmt: skip
    leaf = (
        begin(own_name, key.public_key())
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    ca_file, pair = folder / "root.pem", folder / "server.pem"
    ca_file.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    pair.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + leaf.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    return ca_file, context
