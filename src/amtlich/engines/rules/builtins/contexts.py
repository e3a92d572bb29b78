# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions on contexts."""

from __future__ import annotations

from amtlich.engines.rules.builtins.signature import built_in, no_value
from amtlich.engines.rules.values import Caller


@built_in("get value", "m: context, key: string")
def get_value(caller: Caller, m: dict[str, object], key: str) -> object:
    return m.get(key)


@built_in("get entries", "m: context")
def get_entries(caller: Caller, m: dict[str, object]) -> list[object]:
    return [{"key": key, "value": value} for key, value in m.items()]


@built_in("context", "entries: list")
def context(caller: Caller, entries: list[object]) -> dict[str, object] | None:
    found: dict[str, object] = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(key, str) or "value" not in entry or key in found:
            no_value(
                caller,
                "context",
                "entries need different keys and a value",
                "Einträge brauchen verschiedene Schlüssel und einen Wert.",
            )
            return None
        found[key] = entry["value"]
    return found


@built_in("context put", "context: context, key: string, value: any")
def context_put(caller: Caller, base: dict[str, object], key: str, value: object) -> dict[str, object]:
    return {**base, key: value}


@built_in("context put", "context: context, keys: list, value: any")
def context_put_deep(caller: Caller, base: dict[str, object], keys: list[object], value: object) -> object:
    first = keys[0] if keys else None
    if not isinstance(first, str):
        no_value(caller, "context put", "keys must be texts", "Schlüssel müssen Texte sein.")
        return None
    if len(keys) == 1:
        return {**base, first: value}
    inner = base.get(first)
    if not isinstance(inner, dict):
        no_value(caller, "context put", f"{first} is no context", f"{first} ist kein Datensatz.")
        return None
    changed = context_put_deep(caller, inner, keys[1:], value)
    return None if changed is None else {**base, first: changed}


@built_in("context merge", "contexts: list")
def context_merge(caller: Caller, contexts: list[object]) -> dict[str, object] | None:
    found: dict[str, object] = {}
    for one in contexts:
        if not isinstance(one, dict):
            no_value(caller, "context merge", "needs contexts only", "braucht lauter Datensätze.")
            return None
        found.update(one)
    return found
