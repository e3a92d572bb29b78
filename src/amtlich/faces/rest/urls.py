# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.urls import include, path, re_path

from amtlich.faces.rest.api import api
from amtlich.faces.rest.problems import no_such_address, with_problems

_operations, _app, _namespace = api.urls
for _operation in _operations:
    assert _operation.callback is not None
    _operation.callback = with_problems(_operation.callback)

urlpatterns = [
    path("", include((_operations, _app), namespace=_namespace)),
    re_path(r"^.*$", no_such_address),
]
