# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can go wrong when a register is asked. One that is down is no error: see ``Unavailable``."""

from __future__ import annotations

from amtlich.kernel.errors import AmtlichError, BadInput


class RegistersError(AmtlichError):
    """Root of this context's errors; raised itself for a register that is set up wrongly."""


class CallInsideTransaction(RegistersError):
    """A register was asked inside a transaction: the journal entry would not be durable before the data."""


class UnknownField(RegistersError, BadInput):
    """A field was asked for that no resident register holds."""


class FaultyAnswer(RegistersError):
    """A register's answer breaks the protocol. Never leaves this context: it becomes ``Unavailable``."""
