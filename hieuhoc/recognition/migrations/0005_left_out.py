"""Which titles the originals left out."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0004_dropped"),
    ]

    operations = [
        migrations.AddField(
            model_name="printing",
            name="left_out",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                default=list,
                help_text="Danh hiệu đã thu hồi, đính chính trước khi in",
                size=None,
            ),
        ),
    ]
