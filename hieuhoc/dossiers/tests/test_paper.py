"""Forms on paper: numbers that catch a slip, what is printed, what is keyed in, what is refused and taken back."""

import io
import re
from contextlib import suppress

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from hieuhoc.accounts.access import Forbidden
from hieuhoc.audit.models import Entry
from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier, Evidence, PaperForm, State
from hieuhoc.dossiers.paper import actions, contents, numbers, printing, queries
from hieuhoc.registry.models import Model, Subject
from hieuhoc.rounds.models import Round

ROUNDS, SERIALS = st.integers(1, 99_999), st.integers(1, 99_999)


@given(ROUNDS, SERIALS)
def test_a_number_is_read_as_it_is_written(round_id, serial):
    for text in (numbers.written(round_id, serial), str(numbers.in_address(round_id, serial))):
        typed = numbers.read(f" {text} ")
        assert (typed.serial, typed.fits(round_id)) == (serial, True)


@given(ROUNDS, SERIALS, st.data())
def test_one_wrong_digit_or_two_changed_places_are_caught(round_id, serial, data):
    right = numbers.written(round_id, serial).replace("-", "")
    at = data.draw(st.integers(0, len(right) - 1))
    wrong = right[:at] + data.draw(st.sampled_from([d for d in "0123456789" if d != right[at]])) + right[at + 1 :]
    swapped = right[:at] + right[at : at + 2][::-1] + right[at + 2 :]
    for slip in {wrong, swapped} - {right}:
        with suppress(numbers.Unreadable):
            assert not numbers.read(slip).fits(round_id)


def test_a_scanned_address_is_understood_whatever_the_keyboard_made_of_its_letters():
    for text in ("https://xa.vn/ho-so/nhap-phieu/12/00127/", "hhtps://xa.vn/hô-so/nhâp-phiêu/12/127"):
        typed = numbers.read(text)
        assert (typed.round, typed.serial, typed.check) == (12, 12, 7)
    for text in ("", "abc", "7", "12345678901234"):
        with pytest.raises(numbers.Unreadable, match="0012-7"):
            numbers.read(text)


@pytest.fixture
def homes(world):
    """Three households of Làng Ring in the round, one of Làng Phung that is not."""
    for name in ("Ksor An", "Ksor Bình", "Ksor Chi"):
        world.dossier(subject=world.household(name, code=f"IT-{name[-1]}"))
    world.household("Siu Đen", place=world.phung)
    return world


def give(world, kind="score", by=None, **more):
    """Forms for every household, as the commune's officer."""
    ids = more.pop("subjects", None) or Subject.objects.filter(model="FAMILY").values_list("pk", flat=True)
    return actions.give(world.round().pk, "FAMILY", kind, by=by or world.minh, subjects=ids, **more)


def test_a_village_gets_its_numbers_at_once_and_keeps_them(homes, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):  # may only fall
        first = give(homes)
    assert [one.number for one in first] == [1, 2, 3, 4]
    again = give(homes, blanks=0)
    assert [one.pk for one in again] == [one.pk for one in first]
    registering = give(homes, "register", blanks=2, place_id=homes.ring.pk)
    assert sorted(one.number for one in registering) == [5, 6, 7, 8, 9, 10]
    assert [one.subject_id is None for one in sorted(registering, key=lambda one: one.number)] == [False] * 4 + [
        True
    ] * 2
    assert Entry.objects.filter(verb="dossier.print_forms").count() == 3


def test_a_recorder_prints_for_the_own_village_alone(homes):
    own = Subject.objects.filter(place=homes.ring).values_list("pk", flat=True)
    assert len(give(homes, by=homes.ksor, subjects=own)) == 3
    with pytest.raises(Forbidden):
        give(homes, by=homes.ksor)
    with pytest.raises(Forbidden):
        give(homes, by=homes.lan)
    with pytest.raises(dossiers.Refused, match="chọn thôn"):
        give(homes, "register", blanks=1)


def test_a_closed_round_prints_nothing(homes):
    Round.objects.update(state=Round.State.CLOSED)
    with pytest.raises(dossiers.Refused, match="đã khóa"):
        give(homes)


def pages_of(data):
    """The text of each page."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def test_each_form_has_its_own_page_number_name_and_the_mark_of_the_set(homes):
    data = printing.make(
        homes.round(), "FAMILY", "score", by=homes.minh, notice="Bộ tiêu chí minh họa",
        subjects=Subject.objects.values_list("pk", flat=True),
    )  # fmt: skip
    pages = pages_of(data)
    assert len(pages) == 4
    for page, form in zip(pages, PaperForm.objects.order_by("place_id", "subject__sort_key"), strict=True):
        assert numbers.written(form.round_id, form.number) in page and form.subject.name in page
        assert "Bộ tiêu chí minh họa" in page and "Tham gia là tự nguyện" in page and "T-2" in page
        assert "PHIẾU TỰ CHẤM ĐIỂM" in page and "HỘI KHUYẾN HỌC XÃ IA TÔR" in page and "bản 1" in page


def test_a_long_form_goes_over_pages_of_its_own_only(homes, monkeypatch):
    sections = contents.printing_of(homes.round(), "FAMILY", "score").sections
    monkeypatch.setattr(contents, "_sections", lambda criteria: sections * 9)
    options = {"by": homes.minh, "notice": ""}
    ids = list(Subject.objects.filter(place=homes.ring).values_list("pk", flat=True))
    pages = pages_of(printing.make(homes.round(), "FAMILY", "score", subjects=ids, **options))
    assert len(pages) > 3 and "Trang 2/" in pages[1]
    for page in pages:
        assert sum(name in page for name in ("Ksor An", "Ksor Bình", "Ksor Chi")) == 1
    both = pages_of(printing.make(homes.round(), "FAMILY", "score", subjects=ids, both_sides=True, **options))
    assert all("Trang 1/" in page for page in both[:: len(both) // 3] if page) and "Trang 1/" in both[0]
    assert [at % 2 for at, page in enumerate(both) if "Trang 1/" in page] == [0, 0, 0]


def test_every_kind_of_indicator_has_its_box(homes):
    from hieuhoc.criteria import sets

    boxes = {line.box for one in sets.all_sets() for part in contents._sections(one) for line in part.lines}
    assert boxes == {"score", "yes_no", "share", "level", "change", "number", "derived"}
    levels = next(one for one in sets.load("tt25-commune").indicators if one.kind == "level")
    assert contents.level_names(levels)[0] == "Chưa đạt mức nào" and "Mức 3" in contents.level_names(levels)[3]


def sheet(world, form):
    """The address of a form's sheet."""
    return reverse(
        "dossiers:key_sheet", args=[form.round_id, numbers.in_address(form.round_id, form.number)]
    )  # fmt: skip


def test_keying_in_writes_says_the_result_and_is_taken_back(homes, browse):
    form = give(homes)[0]
    client = browse(homes.ksor)
    page = client.get(sheet(homes, form)).content.decode()
    assert "Ksor An" in page and 'name="T-1"' in page
    revision = Dossier.objects.get(subject=form.subject).revision
    reply = client.post(sheet(homes, form), {"T-1": "45,5", "T-2": "39,5", "revision": revision}, follow=True)
    assert "Đã lưu: Ksor An, 85 điểm (đạt)." in reply.content.decode() and 'id="so"' in reply.content.decode()
    assert PaperForm.objects.get(pk=form.pk).keyed_by == homes.ksor
    entry = Entry.objects.filter(verb="dossier.answer").latest("pk")
    assert browse(homes.minh).post(reverse("dossiers:key_undo", args=[entry.pk])).status_code == 404
    client.post(reverse("dossiers:key_undo", args=[entry.pk]))
    assert Dossier.objects.get(subject=form.subject).answers == {}
    assert PaperForm.objects.get(pk=form.pk).keyed_at is None


def test_with_two_windows_each_takes_back_its_own_form(homes, browse, monkeypatch):
    first, second, _, _ = give(homes)
    client, key_in = browse(homes.ksor), actions.key_in

    def beside(form_id, answers, **more):
        done = key_in(form_id, answers, **more)
        if form_id == first.pk:
            key_in(second.pk, {"T-1": 20}, by=homes.ksor, subject=second.subject)
        return done

    monkeypatch.setattr(actions, "key_in", beside)
    page = client.post(sheet(homes, first), {"T-1": "45"}, follow=True).content.decode()
    [undo] = set(re.findall(r'action="(/[^"]*hoan-tac[^"]*)"', page)) or ["none"]
    client.post(undo)
    left = {one.subject_id: list(one.answers) for one in Dossier.objects.exclude(answers={})}
    assert left == {second.subject_id: ["T-1"]}


def test_an_undo_is_refused_when_somebody_wrote_since(homes, browse):
    form = give(homes)[0]
    browse(homes.ksor).post(sheet(homes, form), {"T-1": "40"})
    dossier = Dossier.objects.get(subject=form.subject)
    entry = Entry.objects.filter(verb="dossier.answer").latest("pk")
    dossiers.answer(dossier.pk, {"T-1": 41}, by=homes.minh)
    page = browse(homes.ksor).post(reverse("dossiers:key_undo", args=[entry.pk]), follow=True).content.decode()
    assert "Điểm đã được sửa tiếp" in page
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == 41


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(homes, browse):
    form = give(homes)[0]
    dossier = Dossier.objects.get(subject=form.subject)
    dossiers.answer(dossier.pk, {"T-1": 30}, by=homes.minh)
    reply = browse(homes.ksor).post(sheet(homes, form), {"T-1": "40", "revision": dossier.revision})
    assert reply.status_code == 422 and "người khác sửa" in reply.content.decode()
    dossier.refresh_from_db()
    assert dossier.answers["T-1"]["value"] == 30


def test_whoever_is_not_registered_is_registered_by_the_form(homes, browse):
    stranger = Subject.objects.get(name="Siu Đen")
    scoring, registering = give(homes, subjects=[stranger.pk])[0], give(homes, "register", subjects=[stranger.pk])[0]
    client = browse(homes.minh)
    assert "được đăng ký vào đợt" in client.get(sheet(homes, scoring)).content.decode()
    assert "Đã lưu: Siu Đen, đã đăng ký." in client.post(sheet(homes, registering), follow=True).content.decode()
    entry = Entry.objects.filter(verb="dossier.register").latest("pk")
    client.post(reverse("dossiers:key_undo", args=[entry.pk]))
    assert not Dossier.objects.filter(subject=stranger).exists()
    client.post(sheet(homes, scoring), {"T-1": "50", "T-2": "50"})
    assert Dossier.objects.get(subject=stranger).total == 100


def test_a_withdrawn_subject_comes_back_with_its_form(homes, browse):
    form = give(homes)[0]
    dossier = Dossier.objects.get(subject=form.subject)
    dossiers.move([dossier.pk], "withdraw", by=homes.ksor, reason="Đi vắng")
    browse(homes.ksor).post(sheet(homes, form), {"T-1": "10"})
    dossier.refresh_from_db()
    assert (dossier.state, dossier.answers["T-1"]["value"]) == (State.DRAFT, 10)


def test_a_wrong_number_is_said_and_nothing_is_opened(homes, browse):
    form = give(homes)[0]
    client, round_ = browse(homes.minh), homes.round()

    def say(text):
        return client.get(reverse("dossiers:key", args=[round_.pk]), {"so": text}).content.decode()

    right = numbers.written(round_.pk, form.number)
    slip = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert "Số phiếu này không đúng" in say(slip)
    assert "Không có phiếu số" in say(numbers.written(round_.pk, 4000))
    assert "Chưa đọc được số phiếu" in say("không nhớ")
    other = homes.round(place=homes.ia_bang)
    there = homes.household("Rơ Châm", place=homes.brel)
    foreign = actions.give(other.pk, "FAMILY", "score", by=homes.lan, subjects=[there.pk])[0]
    assert "phiếu của xã khác" in say(f"http://xa.vn{sheet(homes, foreign)}")
    assert client.get(sheet(homes, foreign)).status_code == 404


def test_a_form_of_last_year_says_so(homes, browse):
    last = homes.round(homes.round().year - 1)
    household = Subject.objects.get(name="Ksor An")
    form = actions.give(last.pk, "FAMILY", "score", by=homes.minh, subjects=[household.pk])[0]
    Round.objects.filter(pk=last.pk).update(state=Round.State.CLOSED)
    client = browse(homes.minh)
    assert "đợt đã khóa, không nhập được nữa" in client.get(sheet(homes, form)).content.decode()
    scanned = {"so": f"http://xa.vn{sheet(homes, form)}"}
    reply = client.get(reverse("dossiers:key", args=[homes.round().pk]), scanned, follow=True)
    assert "đợt đã khóa" in reply.content.decode()
    typed = numbers.read(numbers.written(last.pk, form.number))
    if not typed.fits(homes.round().pk):
        with pytest.raises(queries.NotFound, match=f"đợt {last.year}, đợt đó đã khóa"):
            queries.found(homes.minh, homes.round(), typed)


def test_a_stranger_who_scans_signs_in_and_comes_to_the_sheet(homes, browse):
    form = give(homes)[0]
    reply = browse().get(sheet(homes, form))
    assert reply.status_code == 302 and reply["Location"].endswith(f"?next={sheet(homes, form)}")


def test_a_photo_of_the_sheet_is_kept_as_evidence_of_the_whole_dossier(homes, browse):
    form, photo = give(homes)[0], io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(photo, "JPEG")
    photo.name, _ = "phieu.jpg", photo.seek(0)
    reply = browse(homes.ksor).post(sheet(homes, form), {"T-1": "45", "file": photo}, follow=True)
    assert "Đã kèm 1 minh chứng" in reply.content.decode()
    kept = Evidence.objects.get()
    assert (kept.dossier.subject, kept.indicator) == (form.subject, "") and "Phiếu giấy số" in kept.note


def test_a_blank_form_adds_and_registers_or_takes_who_is_there(homes, browse):
    ids = [Subject.objects.get(name="Siu Đen").pk]
    given = give(homes, "register", subjects=ids, blanks=2, place_id=homes.ring.pk)
    one, two = [form for form in given if form.blank]
    client = browse(homes.ksor)
    client.post(sheet(homes, one), {"name": "Ksor Mới", "code": "IT-9"})
    made = Subject.objects.get(name="Ksor Mới")
    assert (made.place, Dossier.objects.filter(subject=made).count()) == (homes.ring, 1)
    reply = client.post(sheet(homes, two), {"name": "Ksor Mới", "code": "IT-9"})
    assert reply.status_code == 422 and "Đã có hộ cùng tên" in reply.content.decode()
    client.post(sheet(homes, two), {"name": "Ksor Mới", "same": str(made.pk)})
    assert PaperForm.objects.get(pk=two.pk).subject == made and Subject.objects.filter(name="Ksor Mới").count() == 1


def test_a_merged_household_is_keyed_in_as_the_one_that_stays(homes):
    from hieuhoc.registry import actions as registry

    twin = homes.household("Ksor Ân", code="IT-77")
    form = give(homes, subjects=[twin.pk])[0]
    kept = Subject.objects.get(name="Ksor An")
    registry.merge(kept.pk, twin.pk, by=homes.minh, reason="Trùng")
    typed = numbers.read(numbers.written(form.round_id, form.number))
    assert queries.found(homes.minh, homes.round(), typed).subject == kept


def test_the_live_result_writes_nothing(homes, browse):
    form = give(homes)[0]
    address = sheet(homes, form) + "tinh/"
    page = browse(homes.ksor).post(address, {"T-1": "45", "T-2": "99"}).content.decode()
    assert 'data-wrong="T-2"' in page and "vượt điểm tối đa" in page
    page = browse(homes.ksor).post(address, {"T-1": "45", "T-2": "40"}).content.decode()
    assert "85 điểm" in page and "Đạt" in page
    assert Dossier.objects.get(subject=form.subject).answers == {}


def test_the_page_prints_at_once_or_as_long_work(homes, browse, monkeypatch):
    client, address = browse(homes.minh), reverse("dossiers:print", args=[homes.round().pk, Model.FAMILY])
    asked = {"kind": "score", "place": "0", "which": "unscored"}
    reply = client.post(address, asked)
    assert reply["Content-Type"] == "application/pdf" and len(pages_of(reply.content)) == 3
    assert "phieu-cham-diem-family" in reply["Content-Disposition"]
    monkeypatch.setattr(printing, "MANY", 2)
    reply = client.post(address, asked)
    from hieuhoc.jobs import run
    from hieuhoc.jobs.models import Job

    job = Job.objects.get()
    assert reply["Location"] == reverse("jobs:one", args=[job.pk])
    result = run.TASKS[job.task](run.Progress(), by=homes.minh, **job.args)
    Job.objects.update(state=Job.State.DONE, result=result)
    job.refresh_from_db()
    assert reverse("dossiers:printed", args=[job.pk]) in client.get(job.back_to).content.decode()
    fetched = client.get(reverse("dossiers:printed", args=[job.pk]))
    assert len(pages_of(fetched.content)) == 3 and PaperForm.objects.count() == 3
    assert browse(homes.hoa).get(reverse("dossiers:printed", args=[job.pk])).status_code == 404


def test_nothing_to_print_is_said_and_those_chosen_are_printed(homes, browse):
    client, address = browse(homes.minh), reverse("dossiers:print", args=[homes.round().pk, Model.FAMILY])
    reply = client.post(address, {"kind": "score", "place": str(homes.phung.pk), "which": "all"})
    assert reply.status_code == 422 and "Không có ai để in phiếu" in reply.content.decode()
    one = Dossier.objects.get(subject__name="Ksor Bình")
    reply = client.post(address, {"which": "chosen", "kind": "score", "id": [str(one.pk)]})
    assert "Ksor Bình" in pages_of(reply.content)[0]
    stranger = Subject.objects.get(name="Siu Đen")
    reply = client.post(address, {"which": "chosen", "kind": "register", "id": [str(stranger.pk)]})
    page = pages_of(reply.content)[0]
    assert "PHIẾU ĐĂNG KÝ" in page and "Siu Đen" in page and "tự nguyện đăng ký danh hiệu" in page
    assert browse(homes.hoa).get(address).status_code == 403


def test_a_set_with_levels_is_keyed_in_too(homes, browse):
    from hieuhoc.criteria import actions as criteria
    from hieuhoc.criteria.queries import published

    criteria.load_shipped_sets()
    round_ = homes.round()
    round_.models.filter(model=Model.ORGANISATION).update(version=published("tt24-organisation"))
    school = homes.organisation("Trường Tiểu học Lê Lợi")
    form = actions.give(round_.pk, "ORGANISATION", "score", by=homes.minh, subjects=[school.pk])[0]
    client = browse(homes.minh)
    page = client.get(sheet(homes, form)).content.decode()
    assert "Chưa đạt mức nào" in page and "xã tự tính từ danh hiệu" in page and 'name="DV-3.1a"' not in page
    typed = {"DV-1.1": "yes", "DV-2.1": "18/20", "DV-3.4": "2", "DV-3.6": "KAD"}
    reply = client.post(sheet(homes, form), typed, follow=True)
    assert "Đã lưu: Trường Tiểu học Lê Lợi" in reply.content.decode()
    stored = {key: one["value"] for key, one in Dossier.objects.get(subject=school).answers.items()}
    assert stored["DV-2.1"] == {"count": 18, "of": 20} and stored["DV-3.6"] == "n/a" and stored["DV-3.4"] == 2


def test_the_pages_of_paper_ask_the_database_little(homes, browse, django_assert_max_num_queries):
    form = give(homes)[0]
    client = browse(homes.minh)
    with django_assert_max_num_queries(24):  # may only fall
        client.get(sheet(homes, form))
    with django_assert_max_num_queries(16):
        client.get(reverse("dossiers:key", args=[form.round_id]))
    with django_assert_max_num_queries(24):
        client.get(reverse("dossiers:print", args=[form.round_id, "FAMILY"]))
