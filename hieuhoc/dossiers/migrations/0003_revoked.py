"""A title taken back is a fact of its dossier too: shares computed from then on do not count it."""

from django.db import migrations, models
from django.db.models import Q

# What was taken back before this migration; the tables of recognition may not be there yet.
BRING_OVER = """
do $$ begin
    if to_regclass('recognition_revocation') is not null then
        update dossiers_dossier d set revoked_on = k.day, revoked_at = k.signed_at
        from recognition_recognition r
        join recognition_revocation v on v.recognition_id = r.id
        join recognition_decision k on k.id = v.decision_id
        where r.dossier_id = d.id and d.state = 'recognised';
    end if;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_tables")]
    operations = [
        migrations.AddField("dossier", "recognised_at", models.DateTimeField(null=True)),
        migrations.AddField("dossier", "revoked_on", models.DateField(null=True)),
        migrations.AddField("dossier", "revoked_at", models.DateTimeField(null=True)),
        migrations.RunSQL(BRING_OVER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "dossier",
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_at=None)
                | Q(revoked_on__isnull=False, revoked_at__isnull=False, state="recognised"),
                name="dossiers_revoked_was_recognised",
            ),
        ),
        migrations.AddIndex(
            "dossier",
            models.Index(fields=["round", "model"], condition=Q(revoked_on__isnull=False), name="dossiers_revoked"),
        ),
    ]
