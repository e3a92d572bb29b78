# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An issued certificate to check, with its bytes and its code."""

from types import SimpleNamespace

import pytest
from tests.integration.contexts.cases.conftest import apply_as, office, residents

__all__ = ["apply_as", "office", "residents"]


@pytest.fixture
def issued(office, apply_as, residents):
    """Lena Brückner's certificate: ``pdf``, ``code``, and the case it was issued in."""
    from tests.doubles.applicants import pdf_of

    done = apply_as(residents["lena"])
    (sealed,) = [item for item in done.case.documents if item.sealed]
    return SimpleNamespace(pdf=pdf_of(done), code=sealed.check_code, done=done, sealed=sealed)


@pytest.fixture
def sealed_letter(office, tmp_path):
    """A letter that was never issued here, sealed with the key of an authority of this house."""
    from amtlich.engines.documents import fonts
    from amtlich.engines.documents.render import Renderer
    from amtlich.engines.documents.seal import Sealer
    from amtlich.kernel import clock
    from amtlich.platform import keys
    from amtlich.platform.settings.config import config

    (tmp_path / "brief.typ").write_text(_LETTER)

    def seal(by, text="Guten Tag"):
        pdf = Renderer(tmp_path, fonts.prepare(config().fonts)).render("brief.typ", {"text": text})
        key = keys.seal_key(by)
        return Sealer(key).seal(pdf, reason="Brief", field_label="Siegel", at=clock.now())

    return seal


_LETTER = """
#let d = json(bytes(sys.inputs.data))
#set document(title: "Brief", date: datetime(year: 2026, month: 11, day: 25))
#set text(font: "Amtlich Sans", lang: "de")
= Brief
#d.text
"""
