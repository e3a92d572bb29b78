# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Why no document can be made."""

from amtlich.kernel.errors import AmtlichError


class ProofsError(AmtlichError):
    """A document was not issued. Trying again may help: a full disk, a missing key, a fault of ours."""


class CannotBePrinted(ProofsError):
    """The data hold something that no font draws or that reads back differently: a person must look."""
