# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "amtlich.contexts.catalog"
    label = "catalog"
