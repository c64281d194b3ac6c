"""What has legal effect is never edited: signed decisions, titles, and the later facts about them.

In the database, not in Python: `.update()`, raw SQL and the shell meet it too. A decision that is not signed yet may
be numbered, dated and signed; a title can only join a decision until then.
"""

from django.db import migrations

FREEZE = """
create function recognition_decision_frozen() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'decision % is kept: decisions are not deleted', old.id using errcode = 'check_violation';
    end if;
    if old.day is not null then
        raise exception 'decision % is signed: it is frozen', old.id using errcode = 'check_violation';
    end if;
    if (new.round_id, new.place_id, new.kind, new.body) is distinct from (old.round_id, old.place_id, old.kind, old.body)
    then
        raise exception 'decision % can only be numbered, dated and signed', old.id using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function recognition_kept() returns trigger language plpgsql as $$
begin
    raise exception '% % is kept: it is followed by later facts, never changed', tg_table_name, old.id
        using errcode = 'check_violation';
end $$;

create function recognition_joins_unsigned() returns trigger language plpgsql as $$
begin
    if exists (select 1 from added join recognition_decision d on d.id = added.decision_id where d.day is not null) then
        raise exception 'a signed decision takes no more titles' using errcode = 'check_violation';
    end if;
    return null;
end $$;

create trigger recognition_decision_frozen before update or delete on recognition_decision
    for each row execute function recognition_decision_frozen();
create trigger recognition_kept before update or delete on recognition_recognition
    for each row execute function recognition_kept();
create trigger recognition_joins_unsigned after insert on recognition_recognition
    referencing new table as added for each statement execute function recognition_joins_unsigned();
create trigger recognition_revocation_kept before update or delete on recognition_revocation
    for each row execute function recognition_kept();
create trigger recognition_correction_kept before update or delete on recognition_correction
    for each row execute function recognition_kept();
"""
THAW = """
drop trigger recognition_correction_kept on recognition_correction;
drop trigger recognition_revocation_kept on recognition_revocation;
drop trigger recognition_joins_unsigned on recognition_recognition;
drop trigger recognition_kept on recognition_recognition;
drop trigger recognition_decision_frozen on recognition_decision;
drop function recognition_joins_unsigned();
drop function recognition_kept();
drop function recognition_decision_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("recognition", "0001_tables")]
    operations = [migrations.RunSQL(FREEZE, THAW)]
