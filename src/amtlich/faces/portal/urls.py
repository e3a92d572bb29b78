# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Addresses of the portal: German words, stable, without personal data (see docs)."""

from __future__ import annotations

from django.urls import path

from amtlich.faces.portal.views import account, application, case, gallery, look, my_data, start, verify

urlpatterns = [
    path("", start.start, name="start"),
    path("leistungen/", start.services, name="services"),
    path("leistungen/<slug:slug>/", start.service, name="service"),
    path("leistungen/<slug:slug>/beantragen/", application.begin, name="begin"),
    path("antrag/<slug:token>/", application.resume, name="resume"),
    path("antrag/<slug:token>/pruefen/", application.check, name="check"),
    path("antrag/<slug:token>/eingang/", application.receipt, name="receipt"),
    path("antrag/<slug:token>/<slug:step_id>/", application.step, name="step"),
    path("vorgaenge/", case.my_cases, name="cases"),
    path("vorgaenge/<slug:token>/", case.case, name="case"),
    path("vorgaenge/<slug:token>/dokumente/<uuid:document_id>/", case.document, name="document"),
    path("meine-daten/", my_data.my_data, name="my-data"),
    path("pruefen/", verify.verify, name="verify"),
    path("pruefen/<str:code>", verify.verification, name="verification"),
    path("anmelden/", account.login, name="login"),
    path("abmelden/", account.logout, name="logout"),
    path("behoerde.css", look.stylesheet, name="colours"),
    path("wappen.svg", look.arms, name="arms"),
    path("_galerie/", gallery.gallery, name="gallery"),
]
