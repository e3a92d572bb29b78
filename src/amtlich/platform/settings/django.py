# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Django's settings, all derived from one ``Config``. Written in the shape of Django 6."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from amtlich.platform.settings.config import config

_CONFIG = config()

SECRET_KEY = _CONFIG.secret_key
DEBUG = False
# The host decides the authority, in the database (platform.tenancy); a list here would be a second truth.
ALLOWED_HOSTS = ["*"]
USE_X_FORWARDED_HOST = False
ROOT_URLCONF = "amtlich.faces.urls"
WSGI_APPLICATION = None
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "amtlich.platform.database",
    "amtlich.platform.tenancy",
    "amtlich.platform.accounts",
    "amtlich.platform.accounts.staff",
    "amtlich.platform.events",
    "amtlich.platform.jobs",
    "amtlich.platform.integrity",
    "amtlich.platform.partners",
    "amtlich.contexts.catalog",
    "amtlich.contexts.privacy",
    "amtlich.contexts.registers",
    "amtlich.contexts.proofs",
    "amtlich.contexts.mail",
    "amtlich.contexts.cases",
    "amtlich.contexts.steering",
    "amtlich.faces.portal",
    "amtlich.faces.office",
]

MIDDLEWARE = [
    # First: whatever is answered, error pages too, speaks the language form that was asked for.
    "amtlich.faces.portal.language.LanguageMiddleware",
    "amtlich.platform.web.middleware.SafeRequestMiddleware",
    "amtlich.platform.web.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After WhiteNoise, which serves what is compressed already. CSRF tokens are masked anew in every page.
    "amtlich.platform.web.compression.PageCompression",
    "amtlich.platform.tenancy.middleware.AuthorityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "amtlich.platform.accounts.middleware.ActorMiddleware",
    "amtlich.platform.accounts.staff.middleware.StaffMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "amtlich.platform.web.middleware.ErrorPagesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "amtlich.faces.portal.jinja.environment"},
    }
]


def _database(url: str, *, pool: bool) -> dict[str, Any]:
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", None) or unquote(parts.hostname or "")
    options: dict[str, Any] = dict(query)
    if pool:
        # Waiting for a connection ends before the client's patience does (reliability: second wave).
        options["pool"] = {"min_size": 1, "max_size": _CONFIG.web_threads + 2, "timeout": 8}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
    }


def _url(role: str) -> str:
    """A process that was given no address for a role never connects as it; should it, the error of
    PostgreSQL then names the missing setting."""
    fallback = f"postgresql://amtlich_{role}@/amtlich?host=/AMTLICH_DATABASE_URL-fehlt-{role}"
    return _CONFIG.database_urls.get(role, fallback)


_POOLED = _CONFIG.mode != "test"
DATABASES = {
    "default": {**_database(_url("app"), pool=_POOLED), "TEST": {"MIRROR": "owner"}},
    # Without DEPENDENCIES the owner would wait for "default", which mirrors it: a circle.
    "owner": {**_database(_url("owner"), pool=False), "TEST": {"DEPENDENCIES": []}},
    "system": {**_database(_url("system"), pool=False), "TEST": {"MIRROR": "owner"}},
    "retention": {**_database(_url("retention"), pool=False), "TEST": {"MIRROR": "owner"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["amtlich.platform.accounts.backend.AccountBackend"]
SILENCED_SYSTEM_CHECKS = [
    "auth.E003",  # a user name is unique within its authority, not over all of them
    "auth.W004",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

SESSION_ENGINE = "amtlich.platform.accounts.sessions"
SESSION_COOKIE_NAME = "amtlich_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Seconds without doing anything, and altogether (platform.accounts.session_time): of a visitor, ...
SESSION_COOKIE_AGE = 8 * 3600
VISIT_WHOLE = 24 * 3600
# ... and of somebody who is logged in.
SIGNED_IN_AGE = 3600
SIGNED_IN_WHOLE = 8 * 3600
CSRF_COOKIE_NAME = "amtlich_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "amtlich.faces.portal.views.draft_faults.csrf_failure"
if _CONFIG.mode == "production":
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _CONFIG.trusted_proxies else None

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "/static/"
STATIC_ROOT = _CONFIG.home / "static"
if _CONFIG.mode != "test":
    # Hashed names that browsers may keep for ever, compressed once when they are collected.
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "amtlich.faces.portal.assets.StyleFinder",
]

# A form is a few kilobytes; a megabyte in a field is refused before it is parsed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# No file that somebody sends is put on the disk on the way in. The front bounds bodies and their number.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10

LOGGING_CONFIG = None
