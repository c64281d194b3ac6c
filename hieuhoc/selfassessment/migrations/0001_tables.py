"""Links, self-assessments, tries in vain."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hieuhoc.common.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0003_lighter_ancestry"),
        ("registry", "0006_lighter_rosters"),
        ("rounds", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AskerMiss",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asker", models.BinaryField(max_length=32)),
                ("window", models.BigIntegerField()),
                ("misses", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("asker", "window"), name="selfassessment_asker_once")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hieuhoc.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                (
                    "model",
                    models.CharField(
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
                (
                    "way",
                    models.CharField(choices=[("birth_year", "Năm sinh"), ("code", "Mã in trên phiếu")], max_length=10),
                ),
                ("expires_on", models.DateField(help_text="Ngày cuối còn mở được")),
                ("revoked_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, help_text="Lý do thu hồi", max_length=500)),
                ("misses", models.PositiveIntegerField(default=0)),
                ("locked_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(help_text="Lần đầu có người xác nhận đúng", null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "made_by",
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
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="self_links", to="rounds.round"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_links",
                        to="registry.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameMiss",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.BinaryField(max_length=32)),
                ("misses", models.PositiveIntegerField(default=0)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="selfassessment.link"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SelfAssessment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hieuhoc.common.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "model",
                    models.CharField(
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
                ("answers", models.JSONField(default=dict)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("total", models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ("because", models.TextField(blank=True)),
                ("consented_at", models.DateTimeField()),
                ("consent", models.JSONField(help_text="{purposes, text, represented}")),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("taken_at", models.DateTimeField(help_text="Lần cuối xã lấy câu trả lời vào hồ sơ", null=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_assessments",
                        to="selfassessment.link",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="self_assessments", to="rounds.round"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_assessments",
                        to="registry.subject",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["round", "place"], name="selfassessment_round_place"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None), ("subject__isnull", False)),
                fields=("round", "subject"),
                name="selfassessment_link_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None), ("subject", None)),
                fields=("round", "place", "model"),
                name="selfassessment_poster_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="namemiss",
            constraint=models.UniqueConstraint(fields=("link", "name"), name="selfassessment_name_once"),
        ),
        migrations.AddConstraint(
            model_name="selfassessment",
            constraint=models.UniqueConstraint(fields=("round", "subject"), name="selfassessment_once"),
        ),
        migrations.AddConstraint(
            model_name="selfassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None),
                    models.Q(("answers", {}), ("because", ""), ("finished_at", None), ("outcome", ""), ("total", None)),
                    _connector="OR",
                ),
                name="selfassessment_withdrawn_is_empty",
            ),
        ),
    ]
