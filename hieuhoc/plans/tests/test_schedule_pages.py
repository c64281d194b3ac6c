"""The pages of what is due, as a browser without scripts meets them; the workbook and the calendar address."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from hieuhoc.accounts.models import Post
from hieuhoc.plans import actions, feeds, schedule
from hieuhoc.plans.models import Feed, Progress, ProgressFile
from hieuhoc.plans.tests.test_ical import events_of, text_of
from hieuhoc.plans.tests.test_schedule import confirmed, mark, photo, the

pytestmark = pytest.mark.django_db
TODAY = localdate()
YEARS = {"years": (TODAY.year - 1, TODAY.year + 3)}
LIST = reverse("plans:schedule")


def late(text="Ra quân", *who):
    """An activity whose day was the last day of last year."""
    return text, {"year": TODAY.year - 1}, *who


def ahead(text="Họp sơ kết", *who):
    """One that is due by the end of this year."""
    return text, {"year": TODAY.year, "quarter": 4}, *who


def plan_of(world, *acts, **more):
    return confirmed(world.ia_tor, *acts, **{"issued": f"{TODAY:%Y}-01-05"} | YEARS | more)


def address(world, act, period, name="occurrence"):
    return reverse(f"plans:{name}", args=[world.ia_tor.pk, act.pk, period])


def text(answer) -> str:
    """What a page says, without its tags."""
    main = answer.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def post(browser, where, **fields):
    return browser.post(where, {"state": "done", "revision": "0"} | fields, follow=True)


# -- the list -------------------------------------------------------------------------------------------------------


def test_late_first_then_by_quarter_and_whose_plan_each_is(world, browse):
    plan_of(world, late(), ahead(), ("Tuyên truyền", {"every": "always"}))
    confirmed(
        world.gia_lai, ahead("Hội thảo tỉnh", "HKH tỉnh"), number="786/QĐ-UBND", issued=f"{TODAY:%Y}-01-05", **YEARS
    )
    minh = browse(world.minh)
    last = text(minh.get(LIST, {"nam": TODAY.year - 1}))
    assert last.index("Quá hạn (1)") < last.index("Ra quân") and "quá hạn" in last and "1 việc quá hạn" in last
    page = text(minh.get(LIST))
    order = [page.index(one) for one in (f"Quý IV/{TODAY.year}", "Họp sơ kết", "Hội thảo tỉnh", "Không có ngày hạn")]
    assert order == sorted(order)
    assert "Tỉnh Gia Lai, 786/QĐ-UBND Để biết" in page and "Xã Ia Tôr, 12/KH-UBND Việc của địa phương" in page


FILTERS = {
    "this year": ({}, {"Họp", "Tỉnh họp", "Xong"}),
    "a quarter": ({"quy": "1"}, {"Xong"}),
    "a state": ({"trang-thai": "done"}, {"Xong"}),
    "last year": ({"nam": f"{TODAY.year - 1}"}, {"Trễ"}),
    "what is late": ({"nam": f"{TODAY.year - 1}", "trang-thai": "late"}, {"Trễ"}),
    "only its own": ({"cua": "minh"}, {"Họp", "Xong"}),
    "what makes no sense is left out": ({"quy": "7", "trang-thai": "x", "nam": "²", "ke-hoach": "-1"},
                                        {"Họp", "Tỉnh họp", "Xong"}),
}  # fmt: skip


@pytest.fixture
def full(world):
    """One late, one done, one of the province."""
    own = plan_of(world, late("Trễ"), ahead("Họp"), ("Xong", {"year": TODAY.year, "quarter": 1}))
    confirmed(world.gia_lai, ahead("Tỉnh họp", "HKH tỉnh"), number="786/QĐ", issued=f"{TODAY:%Y}-01-05", **YEARS)
    mark(world, the(own, "Xong"), f"{TODAY.year}-Q1")
    return own


def rows(browser, **query) -> list[tuple]:
    answer = browser.get(LIST, {"excel": "1"} | query)
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize(("query", "expected"), FILTERS.values(), ids=FILTERS)
def test_filters_of_the_page_and_of_its_workbook(world, browse, full, query, expected):
    minh = browse(world.minh)
    page = text(minh.get(LIST, query))
    assert {one for one in ("Trễ", "Họp", "Tỉnh họp", "Xong") if re.search(rf"{one} (Năm|Quý)", page)} == expected
    assert {row[1] for row in rows(minh, **query)[1:]} == expected


def test_one_plan_alone(world, browse, full):
    assert {row[1] for row in rows(browse(world.minh), **{"ke-hoach": full.pk})[1:]} == {"Họp", "Xong"}


def test_a_long_list_comes_in_pages_the_late_first_and_whole_in_the_workbook(world, browse):
    acts = [ahead(f"Việc {number}") for number in range(104)] + [("Trễ", {"year": TODAY.year - 1, "quarter": 4})]
    plan_of(world, *acts, ("Xưa", {"year": TODAY.year - 1, "quarter": 1}))
    minh = browse(world.minh)
    first, second = (text(minh.get(LIST, {"trang": number})) for number in ("1", "2"))
    assert first.count("Việc của địa phương") == 100 and second.count("Việc của địa phương") == 4
    assert f"Quý IV/{TODAY.year} (104)" in first and f"Quý IV/{TODAY.year} (104)" in second
    assert len(rows(minh, trang="2")) == 105
    assert [row[1] for row in rows(minh, nam=TODAY.year - 1)[1:]] == ["Xưa", "Trễ"]


def test_the_workbook_says_day_state_and_whose(world, browse, full):
    heading, row = rows(browse(world.minh), quy="1")
    assert dict(zip(heading, row, strict=True)) == {
        "STT": 1, "Việc": "Xong", "Nhiệm vụ": None, "Thời gian": f"Quý I/{TODAY.year}", "Hạn": f"31/03/{TODAY.year}",
        "Tình hình": "đã xong", "Kế hoạch": "Xã Ia Tôr, 12/KH-UBND", "Với địa phương": "Việc của địa phương",
        "Phụ trách": None, "Trạng thái": "Đã xong", "Ghi chú": None,
    }  # fmt: skip


def test_empty_states_say_what_to_do_next(world, browse, full):
    minh = browse(world.minh)
    assert "Không có việc nào khớp" in text(minh.get(LIST, {"quy": "2"}))
    assert "Chưa có hoạt động nào cho năm 2009" in text(minh.get(LIST, {"nam": "2009"}))
    assert '<option value="2009" selected>' in minh.get(LIST, {"nam": "2009"}).content.decode()
    assert "Đưa kế hoạch vào" in text(minh.get(LIST, {"nam": "2009"}))
    assert "Đưa kế hoạch vào" not in text(browse(world.ksor).get(LIST, {"nam": "2009"}))
    mark(world, the(full, "Trễ"), f"{TODAY.year - 1}")
    for act in ("Họp", "Xong"):
        period = f"{TODAY.year}-Q{4 if act == 'Họp' else 1}"
        mark(world, the(full, act), period, "dropped", reason="Gộp với việc khác")
    assert "Không có việc nào quá hạn hay đến hạn" in text(minh.get(LIST, {"xem": "can-lam"}))


def test_the_pages_ask_the_database_a_fixed_number_of_times(world, browse, full, django_assert_max_num_queries):
    for number in range(6):
        made = plan_of(world, *[ahead(f"Việc {number}.{each}") for each in range(8)], number=f"{number}/KH")
        mark(world, made.activities.first(), f"{TODAY.year}-Q4")
    minh = browse(world.minh)
    marked = address(world, made.activities.first(), f"{TODAY.year}-Q4")
    for where, most in ((LIST, 22), (reverse("plans:months"), 22), (marked, 24)):
        minh.get(where)
        with django_assert_max_num_queries(most):
            minh.get(where)


# -- the months -----------------------------------------------------------------------------------------------------


def test_a_quarter_and_a_month_as_a_calendar(world, browse):
    plan_of(
        world, ("Tháng hai", {"month": 2, "year": 2028}), ("Quý một", {"quarter": 1, "year": 2028}), years=(2026, 2030)
    )
    minh, where = browse(world.minh), reverse("plans:months")
    page = minh.get(where, {"nam": "2028", "quy": "1"}).content.decode()
    assert 'href="#ngay-2028-02-29"' in page and 'id="ngay-2028-02-29"' in page and 'id="ngay-2028-03-31"' in page
    assert "Quý IV/2027" in page and "Quý II/2028" in page and "Tháng hai" in page and "Quý một" in page
    page = minh.get(where, {"nam": "2028", "thang": "2"}).content.decode()
    assert 'id="ngay-2028-02-29"' in page and "Quý một" not in page
    assert "Không có việc nào đến hạn" in minh.get(where, {"nam": "2028", "thang": "1"}).content.decode()
    assert minh.get(where, {"nam": "9999", "quy": "0", "thang": "13"}).status_code == 200


# -- one occurrence -------------------------------------------------------------------------------------------------


def test_marked_taken_back_and_its_history(world, browse):
    act, minh = the(plan_of(world, ahead("Họp sơ kết", "Hội Khuyến học xã")), "Họp sơ kết"), browse(world.minh)
    here = address(world, act, f"{TODAY.year}-Q4")
    page = minh.get(here).content.decode()
    assert 'value="Hội Khuyến học xã"' in page and "Lịch sử" not in page
    answer = post(minh, address(world, act, f"{TODAY.year}-Q4", "mark"), responsible="Bà Minh", note="Đã họp\n58 người")
    assert answer.redirect_chain[-1][0] == here and "Đã ghi: đã xong." in answer.content.decode()
    page = text(answer)
    assert "Chưa làm → Đã xong" in page and "phụ trách: Bà Minh" in page and "Nguyễn Thị Minh" in page
    undo = re.search(r"/ke-hoach/lich/hoan-tac/\d+/", answer.content.decode())[0]
    assert "Đã xong → Chưa làm" in text(minh.post(undo, follow=True))
    assert Progress.objects.get().state == "todo"
    assert "Không có gì thay đổi" in post(
        minh, address(world, act, f"{TODAY.year}-Q4", "mark"), state="todo", revision="2"
    ).content.decode()  # fmt: skip


def test_bad_input_is_said_and_what_was_typed_stays(world, browse):
    act, minh = the(plan_of(world, ahead()), "Họp sơ kết"), browse(world.minh)
    where = address(world, act, f"{TODAY.year}-Q4", "mark")
    for bad in (
        {"state": "dropped"},
        {"state": "xong"},
        {"state": ""},
        {"note": "a" * 2001},
        {"responsible": "a" * 501},
    ):
        answer = minh.post(where, {"state": "done", "note": "Đã mời 30 hộ"} | bad)
        assert answer.status_code == 422, bad
        assert bad.get("note", "Đã mời 30 hộ") in answer.content.decode()
    assert not Progress.objects.exists()


def test_who_saved_second_sees_the_first_and_then_decides(world, browse):
    act, minh = the(plan_of(world, ahead()), "Họp sơ kết"), browse(world.minh)
    period = f"{TODAY.year}-Q4"
    mark(world, act, period, "doing", note="Đã mời")
    where = address(world, act, period, "mark")
    answer = minh.post(where, {"state": "done", "revision": "0"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Người khác vừa ghi" in page and "Đang lưu: Đang làm; ghi chú: Đã mời" in page
    seen = re.search(r'name="revision" value="(\d+)"', page)[1]
    post(minh, where, revision=seen)
    assert Progress.objects.get().state == "done"


def test_the_village_reads_and_is_offered_nothing_to_write(world, browse):
    act = the(plan_of(world, ahead()), "Họp sơ kết")
    mark(world, act, f"{TODAY.year}-Q4", "doing", note="Đã mời")
    page = browse(world.ksor).get(address(world, act, f"{TODAY.year}-Q4")).content.decode()
    assert "Đã mời" in page and "Lưu tiến độ" not in page and "Thêm minh chứng" not in page


@pytest.mark.parametrize("period", ["2026-Q9", "2031-Q4", "mai", "2000"])
def test_what_is_not_in_the_plan_is_absent(world, browse, period):
    act = the(plan_of(world, ahead()), "Họp sơ kết")
    assert browse(world.minh).get(address(world, act, period)).status_code == 404


def test_evidence_is_kept_shown_and_taken_away(world, browse):
    act, minh = the(plan_of(world, ahead()), "Họp sơ kết"), browse(world.minh)
    where = address(world, act, f"{TODAY.year}-Q4", "attach")
    files = [
        SimpleUploadedFile("họp.jpg", photo()),
        SimpleUploadedFile("x.exe", b"MZ"),
        SimpleUploadedFile("bb.pdf", b"%PDF-1.4 x"),
    ]
    page = minh.post(where, {"file": files}, follow=True).content.decode()
    assert "Đã thêm 2 minh chứng" in page and "Không nhận loại tệp này: «x.exe»" in page
    shown = {
        one.file.name: minh.get(reverse("plans:progress_file", args=[one.pk])) for one in ProgressFile.objects.all()
    }
    assert shown["họp.jpg"]["Content-Type"] == "image/jpeg" and b"Nha ong Ksor" not in shown["họp.jpg"].content
    assert shown["bb.pdf"]["Content-Disposition"].startswith("attachment")
    assert all("sandbox" in one["Content-Security-Policy"] for one in shown.values())
    held = ProgressFile.objects.get(file__name="bb.pdf")
    page = text(minh.post(reverse("plans:detach", args=[held.pk]), follow=True))
    assert "Gỡ minh chứng: bb.pdf" in page
    assert minh.get(reverse("plans:progress_file", args=[held.pk])).status_code == 404
    assert "Chưa chọn tệp nào" in minh.post(where, follow=True).content.decode()


# -- the calendar file ----------------------------------------------------------------------------------------------


def feed_of(world, person=None) -> str:
    made = actions.open_feed(world.ia_tor.pk, by=person or world.minh)
    return reverse("plans:feed", args=[feeds.token_of(made)])


def test_the_feed_needs_no_sign_in_and_names_nobody(world, browse):
    own = plan_of(
        world, ahead("Họp sơ kết; trao giấy, biểu dương", "Hội Khuyến học xã"), late(), ("Luôn", {"every": "always"})
    )
    mark(world, own.activities.first(), f"{TODAY.year}-Q4", "doing", responsible="Bà Rơ Châm H'Mai", note="0912345678")
    answer = browse().get(feed_of(world))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = {text_of(one["SUMMARY"]): one for one in events_of(answer.content)}
    assert set(events) == {"Họp sơ kết; trao giấy, biểu dương", "Ra quân"}, "what has no day is not in a calendar"
    one = events["Họp sơ kết; trao giấy, biểu dương"]
    assert one["DTSTART;VALUE=DATE"] == f"{TODAY.year}1231" and one["SEQUENCE"] == "1"
    assert text_of(one["DESCRIPTION"]).splitlines() == [
        f"Quý IV/{TODAY.year}", "Xã Ia Tôr, 12/KH-UBND", "Việc của địa phương", "Trạng thái: Đang làm",
    ]  # fmt: skip
    for name in ("Rơ Châm", "0912345678", "Hội Khuyến học xã", world.minh.full_name):
        assert name not in answer.content.decode()


def test_an_event_keeps_its_uid_while_its_state_changes(world, browse):
    own, minh = plan_of(world, ahead()), browse(world.minh)
    where = reverse("plans:calendar_file")
    (before,) = events_of(minh.get(where).content)
    mark(world, own.activities.first(), f"{TODAY.year}-Q4", "dropped", reason="Gộp với họp khác")
    (after,) = events_of(minh.get(where).content)
    assert before["UID"] == after["UID"] and before["SEQUENCE"] == "0" and after["SEQUENCE"] == "1"
    assert (after["STATUS"], text_of(after["SUMMARY"])) == ("CANCELLED", "Không làm: Họp sơ kết")
    assert after["DTSTAMP"] > before["DTSTAMP"] and "Gộp" not in after["DESCRIPTION"]


def test_the_address_is_given_changed_and_stopped(world, browse):
    minh, stranger = browse(world.minh), browse()

    def shown() -> str:
        return re.search(r'value="http://testserver(/ke-hoach/lich/[^"]+\.ics)"', minh.get(LIST).content.decode())[1]

    assert "Cấp địa chỉ lịch" in text(minh.get(LIST))
    minh.post(reverse("plans:open_feed"))
    first = shown()
    assert stranger.get(first).status_code == 200
    minh.post(reverse("plans:open_feed"))
    second = shown()
    assert first != second and (stranger.get(first).status_code, stranger.get(second).status_code) == (404, 200)
    minh.post(reverse("plans:close_feed"))
    assert stranger.get(second).status_code == 404 and Feed.objects.filter(revoked_at=None).count() == 0


def test_an_address_made_up_opens_nothing(world, browse):
    true = feed_of(world)
    name = true.rpartition("/")[2].removesuffix(".ics")
    pk, _, sign = name.partition(".")
    other = feeds.token_of(Feed(place=world.ia_bang, user=world.lan))
    for wrong in (pk, f"{pk}.{sign[:-1]}", f"{pk[:-1]}0.{sign}", "x", "x.y", other, feeds.SIGNER.sign("x")):
        assert browse().get(reverse("plans:feed", args=[wrong])).status_code == 404, wrong


def test_the_address_ends_with_the_post_and_with_the_account(world, browse):
    where = feed_of(world)
    assert browse().get(where).status_code == 200
    world.minh.is_active = False
    world.minh.save()
    assert browse().get(where).status_code == 404
    world.minh.is_active = True
    world.minh.save()
    Post.objects.filter(user=world.minh).update(valid=("2025-07-01", "2025-08-01"))
    assert browse().get(where).status_code == 404


def test_pressing_is_the_list_the_board_leads_to(world, browse):
    plan_of(world, late(), ("Tháng này", {"year": TODAY.year, "month": TODAY.month}), ("Xa", {"year": TODAY.year + 2}))
    years = schedule.pressing_years(TODAY)
    found = schedule.pressing(schedule.of_place(world.ia_tor.pk, years, TODAY), TODAY)
    page = text(browse(world.minh).get(LIST, {"xem": "can-lam"}))
    assert f"{len(found)} việc" in page and "Ra quân" in page and "Tháng này" in page and "Xa Năm" not in page
    assert [one.activity.text for one in found if one.late(TODAY)] == ["Ra quân"]
    assert TODAY - found[0].due < timedelta(days=366)
