# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Members of staff: accounts apart from citizens', with a second factor and sessions of their own.

``accounts`` manages who works here, ``login`` lets them in, ``sessions`` knows who is in. (ADR 0020)
"""

from amtlich.platform.accounts.staff.roles import Role, StaffMember

__all__ = ["Role", "StaffMember"]
