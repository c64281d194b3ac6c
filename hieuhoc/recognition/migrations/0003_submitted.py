"""The list behind a tờ trình: which dossiers it put forward. Kept as it was; what is taken back stands in the act log."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
create trigger recognition_submitted_kept before update or delete on recognition_submitted
    for each row execute function recognition_kept();
"""
FREE = "drop trigger recognition_submitted_kept on recognition_submitted"


class Migration(migrations.Migration):
    dependencies = [("recognition", "0002_frozen"), ("dossiers", "0003_revoked")]
    operations = [
        migrations.CreateModel(
            name="Submitted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="listed", to="recognition.submission"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="submitted", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "dossier"), name="recognition_submitted_once")
                ]
            },
        ),
        migrations.RunSQL(KEEP, FREE),
    ]
