# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Brings the office's static files."""

    name = "amtlich.faces.office"
    label = "office"
