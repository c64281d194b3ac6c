"""One title may leave a decision that is not signed yet: kept as it was, so that it can go back until it is signed.

A title of a signed decision is kept as before; one of an unsigned decision may be deleted, never changed.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

LOOSEN = """
create function recognition_title_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (select 1 from recognition_decision d where d.id = old.decision_id and d.day is null)
    then
        return old;
    end if;
    raise exception '% % is kept: it is followed by later facts, never changed', tg_table_name, old.id
        using errcode = 'check_violation';
end $$;
drop trigger recognition_kept on recognition_recognition;
create trigger recognition_kept before update or delete on recognition_recognition
    for each row execute function recognition_title_kept();
"""
TIGHTEN = """
drop trigger recognition_kept on recognition_recognition;
create trigger recognition_kept before update or delete on recognition_recognition
    for each row execute function recognition_kept();
drop function recognition_title_kept();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0003_submitted"),
        ("dossiers", "0004_dropped"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "decision",
            "listed_at",
            models.DateTimeField(help_text="Lúc danh sách của quyết định chưa ký đổi lần cuối", null=True),
        ),
        migrations.CreateModel(
            name="Dropped",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kept",
                    models.JSONField(help_text="Danh hiệu như lúc đưa ra: số vào sổ và mã không dùng cho ai khác"),
                ),
                ("reason", models.TextField()),
                ("dropped_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dropped",
                        to="recognition.decision",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dropped", to="dossiers.dossier"
                    ),
                ),
                (
                    "dropped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("undone_at", None)),
                        fields=("decision", "dossier"),
                        name="recognition_dropped_once",
                    )
                ]
            },
        ),
        migrations.RunSQL(LOOSEN, TIGHTEN),
    ]
