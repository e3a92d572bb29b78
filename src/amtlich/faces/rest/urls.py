# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.urls import path, re_path

from amtlich.faces.rest.api import api
from amtlich.faces.rest.problems import no_such_address

urlpatterns = [
    path("", api.urls),
    re_path(r"^.*$", no_such_address),
]
