"""Ancestry learns who looks after a unit that has ended."""

from django.db import migrations, models

FORMER = """
WITH RECURSIVE line (unit_id, heir_id, day) AS (
    SELECT old_id, new_id, day FROM places_succession WHERE "default"
  UNION ALL
    SELECT line.unit_id, step.new_id, step.day
      FROM line JOIN places_succession step ON step.old_id = line.heir_id AND step.day > line.day
     WHERE step."default"
)
INSERT INTO places_ancestry (descendant_id, ancestor_id, depth, valid, former)
SELECT line.unit_id, up.ancestor_id, up.depth + 1, up.valid * daterange(line.day, NULL), true
  FROM line JOIN places_ancestry up ON up.descendant_id = line.heir_id AND NOT up.former
   AND up.valid && daterange(line.day, NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0001_units")]

    operations = [
        migrations.AddField("ancestry", "former", models.BooleanField(default=False)),
        migrations.RunSQL(FORMER, "DELETE FROM places_ancestry WHERE former"),
    ]
