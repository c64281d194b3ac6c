import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_former_ancestry"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ancestry",
            name="ancestor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="places.unit",
            ),
        ),
        migrations.AlterField(
            model_name="ancestry",
            name="descendant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="places.unit",
            ),
        ),
    ]
