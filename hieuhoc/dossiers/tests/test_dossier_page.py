"""The dossier's page: answers, conflicts, evidence, facts, what is behind a share, moves, history."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from hieuhoc.dossiers import actions
from hieuhoc.dossiers.models import Dossier, Evidence, State
from hieuhoc.dossiers.workflow import BY_DECISION, MOVES, moves_from
from hieuhoc.registry.models import Model


def page(dossier):
    """The address of a dossier."""
    return reverse("dossiers:one", args=[dossier.pk])


def save(client, dossier, **typed):
    """What the form of the answers sends."""
    dossier.refresh_from_db()
    return client.post(reverse("dossiers:save", args=[dossier.pk]), {"revision": dossier.revision} | typed)


def photo(name="anh.jpg", size=(60, 40)):
    """A small photograph."""
    data = io.BytesIO()
    Image.new("RGB", size, "red").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


@pytest.mark.parametrize(
    ("person", "status"),
    [*((who, 200) for who in ("minh", "ksor", "hoa", "province", "inspector")), ("lan", 404), ("admin", 404)],
)
def test_who_opens_a_dossier(world, browse, person, status):
    assert browse(getattr(world, person)).get(page(world.dossier())).status_code == status


def test_a_recorder_opens_the_own_villages_dossiers_only(world, browse):
    other = world.dossier(subject=world.household("Siu Ó", place=world.phung))
    assert browse(world.ksor).get(page(other)).status_code == 404


def test_the_page_says_what_is_missing_to_pass(world, browse):
    dossier = world.dossier()
    actions.answer(dossier.pk, {"T-1": 20}, by=world.ksor)
    shown = browse(world.ksor).get(page(dossier)).content.decode()
    assert "Còn thiếu để đạt" in shown and "T-2 Chỉ số T-2" in shown and "không phải văn bản chính thức" in shown


def test_answers_are_saved_with_a_comma_and_told(world, browse):
    dossier = world.dossier()
    client = browse(world.ksor)
    answer = client.post(
        reverse("dossiers:save", args=[dossier.pk]),
        {"revision": dossier.revision, "T-1": "40", "T-2": "45,5"},
        follow=True,
    )
    shown = answer.content.decode()
    assert "Đã lưu 2 chỉ số." in shown and "85,5" in shown and "T-1: trống → 40" in shown


def test_a_wrong_answer_is_said_at_its_field_and_nothing_typed_is_lost(world, browse):
    dossier = world.dossier()
    answer = save(browse(world.ksor), dossier, **{"T-1": "tám", "T-2": "45,5"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "«tám» không phải là số" in shown
    assert 'value="tám"' in shown and 'value="45,5"' in shown
    assert save(browse(world.ksor), dossier, **{"T-1": "60"}).status_code == 422
    dossier.refresh_from_db()
    assert dossier.answers == {}


def test_saving_what_did_not_change_writes_nothing(world, browse):
    dossier = world.dossier(State.SUBMITTED)
    save(browse(world.ksor), dossier, **{"T-1": "50", "T-2": "50"})
    dossier.refresh_from_db()
    assert dossier.revision == 1


def test_two_at_once_are_shown_both_numbers_and_the_second_save_decides(world, browse):
    dossier = world.dossier()
    seen = dossier.revision
    actions.answer(dossier.pk, {"T-1": 30}, by=world.minh)
    client, address = browse(world.ksor), reverse("dossiers:save", args=[dossier.pk])
    answer = client.post(address, {"revision": seen, "T-1": "40", "T-2": ""})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Đang lưu: 30" in shown and 'value="40"' in shown
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == 30
    assert f'name="revision" value="{dossier.revision}"' in shown
    client.post(address, {"revision": dossier.revision, "T-1": "40"})
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == 40


@pytest.mark.parametrize("state", [State.PROPOSED, State.RECOGNISED])
def test_a_frozen_dossier_shows_its_sheet_and_no_fields(world, browse, state):
    dossier = world.dossier(State.VERIFIED, outcome="pass")
    actions.move([dossier.pk], "propose", by=world.minh)
    Dossier.objects.filter(pk=dossier.pk).update(state=state)
    shown = browse(world.minh).get(page(dossier)).content.decode()
    assert "Phiếu điểm đã khóa" in shown and 'name="T-1"' not in shown and "50/50 điểm" in shown
    assert save(browse(world.minh), dossier, **{"T-1": "1"}).status_code == 422
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == 50


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("person", ["minh", "hoa", "ksor", "inspector"])
def test_the_buttons_are_the_moves_of_the_table_for_this_person(world, browse, state, person):
    dossier = world.dossier(state, outcome="pass")
    rights = {"minh": {"dossier.write", "dossier.verify", "dossier.propose"}, "hoa": {"recognition.decide"},
              "ksor": {"dossier.write"}, "inspector": set()}[person]  # fmt: skip
    shown = browse(getattr(world, person)).get(page(dossier)).content.decode()
    head = shown.split('class="hh-head"')[1].split("hh-verdict")[0]
    wanted = {name for name, step in moves_from(state).items() if step.right in rights and name not in BY_DECISION}
    drawn = {name for name in MOVES if f'value="{name}"' in head or f'"hoi-{name}"' in head}
    assert drawn == wanted


def test_a_move_from_the_page_is_made_and_can_be_taken_back(world, browse):
    dossier = world.dossier(State.SUBMITTED)
    shown = browse(world.minh).post(reverse("dossiers:move", args=[dossier.pk]), {"move": "verify"}, follow=True)
    dossier.refresh_from_db()
    assert dossier.state == State.VERIFIED and reverse("dossiers:undo", args=[1])[:-2] in shown.content.decode()


def test_a_return_needs_its_reason_and_shows_it(world, browse):
    dossier, client = world.dossier(State.SUBMITTED), browse(world.minh)
    address = reverse("dossiers:move", args=[dossier.pk])
    assert "cần ghi lý do" in client.post(address, {"move": "return"}, follow=True).content.decode()
    client.post(address, {"move": "return", "reason": "Thiếu minh chứng chỉ số 3"})
    shown = browse(world.ksor).get(page(dossier)).content.decode()
    assert "Xã trả lại hồ sơ" in shown and "Thiếu minh chứng chỉ số 3" in shown


def test_a_move_out_of_turn_is_refused_with_a_sentence(world, browse):
    dossier = world.dossier(State.DRAFT)
    shown = browse(world.minh).post(reverse("dossiers:move", args=[dossier.pk]), {"move": "verify"}, follow=True)
    assert "không ở bước có thể «Thẩm định xong»" in shown.content.decode()


def attach(client, dossier, *files, **more):
    """What the form of the evidence sends."""
    return client.post(reverse("dossiers:attach", args=[dossier.pk]), {"file": list(files)} | more)


def test_several_files_are_kept_and_shown(world, browse):
    dossier, client = world.dossier(), browse(world.ksor)
    pdf = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 ...", "application/pdf")
    assert attach(client, dossier, photo(), pdf, indicator="T-1", note="Họp thôn").status_code == 302
    shown = client.get(page(dossier)).content.decode()
    assert "anh.jpg" in shown and "bien-ban.pdf" in shown and "Họp thôn" in shown and "Còn nhận 8 tệp" in shown


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("virus.exe", b"MZ....", "Không nhận loại tệp này"),
        ("anh.jpg", b"\xff\xd8\xff hong", "hỏng hoặc quá lớn"),
        ("anh.html", b"<html><script>", "Không nhận loại tệp này"),
        ("anh.svg", b"<svg onload=alert(1)>", "Không nhận loại tệp này"),
    ],
)
def test_a_wrong_file_is_named_and_the_good_one_kept(world, browse, name, data, said):
    dossier = world.dossier()
    answer = attach(browse(world.ksor), dossier, SimpleUploadedFile(name, data), photo("tot.jpg"))
    shown = answer.content.decode()
    assert answer.status_code == 422 and said in shown and f"«{name}»" in shown
    assert [one.file.name for one in Evidence.objects.all()] == ["tot.jpg"]


def test_no_file_is_said(world, browse):
    answer = browse(world.ksor).post(reverse("dossiers:attach", args=[world.dossier().pk]))
    assert answer.status_code == 422 and "Chưa chọn tệp nào" in answer.content.decode()


def test_more_than_the_limit_is_refused_and_said(world, browse):
    dossier, client = world.dossier(), browse(world.ksor)
    attach(client, dossier, *[photo(f"{n}.jpg") for n in range(11)])
    assert Evidence.objects.count() == 10
    assert "Đã đủ số minh chứng" in client.get(page(dossier)).content.decode()


def test_evidence_is_served_so_that_it_can_do_nothing(world, browse):
    dossier, client = world.dossier(), browse(world.ksor)
    attach(client, dossier, photo('ảnh "họp".jpg'))
    answer = client.get(reverse("dossiers:evidence", args=[Evidence.objects.get().pk]))
    assert answer["Content-Type"] == "image/jpeg" and answer["Content-Disposition"].startswith("inline;")
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert '"' not in answer["Content-Disposition"]


@pytest.mark.parametrize(("person", "status"), [("minh", 200), ("inspector", 200), ("lan", 404), ("admin", 404)])
def test_evidence_out_of_reach_looks_absent(world, browse, person, status):
    dossier = world.dossier()
    attach(browse(world.ksor), dossier, photo())
    address = reverse("dossiers:evidence", args=[Evidence.objects.get().pk])
    assert browse(getattr(world, person)).get(address).status_code == status


def test_evidence_taken_away_is_gone_from_the_page_but_not_from_history(world, browse):
    dossier, client = world.dossier(), browse(world.ksor)
    attach(client, dossier, photo())
    one = Evidence.objects.get()
    client.post(reverse("dossiers:detach", args=[one.pk]))
    shown = client.get(page(dossier)).content.decode()
    assert "anh.jpg" not in shown and "Gỡ minh chứng" in shown and "Thêm minh chứng" in shown
    assert client.get(reverse("dossiers:evidence", args=[one.pk])).status_code == 404


def test_a_frozen_dossier_takes_no_evidence(world, browse):
    dossier = world.dossier(State.PROPOSED)
    answer = attach(browse(world.minh), dossier, photo())
    assert answer.status_code == 422 and not Evidence.objects.exists()


def test_what_is_behind_a_share_is_listed(world, browse, clan_set):
    clan = world.subject(Model.CLAN, "Dòng họ Ksor", details={"families": 4})
    family, other = world.household("Ksor Một"), world.household("Ksor Hai")
    for one in (family, other):
        world.member(one, clan, role="family")
    world.dossier(State.RECOGNISED, family)
    dossier = world.dossier(subject=clan, round=clan_set)
    shown = browse(world.minh).get(reverse("dossiers:behind", args=[dossier.pk, "H-1"])).content.decode()
    assert "1/4 hộ" in shown and "25,00" in shown and "Ksor Một" in shown and "Ksor Hai" not in shown
    shown = browse(world.minh).get(page(dossier)).content.decode()
    assert "1/4" in shown and "Tự tính từ danh hiệu" in shown and 'name="H-1"' not in shown
    grid = browse(world.minh).get(reverse("dossiers:grid", args=[clan_set.pk, "CLAN"])).content.decode()
    assert ">1/4</a>" in grid and "tự tính" in grid


@pytest.fixture
def clan_set(world):
    """The round of the world with a set for clans whose first indicator is computed from titles."""
    from django.utils.timezone import now

    from hieuhoc.criteria import shape
    from hieuhoc.criteria.models import CriteriaSet, CriteriaVersion, Indicator
    from hieuhoc.scoring import Criteria

    derived = {"model": "FAMILY", "among": "member_families", "rule": "số gia đình được công nhận trên tổng số"}
    written = {
        "code": "ho", "version": "1", "title": "Dòng họ", "model": "CLAN", "used_at": ["commune"], "judging": "points",
        "state": "illustrative", "notice": "Minh họa", "source": "Kiểm thử", "pass": 80,
        "criteria": [{"key": "1", "label": "Tiêu chí", "indicators": [
            {"key": "H-1", "label": "Tỷ lệ gia đình", "kind": "share", "points": 60, "marks": [70], "derived": derived},
            {"key": "H-2", "label": "Có quỹ", "kind": "score", "points": 40},
        ]}],
    }  # fmt: skip
    whole = Criteria.from_dict(written).to_dict()
    made = CriteriaVersion.objects.create(
        set=CriteriaSet.objects.create(code="ho", title="Dòng họ", model="CLAN"), **shape.head(whole)
    )
    Indicator.objects.bulk_create(shape.indicator_rows(whole, made))
    CriteriaVersion.objects.filter(pk=made.pk).update(status="published", published_at=now())
    round_ = world.round()
    round_.models.filter(model="CLAN").update(version=made)
    return round_


@pytest.mark.parametrize("key", ["H-2", "H-9"])
def test_a_typed_indicator_has_no_list_behind_it(world, browse, clan_set, key):
    dossier = world.dossier(subject=world.subject(Model.CLAN, "Dòng họ Ksor"), round=clan_set)
    assert browse(world.minh).get(reverse("dossiers:behind", args=[dossier.pk, key])).status_code == 404


def test_a_share_is_never_typed(world, clan_set):
    dossier = world.dossier(subject=world.subject(Model.CLAN, "Dòng họ Ksor"), round=clan_set)
    with pytest.raises(actions.Refused, match="không nhập tay"):
        actions.answer(dossier.pk, {"H-1": {"count": 1, "of": 1}}, by=world.minh)
