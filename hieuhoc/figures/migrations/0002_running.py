"""Figures of open rounds as last counted."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0001_figures"),
        ("places", "0003_lighter_ancestry"),
    ]

    operations = [
        migrations.CreateModel(
            name="Running",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("indicator", models.CharField(max_length=40)),
                ("total", models.PositiveBigIntegerField(null=True)),
                ("registered", models.PositiveBigIntegerField(null=True)),
                ("count", models.PositiveBigIntegerField(null=True)),
                ("first_time", models.PositiveBigIntegerField(null=True)),
                ("again", models.PositiveBigIntegerField(null=True)),
                ("at", models.DateTimeField(help_text="Lúc bắt đầu đếm")),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="places.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("place", "year", "indicator"), name="figures_runs_once")
                ],
            },
        ),
    ]
