"""The only settings file. Everything that differs between installations comes from the environment.

WANGGE_DATA   folder of this installation (default: ~/.local/share/wangge), made if missing
DATABASE_URL  postgres://user:password@host:port/name; without it SQLite inside WANGGE_DATA
WANGGE_KEYS   folder of the keys (default: WANGGE_DATA/keys), never in a backup
WANGGE_HOSTS  host names this installation answers to, with commas
WANGGE_HTTPS  1 when it is served over https
WANGGE_PUBLIC where residents reach it, such as https://fangyi.example.cn: stands on slips; without it they carry codes
WANGGE_PROXIES  addresses of the proxies in front of it, with commas: only they may say for whom they ask
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PACKAGE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("WANGGE_DATA") or Path.home() / ".local" / "share" / "wangge").expanduser().absolute()
KEYS = Path(os.environ.get("WANGGE_KEYS") or DATA / "keys").expanduser().absolute()
HTTPS = os.environ.get("WANGGE_HTTPS") == "1"
PUBLIC = os.environ.get("WANGGE_PUBLIC", "").rstrip("/")
PROXIES = frozenset(one.strip() for one in os.environ.get("WANGGE_PROXIES", "").split(",") if one.strip())


def _secret_key() -> str:
    """The signing key of sessions and cursors; random and short-lived until ``wangge init`` has made one."""
    try:
        return (KEYS / "signing.key").read_text("ascii").strip()
    except FileNotFoundError:
        return os.urandom(32).hex()


def _database(url: str | None) -> dict[str, Any]:
    """Return Django's database settings for the URL, or for SQLite in the data folder."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "wangge.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # journal_mode=WAL is set once, when the file is made: two processes doing so at start lock each other
                "init_command": "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=67108864; "
                "PRAGMA temp_store=MEMORY",
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL must start with postgres:// and not with {parts.scheme}://")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": parts.port or query.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {"prepare_threshold": None, **query},
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("WANGGE_HOSTS", "").split(",") if h] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
]
ROOT_URLCONF = "wangge.urls"
WSGI_APPLICATION = "wangge.wsgi.application"
DATABASES = {"default": _database(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "wangge.journal",
    "wangge.privacy",
    "wangge.agenda",
    "wangge.gateways",
    "wangge.places",
    "wangge.access",
    "wangge.people",
    "wangge.surveys",
    "wangge.flows.import_roster",
    "wangge.situation.comparison",
    "wangge.situation.cutoffs",
    "wangge.situation.forms",
    "wangge.office",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wangge.office.signing.middleware.sign_in",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
            "libraries": {"words": "wangge.words.templating"},
            "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
        },
    }
]

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = sorted(path for path in (PACKAGE / "locale").glob("*") if path.is_dir())
LANGUAGE_COOKIE_NAME = "wangge_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
# Five wrong passwords in a row lock a login, from wherever they come, for a quarter of an hour; a link still lets in.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "wangge.office.signing.tries.login_tried"
AXES_LOCKOUT_CALLABLE = "wangge.office.signing.tries.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "wangge_session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "wangge_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# A long questionnaire of a large household has more than the usual thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# An uploaded roster stays in memory: nothing of it may be left behind in a temporary file.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
# A login locks, not an address: the desks of an office share one.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"faults": {"()": "wangge.kernel.tracing.Faults"}},
    "handlers": {
        "faults": {"class": "wangge.kernel.tracing.FaultFile", "folder": str(DATA / "logs"), "formatter": "faults",
                   "level": "ERROR"},
    },
    "loggers": {
        "django": {"handlers": ["faults"], "level": "ERROR", "propagate": False},
        "wangge": {"handlers": ["faults"], "level": "WARNING", "propagate": True},
    },
}  # fmt: skip
