"""All settings, read from the environment in one place and checked at start.

docs/settings.md is made of what stands here: each variable with what it takes, its default and what it is for.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from portal import env
from portal.clouds import CLOUDS, HOSTS_OF_AZURE
from portal.egress import trusted_certificates
from portal.env import BadSetting
from portal.hosts import is_below, is_loopback, may_be_loopback
from portal.log_config import LINES

VERSION = "0.1.0"
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
LOGGING = LINES

# --- where the portal is, and how it is protected ---------------------------------------------------------
PORTAL_BASE_URL = env.origin(
    "PORTAL_BASE_URL",
    takes="the public origin of the portal, for example https://crossconnect.example.net",
    shown="required; `http://localhost:$PORT` under `make demo` and `make run`",
    about="redirect URI, allowed host, CSRF origin. `https` anywhere but on the loopback host; it turns on Secure and "
    "`__Host-` cookies and HSTS",
)
_BASE = urlsplit(PORTAL_BASE_URL)
_HOST = _BASE.hostname or ""
HTTPS = _BASE.scheme == "https"
if not HTTPS and not is_loopback(_HOST):
    raise BadSetting("PORTAL_BASE_URL", "is plain http", "an https origin anywhere but on the loopback host")

# No variable turns this on.
DEBUG = False
SECRET_KEY = env.key(
    "PORTAL_SECRET_KEY",
    shortest=50,
    shown="required; made once under `var/` by `make demo` and `make run`",
    about="signs forms, and seals the trail and shared keys where these have no keys of their own",
)
SECRET_KEY_FALLBACKS = list(env.keys("PORTAL_SECRET_KEY_FALLBACKS", shortest=50, about="former secret keys"))
PORTAL_ACTIVITY_KEYS = env.keys(
    "PORTAL_ACTIVITY_KEYS",
    shown="derived from `PORTAL_SECRET_KEY` and its fallbacks",
    about="what seals the trail of activity; see below",
)
PORTAL_SEALING_KEYS = env.keys(
    "PORTAL_SEALING_KEYS",
    shown="derived from `PORTAL_SECRET_KEY` and its fallbacks",
    about="what seals a shared key between the form and the end of its change; see below",
)
ALLOWED_HOSTS = [f"[{_HOST}]" if ":" in _HOST else _HOST]
CSRF_TRUSTED_ORIGINS = [PORTAL_BASE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# A plain request for another host is sent here as well, rather than where its Host header says.
SECURE_SSL_HOST = _BASE.netloc if HTTPS else None
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.csrf_failed"
PORTAL_SESSION_IDLE_SECONDS = env.integer(
    "PORTAL_SESSION_IDLE_SECONDS",
    takes="seconds",
    default=3600,
    about="how long somebody may do nothing and stay signed in; a page that refreshes itself counts for nothing",
)
PORTAL_SESSION_MAX_SECONDS = env.integer(
    "PORTAL_SESSION_MAX_SECONDS",
    takes="seconds",
    default=36_000,
    about="after which a person signs in again, whatever they do; so long a role that Entra ID took away may last",
)
PORTAL_METRICS_TOKEN = env.key(
    "PORTAL_METRICS_TOKEN",
    default="",
    about="what a scraper sends as `Authorization: Bearer …` to `/metrics`; without it there is no such address",
)
PORTAL_TRUSTED_PROXIES = env.networks(
    "PORTAL_TRUSTED_PROXIES",
    about="proxies that may say that the browser came by https and from which address. Behind a proxy that is not "
    "named here, everybody has the proxy's address, and shares its rate limits",
)
SESSION_ENGINE = "portal.accounts.session_store"
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
PORTAL_CLOUD = env.one_of(
    "PORTAL_CLOUD", choices=CLOUDS, default="AzureCloud", about="which Azure; `Sandbox` on the loopback host only"
)
if PORTAL_CLOUD == "Sandbox" and not is_loopback(_HOST):
    raise BadSetting("PORTAL_CLOUD", "is 'Sandbox'", "a real cloud wherever the portal is not on the loopback host")
_CLOUD = CLOUDS[PORTAL_CLOUD]
_AN_HTTPS_ORIGIN = "an https origin such as https://management.azure.com"
PORTAL_ARM_ENDPOINT = env.origin(
    "PORTAL_ARM_ENDPOINT",
    takes=_AN_HTTPS_ORIGIN,
    default=_CLOUD.arm_endpoint or None,
    shown="from the cloud",
    about="where Azure Resource Manager is: the sandbox's, a private endpoint's",
)
AZURE_AUTHORITY_HOST = env.origin(
    "AZURE_AUTHORITY_HOST",
    takes="an https origin such as https://login.microsoftonline.com",
    default=_CLOUD.authority_host or None,
    shown="from the cloud",
    about="where Entra ID is, for people and for the portal itself",
)
for _name, _value in {
    "PORTAL_ARM_ENDPOINT": PORTAL_ARM_ENDPOINT,
    "AZURE_AUTHORITY_HOST": AZURE_AUTHORITY_HOST,
}.items():
    _there = urlsplit(_value).hostname or ""
    if not _value.startswith("https://"):
        raise BadSetting(_name, f"is {_value!r}", _AN_HTTPS_ORIGIN)
    if PORTAL_CLOUD != "Sandbox" and may_be_loopback(_there):
        raise BadSetting(_name, f"is {_value!r}", f"no address of this machine, for PORTAL_CLOUD is {PORTAL_CLOUD}")
    # Whoever likes is an Operator at the sandbox's Entra ID: with one of the two real, that would be so in Azure.
    if PORTAL_CLOUD == "Sandbox" and is_below(_there, HOSTS_OF_AZURE):
        raise BadSetting(_name, f"is {_value!r}", "the sandbox's address, for PORTAL_CLOUD is Sandbox")
PORTAL_ARM_API_VERSION = env.text(
    "PORTAL_ARM_API_VERSION",
    takes="an api-version such as 2026-03-01",
    default=_CLOUD.api_version,
    shown="from the cloud",
    about="what every request asks for",
)
_AN_ID = "a GUID from the app registration"
_A_SECRET = "a client secret of the app registration"  # noqa: S105 - the words for it, not one
# Without a tenant the portal is whoever Azure says that this machine is (managed identity); with one it proves itself.
AZURE_TENANT_ID = env.guid(
    "AZURE_TENANT_ID",
    takes="the GUID of the tenant of the application",
    default="",
    about="the tenant of the portal's own identity for Azure Resource Manager. Without it the portal uses the managed "
    "identity of its machine, the one of `AZURE_CLIENT_ID` if that is set",
)
AZURE_CLIENT_ID = env.client_id(
    "AZURE_CLIENT_ID",
    takes=_AN_ID,
    default=None if AZURE_TENANT_ID else "",
    shown="required with `AZURE_TENANT_ID`",
    about="that identity's application",
)
_CERTIFICATE = env.file_path(
    "AZURE_CLIENT_CERTIFICATE_PATH",
    takes="the path of a PEM or PKCS12 file with certificate and key",
    about="its proof, instead of a secret",
)
AZURE_CLIENT_CERTIFICATE_PATH = str(_CERTIFICATE or "")
AZURE_FEDERATED_TOKEN_FILE = env.text(
    "AZURE_FEDERATED_TOKEN_FILE",
    takes="the path of the file of a workload identity's token",
    default="",
    about="its proof, instead of a secret",
)
AZURE_CLIENT_SECRET = env.secret(
    "AZURE_CLIENT_SECRET",
    takes=f"{_A_SECRET}; AZURE_CLIENT_CERTIFICATE_PATH or AZURE_FEDERATED_TOKEN_FILE may stand in its place",
    default=None if AZURE_TENANT_ID and not (_CERTIFICATE or AZURE_FEDERATED_TOKEN_FILE) else "",
    shown="required with `AZURE_TENANT_ID`, where neither of the two stands in its place",
    about="its proof",
)
ENTRA_TENANT_ID = env.guid(
    "ENTRA_TENANT_ID",
    takes="the GUID of the tenant that people sign in to",
    about="people of another tenant are not signed in",
)
ENTRA_CLIENT_ID = env.client_id("ENTRA_CLIENT_ID", takes=_AN_ID, about="the application that people sign in through")
ENTRA_CLIENT_SECRET = env.secret("ENTRA_CLIENT_SECRET", takes=_A_SECRET, about="that application's proof")
CA_BUNDLE = trusted_certificates(
    env.certificates(
        "PORTAL_CA_BUNDLE",
        takes="the path of a PEM file with certificate authorities",
        about="whom to trust besides the system's authorities. No variable turns the checking of certificates off",
    )
)
PORTAL_SYNC_SECONDS = env.integer(
    "PORTAL_SYNC_SECONDS", takes="seconds", default=120, about="between two syncs of a subscription"
)
PORTAL_CALL_SECONDS = env.integer(
    "PORTAL_CALL_SECONDS",
    takes="seconds",
    default=65,
    about="how long a single call to Azure may take in all; Azure's own gateway gives up after 60",
)
PORTAL_LEASE_SECONDS = env.integer(
    "PORTAL_LEASE_SECONDS",
    takes="seconds, more than PORTAL_CALL_SECONDS",
    default=90,
    least=PORTAL_CALL_SECONDS + 1,
    about="how long a worker owns a row without a sign",
)
PORTAL_NOT_AFTER_SECONDS = env.integer(
    "PORTAL_NOT_AFTER_SECONDS",
    takes="seconds",
    default=900,
    about="after how long a change that was not sent yet waits for a person's word",
)
PORTAL_GIVE_UP_SECONDS = env.integer(
    "PORTAL_GIVE_UP_SECONDS", takes="seconds", default=600, about="how long a reading of Azure's tables is waited for"
)
PORTAL_RETENTION_DAYS = env.integer(
    "PORTAL_RETENTION_DAYS",
    takes="days",
    default=400,
    about="how long the ledger of calls to Azure, ended syncs, readings of tables, the history of cross connections, "
    "what was dealt with and the trail of activity are kept",
)

# --- the database -----------------------------------------------------------------------------------------
DATABASES = {
    "default": env.database(
        "DATABASE_URL",
        default=f"sqlite:///{VAR_DIR}/crossconnect.sqlite3",
        shown="SQLite under `var/`",
        about="PostgreSQL in production; see below",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["NAME"] == ":memory:" and not is_loopback(_HOST):
    raise BadSetting("DATABASE_URL", "is in memory", "a database that all processes share")
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
    "portal.middleware.in_one_chunk",
    # These three stand before whatever answers by itself: a redirect to https, a static file, a sign of life.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.keep_nothing",
    "csp.middleware.CSPMiddleware",
    "portal.health.middleware.answer_healthz",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.plain_texts",
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
    env.text(
        "PORTAL_STATIC_ROOT",
        takes="a folder",
        default=str(BASE_DIR / "static-collected"),
        shown="`static-collected/`; under `var/` with `make demo` and `make run`",
        about="where `collectstatic` puts the files that the browser gets",
    )
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
CELERY_BROKER_URL = env.broker(
    "CELERY_BROKER_URL",
    default=f"filesystem://{VAR_DIR}/broker",
    shown="files under `var/`",
    about="Redis, Valkey or RabbitMQ in production; see below",
)
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# --- what others read -------------------------------------------------------------------------------------
env.elsewhere(
    "HTTPS_PROXY",
    takes="a proxy's URL",
    about="the way out, to Azure and to Entra ID. Lower case counts as well",
)
env.elsewhere("NO_PROXY", takes="hosts, separated by commas", about="who is reached without that proxy")
env.elsewhere(
    "SSL_CERT_FILE",
    takes="a PEM file with certificate authorities",
    default="the system's",
    about="in place of the system's authorities; `PORTAL_CA_BUNDLE` comes on top. `REQUESTS_CA_BUNDLE`, "
    "`CURL_CA_BUNDLE` and `.netrc` change nothing",
)
env.elsewhere(
    "TMPDIR",
    takes="a folder",
    default="`/tmp`; under `var/` with `make demo` and `make run`",
    about="the embedded broker moves each message through it, and the certificates to trust are merged there",
)
env.elsewhere(
    "GUNICORN_CMD_ARGS",
    takes="options of gunicorn, for example `--workers 2 --threads 8`",
    about="how many processes and threads answer pages: 1 and 8 without it",
)
env.elsewhere(
    "DJANGO_SETTINGS_MODULE",
    takes="`portal.settings`",
    default="`portal.settings`",
    about="nothing else; `manage.py`, gunicorn and celery set it themselves",
)
env.elsewhere(
    "POSTGRES_PASSWORD",
    takes="letters and digits, for they stand in a URL: `openssl rand -hex 24`",
    default="required",
    about="`docker/compose.yaml` alone: the password of its database",
)
