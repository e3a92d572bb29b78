# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The API with something in it: a case that is decided, one that waits, and somebody who is logged in."""

from dataclasses import dataclass, field

import pytest
from tests.integration.conftest import other_town, town
from tests.integration.contexts.cases.conftest import office, residents
from tests.integration.faces.rest.conftest import citizens

__all__ = ["citizens", "office", "other_town", "residents", "town"]


@dataclass(frozen=True)
class Caller:
    """Somebody who calls the API, and what there is to ask about."""

    cookies: dict[str, str]
    headers: dict[str, str]
    case: str
    documents: tuple[str, ...]
    check_code: str
    data: dict = field(repr=False)


@pytest.fixture
def callers(citizens, residents):
    """The holder of the case, somebody else, and a visitor without a session."""
    from tests.doubles.applicants import statements

    from amtlich.platform import jobs

    lena, mehmet = citizens("lena"), citizens("mehmet")
    data = statements(residents["lena"])
    case = lena.submit(data, "contract-1").json()["case"]
    jobs.run_pending()
    lena.submit(data, "contract-2")
    documents = lena.get(f"/api/v1/cases/{case}").json()["documents"]
    code = next(one["check_code"] for one in documents if one["sealed"])
    ids = tuple(one["id"] for one in documents)
    return {
        "holder": Caller(lena.cookies, {"X-CSRFToken": lena.token}, case, ids, code, data),
        "other": Caller(mehmet.cookies, {"X-CSRFToken": mehmet.token}, case, ids, code, data),
        "visitor": Caller({}, {}, case, ids, code, data),
    }
