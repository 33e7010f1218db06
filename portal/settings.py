"""All settings, read from the environment in one place and checked at start. docs/settings.md explains them."""

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from portal import env
from portal.clouds import CLOUDS
from portal.egress import trusted_certificates
from portal.env import BadSetting
from portal.log_config import LINES

VERSION = "0.1.0"
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
LOGGING = LINES


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


# --- where the portal is, and how it is protected ---------------------------------------------------------
PORTAL_BASE_URL = env.origin(
    "PORTAL_BASE_URL", takes="the public origin of the portal, for example https://crossconnect.example.net"
)
_BASE = urlsplit(PORTAL_BASE_URL)
_HOST = _BASE.hostname or ""
HTTPS = _BASE.scheme == "https"
if not HTTPS and not _is_loopback(_HOST):
    raise BadSetting("PORTAL_BASE_URL", "is plain http", "an https origin anywhere but on the loopback host")

DEBUG = False
SECRET_KEY = env.text("PORTAL_SECRET_KEY", takes="a long random text, kept secret")
SECRET_KEY_FALLBACKS = list(env.texts("PORTAL_SECRET_KEY_FALLBACKS"))
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:  # noqa: PLR2004 - Django's own measure (security.W009)
    raise BadSetting("PORTAL_SECRET_KEY", "is weak", "at least 50 random characters")
PORTAL_ACTIVITY_KEYS = env.keys("PORTAL_ACTIVITY_KEYS")
PORTAL_SEALING_KEYS = env.keys("PORTAL_SEALING_KEYS")
ALLOWED_HOSTS = [f"[{_HOST}]" if ":" in _HOST else _HOST]
CSRF_TRUSTED_ORIGINS = [PORTAL_BASE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# A plain request for another host is sent here as well, rather than where its Host header says.
SECURE_SSL_HOST = _BASE.netloc if HTTPS else None
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.csrf_failed"
PORTAL_SESSION_MAX_SECONDS = env.integer("PORTAL_SESSION_MAX_SECONDS", takes="seconds", default=36_000)
PORTAL_SESSION_IDLE_SECONDS = env.integer("PORTAL_SESSION_IDLE_SECONDS", takes="seconds", default=3600)
SESSION_COOKIE_AGE = PORTAL_SESSION_MAX_SECONDS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Azure and Entra ID -----------------------------------------------------------------------------------
PORTAL_CLOUD = env.one_of("PORTAL_CLOUD", choices=CLOUDS, default="AzureCloud")
if PORTAL_CLOUD == "Sandbox" and not _is_loopback(_HOST):
    raise BadSetting("PORTAL_CLOUD", "is 'Sandbox'", "a real cloud wherever the portal is not on the loopback host")
_CLOUD = CLOUDS[PORTAL_CLOUD]
_AN_HTTPS_ORIGIN = "an https origin such as https://management.azure.com"
PORTAL_ARM_ENDPOINT = env.origin("PORTAL_ARM_ENDPOINT", takes=_AN_HTTPS_ORIGIN, default=_CLOUD.arm_endpoint or None)
AZURE_AUTHORITY_HOST = env.origin("AZURE_AUTHORITY_HOST", takes=_AN_HTTPS_ORIGIN, default=_CLOUD.authority_host or None)
for _name, _value in {
    "PORTAL_ARM_ENDPOINT": PORTAL_ARM_ENDPOINT,
    "AZURE_AUTHORITY_HOST": AZURE_AUTHORITY_HOST,
}.items():
    if not _value.startswith("https://"):
        raise BadSetting(_name, f"is {_value!r}", _AN_HTTPS_ORIGIN)
PORTAL_ARM_API_VERSION = env.text(
    "PORTAL_ARM_API_VERSION", takes="an api-version such as 2026-03-01", default=_CLOUD.api_version
)
_AN_ID = "a GUID from the app registration"
_A_SECRET = "a client secret of the app registration"  # noqa: S105 - the words for it, not one
# Without a tenant the portal is whoever Azure says that this machine is (managed identity); with one it proves itself.
AZURE_TENANT_ID = env.guid("AZURE_TENANT_ID", takes="the GUID of the tenant of the application", default="")
AZURE_CLIENT_ID = env.text("AZURE_CLIENT_ID", takes=_AN_ID, default=None if AZURE_TENANT_ID else "")
_CERTIFICATE = env.existing_file("AZURE_CLIENT_CERTIFICATE_PATH", takes="a PEM or PKCS12 file with certificate and key")
AZURE_CLIENT_CERTIFICATE_PATH = str(_CERTIFICATE or "")
AZURE_FEDERATED_TOKEN_FILE = env.text("AZURE_FEDERATED_TOKEN_FILE", takes="the path of a token", default="")
AZURE_CLIENT_SECRET = env.text(
    "AZURE_CLIENT_SECRET",
    takes=f"{_A_SECRET}; AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE may stand in its place",
    default=None if AZURE_TENANT_ID and not (_CERTIFICATE or AZURE_FEDERATED_TOKEN_FILE) else "",
)
ENTRA_TENANT_ID = env.guid("ENTRA_TENANT_ID", takes="the GUID of the tenant that people sign in to")
ENTRA_CLIENT_ID = env.text("ENTRA_CLIENT_ID", takes=_AN_ID)
ENTRA_CLIENT_SECRET = env.text("ENTRA_CLIENT_SECRET", takes=_A_SECRET)
CA_BUNDLE = trusted_certificates(env.existing_file("PORTAL_CA_BUNDLE", takes="a PEM file with certificate authorities"))
PORTAL_SYNC_SECONDS = env.integer("PORTAL_SYNC_SECONDS", takes="seconds between two syncs", default=120)
PORTAL_TRUSTED_PROXIES = env.networks("PORTAL_TRUSTED_PROXIES")
PORTAL_RETENTION_DAYS = env.integer("PORTAL_RETENTION_DAYS", takes="days", default=400)
PORTAL_CALL_SECONDS = env.integer("PORTAL_CALL_SECONDS", takes="seconds that one call to Azure may take", default=65)
PORTAL_LEASE_SECONDS = env.integer(
    "PORTAL_LEASE_SECONDS", takes="seconds, more than one call may take", default=90, least=PORTAL_CALL_SECONDS + 1
)
PORTAL_NOT_AFTER_SECONDS = env.integer(
    "PORTAL_NOT_AFTER_SECONDS", takes="seconds after which a change waits for a person's word", default=900
)
PORTAL_GIVE_UP_SECONDS = env.integer(
    "PORTAL_GIVE_UP_SECONDS", takes="seconds until a reading of Azure's tables is given up", default=600
)

# --- the database -----------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR}/crossconnect.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without IMMEDIATE, concurrent writers fail with "database is locked" however long they may wait. FULL, since
    # a power cut must not forget what was asked of Azure.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# --- the site ---------------------------------------------------------------------------------------------
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_structlog",
    "portal.accounts",
    "portal.access",
    "portal.activity",
    "portal.health",
    "portal.limits",
    "crossconnections",
]
MIDDLEWARE = [
    # These three stand before whatever answers by itself: a redirect to https, a static file, a sign of life.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.keep_nothing",
    "csp.middleware.CSPMiddleware",
    "portal.health.middleware.answer_healthz",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.RequestLog",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.accounts.middleware.limit_sessions",
    "portal.accounts.middleware.SignInRequired",
    "portal.access.middleware.PermissionRequired",
    "portal.activity.middleware.TrailKept",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "portal.context_processors.shell",
            ],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ],
            "builtins": ["portal.templatetags.components"],
        },
    }
]
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(
    env.text("PORTAL_STATIC_ROOT", takes="the folder for static files", default=str(BASE_DIR / "static-collected"))
)
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
# Every row of a list that is ticked is a field: the form says how many are too many, and none is lost.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_HANDLERS = ["portal.uploads.RefuseFiles"]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backend.EntraBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"

# --- background work --------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.text(
    "CELERY_BROKER_URL",
    takes="a broker URL, for example redis://host/0 or amqp://user:password@host//",
    default=f"filesystem://{VAR_DIR}/broker",
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
