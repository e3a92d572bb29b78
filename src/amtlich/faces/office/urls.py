# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Addresses of the office. Every view says in ``guard`` to whom it opens."""

from __future__ import annotations

from django.urls import path

from amtlich.faces.office.views import account, accounts, case, inbox, login, packages, parked, start

app_name = "office"
urlpatterns = [
    path("", start.start, name="start"),
    path("anmelden/", login.login, name="login"),
    path("anmelden/code/", login.code, name="code"),
    path("anmelden/passkey/", login.passkey, name="passkey"),
    path("abmelden/", login.logout, name="logout"),
    path("zugang/<str:key>/", login.enrol, name="enrol"),
    path("tastatur/", start.keyboard, name="keyboard"),
    path("eingang/", inbox.inbox, name="inbox"),
    path("vorgaenge/<slug:token>/", case.case, name="case"),
    path("vorgaenge/<slug:token>/dokumente/<uuid:document_id>/", case.document, name="case_document"),
    path("vorgaenge/<slug:token>/<slug:name>/", case.act, name="case_act"),
    path("stillstand/", parked.parked, name="parked"),
    path("konto/", account.account, name="account"),
    path("konten/", accounts.accounts, name="accounts"),
    path("leistungen/", packages.overview, name="packages"),
    path("leistungen/<str:slug>/", packages.service, name="package"),
    path("leistungen/<str:slug>/beenden/", packages.end, name="package_end"),
    path("leistungen/<str:slug>/<str:version>/", packages.version, name="package_version"),
    path("leistungen/<str:slug>/<str:version>/veroeffentlichen/", packages.publish, name="package_publish"),
    path("leistungen/<str:slug>/<str:version>/ablehnen/", packages.reject, name="package_reject"),
    path("leistungen/<str:slug>/<str:version>/vorlegen/", packages.hand_in_again, name="package_again"),
]
