# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What lies between the network and the pages: server, headers, error pages, static files.

One ASGI entry (``asgi.application``): ``/live/`` goes to the live hub, everything else to Django
in a bounded pool of threads. Nothing here knows a face or a context.
"""
