# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "amtlich.contexts.privacy"
    label = "privacy"
