# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The REST API: the portal's path for programs. OpenAPI at ``/api/v1/openapi.json``."""
