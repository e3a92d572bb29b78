# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which way mails go out of this installation, and under whose name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from amtlich.contexts.mail.adapters.folder import FolderTransport
from amtlich.contexts.mail.adapters.smtp import Server, SmtpTransport
from amtlich.contexts.mail.addresses import as_ascii, clean_address
from amtlich.contexts.mail.errors import AddressRefused
from amtlich.contexts.mail.ports import Transport
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy.models import Authority

_DEMO_SENDER = "{slug}@amtlich.example"


def offered() -> bool:
    """Whether mails can leave at all. Asks settings only."""
    return transport() is not None


def transport() -> Transport | None:
    """The mail server of the settings; in the demonstration a folder; else None."""
    settings = config()
    if settings.smtp_url and settings.mail_from:
        # Kept for this process: the breaker must know what happened to the mail before.
        return _smtp(settings.smtp_url, settings.smtp_password_file, settings.smtp_ca_file)
    return FolderTransport(demo_folder()) if settings.mode == "demo" else None


def demo_folder() -> Path:
    """Where the demonstration puts its mails."""
    return config().home / "mails"


def goes_to_folder() -> bool:
    """Whether mails end in a folder instead of a mailbox."""
    return isinstance(transport(), FolderTransport)


def sender(authority: Authority) -> str:
    """The address from which this authority writes, in ASCII."""
    pattern = config().mail_from or _DEMO_SENDER
    return as_ascii(pattern.replace("{slug}", authority.slug))


def answers_go_to(authority: Authority) -> str:
    """The authority's own mailbox in ASCII, or "" if it names none that can be used."""
    try:
        return as_ascii(clean_address(authority.email)) if authority.email else ""
    except AddressRefused:
        return ""


def portal_of(authority: Authority) -> str:
    """The address of the authority's portal, without a slash at its end."""
    settings = config()
    if settings.mode == "production":
        return f"https://{authority.hosts[0]}"
    return f"http://{authority.hosts[0]}:{settings.port}"


@cache
def _smtp(url: str, password_file: Path | None, ca_file: Path | None) -> SmtpTransport:
    return SmtpTransport(Server.of(url, password_file, ca_file))
