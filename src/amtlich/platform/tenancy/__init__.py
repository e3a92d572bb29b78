# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Authorities, and the one door to their rows.

``tenant()`` opens the transaction in which the database shows the rows of one authority, and only
those. It does not nest, and results leave it evaluated. Which authorities there are: ``registry``.
"""

from amtlich.platform.tenancy.door import NestedTenantError, current_tenant_id, tenant

__all__ = ["NestedTenantError", "current_tenant_id", "tenant"]
