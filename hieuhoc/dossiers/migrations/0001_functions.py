"""UUIDv7 in SQL, so that many rows are made in one statement on PostgreSQL 15 to 18 without an extension."""

from django.db import migrations

MAKE = """
create or replace function hieuhoc_uuid7() returns uuid language sql volatile as $$
    select encode(
        set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
                placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                from 1 for 6),
            52, 1), 53, 1), 'hex')::uuid
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(MAKE, "drop function hieuhoc_uuid7()")]
