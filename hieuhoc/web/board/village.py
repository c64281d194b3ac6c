"""The board of the village recorder: register, score, send; what came back and why."""

from __future__ import annotations

from django.utils.timezone import localdate

from hieuhoc.accounts.models import User
from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.places.models import Level
from hieuhoc.recognition.models import VillageMeeting
from hieuhoc.rounds.models import Round
from hieuhoc.web.board import aims, steps, tally
from hieuhoc.web.board.officer import scoring
from hieuhoc.web.board.shape import Board, Task, some
from hieuhoc.web.board.tally import JUDGED, Tally, words
from hieuhoc.web.links import link
from hieuhoc.web.posts import Held


def board(user: User, post: Held) -> Board:
    """What a village does next. A post at a commune sees the commune's villages together."""
    round_ = Round.objects.filter(pk=post.round_id).first()
    commune = post.commune_id or post.place_id
    numbers = (
        tally.of_commune(commune, post.round_id)
        if post.place_id == commune
        else tally.of_village(post.place_id, commune, post.round_id)
    )
    return Board(
        title="Việc cần làm",
        lead=f"{post.place_name}, {post.commune_name}{f', đợt xét năm {round_.year}' if round_ else ''}",
        tasks=_tasks(round_, numbers, post) if round_ else (),
        steps=steps.of_village(round_.pk, numbers) if round_ else (),
        days=steps.calendar(round_, numbers)[:2] if round_ else (),
        counts=aims.counts(round_, numbers, aims.reaching(commune, localdate()), whole=post.place_id == commune),
        quiet=_quiet(round_, numbers),
        illustrative=tally.illustrative(tally.criteria(round_)) if round_ else False,
    )


def _quiet(round_: Round | None, numbers: Tally) -> str:
    if round_ is None:
        return "Xã chưa mở đợt xét nào. Khi đợt xét mở, việc của thôn hiện ở đây."
    if not numbers.subjects:
        return "Sổ đăng ký chưa có hộ nào của thôn. Cán bộ Hội Khuyến học xã nhập từ tệp Excel."
    return "Thôn đã gửi hết hồ sơ. Kết quả hiện ở đây khi xã thẩm định xong."


def _tasks(round_: Round, numbers: Tally, post: Held) -> tuple[Task, ...]:
    returned = numbers.number(State.RETURNED)
    ready = numbers.of((State.DRAFT,), JUDGED)
    unregistered = numbers.unregistered()
    return some(
        Task(
            "back",
            "Xã trả lại, cần bổ sung rồi gửi lại",
            link("dossiers:list", round=round_.pk, state=State.RETURNED),
            "Bổ sung",
            returned,
            day=round_.villages_close_on,
            lines=tally.returned(round_.pk, _narrow(post)) if returned else (),
        ),
        *_unjudged(round_, numbers),
        Task(
            "due",
            "Gửi hồ sơ đã chấm lên xã",
            link("dossiers:list", round=round_.pk, state=State.DRAFT),
            "Xem và gửi",
            sum(ready.values()),
            words(ready),
            round_.villages_close_on,
        ),
        Task(
            "due",
            "Chưa đăng ký",
            link("rounds:step", round_.pk, "register"),
            "Đăng ký",
            sum(unregistered.values()),
            f"{words(unregistered)}. Đăng ký là tự nguyện: chỉ ghi nơi đã đồng ý.",
            steps.ahead(round_.register_by),
        ),
        _meeting(round_, numbers, post),
    )


def _meeting(round_: Round, numbers: Tally, post: Held) -> Task | None:
    """The minutes of the village's meeting, while its dossiers are not yet put forward."""
    working = numbers.number(State.DRAFT, State.RETURNED, State.SUBMITTED, State.VERIFIED)
    if post.level != Level.VILLAGE or not working:
        return None
    if VillageMeeting.objects.filter(round=round_, place_id=post.place_id).exists():
        return None
    return Task(
        "due",
        "Ghi cuộc họp thôn",
        link("recognition:village", round_.pk, post.place_id),
        "Ghi biên bản",
        text="Ngày họp, người chủ trì, số hộ dự, ý kiến. Điều để trống thì biên bản chừa chỗ ghi tay.",
        day=round_.villages_close_on,
    )


def _unjudged(round_: Round, numbers: Tally) -> tuple[Task, ...]:
    open_states = (State.DRAFT, State.RETURNED)
    blank = numbers.of(open_states, (Outcome.NONE,))
    partly = numbers.of(open_states, (Outcome.INCOMPLETE,))
    return (
        Task(
            "unjudged",
            "Chấm điểm",
            scoring(round_, blank),
            "Chấm điểm",
            sum(blank.values()),
            f"{words(blank)} đã đăng ký nhưng chưa chấm.",
            round_.villages_close_on,
        ),
        Task(
            "unjudged",
            "Chấm chưa đủ chỉ số",
            link("dossiers:list", round=round_.pk, outcome=Outcome.INCOMPLETE),
            "Bổ sung",
            sum(partly.values()),
            f"{words(partly)} còn chỉ số chưa có câu trả lời.",
            round_.villages_close_on,
        ),
    )


def _narrow(post: Held) -> int | None:
    return None if post.place_id == post.commune_id else post.place_id
