# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Two walls of the house that import-linter has no contract for; see pyproject.toml.

``DoorsContract``: a context is entered through its ``api`` (calls) or ``events`` (types) only.
``OutsideContract``: what reaches outside the process is imported in named rooms only.
"""

from __future__ import annotations

import re

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """No module outside a child of ``container`` imports more of it than its doors."""

    container = fields.StringField()
    doors = fields.ListField(fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = []
        for context in sorted(graph.find_children(self.container)):
            allowed = {f"{context}.{door}" for door in self.doors}
            for module in sorted({context, *graph.find_descendants(context)} - allowed):
                for importer in sorted(graph.find_modules_that_directly_import(module)):
                    if importer != context and not importer.startswith(f"{context}."):
                        broken.append(f"{importer} -> {module}")
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(f"{line}: go through the context's api")


class OutsideContract(Contract):
    """Only modules that match one of ``allowed`` (regular expressions) import one of ``packages``."""

    packages = fields.ListField(fields.StringField())
    allowed = fields.ListField(fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        rooms = [re.compile(pattern) for pattern in self.allowed]
        broken = [
            f"{importer} -> {package}"
            for package in self.packages
            if package in graph.modules
            for importer in sorted(graph.find_modules_that_directly_import(package))
            if not any(room.fullmatch(importer) for room in rooms)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(f"{line}: only adapters and the supervisor reach outside")
