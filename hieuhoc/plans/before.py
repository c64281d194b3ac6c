"""What the units a place came from recorded of activities whose plans go on: whose word it was, and whether it stands.

A predecessor's word stands for the place where the plan is its own (it holds for its former territory), or where the
place came of it alone; of a plan from above it is shown, and the place says for itself how its part stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from hieuhoc.common.dates import vn_date
from hieuhoc.places import heirs, tree
from hieuhoc.plans.models import Progress


@dataclass(frozen=True)
class Before:
    """What a predecessor recorded of one activity in one period; ``alone`` when the place came of it only."""

    progress: Progress
    name: str
    alone: bool = False
    stands: bool = False

    @property
    def words(self) -> str:
        """What it said in a line: "đã xong (12/03/2025); đã họp 58 người"."""
        said = f"{self.progress.get_state_display().lower()} ({vn_date(self.progress.at)})"
        return "; ".join(filter(None, (said, self.progress.reason, self.progress.note)))

    def under(self, planner: int) -> Before:
        """The same under a plan of a place: whether the predecessor's word stands."""
        return replace(self, stands=self.alone or self.progress.place_id == planner)


def of_place(
    place_id: int, on: date, plans: Collection[int], activities: Collection[int] | None = None
) -> dict[tuple[int, str], tuple[Before, ...]]:
    """What predecessors said of activities of these plans, the latest first; one query where nothing came before."""
    origins = heirs.origins_of([place_id], on).get(place_id, set()) - {place_id}
    if not origins:
        return {}
    rows = Progress.objects.filter(place_id__in=origins, activity__plan_id__in=plans).select_related("by")
    if activities is not None:
        rows = rows.filter(activity_id__in=activities)
    names = tree.names_of(origins, on)
    found: dict[tuple[int, str], list[Before]] = defaultdict(list)
    for row in rows.order_by("-at").prefetch_related("files"):
        if row.said or any(one.removed_at is None for one in row.files.all()):
            found[row.activity_id, row.period].append(Before(row, names[row.place_id], len(origins) == 1))
    return {key: tuple(several) for key, several in found.items()}
