"""Print forms: numbers are given, pages set; a large printing is long work whose file is fetched afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from hieuhoc.accounts.models import User
from hieuhoc.common.numbers import vn_int
from hieuhoc.common.text import fold
from hieuhoc.documents import paper_forms
from hieuhoc.dossiers.models import PaperForm
from hieuhoc.dossiers.paper import actions, contents, numbers
from hieuhoc.files import store
from hieuhoc.jobs.models import Job
from hieuhoc.jobs.run import Progress, start, task
from hieuhoc.rounds.models import Round

MANY = 200  # forms that take about two seconds
NAMES = {PaperForm.Kind.REGISTER: "phieu-dang-ky", PaperForm.Kind.SCORE: "phieu-cham-diem"}


def make(
    round_: Round, model: str, kind: str, *, by: Any, notice: str, subjects: Iterable[UUID],
    blanks: int = 0, village: int | None = None, both_sides: bool = False,
) -> bytes:  # fmt: skip
    """The PDF of the forms, numbered; ``notice`` is the mark of the set."""
    given = actions.give(round_.pk, model, kind, by=by, subjects=subjects, blanks=blanks, place_id=village)
    printing = contents.printing_of(round_, model, kind, notice=notice, both_sides=both_sides)
    return paper_forms.pdf(printing, contents.forms_of(given, round_, lambda serial: address(round_.pk, serial)))


def address(round_id: int, serial: int) -> str:
    """The public address of the page where a form is keyed in, whatever machine it was printed from."""
    return settings.PUBLIC_ADDRESS + reverse(
        "dossiers:key_sheet", args=[round_id, numbers.in_address(round_id, serial)]
    )


def file_name(round_: Round, kind: str, model: str, place: str = "") -> str:
    """A plain file name: "phieu-cham-diem-family-2026-lang-ring.pdf"."""
    words = f"{NAMES[PaperForm.Kind(kind)]} {model} {round_.year} {place}"
    return "-".join("".join(c if c.isalnum() else " " for c in fold(words)).split()) + ".pdf"


def later(round_: Round, model: str, kind: str, *, by: Any, named: str, back_to: str, **asked: Any) -> Job:
    """Put a large printing in the queue."""
    asked["subjects"] = [str(one) for one in asked["subjects"]]
    title = f"In {vn_int(len(asked['subjects']) + asked.get('blanks', 0))} phiếu"
    job = start(
        "dossiers.print_forms", title, by=by, place_id=round_.place_id, back_to=back_to,
        round_id=round_.pk, model=model, kind=kind, named=named, **asked,
    )  # fmt: skip
    Job.objects.filter(pk=job.pk).update(back_to=f"{back_to}?viec={job.pk}")
    return job


@task("dossiers.print_forms")
def in_background(
    progress: Progress, *, by: User, round_id: int, model: str, kind: str, named: str, subjects: list[str], **asked: Any
) -> dict[str, Any]:
    """Give numbers and set the pages; run again it prints the same forms under the same numbers."""
    progress.step(f"Đang dàn {vn_int(len(subjects))} phiếu…")
    data = make(Round.objects.get(pk=round_id), model, kind, by=by, subjects=map(UUID, subjects), **asked)
    file = store.keep(data, named, by=by, kinds=store.PAPER)
    return {"message": "Phiếu đã sẵn sàng để tải về và in.", "file": str(file.pk)}
