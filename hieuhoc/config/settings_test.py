"""Settings of the tests: a data directory of their own for each checkout, quick passwords, plain static files."""

import os
import tempfile
import zlib
from pathlib import Path

os.environ.setdefault(
    "HIEUHOC_DATA",
    str(Path(tempfile.gettempdir()) / f"hieuhoc-test-{os.getuid()}-{zlib.crc32(__file__.encode()):x}"),
)

from hieuhoc.config.settings import *  # noqa: F403
from hieuhoc.config.settings import STORAGES

DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
