"""The board of the commune's approver: what the People's Committee has to decide."""

from __future__ import annotations

from django.utils.timezone import localdate

from hieuhoc.accounts.models import User
from hieuhoc.common.numbers import vn_int
from hieuhoc.dossiers.models import State
from hieuhoc.registry.models import Model
from hieuhoc.registry.wording import ONE
from hieuhoc.rounds.models import Round
from hieuhoc.web.board import aims, steps, tally
from hieuhoc.web.board.shape import Board, Task, some
from hieuhoc.web.board.tally import Tally
from hieuhoc.web.links import link
from hieuhoc.web.posts import Held

ON_THE_WAY = (State.DRAFT, State.RETURNED, State.SUBMITTED, State.VERIFIED)


def board(user: User, post: Held) -> Board:
    """What an approver decides next, what was decided, and what is still on its way."""
    round_ = Round.objects.filter(pk=post.round_id).first()
    commune = post.commune_id or post.place_id
    numbers = tally.of_commune(commune, post.round_id)
    states = tally.criteria(round_) if round_ else {}
    return Board(
        title="Việc cần làm",
        lead=f"{post.commune_name}{f', đợt xét năm {round_.year}' if round_ else ''}",
        tasks=_tasks(round_, numbers, states) if round_ else (),
        steps=steps.of_commune(round_.pk, numbers, _step(numbers)) if round_ else (),
        days=steps.calendar(round_, numbers)[2:] if round_ else (),
        counts=aims.counts(round_, numbers, aims.reaching(commune, localdate())),
        quiet=_quiet(round_, numbers),
        more_url=link("figures:round", round_.pk) if round_ else "",
        illustrative=tally.illustrative(states),
    )


def _step(numbers: Tally) -> str:
    return "Công nhận" if numbers.number(State.PROPOSED) else ""


def _quiet(round_: Round | None, numbers: Tally) -> str:
    if round_ is None:
        return "Xã chưa mở đợt xét nào. Khi Hội Khuyến học xã trình đề nghị, việc hiện ở đây."
    on_the_way = numbers.number(*ON_THE_WAY)
    return f"Không có đề nghị nào đang chờ quyết định. {vn_int(on_the_way)} hồ sơ còn ở thôn và Hội Khuyến học xã."


def _tasks(round_: Round, numbers: Tally, states: dict[str, str]) -> tuple[Task, ...]:
    papers, missing = link("recognition:papers", round_.pk), tally.missing(states)
    grants = tally.grants(round_.pk) if numbers.number(State.RECOGNISED) else []
    waiting = [decision for decision, signed, _ in grants if not signed]
    return some(
        Task(
            "due",
            "Ký quyết định đã lập",
            link("recognition:sign", waiting[0]) if waiting else papers,
            "Ghi số và ngày ký",
            sum(number for _, signed, number in grants if not signed),
            "Danh hiệu có hiệu lực từ ngày ký; sau đó chỉ thu hồi hoặc đính chính.",
            round_.closes_on,
        ),
        *_decide(round_, numbers),
        Task(
            "due",
            "Đã ký: quyết định, danh sách và giấy công nhận",
            papers,
            "Mở giấy tờ",
            sum(number for _, signed, number in grants if signed),
        ),
        Task(
            "wrong",
            "Mô hình chưa có bộ tiêu chí",
            link("rounds:round", round_.pk),
            "Mở đợt xét",
            len(missing),
            f"{', '.join(missing)}: chưa nhập bộ tiêu chí chính thức nên chưa có gì để quyết định.",
        ),
    )


def _decide(round_: Round, numbers: Tally) -> list[Task]:
    """One task for each model that is proposed, in the order of the programme."""
    proposed = numbers.of((State.PROPOSED,))
    return [
        Task(
            "due",
            f"Quyết định công nhận {model.label}",
            link("recognition:issue", round_.pk),
            "Xem đề nghị",
            proposed[model],
            f"{vn_int(proposed[model])} {ONE[model]} Hội Khuyến học xã đề nghị.",
            round_.closes_on,
        )
        for model in Model
        if proposed[model]
    ]
