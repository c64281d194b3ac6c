"""When a title left a decision that was not signed: sheets frozen before still counted it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_revoked")]
    operations = [
        migrations.AddField("dossier", "dropped_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["round", "model"], condition=Q(dropped_at__isnull=False), name="dossiers_dropped"),
        ),
    ]
