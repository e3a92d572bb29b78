# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A web process for tests, as ``amtlich web`` runs it: ``python web_process.py PORT``."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

django.setup()
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
call_command("collectstatic", verbosity=0, interactive=False)

from amtlich.platform.web.server import run_web  # noqa: E402

if __name__ == "__main__":
    run_web(int(sys.argv[1]))
