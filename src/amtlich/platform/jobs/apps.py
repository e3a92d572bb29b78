# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "amtlich.platform.jobs"
    label = "jobs"
