# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "amtlich.platform.partners"
    label = "partners"
