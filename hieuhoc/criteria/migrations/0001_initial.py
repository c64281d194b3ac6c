"""Criteria sets, versions, indicators, and the triggers that freeze what was published."""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# In the database, not in Python: `.update()`, raw SQL and the shell meet it too.
FREEZE = """
create function criteria_version_frozen() returns trigger language plpgsql as $$
begin
    if old.status = 'draft' then
        if tg_op = 'DELETE' then return old; end if;
        if new.status = 'retired' then
            raise exception 'criteria version % is a draft: it is published before it is retired', old.id
                using errcode = 'check_violation';
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'criteria version % is published: it is frozen', old.id using errcode = 'check_violation';
    end if;
    if (to_jsonb(new) - 'status' - 'retired_at') is distinct from (to_jsonb(old) - 'status' - 'retired_at')
        or new.status = 'draft'
        or (old.status = 'retired' and (new.status <> 'retired' or new.retired_at is distinct from old.retired_at))
        or (new.status = 'published' and new.retired_at is not null)
    then
        raise exception 'criteria version % is published: it is frozen', old.id using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function criteria_indicator_frozen() returns trigger language plpgsql as $$
declare
    touched bigint[] := case tg_op when 'INSERT' then array[new.version_id]
        when 'DELETE' then array[old.version_id] else array[old.version_id, new.version_id] end;
begin
    -- Waits for one who is publishing, and holds off one who would, until this transaction ends.
    perform 1 from criteria_criteriaversion where id = any(touched) for share;
    if exists (select 1 from criteria_criteriaversion where id = any(touched) and status <> 'draft') then
        raise exception 'indicators of a published criteria version are frozen' using errcode = 'check_violation';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;

create trigger criteria_version_frozen before update or delete on criteria_criteriaversion
    for each row execute function criteria_version_frozen();
create trigger criteria_indicator_frozen before insert or update or delete on criteria_indicator
    for each row execute function criteria_indicator_frozen();
"""
THAW = """
drop trigger criteria_indicator_frozen on criteria_indicator;
drop trigger criteria_version_frozen on criteria_criteriaversion;
drop function criteria_indicator_frozen();
drop function criteria_version_frozen();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_units"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CriteriaSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="mã")),
                ("title", models.CharField(max_length=200, verbose_name="tên")),
                (
                    "model",
                    models.CharField(
                        choices=[
                            ("FAMILY", "Gia đình học tập"),
                            ("CLAN", "Dòng họ học tập"),
                            ("COMMUNITY", "Cộng đồng học tập thôn, làng, tổ dân phố"),
                            ("ORGANISATION", "Đơn vị học tập"),
                            ("CITIZEN", "Công dân học tập"),
                            ("COMMUNE", "Cộng đồng học tập cấp xã"),
                            ("DISTRICT", "Cộng đồng học tập cấp huyện"),
                            ("PROVINCE", "Cộng đồng học tập cấp tỉnh"),
                        ],
                        max_length=12,
                        verbose_name="mô hình",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CriteriaVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("version", models.CharField(max_length=40, verbose_name="bản")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Bản nháp"),
                            ("published", "Đã ban hành"),
                            ("retired", "Ngừng dùng"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("official", "Chính thức"),
                            ("provisional", "Tạm dùng"),
                            ("local", "Của địa phương"),
                            ("illustrative", "Minh họa – không phải văn bản chính thức"),
                            ("not_entered", "Chưa nhập bộ tiêu chí chính thức"),
                        ],
                        max_length=12,
                        verbose_name="tính chất",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tên")),
                (
                    "model",
                    models.CharField(
                        choices=[
                            ("FAMILY", "Gia đình học tập"),
                            ("CLAN", "Dòng họ học tập"),
                            ("COMMUNITY", "Cộng đồng học tập thôn, làng, tổ dân phố"),
                            ("ORGANISATION", "Đơn vị học tập"),
                            ("CITIZEN", "Công dân học tập"),
                            ("COMMUNE", "Cộng đồng học tập cấp xã"),
                            ("DISTRICT", "Cộng đồng học tập cấp huyện"),
                            ("PROVINCE", "Cộng đồng học tập cấp tỉnh"),
                        ],
                        max_length=12,
                        verbose_name="mô hình",
                    ),
                ),
                (
                    "judging",
                    models.CharField(
                        choices=[("points", "Chấm điểm"), ("levels", "Đạt theo mức độ")],
                        max_length=6,
                        verbose_name="cách đánh giá",
                    ),
                ),
                ("complete", models.BooleanField(default=True, verbose_name="đã nhập đủ")),
                (
                    "used_at",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=list,
                        size=None,
                        verbose_name="dùng ở cấp",
                    ),
                ),
                ("document", models.JSONField(default=dict, verbose_name="văn bản")),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="hiệu lực")),
                ("notice", models.TextField(blank=True, verbose_name="lưu ý")),
                ("source", models.TextField(blank=True, verbose_name="nguồn")),
                ("notes", models.TextField(blank=True, verbose_name="ghi chú")),
                ("body", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "based_on",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="criteria.criteriaversion",
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
                    "province",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.unit",
                        verbose_name="tỉnh",
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
                    "set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="criteria.criteriaset",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=40, verbose_name="mã")),
                ("label", models.CharField(max_length=300, verbose_name="tên")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("yes_no", "Có/không"),
                            ("score", "Điểm"),
                            ("share", "Tỷ lệ"),
                            ("number", "Số"),
                            ("level", "Mức đạt được"),
                            ("change", "Thay đổi so với năm trước"),
                        ],
                        max_length=8,
                        verbose_name="loại",
                    ),
                ),
                ("criterion", models.CharField(max_length=40, verbose_name="tiêu chí")),
                (
                    "points",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="điểm tối đa"
                    ),
                ),
                (
                    "floor",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="điểm sàn"),
                ),
                (
                    "rule",
                    models.JSONField(default=dict, help_text="marks, names, better, applies, derived, when_none, note"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="criteria.criteriaversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AddIndex(
            model_name="criteriaversion",
            index=models.Index(fields=["model", "status"], name="criteria_model_status"),
        ),
        migrations.AddConstraint(
            model_name="criteriaversion",
            constraint=models.UniqueConstraint(
                fields=("set", "version", "province"), name="criteria_version_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "published", "retired"])),
                name="criteria_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["official", "provisional", "local", "illustrative", "not_entered"])),
                name="criteria_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__isempty", False)), name="criteria_valid_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "draft"), ("published_at__isnull", False), _connector="OR"),
                name="criteria_published_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("province", None), models.Q(("state", "local"), _negated=True)),
                    models.Q(("province__isnull", False), ("state", "local")),
                    _connector="OR",
                ),
                name="criteria_local_names_province",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("version", "key"), name="criteria_indicator_once"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["yes_no", "score", "share", "number", "level", "change"])),
                name="criteria_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("points", None), ("points__gt", 0), _connector="OR"),
                name="criteria_points_above_zero",
            ),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
