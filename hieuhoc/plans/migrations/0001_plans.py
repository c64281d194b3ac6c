"""Plans, their targets and activities, and the triggers that freeze what was published."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# In the database, not in Python: `.update()`, raw SQL and the shell meet it too.
FREEZE = """
create function plans_plan_frozen() returns trigger language plpgsql as $$
begin
    if old.state = 'published' then
        raise exception 'plan % is published: it is frozen', old.id using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;

create function plans_part_frozen() returns trigger language plpgsql as $$
declare
    touched bigint[] := case tg_op when 'INSERT' then array[new.plan_id]
        when 'DELETE' then array[old.plan_id] else array[old.plan_id, new.plan_id] end;
begin
    -- Waits for one who is publishing, and holds off one who would, until this transaction ends.
    perform 1 from plans_plan where id = any(touched) for share;
    if exists (select 1 from plans_plan where id = any(touched) and state = 'published') then
        raise exception 'targets and activities of a published plan are frozen' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;

create trigger plans_plan_frozen before update or delete on plans_plan
    for each row execute function plans_plan_frozen();
create trigger plans_target_frozen before insert or update or delete on plans_target
    for each row execute function plans_part_frozen();
create trigger plans_activity_frozen before insert or update or delete on plans_activity
    for each row execute function plans_part_frozen();
"""
THAW = """
drop trigger plans_activity_frozen on plans_activity;
drop trigger plans_target_frozen on plans_target;
drop trigger plans_plan_frozen on plans_plan;
drop function plans_part_frozen();
drop function plans_plan_frozen();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_tables"),
        ("places", "0003_lighter_ancestry"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme", models.CharField(help_text="Chương trình: 387, 281, 1373…", max_length=12)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("issuer", models.CharField(blank=True, max_length=200)),
                ("issued", models.DateField(null=True)),
                ("first_year", models.PositiveSmallIntegerField(null=True)),
                ("last_year", models.PositiveSmallIntegerField(null=True)),
                ("text", models.TextField(blank=True)),
                (
                    "read",
                    models.JSONField(
                        default=dict, help_text="Điều phần mềm đọc được: phần đầu, cảnh báo, nhiệm vụ từng bên"
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="Nguồn, điều suy ra")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Chưa xác nhận"), ("published", "Đã xác nhận")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "amends",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amended_by",
                        to="plans.plan",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="places.unit"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="plans.plan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("task", models.TextField(blank=True)),
                ("item", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField()),
                ("when", models.JSONField(default=list)),
                ("lead", models.TextField(blank=True)),
                ("joins", models.TextField(blank=True)),
                ("sentence", models.TextField()),
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="activities", to="plans.plan"
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "model",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("FAMILY", "Gia đình học tập"),
                            ("CLAN", "Dòng họ học tập"),
                            ("COMMUNITY", "Cộng đồng học tập"),
                            ("ORGANISATION", "Đơn vị học tập"),
                            ("CITIZEN", "Công dân học tập"),
                            ("COMMUNE", "Cộng đồng học tập cấp xã"),
                        ],
                        max_length=12,
                    ),
                ),
                ("measure", models.CharField(max_length=12)),
                ("population", models.CharField(max_length=60)),
                ("area", models.CharField(default="general", max_length=10)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("comparator", models.CharField(max_length=10)),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                ("value_to", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("unit", models.CharField(max_length=20)),
                ("sentence", models.TextField()),
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="plans.plan"
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["place", "issued"], name="plans_place_issued"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(
                        ("first_year__lte", models.F("last_year")),
                        ("issued__isnull", False),
                        ("published_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="plans_published_has_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(fields=("plan", "position"), name="plans_activity_once"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(fields=("plan", "position"), name="plans_target_once"),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
