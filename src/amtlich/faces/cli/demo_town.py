# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The demonstration: the town Musterstadt with 20,000 residents, and a small second authority."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.registers import api as registers
from amtlich.faces.cli.authorities import read
from amtlich.kernel.person import Identity
from amtlich.platform import keys
from amtlich.platform.accounts.personas import Persona, ensure_personas
from amtlich.platform.accounts.staff import demo as staff_demo
from amtlich.platform.settings.config import config, shipped_services
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import AuthoritySpec, ensure_authority


def _shipped(slug: str) -> AuthoritySpec:
    """The specification of a demonstration authority, read as any other authority's file is."""
    return AuthoritySpec(**read(shipped_services() / "behoerden" / f"{slug}.toml"))  # type: ignore[arg-type]


MUSTERSTADT = _shipped("musterstadt")
KLEINSTADT = _shipped("kleinstadt")
_RESIDENTS: Mapping[str, int] = {MUSTERSTADT.slug: 20_000, KLEINSTADT.slug: 500}


def ensure_town(residents: Mapping[str, int] = _RESIDENTS, also_at: Sequence[str] = ()) -> int:
    """Set both authorities up with keys, residents, log-ins and services; safe to repeat.

    ``residents``: how many each town has, by slug. ``also_at``: host names under which other machines
    reach Musterstadt. Returns how many residents it has.
    """
    reachable = replace(MUSTERSTADT, hosts=(*MUSTERSTADT.hosts, *also_at))
    town, residents_there = _ensure(reachable, residents[MUSTERSTADT.slug])
    _ensure(KLEINSTADT, residents[KLEINSTADT.slug])
    for folder in sorted(config().services.iterdir()):
        if (folder / "service.yaml").is_file():
            catalog.publish(folder, authority_id=None, by="Vorführung")
    # Only Musterstadt lists what it does offline; the small authority shows how a portal looks without.
    listed = config().services / "verzeichnis" / town.slug
    if listed.is_dir():
        catalog.publish_directory(listed, town.id, by="Vorführung")
    return residents_there


def _ensure(spec: AuthoritySpec, count: int) -> tuple[Authority, int]:
    authority: Authority = ensure_authority(spec)
    keys.create(authority)
    staff_demo.ensure(authority.id)
    residents = registers.populate_demo(authority.id, residents=count, seed=1)
    ensure_personas(
        authority.id, [_persona(one) for one in registers.demo_residents(spec.slug) if one.persona]
    )
    return authority, residents


def _persona(resident: registers.DemoResident) -> Persona:
    stated = resident.query
    return Persona(
        key=resident.key,
        display_name=resident.display_name,
        about=resident.about_de,
        level=resident.level,
        means="demo",
        identity=Identity(stated.family, stated.given, stated.birth, stated.address),
    )
