# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Roles and row-level security: what the database itself refuses, whatever the code does.

Four roles: *owner* migrates, *app* runs web and worker, *system* reads over all authorities (hub,
sweepers, verification), *retention* deletes erasable payloads. None of the last three owns a table
or bypasses a policy.
"""
