# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The description of the API (OpenAPI), made to say what is really sent."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from amtlich.faces.rest.problems import MEDIA_TYPE

_DOCUMENT: dict[str, Any] = {
    "description": "The file, byte by byte as it was issued",
    "content": {"application/pdf": {"schema": {}}, "application/json": {"schema": {"type": "object"}}},
    "headers": {
        "Repr-Digest": {
            "description": "SHA-256 of the file (RFC 9530); the same that the case names",
            "required": True,
            "schema": {"type": "string", "pattern": "^sha-256=:[A-Za-z0-9+/]{43}=:$"},
        },
        "Content-Disposition": {"required": True, "schema": {"type": "string"}},
    },
}
_CSRF_TOKEN: dict[str, Any] = {
    "name": "X-CSRFToken",
    "in": "header",
    "required": False,
    "description": "The csrf_token of /session, with its cookie: needed unless a partner's key comes along",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9]{32,64}$"},
}
#: To be given as ``openapi_extra`` of an operation that sends a file.
SENDS_A_DOCUMENT: dict[str, Any] = {"responses": {200: _DOCUMENT}}


class DescribedApi(NinjaAPI):
    """django-ninja's API, whose description also says what the house does around the operations.

    Errors are problem details; a session is never demanded, for a visitor is somebody, too; what changes
    something carries a CSRF token.
    """

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        described = super().get_openapi_schema(**options)
        for path in described["paths"].values():
            for method, operation in path.items():
                operation["security"] = [*operation.get("security", []), {}]
                if method == "post":
                    operation["parameters"].append(_CSRF_TOKEN)
                for status, answer in operation["responses"].items():
                    content = answer.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        answer["content"] = {MEDIA_TYPE: content["application/json"]}
        return described
