"""The board of the commune officer: the whole year of the commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.utils.timezone import localdate

from hieuhoc.accounts.models import User
from hieuhoc.common.numbers import vn_int
from hieuhoc.dossiers.models import Outcome, State
from hieuhoc.field import queries as field
from hieuhoc.plans import schedule
from hieuhoc.plans.binding import Reach
from hieuhoc.recognition import queries as recognition
from hieuhoc.rounds.models import Round
from hieuhoc.sheets.models import Import
from hieuhoc.sheets.models import State as ImportState
from hieuhoc.web.board import aims, steps, tally
from hieuhoc.web.board.shape import Board, Line, Task, joined, some
from hieuhoc.web.board.tally import UNJUDGED_STATES, Tally, words
from hieuhoc.web.links import link
from hieuhoc.web.posts import Held


def board(user: User, post: Held) -> Board:
    """What a commune officer does next, and everything that waits."""
    commune = post.commune_id or post.place_id
    round_ = Round.objects.filter(pk=post.round_id).annotate(**field.waiting_of(user)).first()
    numbers = tally.of_commune(commune, post.round_id)
    states = tally.criteria(round_) if round_ else {}
    villages, reaches = tally.village_names(commune), aims.reaching(commune, localdate())
    tasks = some(
        *_beginnings(commune, numbers, round_),
        *(_working(round_, numbers, villages, states) if round_ else ()),
        _from_the_field(round_),
        _planned(commune, reaches),
        *_wrong(commune, numbers, villages, round_),
    )
    return Board(
        title="Việc cần làm",
        lead=f"{post.commune_name}{f', đợt xét năm {round_.year}' if round_ else ''}",
        tasks=tasks,
        steps=steps.of_commune(round_.pk, numbers, _step(numbers)) if round_ else (),
        days=steps.calendar(round_, numbers) if round_ else (),
        counts=aims.counts(round_, numbers, reaches),
        quiet="Mọi hồ sơ của đợt đã có kết quả hoặc đang chờ nơi khác.",
        more_url=link("figures:round", round_.pk) if round_ else "",
        illustrative=tally.illustrative(states),
    )


def _step(numbers: Tally) -> str:
    """The step where work waits for the officer; scoring is the villages'."""
    return "Thẩm định" if numbers.number(State.SUBMITTED) else "Đề nghị" if numbers.number(State.VERIFIED) else ""


def _beginnings(commune: int, numbers: Tally, round_: Round | None) -> tuple[Task | None, ...]:
    """What stands before any work: a register and a round."""
    no_subjects = None
    if not numbers.subjects:
        no_subjects = Task(
            "due",
            "Nhập sổ đăng ký của xã",
            link("intake:list"),
            "Nhập từ Excel",
            text="Chưa có hộ, dòng họ, đơn vị hay công dân nào. Nhập các tệp Excel các thôn đã lập.",
        )
    no_round = None
    if round_ is None:
        no_round = Task(
            "due",
            "Mở đợt xét của năm",
            link("rounds:open"),
            "Mở đợt xét",
            text="Chưa có đợt xét nào. Mở đợt xét rồi thôn mới đăng ký và chấm điểm được.",
        )
    return no_subjects, no_round


def _working(
    round_: Round, numbers: Tally, villages: dict[int, str], states: dict[str, str]
) -> tuple[Task | None, ...]:
    """The work of the round, the nearest to the end first."""
    grants = tally.grants(round_.pk) if numbers.number(State.RECOGNISED) else []
    submission = _submission(round_, numbers)
    return (
        _to_verify(round_, numbers),
        _to_propose(round_, numbers),
        _not_passing(round_, numbers),
        submission,
        _papers(round_, grants),
        _behind(round_, numbers, villages),
        None if submission else _waiting(round_, numbers),
        _unsigned(round_, grants),
        _unregistered(round_, numbers),
        _back(round_, numbers),
        *unjudged(round_, numbers, tally.missing(states)),
    )


def _from_the_field(round_: Round | None) -> Task:
    """What phones sent that a person has to choose or read."""
    met, rest = getattr(round_, "met", None) or 0, getattr(round_, "unread", None) or 0
    said = [f"{vn_int(met)} câu có hai bản khác nhau"] if met else []
    said += [f"{vn_int(rest)} lời nhắn hoặc việc không ghi được"] if rest else []
    return Task("wrong", "Xem việc từ thực địa", link("field:table"), "Xem", met + rest, f"{', '.join(said)}.")


def _planned(commune: int, reaches: Collection[Reach]) -> Task | None:
    """What the plans ask of the commune: late, or due within thirty days."""
    today = localdate()
    if not schedule.at_work(today):
        return None
    found = schedule.pressing(schedule.of_place(commune, schedule.pressing_years(today), today, reaches), today)
    late = sum(one.late(today) for one in found)
    said = [f"{vn_int(late)} việc quá hạn"] if late else []
    said += [f"{vn_int(len(found) - late)} việc đến hạn trong 30 ngày"] if len(found) > late else []
    return Task(
        "due",
        "Việc theo kế hoạch",
        link("plans:schedule", noi=commune, xem="can-lam"),
        "Xem và ghi tiến độ",
        len(found),
        f"{', '.join(said)}.",
        steps.ahead(found[0].due) if found and not late else None,
    )


def _to_verify(round_: Round, numbers: Tally) -> Task:
    found = numbers.of((State.SUBMITTED,))
    return Task(
        "due",
        "Thẩm định hồ sơ thôn đã gửi",
        link("dossiers:list", round=round_.pk, state=State.SUBMITTED),
        "Thẩm định",
        sum(found.values()),
        words(found),
        round_.propose_by,
    )


def _to_propose(round_: Round, numbers: Tally) -> Task:
    found = numbers.of((State.VERIFIED,), (Outcome.PASS,))
    return Task(
        "due",
        "Đề nghị công nhận hồ sơ đã thẩm định và đạt",
        link("rounds:step", round_.pk, "propose"),
        "Lập đề nghị",
        sum(found.values()),
        words(found),
        round_.propose_by,
    )


def _not_passing(round_: Round, numbers: Tally) -> Task:
    found = numbers.of((State.VERIFIED,), (Outcome.FAIL,))
    return Task(
        "due",
        "Kết luận hồ sơ đã thẩm định nhưng chưa đạt",
        link("dossiers:list", round=round_.pk, state=State.VERIFIED, outcome=Outcome.FAIL),
        "Xem hồ sơ",
        sum(found.values()),
        f"{words(found)}. Trả lại để bổ sung, hoặc ghi lý do chưa công nhận.",
    )


def _submission(round_: Round, numbers: Tally) -> Task | None:
    """The People's Committee decides on a tờ trình; without one the proposals lie still."""
    found = numbers.of((State.PROPOSED,))
    if not found or recognition.submission(round_.pk) is not None:
        return None
    return Task(
        "due",
        "Lập tờ trình gửi UBND xã",
        link("recognition:submission", round_.pk),
        "Lập tờ trình",
        sum(found.values()),
        f"Đã đề nghị {words(found)} nhưng chưa có tờ trình.",
        round_.propose_by,
    )


def _papers(round_: Round, grants: list[tuple[int, bool, int]]) -> Task:
    """Papers of what is signed: there is always a certificate to print or to hand over."""
    titles = sum(number for _, signed, number in grants if signed)
    return Task(
        "due",
        "In và trao giấy công nhận",
        link("recognition:papers", round_.pk),
        "Mở giấy tờ",
        titles,
        "Quyết định đã ký; có đủ quyết định, danh sách và giấy công nhận để in.",
    )


def _unsigned(round_: Round, grants: list[tuple[int, bool, int]]) -> Task:
    return Task(
        "due",
        "Quyết định đã lập, đang chờ UBND xã ký",
        link("recognition:papers", round_.pk),
        "Xem quyết định",
        sum(number for _, signed, number in grants if not signed),
        "Danh hiệu có hiệu lực từ ngày ký.",
        round_.closes_on,
    )


def _unregistered(round_: Round, numbers: Tally) -> Task:
    found = numbers.unregistered()
    return Task(
        "due",
        "Chưa đăng ký",
        link("rounds:step", round_.pk, "register"),
        "Đăng ký",
        sum(found.values()),
        f"{words(found)}. Đăng ký là tự nguyện: chỉ ghi nơi đã đồng ý.",
        steps.ahead(round_.register_by),
    )


def _behind(round_: Round, numbers: Tally, villages: dict[int, str]) -> Task:
    """Villages that still hold dossiers."""
    held = numbers.by_place(State.DRAFT, State.RETURNED)
    lines = [Line(villages[at], f"còn {vn_int(n)} hồ sơ") for at, n in held.most_common() if at in villages]
    return Task(
        "due",
        "Thôn chưa gửi hết hồ sơ",
        link("dossiers:list", round=round_.pk, state=State.DRAFT),
        "Xem theo thôn",
        len(lines),
        joined(f"{line.name} ({line.text})" for line in lines),
        round_.villages_close_on,
    )


def _waiting(round_: Round, numbers: Tally) -> Task:
    found = numbers.of((State.PROPOSED,))
    return Task(
        "due",
        "Đã đề nghị, đang chờ UBND xã quyết định",
        link("recognition:papers", round_.pk),
        "Xem tờ trình",
        sum(found.values()),
        words(found),
        round_.closes_on,
    )


def _back(round_: Round, numbers: Tally) -> Task | None:
    count = numbers.number(State.RETURNED)
    if not count:
        return None
    return Task(
        "back",
        "Đã trả lại, thôn chưa gửi lại",
        link("dossiers:list", round=round_.pk, state=State.RETURNED),
        "Xem hồ sơ",
        count,
        day=round_.villages_close_on,
        lines=tally.returned(round_.pk),
    )


def scoring(round_: Round, blank: Counter[str]) -> str:
    """Where unscored dossiers are scored: straight in the grid when they are of one model, else at the step."""
    if len(blank) == 1:
        return link("dossiers:grid", round_.pk, next(iter(blank)))
    return link("rounds:step", round_.pk, "score")


def unjudged(round_: Round, numbers: Tally, missing: list[str]) -> tuple[Task | None, ...]:
    """What cannot be judged yet, and why."""
    blank = numbers.of(UNJUDGED_STATES, (Outcome.NONE,))
    partly = numbers.of(UNJUDGED_STATES, (Outcome.INCOMPLETE,))
    return (
        Task(
            "unjudged",
            "Chưa chấm",
            scoring(round_, blank),
            "Chấm điểm",
            sum(blank.values()),
            words(blank),
        ),
        Task(
            "unjudged",
            "Chấm chưa đủ chỉ số",
            link("dossiers:list", round=round_.pk, outcome=Outcome.INCOMPLETE),
            "Bổ sung",
            sum(partly.values()),
            f"{words(partly)}. Còn chỉ số chưa có câu trả lời nên chưa kết luận được.",
        ),
        Task(
            "unjudged",
            "Mô hình chưa có bộ tiêu chí",
            link("rounds:round", round_.pk),
            "Mở đợt xét",
            len(missing),
            f"{joined(missing)}: chưa nhập bộ tiêu chí chính thức nên chưa chấm được.",
        ),
    )


def _wrong(commune: int, numbers: Tally, villages: dict[int, str], round_: Round | None) -> tuple[Task | None, ...]:
    """What looks wrong; it warns and blocks nothing."""
    silent = [villages[at] for at in numbers.silent() if at in villages] if round_ and numbers.rows else []
    return (
        *(import_task(one) for one in tally.open_imports([commune, *villages])),
        Task(
            "wrong",
            "Có thể trùng nhau",
            link("registry:twins"),
            "Xem và gộp",
            tally.twins(commune),
            "Cùng số căn cước, hoặc cùng tên ở một nơi mà không có gì phân biệt.",
        ),
        Task(
            "wrong",
            "Thôn chưa có hộ nào đăng ký",
            link("rounds:step", round_.pk, "register") if round_ else "",
            "Xem đăng ký",
            len(silent),
            joined(silent),
        ),
        _sent_failing(round_, numbers),
    )


def _sent_failing(round_: Round | None, numbers: Tally) -> Task | None:
    if round_ is None:
        return None
    found = numbers.of((State.SUBMITTED,), (Outcome.FAIL,))
    return Task(
        "wrong",
        "Thôn đã gửi dù chưa đạt",
        link("dossiers:list", round=round_.pk, state=State.SUBMITTED, outcome=Outcome.FAIL),
        "Xem hồ sơ",
        sum(found.values()),
        words(found),
    )


def import_task(found: Import) -> Task:
    """A sheet left half way: broken off while applied, or checked and not yet applied."""
    name = found.file_name  # type: ignore[attr-defined]
    if found.state == ImportState.APPLYING:
        text = "Lần ghi trước bị ngắt giữa chừng; chưa có gì bị thay đổi. Ghi lại lần nữa."
    else:
        bad = found.records - found.ok
        text = f"{vn_int(found.records)} dòng, {vn_int(bad)} dòng có lỗi; chưa ghi vào sổ."
    return Task("wrong", f"Tệp {name}", link("intake:one", found.pk), "Mở tệp", text=text)
