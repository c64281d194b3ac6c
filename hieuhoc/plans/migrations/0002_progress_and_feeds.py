"""What places did about activities, the files that show it, and the addresses calendars read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hieuhoc.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_tables"),
        ("places", "0003_lighter_ancestry"),
        ("plans", "0001_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(help_text="timetable.Period.key", max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("todo", "Chưa làm"),
                            ("doing", "Đang làm"),
                            ("done", "Đã xong"),
                            ("dropped", "Không làm"),
                        ],
                        default="todo",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("responsible", models.CharField(blank=True, max_length=500)),
                ("note", models.CharField(blank=True, max_length=2000)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="plans.activity"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProgressFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hieuhoc.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "progress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="plans.progress"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hieuhoc.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("place", "user"),
                        name="plans_feed_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.UniqueConstraint(fields=("place", "activity", "period"), name="plans_progress_once"),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("todo", "doing", "done", "dropped"))),
                name="plans_progress_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "dropped"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="plans_progress_dropped_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="progress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "period__regex",
                        "^(?:(2\\d{3})(?:-(?:(H)([12])|(Q)([1-4])|(M)(0[1-9]|1[0-2])|(always|undated)))?)$",
                    )
                ),
                name="plans_progress_period",
            ),
        ),
    ]
