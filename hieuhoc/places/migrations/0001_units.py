import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("nation", "cả nước"),
                            ("province", "cấp tỉnh"),
                            ("district", "cấp huyện"),
                            ("commune", "cấp xã"),
                            ("village", "thôn, làng, tổ dân phố"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "catalogue_key",
                    models.CharField(
                        help_text="Khóa trong danh mục; trống nếu đơn vị do người dùng mở",
                        max_length=40,
                        null=True,
                        unique=True,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["level"], name="unit_level")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["nation", "province", "district", "commune", "village"])),
                        name="unit_level_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merge", "nhập"),
                            ("split", "tách"),
                            ("rename", "đổi tên"),
                            ("continue", "giữ nguyên"),
                        ],
                        max_length=8,
                    ),
                ),
                ("whole", models.BooleanField(help_text="Toàn bộ địa bàn cũ nằm trong đơn vị mới")),
                (
                    "default",
                    models.BooleanField(help_text="Đơn vị nhận phần còn lại khi không rõ thuộc đơn vị nào"),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="places.unit",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="places.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("old", "new", "day"), name="succession_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("default", True)),
                        fields=("old", "day"),
                        name="succession_one_default",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="succession_not_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["merge", "split", "rename", "continue"])),
                        name="succession_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ancestry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("depth", models.SmallIntegerField()),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "ancestor",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="places.unit"),
                ),
                (
                    "descendant",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="places.unit"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["ancestor", "descendant"], name="ancestry_below"),
                    models.Index(fields=["descendant", "depth"], name="ancestry_above"),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20)),
                (
                    "name",
                    models.CharField(help_text="Tên đầy đủ, có loại đứng trước: Xã Ia Tôr", max_length=120),
                ),
                (
                    "kind",
                    models.CharField(help_text="tỉnh, thành phố, xã, phường, đặc khu, thôn, làng…", max_length=20),
                ),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("legal_basis", models.CharField(blank=True, max_length=200)),
                ("search_key", models.CharField(max_length=120)),
                ("sort_key", models.CharField(max_length=300)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="child_versions",
                        to="places.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="places.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code"], name="unit_version_code"),
                    models.Index(fields=["search_key"], name="unit_version_search"),
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("unit"),
                                    models.F("unit"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            ("valid", "&&"),
                        ],
                        name="unit_version_no_overlap",
                    ),
                    models.CheckConstraint(condition=models.Q(("valid__isempty", False)), name="unit_version_has_days"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("code", ""), _negated=True)
                        ),
                        name="unit_version_named",
                    ),
                ],
            },
        ),
    ]
