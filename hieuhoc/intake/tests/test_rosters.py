"""Rosters into the registry: what goes in, what stays out, that twice is once, that undone is as before."""

import pytest

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier
from hieuhoc.intake import actions, reading
from hieuhoc.intake.tests.conftest import HOUSEHOLDS, ROWS, roster
from hieuhoc.intake.tests.tables import contents
from hieuhoc.registry import actions as registry
from hieuhoc.registry import identity
from hieuhoc.registry.models import CitizenNumber, Membership, Model, Subject
from hieuhoc.sheets.memory import recall
from hieuhoc.sheets.models import Import, State

MORE = (
    (1, "Ksor H'Bia", "IT-001", "Làng Ring", "064079901299", "0905000009", 7, "x"),
    (2, "Puih Dôr", "IT-009", "Làng Ring", "064079901210", "", 2, ""),
)


def names() -> list[str]:
    return list(Subject.objects.order_by("code").values_list("name", flat=True))


def test_a_check_writes_nothing_into_the_registers(brought):
    before = contents()
    made = brought(roster())
    assert contents() == before
    assert (made.state, made.kind, made.records, made.ok) == (State.CHECKED, "households", 4, 4)


def test_households_come_in_with_everything_said_of_them(world, brought):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    one = Subject.objects.get(code="IT-001")
    assert (made.state, made.new, names()) == (State.APPLIED, 4, [row[1] for row in ROWS])
    assert (one.name, one.place, one.commune, one.phone) == ("Ksor H'Bia", world.ring, world.ia_tor, "0905000001")
    assert one.details == {"household_code": "IT-001", "members": 5}
    assert (one.search_key, one.enrolled_by_import, one.active_to) == ("ksor hbia", made, None)
    assert made.created_at < one.created_at == one.updated_at < made.applied_at
    assert identity.reveal(one.citizen_number.ciphertext) == "064079901204"


def test_rows_with_a_problem_stay_out_and_are_named(world, brought):
    rows = (*ROWS, (5, "", "IT-005", "Làng Ring", "", "", 2, ""), (6, "Kpă Lan", "IT-006", "Làng Lạ", "123", "", 2, ""))
    made = actions.apply(brought(roster(rows)).pk, by=world.minh)
    assert (made.records, made.ok, len(names())) == (6, 4, 4)
    assert made.report["problem_kinds"] == {"missing_name": 1, "unknown_village": 1, "bad_cccd": 1}
    assert made.report["unknown_villages"] == {"Làng Lạ": 1}


def test_of_lists_side_by_side_only_the_wrong_one_stays_out(world, brought):
    text = """STT;Chủ hộ;Thôn;STT;Chủ hộ;Thôn
        1;Ksor H'Bia;Làng Ring;3;Kpă Lan;Làng Lạ
        2;Kpă Hoa;Làng Ring;4;Siu Blơn;Làng Phung
        5;Rơ Mah Tin;Làng Lạ;6;Rah Lan Hoa;Làng Ring"""
    made = actions.apply(brought(text.encode(), "ds.csv").pk, by=world.minh)
    assert (made.records, made.ok, sorted(names())) == (6, 4, ["Kpă Hoa", "Ksor H'Bia", "Rah Lan Hoa", "Siu Blơn"])
    assert made.report["unknown_villages"] == {"Làng Lạ": 2}


@pytest.mark.parametrize(
    ("column", "text"), [(1, "Nguyễn " + "Văn " * 60 + "An"), (2, "IT-" + "0" * 60)], ids=["name", "code"]
)
def test_a_text_longer_than_the_registers_hold_stays_out(world, brought, column, text):
    row = list(ROWS[0])
    row[column] = text
    made = actions.apply(brought(roster([row, *ROWS[1:]])).pk, by=world.minh)
    assert (len(names()), made.report["problem_kinds"]) == (3, {"too_long": 1})


def test_two_numbers_in_one_cell_do_not_stop_a_roster(world, brought):
    row = (1, "Ksor H'Bia", "IT-001", "Làng Ring", "", "0905000001 hoặc 0905000002 (vợ)", 5, "x")
    actions.apply(brought(roster([row, *ROWS[1:]])).pk, by=world.minh)
    assert Subject.objects.get(code="IT-001").phone == "0905000001"


def test_effects_are_said_before_they_are_done(world, brought):
    world.round(2026)
    made = brought(roster(), year=2026)
    assert {key: made.report["effects"][key] for key in ("new", "changed", "same", "registered")} == {
        "new": 4, "changed": 0, "same": 0, "registered": 3,
    }  # fmt: skip
    actions.apply(made.pk, by=world.minh)
    later = brought(roster([*MORE, ROWS[1]]), "sau.xlsx", year=2026)
    assert {key: later.report["effects"][key] for key in ("new", "changed", "same", "registered")} == {
        "new": 1, "changed": 1, "same": 1, "registered": 0,
    }  # fmt: skip


@pytest.mark.parametrize("rows", [ROWS, [*MORE, *ROWS[1:]], [ROWS[1]] * 3], ids=["same", "more", "repeated"])
def test_what_was_said_is_what_is_done(world, brought, rows):
    actions.apply(brought(roster(ROWS[:3])).pk, by=world.minh)
    made = brought(roster(rows), "sau.xlsx")
    said = made.report["effects"]
    made = actions.apply(made.pk, by=world.minh)
    assert (made.new, made.changed) == (said["new"], said["changed"])


def test_effects_are_said_again_when_the_registers_have_changed(world, brought):
    made = brought(roster())
    assert made.report["effects"]["new"] == 4
    actions.apply(brought(roster(ROWS[:2]), "khac.xlsx").pk, by=world.minh)
    assert actions.say_effects(made.pk, by=world.minh).report["effects"]["new"] == 2


def test_applying_the_same_file_twice_changes_nothing(world, brought):
    world.round(2026)
    actions.apply(brought(roster(), year=2026).pk, by=world.minh)
    before = contents()
    made = actions.apply(brought(roster(), "lan-hai.xlsx", year=2026).pk, by=world.minh)
    assert contents() == before
    assert (made.new, made.changed, made.report["outcome"]["registered"]) == (0, 0, 0)


def test_an_applied_file_is_not_applied_again(world, brought):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    with pytest.raises(actions.Refused, match="đã ghi vào sổ"):
        actions.apply(made.pk, by=world.minh)


def test_a_later_roster_completes_and_adds(world, brought):
    actions.apply(brought(roster()).pk, by=world.minh)
    made = actions.apply(brought(roster(MORE), "sau.xlsx").pk, by=world.minh)
    one = Subject.objects.get(code="IT-001")
    assert (made.new, made.changed) == (1, 1)
    assert (one.details["members"], one.phone, one.citizen_number.last_three) == (7, "0905000009", "299")
    assert len(names()) == 5


def test_two_rows_for_one_household_make_one(world, brought):
    rows = [ROWS[0], (2, "KSOR H’BIA", "IT-001", "Làng Ring", "", "", 9, ""), *ROWS[2:]]
    made = actions.apply(brought(roster(rows)).pk, by=world.minh)
    assert Subject.objects.filter(code="IT-001").count() == 1
    assert made.report["problem_kinds"] == {"duplicate": 1}


@pytest.mark.parametrize("first", [(), ROWS[:2]], ids=["into nothing", "into a register"])
def test_undo_gives_back_exactly_what_was(world, brought, first):
    world.round(2026)
    world.citizen("Ksor H'Nhi", details={"household_code": "IT-003"})
    if first:
        actions.apply(brought(roster(first), year=2026).pk, by=world.minh)
    before = contents()
    made = actions.apply(brought(roster([*MORE, *ROWS[1:]]), "sau.xlsx", year=2026).pk, by=world.minh)
    assert contents() != before and Membership.objects.exists()
    undone = actions.undo(made.pk, by=world.minh, reason="Nhầm tệp")
    assert contents() == before
    assert (undone.state, Entry.objects.filter(verb="registry.undo_enrol").get().reason) == (State.UNDONE, "Nhầm tệp")


def test_undo_takes_back_memberships_between_those_known_before(world, brought):
    citizen = world.citizen("Ksor H'Nhi")
    world.household("Ksor H'Bia", code="IT-001")
    before = contents()
    headings = ("STT", "Họ và tên", "Năm sinh", "Thôn/làng", "Mã hộ")
    made = brought(roster([(1, "Ksor H'Nhi", "", "Làng Ring", "IT-001")], headings), kind="citizens")
    actions.apply(made.pk, by=world.minh)
    assert Membership.objects.get().member == citizen
    actions.undo(made.pk, by=world.minh, reason="Nhầm")
    assert contents() == before


def test_what_was_undone_can_be_applied_anew(world, brought):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    actions.undo(made.pk, by=world.minh, reason="Nhầm")
    again = actions.apply(made.pk, by=world.minh)
    assert (again.state, again.undone_at, again.new, len(names())) == (State.APPLIED, None, 4, 4)


def _dossier(world, one):
    world.dossier(subject=one)


def _correct(world, one):
    registry.correct(one.pk, name=one.name, details={"members": 9}, by=world.minh, reason="Sai số khẩu", code=one.code)


def _close(world, one):
    registry.close(one.pk, by=world.minh, reason="Chuyển đi")


def _merge(world, one):
    registry.merge(one.pk, world.household("Ksor Bia").pk, by=world.minh, reason="Là một")


def _number(world, one):
    registry.set_citizen_number(one.pk, "064079909999", by=world.minh)


def _move(world, one):
    registry.move(one.pk, place_id=world.phung.pk, by=world.minh, reason="Chuyển làng")


@pytest.mark.parametrize("later", [_dossier, _correct, _close, _merge, _number, _move])
def test_undo_is_refused_when_a_later_act_stands_on_a_new_household(world, brought, later):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    later(world, Subject.objects.get(code="IT-001"))
    before = contents()
    with pytest.raises(actions.Refused, match="Không hoàn tác được"):
        actions.undo(made.pk, by=world.minh, reason="Nhầm")
    assert contents() == before and Import.objects.get(pk=made.pk).state == State.APPLIED


@pytest.mark.parametrize("later", [_correct, _number])
def test_undo_is_refused_when_a_completed_household_was_changed_since(world, brought, later):
    actions.apply(brought(roster()).pk, by=world.minh)
    made = actions.apply(brought(roster(MORE), "sau.xlsx").pk, by=world.minh)
    later(world, Subject.objects.get(code="IT-001"))
    with pytest.raises(actions.Refused, match="sửa hoặc bổ sung"):
        actions.undo(made.pk, by=world.minh, reason="Nhầm")


def test_files_are_undone_from_the_last_to_the_first(world, brought):
    before = contents()
    first = actions.apply(brought(roster()).pk, by=world.minh)
    second = actions.apply(brought(roster(MORE), "sau.xlsx").pk, by=world.minh)
    with pytest.raises(actions.Refused, match="hoàn tác tệp đó trước"):
        actions.undo(first.pk, by=world.minh, reason="Nhầm")
    for made in (second, first):
        actions.undo(made.pk, by=world.minh, reason="Nhầm")
    assert contents() == before


def test_undo_is_refused_when_a_registered_dossier_was_scored(world, brought):
    world.round(2026)
    made = actions.apply(brought(roster(), year=2026).pk, by=world.minh)
    dossiers.answer(Dossier.objects.first().pk, {"T-1": 40}, by=world.minh)
    with pytest.raises(actions.Refused, match="đã có người chấm"):
        actions.undo(made.pk, by=world.minh, reason="Nhầm")


def test_a_look_does_not_stand_in_the_way_of_an_undo(world, brought):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    registry.look(Subject.objects.get(code="IT-001"), by=world.minh)
    actions.undo(made.pk, by=world.minh, reason="Nhầm")
    assert not Subject.objects.exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_undo_needs_a_reason(world, brought, reason):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    with pytest.raises(actions.Refused, match="lý do"):
        actions.undo(made.pk, by=world.minh, reason=reason)


def test_those_who_registered_get_a_dossier_of_the_round(world, brought):
    round_ = world.round(2026)
    made = actions.apply(brought(roster(), year=2026).pk, by=world.minh)
    registered = Dossier.objects.filter(round=round_).values_list("subject__code", flat=True)
    assert sorted(registered) == ["IT-001", "IT-003", "IT-004"]
    assert made.report["outcome"]["registered"] == 3


def test_without_a_round_a_roster_comes_in_and_registers_nobody(world, brought):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    assert (made.new, Dossier.objects.count()) == (4, 0)


def test_a_closed_round_refuses_and_nothing_is_half_done(world, brought):
    world.round(2026, state="closed")
    made = brought(roster(), year=2026)
    with pytest.raises(actions.Refused, match="đã khóa"):
        actions.apply(made.pk, by=world.minh)
    assert not Subject.objects.exists() and Import.objects.get().state == State.CHECKED


def test_a_corrected_column_is_read_at_once_and_remembered(world, brought):
    headings = [*HOUSEHOLDS[:5], "Liên hệ khi cần gấp", "Bao nhiêu miệng ăn", "Đăng ký"]
    made = brought(roster(headings=headings))
    assert "members" not in made.report["tables"][0]["columns"]
    made = actions.remap(made.pk, {"bao nhieu mieng an": "members"}, by=world.minh)
    assert made.report["tables"][0]["columns"]["members"] == "G"
    assert recall(world.ia_tor.pk, "households") == {"bao nhieu mieng an": "members"}
    later = brought(roster(ROWS[:3], headings), "thang-sau.xlsx")
    assert later.report["tables"][0]["columns"]["members"] == "G"


def test_a_column_left_out_stays_out(world, brought):
    made = actions.remap(brought(roster()).pk, {"so khau": ""}, by=world.minh)
    actions.apply(made.pk, by=world.minh)
    assert Subject.objects.get(code="IT-001").details == {"household_code": "IT-001"}


def test_a_column_of_one_sheet_corrected_by_its_letter_is_not_remembered(world, brought):
    made = actions.remap(brought(roster()).pk, {"DS hộ!G": ""}, by=world.minh)
    assert "members" not in made.report["tables"][0]["columns"]
    assert recall(world.ia_tor.pk, "households") == {}


def test_an_applied_file_is_not_read_again(world, brought):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    with pytest.raises(actions.Refused, match="hoàn tác trước"):
        actions.remap(made.pk, {"so khau": ""}, by=world.minh)


def test_citizen_numbers_are_not_kept_in_plain_text(world, brought):
    made = brought(roster())
    actions.apply(made.pk, by=world.minh)
    made.refresh_from_db()
    assert "064079901204" not in str(made.report) and "•204" in str(made.report)
    assert "064079901204" not in str(contents())
    assert CitizenNumber.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("064079901204", "•••••••••204"), ("64079901204", "•••••••••204"), ("64.079.901.204", "•••••••••204"),
        ("0905000001", "0905000001"), ("21/11/1959", "21/11/1959"), ("IT-001", "IT-001"),
    ],
)  # fmt: skip
def test_what_looks_like_a_citizen_number_is_masked(text, shown):
    assert reading.masked(text) == shown


def test_villages_a_commune_does_not_have_are_opened_from_the_file(world, brought):
    rows = [*ROWS, (5, "Kpă Lan", "IT-006", "Làng Lạ", "", "", 2, "")]
    made = brought(roster(rows))
    made = actions.open_villages(made.pk, ["Làng Lạ"], by=world.minh)
    assert (made.ok, made.report["unknown_villages"]) == (5, {})


def test_a_commune_without_villages_is_told_so_and_opens_them(world, brought):
    bare = world.gia_lai
    officer = world.user("moi", "commune_officer", bare)
    made = actions.check_file(roster(), "a.xlsx", "any", commune_id=bare.pk, by=officer)
    assert (made.ok, made.report["unknown_villages"]) == (0, {"Làng Ring": 2, "Làng Phung": 2})
    assert actions.apply(made.pk, by=officer).new == 0


def test_only_an_officer_of_the_commune_imports(world, brought):
    made = brought(roster())
    for act in (
        lambda: brought(roster(), by=world.lan),
        lambda: actions.apply(made.pk, by=world.ksor),
        lambda: actions.remap(made.pk, {}, by=world.hoa),
        lambda: actions.undo(made.pk, by=world.lan, reason="x"),
        lambda: actions.discard(made.pk, by=world.lan),
        lambda: actions.say_effects(made.pk, by=world.lan),
        lambda: actions.open_villages(made.pk, ["Làng Lạ"], by=world.lan),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_file_that_changed_nothing_can_be_set_aside(world, brought):
    made = brought(roster())
    actions.discard(made.pk, by=world.minh)
    assert not Import.objects.exists()
    assert Entry.objects.get(verb="sheet.discard").before == {"file": "danh-sach.xlsx", "kind": "households"}


def test_an_applied_file_is_not_set_aside(world, brought):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    with pytest.raises(actions.Refused, match="hoàn tác trước"):
        actions.discard(made.pk, by=world.minh)


def test_somebody_adding_the_same_household_at_that_moment_does_no_harm(world, brought, monkeypatch):
    from hieuhoc.registry import enrol

    made = brought(roster())
    world.household("Ksor H'Bia", code="IT-001")
    monkeypatch.setattr(enrol, "IS_KNOWN", "select false where %s is not null and %s is not null")
    made = actions.apply(made.pk, by=world.minh)
    assert (made.new, made.changed, len(names())) == (3, 1, 4)


@pytest.mark.parametrize("model", [Model.CLAN, Model.COMMUNITY, Model.ORGANISATION])
def test_groups_register_all_where_the_roster_does_not_say(world, brought, model):
    world.round(2026)
    headings, row, kind = {
        Model.CLAN: (("STT", "Tên dòng họ", "Trưởng họ", "Thôn/làng", "Số gia đình"),
                     (1, "Dòng họ Ksor", "Ksor Blơn", "Làng Ring", 12), "clans"),
        Model.COMMUNITY: (("STT", "Thôn/làng", "Trưởng thôn", "Tổng số hộ", "Nhân khẩu"),
                          (1, "Làng Ring", "Siu Hoan", 120, 560), "communities"),
        Model.ORGANISATION: (("STT", "Tên cơ quan, đơn vị", "Loại hình", "Thủ trưởng đơn vị", "Số CBCCVC"),
                             (1, "Trường Tiểu học Lê Lợi", "Trường học", "Lê Thị Thu", 31), "organisations"),
    }[model]  # fmt: skip
    made = actions.apply(brought(roster([row], headings), kind=kind, year=2026).pk, by=world.minh)
    assert (made.new, Dossier.objects.get().model) == (1, model)
