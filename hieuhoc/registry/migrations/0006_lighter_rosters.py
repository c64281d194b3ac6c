"""Less to write for each row of a roster (docs/decisions/rosters-written-lightly.md)."""

import django.db.models.deletion
from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations, models
from django.db.models.functions import Now

# A foreign key is looked at again for every row at the end, also where it is null; these only where it is not.
CHECKS = """
create function registry_merged_stands() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from registry_subject s where s.id = new.merged_into_id)
    then perform registry_refuse('registry_subject: merged into nobody'); end if;
    return null;
end $$;
create constraint trigger registry_merged_stands after insert or update of merged_into_id on registry_subject
    deferrable initially deferred for each row when (new.merged_into_id is not null)
    execute function registry_merged_stands();

create function registry_merged_stay() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    if exists (select 1 from gone g join registry_subject s on s.merged_into_id = g.id)
    then perform registry_refuse('registry_subject: others were merged into it'); end if;
    return null;
end $$;
create trigger registry_merged_stay after delete on registry_subject
    referencing old table as gone for each statement execute function registry_merged_stay();
"""
UNCHECK = "drop function registry_merged_stands, registry_merged_stay cascade;"


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_by_statement")]

    operations = [
        migrations.RemoveIndex(model_name="subject", name="registry_import"),
        migrations.RemoveIndex(model_name="subject", name="registry_code"),
        migrations.RemoveIndex(model_name="subject", name="registry_commune_sort"),
        migrations.RemoveIndex(model_name="subject", name="registry_place"),
        migrations.AlterField(
            model_name="subject",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True, db_default=Now()),
        ),
        migrations.AlterField(
            model_name="subject",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, db_default=Now()),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["commune", "model"], name="registry_commune"),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["place"], name="registry_place"),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=BrinIndex(fields=["enrolled_by_import"], name="registry_import"),
        ),
        migrations.AlterField(
            model_name="subject",
            name="merged_into",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="registry.subject",
            ),
        ),
        migrations.RunSQL(CHECKS, UNCHECK),
    ]
