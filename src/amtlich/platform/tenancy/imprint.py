# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What an authority must say about itself: imprint, data protection, accessibility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from amtlich.kernel.errors import BadInput

if TYPE_CHECKING:
    from amtlich.platform.tenancy.models import Authority  # a file is checked before Django is set up

_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Imprint:
    """Texts as the authority wrote them; lines may be parted by ``\\n``. Empty: not stated."""

    represented_by: str = ""  # § 5 (1) no. 1 DDG: who speaks for the authority
    legal_form: str = ""
    supervision: str = ""  # § 5 (1) no. 3 DDG: Aufsichtsbehörde
    vat_id: str = ""  # § 5 (1) no. 6 DDG
    content_responsible: str = ""  # § 18 (2) MStV
    data_protection_officer: str = ""  # Art. 13 (1) b GDPR: how to reach them
    data_protection_authority: str = ""  # Art. 13 (2) d GDPR: where to complain
    accessibility_contact: str = ""  # § 12b BGG and Land law: where barriers are reported
    enforcement_body: str = ""  # Schlichtungs- or Durchsetzungsstelle
    remedy: str = ""  # § 58 (1) VwGO: the remedy notice under every adverse decision


_NEEDED = ("represented_by", "data_protection_officer", "accessibility_contact", "enforcement_body")


def imprint_of(authority: Authority) -> Imprint:
    """What the authority said when it was set up."""
    known = {field.name for field in fields(Imprint)}
    return Imprint(**{name: value for name, value in authority.imprint.items() if name in known})


def checked(given: Mapping[str, Any]) -> dict[str, str]:
    """The section ``[imprint]`` as it is stored. Raises ``BadInput`` that begins with the key."""
    known = [field.name for field in fields(Imprint)]
    if unknown := sorted(given.keys() - set(known)):
        raise BadInput(f"„imprint.{unknown[0]}“ gibt es nicht. Möglich sind: {', '.join(known)}.")
    for name, value in given.items():
        if not isinstance(value, str) or not value.strip():
            raise BadInput(f"„imprint.{name}“: Hier gehört ein Text in Anführungszeichen hin.")
        if len(value) > _LONGEST:
            raise BadInput(f"„imprint.{name}“: Der Text hat {len(value)} Zeichen; erlaubt sind {_LONGEST}.")
    return {name: value.strip() for name, value in given.items()}


def still_missing(given: Mapping[str, Any]) -> list[str]:
    """The keys that law asks for and that are not there; pages say less, but nothing breaks."""
    return [name for name in _NEEDED if not given.get(name)]
