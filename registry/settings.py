"""The one settings file. Every value that differs between machines is read here, strictly, from the environment.

Importing it starts nothing and writes nothing: type checkers and test workers import it too.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from registry.environment import (
    LOOPBACK_HOSTS,
    host_names,
    mail_address,
    not_negative,
    ocid_prefix,
    only_loopback,
    postgresql_address,
    scanner_address,
    secret,
    site_address,
    some,
    tile_address,
)

# One request is one core's work, and its matrices are too small for two: threads that wait for one another made a text
# twenty times slower on a busy machine. Read when numpy is first imported, and nothing is imported before this file.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# The folder of everything this copy keeps on disk: the embedded database, evidence, built front-end files.
NEARHAND_DATA = Path(env.str("NEARHAND_DATA", str(BASE_DIR / ".nearhand"))).expanduser().resolve()

DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", LOOPBACK_HOSTS, validate=host_names)
# The demonstration: invented providers, one-click sign-in as anybody.
DEMO = env.bool("DEMO", False)
if DEMO and (DEBUG or not only_loopback(ALLOWED_HOSTS)):
    raise ImproperlyConfigured(
        "DEMO signs anybody in as anybody, so it is refused with DEBUG, and unless ALLOWED_HOSTS names this machine "
        f"only ({', '.join(LOOPBACK_HOSTS)}): take DEMO, DEBUG or ALLOWED_HOSTS away."
    )

SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000", validate=site_address).rstrip("/")
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# `check --deploy` refuses this value; it is only good for a trial on one's own machine.
TRIAL_SECRET_KEY = "django-insecure-only-for-a-trial-on-loopback"
SECRET_KEY = env.str("SECRET_KEY", TRIAL_SECRET_KEY, validate=secret)

INSTALLED_APPS = [
    "commissioning.apps.CommissioningConfig",
    "providers.apps.ProvidersConfig",
    "registry.apps.RegistryConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "registry.compression.CompressTextMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "registry.accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "registry.urls"
WSGI_APPLICATION = "registry.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "registry.pages.context.header",
                "providers.shortlists.context.device_list",
            ],
        },
    }
]

if env.str("DATABASE_URL", "", validate=postgresql_address):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60)}
    EMBEDDED_DATABASE = False
else:
    # Starts its own server on the first connection, and not before.
    DATABASES = {"default": {"ENGINE": "registry.database", "NAME": "nearhand"}}
    EMBEDDED_DATABASE = True
# Shared between processes and machines, because rate limits live in it. Its table is made by a migration.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "registry_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "registry.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "registry.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "registry.accounts.forms.AskForCodeForm",
    "confirm_login_code": "registry.accounts.forms.TypeCodeForm",
    "confirm_email_verification_code": "registry.accounts.forms.ConfirmAddressForm",
    "add_email": "registry.accounts.forms.ChangeAddressForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Guesses: three for each code, and no more codes than this for one address.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/h/key"}
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "registry.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "registry.accounts.forms.SecondStepForm",
    "reauthenticate": "registry.accounts.forms.SecondStepAgainForm",
    "activate_totp": "registry.accounts.forms.ActivateAppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Nearhand"
# A phone whose clock is half a minute off still works.
MFA_TOTP_TOLERANCE = 1
# A passkey alone signs in with both factors, so the device must have asked for a face, a finger or its own code.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
# Texts are marked for translators. Until there is a second language, looking each of the thousand words of a page up
# in empty catalogues would cost more than writing the page.
USE_I18N = False
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
# WhiteNoise serves what the finders find; only where another server hands out static files does it collect them.
STATIC_ROOT = env.str("STATIC_ROOT", None)
FRONTEND_ROOT = NEARHAND_DATA / "frontend"
STATICFILES_FINDERS = [
    "registry.frontend.BuiltFilesFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True

EVIDENCE_BUCKET = env.str("EVIDENCE_BUCKET", "")
# ClamAV's daemon. Without one uploads are not scanned; they are written anew all the same.
CLAMD_URL = env.str("CLAMD_URL", "", validate=scanner_address)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "registry.uploads.CarefulUploadHandler",
]
MAXIMUM_UPLOAD_BYTES = 10 * 1024 * 1024
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(NEARHAND_DATA / "evidence"),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
if EVIDENCE_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": EVIDENCE_BUCKET,
            "endpoint_url": env.str("EVIDENCE_ENDPOINT_URL", None),
            "default_acl": "private",
            "querystring_auth": True,
        },
    }

# The demonstration shows its mail on a page of its own, and sends none.
_default_mail = "dummy:" if DEMO else "console:"
env.str("EMAIL_URL", _default_mail, validate=mail_address)
_mail = env.dj_email_url("EMAIL_URL", _default_mail)
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Nearhand <nearhand@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# A proxy that ends TLS must set this header itself and drop what a client sent.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Rate limits count a person's own address, which the proxy appends to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Pictures of the ground under the map of what was found, such as https://tiles.example/{z}/{x}/{y}.png; without it no
# other server is asked for anything. Whose they are is said on the map.
NEARHAND_TILES = env.str("NEARHAND_TILES", "", validate=tile_address)
NEARHAND_TILES_CREDIT = env.str("NEARHAND_TILES_CREDIT", "")

# What one address may search in a minute (0: no limit; many people can share one), and how long each question to the
# database may take.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 240, validate=not_negative)
SEARCHES_A_MINUTE = env.int("SEARCHES_A_MINUTE", 240, validate=not_negative)
# The open feed is read by machines, page after page.
FEED_REQUESTS_A_MINUTE = env.int("FEED_REQUESTS_A_MINUTE", 1200, validate=not_negative)
# What every ocid of the open contracting data begins with. This one is nobody's: each publisher registers its own.
OCDS_PREFIX = env.str("OCDS_PREFIX", "ocds-000000", validate=ocid_prefix)
SEARCH_MILLISECONDS = env.int("SEARCH_MILLISECONDS", 3000, validate=some)

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    # Whose requests are counted: never a header that anybody can write.
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
    # `format` is a parameter of nobody: what is answered is JSON.
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Nearhand",
    "VERSION": "1",
    "DESCRIPTION": (
        "Small care and support businesses: who comes to a door, for what, when, at what price, and what councils have "
        "seen of their papers. Nobody needs a key to read what is public. An error is told as problem details "
        "(RFC 9457); a method that an address does not know gets 405, an address that is none 404."
    ),
    "OAS_VERSION": "3.1.0",
    "SERVERS": [{"url": SITE_URL}],
    "SERVE_INCLUDE_SCHEMA": False,
    # Choices stand where they are used; the words behind them are read on the page of the API.
    "POSTPROCESSING_HOOKS": [],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "COMPONENT_SPLIT_PATCH": False,
}

# One way out for every log line, which cuts what someone typed (registry/logs.py); no error report by mail.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "registry.logs.PlainFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # What is wrong with an upload is told to whoever sent it.
        "pikepdf": {"level": "CRITICAL"},
        # Each statement, with what was typed in it.
        "django.db.backends": {"level": "WARNING"},
    },
}
