# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Addresses of the portal: German words, stable, without personal data (see docs)."""

from __future__ import annotations

from django.urls import path

from amtlich.faces.portal.views import (
    account,
    application,
    around,
    case,
    feedback,
    gallery,
    look,
    my_data,
    provider_login,
    provider_logout,
    session,
    start,
    status,
    verify,
)

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
    path("anmelden/anbieter/", provider_login.start, name="login_start"),
    path("anmelden/rueckkehr/", provider_login.callback, name="login_callback"),
    path("anmelden/hoeher/", provider_login.higher, name="login_higher"),
    path("anmelden/gewechselt/", provider_login.other_person, name="login_changed"),
    path("anmelden/entwurf/", provider_login.other_draft, name="login_draft"),
    path("anmelden/verlaengern/", session.prolong, name="session"),
    path("anmelden/beenden/", provider_logout.back_channel, name="back_channel"),
    path("abmelden/", account.logout, name="logout"),
    path("abmelden/fertig/", account.logged_out, name="logged_out"),
    path("rueckmeldung/", feedback.feedback, name="feedback"),
    path("rueckmeldung/barriere/", feedback.barrier, name="barrier"),
    path("rueckmeldung/danke/", feedback.thanks, name="feedback_thanks"),
    path("barrierefreiheit/", around.accessibility, name="accessibility"),
    path("impressum/", around.imprint, name="imprint"),
    path("datenschutz/", around.privacy, name="privacy"),
    path("leichte-sprache/", around.easy_language, name="easy_language"),
    path("status/", status.status, name="status"),
    path("behoerde.css", look.stylesheet, name="colours"),
    path("wappen.svg", look.arms, name="arms"),
    path("_galerie/", gallery.gallery, name="gallery"),
]
