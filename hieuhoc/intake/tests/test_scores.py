"""Score sheets into dossiers: whose row it is, what stays out, twice is once, undone is as before."""

import pytest

from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier, Evidence, ScoredRow, State
from hieuhoc.intake import actions
from hieuhoc.intake.tests.tables import contents
from hieuhoc.registry.models import Model
from hieuhoc.sheets.export import Page, workbook
from hieuhoc.sheets.memory import recall
from hieuhoc.sheets.models import State as FileState

HEADINGS = ("STT", "Thôn/làng", "Mã hộ", "Họ và tên chủ hộ", "GD-1.1 (50)", "GD-1.2 (50)")
ROWS = (
    (1, "Làng Ring", "IT-001", "Ksor H'Bia", 45, 40),
    (2, "Làng Ring", "IT-002", "Siu Blơn", 30, None),
    (3, "Làng Phung", "IT-003", "Rơ Mah Tin", 50, 50),
)


def sheet(rows=ROWS, headings=HEADINGS) -> bytes:
    """A score sheet of families as a workbook."""
    return workbook([Page("Chấm điểm", headings, rows)])


@pytest.fixture
def families(judged):
    """Three households; the first two have a dossier of 2026."""
    world, round_ = judged, judged.round(2026)
    homes = [
        world.household("Ksor H'Bia", code="IT-001"),
        world.household("Siu Blơn", code="IT-002"),
        world.household("Rơ Mah Tin", code="IT-003", place=world.phung),
    ]
    made = [world.dossier(subject=one, round=round_) for one in homes[:2]]
    dossiers.judge_all(round_.pk, Model.FAMILY, by=world.minh)
    return made


def values(code: str) -> dict:
    answers = Dossier.objects.get(subject__code=code).answers
    return {key: one["value"] for key, one in answers.items()}


def test_scores_are_laid_judged_and_register_who_was_not(world, families, brought):
    made = brought(sheet(), year=2026)
    effects = made.report["effects"]
    assert (made.kind, effects["changed"], effects["registered"]) == ("scores", 2, 1)
    made = actions.apply(made.pk, by=world.minh)
    first = Dossier.objects.get(subject__code="IT-001")
    assert (values("IT-001"), first.outcome, first.total) == ({"GD-1.1": 45, "GD-1.2": 40}, "pass", 85)
    assert values("IT-002") == {"GD-1.1": 30} and values("IT-003") == {"GD-1.1": 50, "GD-1.2": 50}
    assert (made.report["outcome"]["registered"], Dossier.objects.count()) == (1, 3)


def test_the_kind_is_found_without_being_told(families, brought):
    assert brought(sheet(), year=2026).report["model"] == Model.FAMILY


def test_a_roster_is_not_taken_for_scores(world, families, brought):
    rows = [(1, "Làng Ring", "IT-001", "Ksor H'Bia", 5)]
    made = brought(sheet(rows, ("STT", "Thôn/làng", "Mã hộ", "Họ và tên chủ hộ", "Số khẩu")), year=2026)
    assert made.kind == "households"


def test_without_a_round_a_score_sheet_says_what_to_do(judged, world, brought):
    made = brought(sheet())
    assert (made.state, made.report["refused"]["code"]) == (FileState.REFUSED, "no_round")
    with pytest.raises(actions.Refused, match="Mở đợt xét"):
        actions.apply(made.pk, by=world.minh)
    world.round(2026)
    assert actions.read_as(made.pk, "any", by=world.minh, year=2026).state == FileState.CHECKED


def test_scores_over_the_maximum_stay_out(world, families, brought):
    made = actions.apply(
        brought(sheet([(1, "Làng Ring", "IT-001", "Ksor H'Bia", 51, 40)]), year=2026).pk, by=world.minh
    )
    assert (made.report["problem_kinds"], values("IT-001")) == ({"over_maximum": 1}, {})


def test_an_empty_cell_leaves_what_was_there(world, families, brought):
    dossiers.answer(families[1].pk, {"GD-1.2": 7}, by=world.ksor)
    actions.apply(brought(sheet(), year=2026).pk, by=world.minh)
    assert values("IT-002") == {"GD-1.1": 30, "GD-1.2": 7}


def test_rows_that_fit_nobody_or_several_are_said_and_wait(world, families, brought):
    twin = world.household("Siu Blơn", code="IT-090")
    rows = [ROWS[0], (2, "Làng Ring", "", "Siu Blơn", 30, 30), (3, "Làng Ring", "IT-777", "Người Lạ", 10, 10)]
    made = brought(sheet(rows), year=2026)
    said = actions.apply(made.pk, by=world.minh).report["outcome"]
    assert [row["name"] for row in said["unknown"]] == ["Người Lạ"]
    assert [row["name"] for row in said["ambiguous"]] == ["Siu Blơn"]
    assert (said["left"], made.report["effects"]["left"]) == (2, 2)

    # once the register knows them, the same file brings the rest
    world.household("Người Lạ", code="IT-777")
    twin.delete()
    made = actions.apply(made.pk, by=world.minh)
    assert (made.report["outcome"]["left"], made.report["outcome"]["changed"]) == (0, 3)
    assert values("IT-777") == {"GD-1.1": 10, "GD-1.2": 10} and values("IT-002") == {"GD-1.1": 30, "GD-1.2": 30}


def test_a_dossier_already_proposed_is_not_touched_and_said(world, families, brought):
    Dossier.objects.filter(pk=families[0].pk).delete()
    done = world.dossier(State.PROPOSED, families[0].subject)
    made = actions.apply(brought(sheet(), year=2026).pk, by=world.minh)
    done.refresh_from_db()
    assert done.answers["GD-1.1"]["value"] == 50
    assert [row["name"] for row in made.report["outcome"]["closed"]] == ["Ksor H'Bia"]


def test_the_same_scores_twice_change_nothing(world, families, brought):
    actions.apply(brought(sheet(), year=2026).pk, by=world.minh)
    before = contents()
    made = brought(sheet(), "lan-hai.xlsx", year=2026)
    assert made.report["effects"]["changed"] == 0
    made = actions.apply(made.pk, by=world.minh)
    assert contents() == before and made.changed == 0


def test_undo_gives_back_answers_outcomes_and_registrations(world, families, brought):
    dossiers.answer(families[0].pk, {"GD-1.1": 10, "GD-1.2": 5}, by=world.ksor)
    before = contents()
    made = actions.apply(brought(sheet(), year=2026).pk, by=world.minh)
    assert contents() != before
    actions.undo(made.pk, by=world.minh, reason="Nhầm bảng")
    assert contents() == before


def test_undo_takes_back_those_registered_by_a_row_without_scores(world, families, brought):
    before = contents()
    made = actions.apply(brought(sheet([(1, "Làng Phung", "IT-003", "Rơ Mah Tin", None, None)]), year=2026).pk,
                         by=world.minh)  # fmt: skip
    assert Dossier.objects.count() == 3
    actions.undo(made.pk, by=world.minh, reason="Nhầm bảng")
    assert contents() == before


def test_undo_after_two_turns_gives_back_what_was_before_the_first(world, families, brought):
    before = contents()
    made = actions.apply(brought(sheet([*ROWS, (4, "Làng Ring", "IT-777", "Người Lạ", 9, 9)]), year=2026).pk,
                         by=world.minh)  # fmt: skip
    stranger = world.household("Người Lạ", code="IT-777")
    actions.apply(made.pk, by=world.minh)
    actions.undo(made.pk, by=world.minh, reason="Nhầm bảng")
    stranger.delete()
    assert contents() == before


def _answer(world, one):
    dossiers.answer(one.pk, {"GD-1.1": 1}, by=world.ksor)


def _propose(world, one):
    Dossier.objects.filter(pk=one.pk).update(state=State.PROPOSED, frozen_at="2026-11-01T00:00Z", sheet={})


@pytest.mark.parametrize(("later", "said"), [(_answer, "được sửa điểm"), (_propose, "đã đề nghị")])
def test_undo_is_refused_when_a_later_act_stands_on_it(world, families, brought, later, said):
    made = actions.apply(brought(sheet(), year=2026).pk, by=world.minh)
    later(world, families[0])
    before = contents()
    with pytest.raises(actions.Refused, match=said):
        actions.undo(made.pk, by=world.minh, reason="Nhầm")
    assert contents() == before


def test_undo_is_refused_when_a_new_dossier_was_handed_in(world, families, brought):
    made = actions.apply(brought(sheet(), year=2026).pk, by=world.minh)
    new = Dossier.objects.get(subject__code="IT-003")
    dossiers.move([new.pk], "submit", by=world.minh)
    with pytest.raises(actions.Refused, match="đã được gửi"):
        actions.undo(made.pk, by=world.minh, reason="Nhầm")


def test_undo_is_refused_when_a_new_dossier_has_evidence(world, families, brought):
    made = actions.apply(brought(sheet(), year=2026).pk, by=world.minh)
    Evidence.objects.create(dossier=Dossier.objects.get(subject__code="IT-003"), file=made.file, added_by=world.minh)
    with pytest.raises(actions.Refused, match="minh chứng"):
        actions.undo(made.pk, by=world.minh, reason="Nhầm")


def test_a_move_alone_does_not_stand_in_the_way(world, families, brought):
    made = actions.apply(brought(sheet(), year=2026).pk, by=world.minh)
    dossiers.move([families[0].pk], "submit", by=world.minh)
    actions.undo(made.pk, by=world.minh, reason="Nhầm")
    assert values("IT-001") == {} and not ScoredRow.objects.exists()


def test_headings_of_scores_are_remembered_for_their_model_alone(world, families, brought):
    headings = [*HEADINGS[:4], "Cột thứ nhất", "GD-1.2 (50)"]
    made = brought(sheet(headings=headings), kind="scores", year=2026)
    actions.remap(made.pk, {"cot thu nhat": "GD-1.1"}, by=world.minh)
    assert recall(world.ia_tor.pk, "s:FAMILY") == {"cot thu nhat": "GD-1.1"}
    later = brought(sheet(ROWS[:2], headings), "sau.xlsx", kind="scores", year=2026)
    assert later.report["tables"][0]["columns"]["GD-1.1"] == "E"
