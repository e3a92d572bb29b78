# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Addresses of the office. Every view says in ``guard`` to whom it opens."""

from __future__ import annotations

from django.urls import path

from amtlich.faces.office.views import account, accounts, login, start

app_name = "office"
urlpatterns = [
    path("", start.start, name="start"),
    path("anmelden/", login.login, name="login"),
    path("anmelden/code/", login.code, name="code"),
    path("abmelden/", login.logout, name="logout"),
    path("zugang/<str:key>/", login.enrol, name="enrol"),
    path("konto/", account.account, name="account"),
    path("konten/", accounts.accounts, name="accounts"),
]
