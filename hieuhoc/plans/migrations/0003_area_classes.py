"""Of which area a commune is, from when, by which text."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP = """
create function plans_kept() returns trigger language plpgsql as $$
begin
    raise exception '% % is kept: a later row follows it', tg_table_name, old.id using errcode = 'check_violation';
end $$;
create trigger plans_areaclass_kept before update or delete on plans_areaclass
    for each row execute function plans_kept();
"""
LET_GO = "drop trigger plans_areaclass_kept on plans_areaclass; drop function plans_kept();"


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_lighter_ancestry"),
        ("plans", "0002_progress_and_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AreaClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "area",
                    models.CharField(
                        choices=[("general", "Vùng chung"), ("hard", "Vùng khó khăn"), ("mountain", "Miền núi")],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField()),
                ("legal_basis", models.CharField(max_length=200)),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["place", "since"], name="plans_area_since")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("legal_basis", ""), _negated=True), name="plans_area_by_law"
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
