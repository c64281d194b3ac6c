"""Check once a statement what foreign keys check row by row: a roster may be a hundred thousand rows."""

import django.db.models.deletion
from django.db import migrations, models

# Rows just written may not be in the statistics yet (the server may even have counted none while they were written), and
# a plan made for an empty table would compare each with each: one look into the index for each row is asked for instead.
CHECKS = """
create function registry_refuse(what text) returns void language plpgsql as $$
begin
    raise foreign_key_violation using message = what;
end $$;

create function registry_subjects_stand() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    if exists (
        select 1 from (select distinct place_id as id from fresh union select distinct commune_id from fresh) f
        where not exists (select 1 from places_unit u where u.id = f.id)
    ) then perform registry_refuse('registry_subject: there is no such place'); end if;
    if exists (
        select 1 from (select distinct enrolled_by_import_id as id from fresh) f
        where f.id is not null and not exists (select 1 from sheets_import i where i.id = f.id)
    ) then perform registry_refuse('registry_subject: there is no such import'); end if;
    return null;
end $$;
create trigger registry_subjects_stand after insert on registry_subject
    referencing new table as fresh for each statement execute function registry_subjects_stand();

create function registry_subject_moves() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    if not exists (select 1 from places_unit u where u.id = new.place_id)
        or not exists (select 1 from places_unit u where u.id = new.commune_id)
    then perform registry_refuse('registry_subject: there is no such place'); end if;
    return null;
end $$;
create trigger registry_subject_moves after update of place_id, commune_id on registry_subject
    for each row when (new.place_id <> old.place_id or new.commune_id <> old.commune_id)
    execute function registry_subject_moves();

create function registry_places_stay() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    if exists (select 1 from gone g join registry_subject s on s.place_id = g.id)
    then perform registry_refuse('places_unit: subjects live there'); end if;
    return null;
end $$;
create trigger registry_places_stay after delete on places_unit
    referencing old table as gone for each statement execute function registry_places_stay();

create function registry_imports_stay() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    if exists (select 1 from gone g join registry_subject s on s.enrolled_by_import_id = g.id)
    then perform registry_refuse('sheets_import: subjects came from it'); end if;
    return null;
end $$;
create trigger registry_imports_stay after delete on sheets_import
    referencing old table as gone for each statement execute function registry_imports_stay();

create function registry_numbers_stand() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    if exists (
        select 1 from fresh f where (select s.id from registry_subject s where s.id = f.subject_id) is null
    ) then perform registry_refuse('registry_citizennumber: there is no such subject'); end if;
    return null;
end $$;
create trigger registry_numbers_stand after insert on registry_citizennumber
    referencing new table as fresh for each statement execute function registry_numbers_stand();
create trigger registry_numbers_still_stand after update on registry_citizennumber
    referencing new table as fresh for each statement execute function registry_numbers_stand();

create function registry_numbers_go_first() returns trigger language plpgsql set enable_seqscan = off as $$
begin
    if exists (
        select 1 from gone g
        where (select n.subject_id from registry_citizennumber n where n.subject_id = g.id) is not null
    ) then perform registry_refuse('registry_subject: its citizen number is still kept'); end if;
    return null;
end $$;
create trigger registry_numbers_go_first after delete on registry_subject
    referencing old table as gone for each statement execute function registry_numbers_go_first();
"""
UNCHECK = """
drop function registry_subjects_stand, registry_subject_moves, registry_places_stay, registry_imports_stay,
    registry_numbers_stand, registry_numbers_go_first, registry_refuse(text) cascade;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_lighter_ancestry"),
        ("registry", "0004_imports"),
        ("sheets", "0001_imports"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="subject",
            name="registry_subject_once",
        ),
        migrations.RemoveIndex(
            model_name="subject",
            name="registry_code",
        ),
        migrations.AlterField(
            model_name="citizennumber",
            name="subject",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                primary_key=True,
                related_name="citizen_number",
                serialize=False,
                to="registry.subject",
            ),
        ),
        migrations.AlterField(
            model_name="subject",
            name="place",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="subjects",
                to="places.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(
                condition=models.Q(("code", ""), _negated=True),
                fields=["code", "commune", "model"],
                name="registry_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.UniqueConstraint(
                condition=models.Q(("active_to", None)),
                fields=("natural_key", "model", "commune"),
                name="registry_subject_once",
            ),
        ),
        migrations.RunSQL(CHECKS, UNCHECK),
    ]
