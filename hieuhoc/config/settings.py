"""Settings of an installation. What differs between installations comes from the environment:

``HIEUHOC_DATA`` the data directory, ``DATABASE_URL`` another PostgreSQL, ``HIEUHOC_HOSTS`` the names it
answers to, ``HIEUHOC_ADDRESS`` the public address printed on certificates, ``HIEUHOC_DEMO`` a demonstration.
"""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import platformdirs

from hieuhoc.common.keys import secret

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("HIEUHOC_DATA") or platformdirs.user_data_dir("hieuhoc")).resolve()
DEMO = os.environ.get("HIEUHOC_DEMO", "") == "1"
DEBUG = os.environ.get("HIEUHOC_DEBUG", "") == "1"
SECRET_KEY = secret(DATA_DIR, "django")
PUBLIC_ADDRESS = os.environ.get("HIEUHOC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [
    *os.environ.get("HIEUHOC_HOSTS", "127.0.0.1,localhost,[::1]").split(","),
    urlsplit(PUBLIC_ADDRESS).hostname or "localhost",
]
SECURE = PUBLIC_ADDRESS.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ADDRESS] if SECURE else []


def database(url: str) -> dict:
    """Return Django's database settings: of ``url`` (postgresql://…), or of the embedded server if empty."""
    common = {"ENGINE": "hieuhoc.config.postgres", "CONN_MAX_AGE": 60, "ATOMIC_REQUESTS": False}
    if os.environ.get("HIEUHOC_POOL") == "1":
        common |= {"CONN_MAX_AGE": 0, "OPTIONS": {"pool": {"min_size": 2, "max_size": 12, "timeout": 20}}}
    if not url:
        return common | {"NAME": "hieuhoc", "EMBEDDED": str(DATA_DIR)}
    parts = urlsplit(url)
    return common | {
        "NAME": parts.path.lstrip("/") or "hieuhoc",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0],
        "PORT": str(parts.port or ""),
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cotton",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "procrastinate.contrib.django",
    "hieuhoc.audit",
    "hieuhoc.files",
    "hieuhoc.jobs",
    "hieuhoc.sheets",
    "hieuhoc.places",
    "hieuhoc.accounts",
    "hieuhoc.registry",
    "hieuhoc.criteria",
    "hieuhoc.plans",
    "hieuhoc.rounds",
    "hieuhoc.dossiers",
    "hieuhoc.intake",
    "hieuhoc.recognition",
    "hieuhoc.figures",
    "hieuhoc.portal",
    "hieuhoc.field",
    "hieuhoc.selfassessment",
    "hieuhoc.web",
    "hieuhoc.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hieuhoc.web.middleware.PlainErrors",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "hieuhoc.config.urls"
WSGI_APPLICATION = "hieuhoc.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hieuhoc.web.context.frame",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "hieuhoc.web.templatetags.vietnamese"],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/viec-can-lam/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hieuhoc.accounts.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": "120/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Hiếu Học"
MFA_ADAPTER = "hieuhoc.accounts.adapter.SecondFactor"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hieuhoc.config.static_files.HashedModules"},
}
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"hieuhoc": {"level": "INFO"}},
}
