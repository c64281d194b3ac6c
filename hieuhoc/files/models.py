"""Files kept by the product: the row says what it is, the bytes lie under their hash in the data directory."""

from django.conf import settings
from django.db import models

from hieuhoc.common.ids import uuid7


class StoredFile(models.Model):
    """One kept file; the same bytes are stored once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=20)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
