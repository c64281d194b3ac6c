"""Figures as facts, their explanations, and the triggers that keep them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# In the database, not in Python: `.update()`, raw SQL and the shell meet it too.
KEEP = """
create function figures_kept() returns trigger language plpgsql as $$
begin
    raise exception '% % is kept: a later fact corrects it', tg_table_name, old.id using errcode = 'check_violation';
end $$;
create trigger figures_figure_kept before update or delete on figures_figure
    for each row execute function figures_kept();
create trigger figures_explanation_kept before update or delete on figures_explanation
    for each row execute function figures_kept();
"""
LET_GO = """
drop trigger figures_explanation_kept on figures_explanation;
drop trigger figures_figure_kept on figures_figure;
drop function figures_kept();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("criteria", "0001_initial"),
        ("files", "0001_tables"),
        ("places", "0003_lighter_ancestry"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("indicator", models.CharField(help_text="Khóa trong figures.indicators", max_length=40)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("computed", "Tính từ sổ đăng ký"),
                            ("reported", "Báo cáo"),
                            ("published", "Đã công bố"),
                        ],
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveBigIntegerField(null=True)),
                ("registered", models.PositiveBigIntegerField(null=True)),
                (
                    "count",
                    models.PositiveBigIntegerField(
                        help_text="Số được công nhận, hoặc số đạt của chỉ tiêu khác", null=True
                    ),
                ),
                ("first_time", models.PositiveBigIntegerField(help_text="Trong đó công nhận lần đầu", null=True)),
                ("again", models.PositiveBigIntegerField(help_text="Trong đó công nhận lại", null=True)),
                ("share", models.DecimalField(decimal_places=4, help_text="Tỷ lệ như đã in", max_digits=9, null=True)),
                ("share_digits", models.PositiveSmallIntegerField(help_text="Số chữ số thập phân đã in", null=True)),
                (
                    "share_of",
                    models.CharField(
                        choices=[("total", "tổng số"), ("registered", "số đăng ký")], default="total", max_length=10
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(blank=True, help_text="gần, trên, khoảng: đi cùng con số", max_length=10),
                ),
                ("title", models.CharField(blank=True, help_text="Danh hiệu như đã in", max_length=160)),
                ("note", models.TextField(blank=True)),
                ("address", models.CharField(blank=True, help_text="Nơi đã công bố", max_length=600)),
                ("batch", models.UUIDField(help_text="Lần nhập từ tệp", null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True, help_text="Vì sao sửa hoặc rút")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="figures.figure",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="places.unit"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="criteria.criteriaversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="explanations", to="figures.figure"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(fields=["year", "indicator"], name="figures_year"),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(condition=models.Q(("batch__isnull", False)), fields=["batch"], name="figures_batch"),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects", None)),
                fields=("place", "year", "indicator", "source", "address"),
                name="figures_said_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 1996), ("year__lte", 2045)), name="figures_year_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn", False), ("corrects__isnull", False), _connector="OR"),
                name="figures_withdrawn_was_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "published"), _negated=True),
                    models.Q(("address", ""), _negated=True),
                    _connector="OR",
                ),
                name="figures_published_somewhere",
            ),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
