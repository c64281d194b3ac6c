"""The pages of the import room: what an officer sees and gets, and what nobody else does."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from hieuhoc.dossiers.models import Dossier
from hieuhoc.intake import actions, jobs
from hieuhoc.intake.tests.conftest import HOUSEHOLDS, ROWS, roster
from hieuhoc.jobs import run
from hieuhoc.jobs.models import Job
from hieuhoc.registry.models import Subject
from hieuhoc.sheets.export import Page, workbook
from hieuhoc.sheets.models import Import, State

LIST, UPLOAD = reverse("intake:list"), reverse("intake:upload")
WRONG = (*ROWS, (5, "", "IT-005", "Làng Ring", "", "", 2, ""), (6, "Kpă Lan", "IT-006", "Làng Lạ", "", "", 2, ""))


def send(client, *files, **more):
    """Drop files; with ``Accept`` as the script sends them."""
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(UPLOAD, {"file": given}, **more)


def page_of(browse, person, made) -> str:
    return browse(person).get(reverse("intake:one", args=[made.pk])).content.decode()


def test_one_file_goes_to_its_page_and_several_to_the_list(world, browse):
    client = browse(world.minh)
    answer = send(client, ("a.xlsx", roster()))
    assert answer.headers["Location"] == reverse("intake:one", args=[Import.objects.get().pk])
    answer = send(client, ("b.xlsx", roster(ROWS[:2])), ("c.xlsx", roster(ROWS[:1])))
    assert answer.headers["Location"].startswith(LIST) and Import.objects.count() == 3


def test_the_year_is_that_of_the_open_round(world, browse):
    send(browse(world.minh), ("a.xlsx", roster()))
    world.round()
    send(browse(world.minh), ("b.xlsx", roster(ROWS[:2])))
    years = list(Import.objects.order_by("created_at").values_list("year", flat=True))
    assert years[0] is None and years[1] is not None


@pytest.mark.parametrize("state", ["checked", "applied", "undone"])
def test_the_same_bytes_under_another_name_are_the_file_that_is_there(world, browse, brought, state):
    data = roster()
    made = brought(data)
    if state != "checked":
        actions.apply(made.pk, by=world.minh)
    if state == "undone":
        actions.undo(made.pk, by=world.minh, reason="Nhầm")
    client = browse(world.minh)
    answer = send(client, ("ten-khac.xlsx", data))
    assert answer.headers["Location"] == reverse("intake:one", args=[made.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert ("không cần nhập lại" in page) == (state == "applied")
    assert "với tên «danh-sach.xlsx»" in page and Import.objects.count() == 1


def test_the_script_hears_of_each_file(world, browse):
    client = browse(world.minh)
    answer = send(client, ("a.xlsx", roster(WRONG)), headers={"Accept": "application/json"}).json()
    one = answer["files"][0]
    assert one["words"] == "Danh sách hộ gia đình: 6 dòng, 2 dòng có vấn đề." and not one["bad"]
    answer = send(client, ("b.xls", b"<html><table>"), headers={"Accept": "application/json"}).json()
    assert answer["files"][0]["bad"] and "trang web" in answer["files"][0]["words"]


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b"%PDF-1.7"), ("a.png", b"\x89PNG\r\n"), ("a.docx", b"PK\x03\x04"), ("a.xlsx", b"")]
)
def test_what_is_no_sheet_is_not_kept_and_said(world, browse, name, data):
    client = browse(world.minh)
    answer = send(client, (name, data), headers={"Accept": "application/json"}).json()
    assert answer["files"][0] == {"name": name, "bad": True, "words": answer["files"][0]["words"]}
    assert not Import.objects.exists()


def test_a_refused_file_is_kept_with_its_sentence(world, browse, brought):
    made = brought(b"a;b;c\n1;2;3\n", "la.csv")
    page = page_of(browse, world.minh, made)
    assert made.report["refused"]["message"] in page and "Tệp vẫn được giữ" in page
    assert made.report["refused"]["code"] == "no_table" and "Đọc lại" in page


def test_the_page_says_what_was_found_and_what_applying_does(world, browse, brought):
    world.round(2026)
    page = page_of(browse, world.minh, brought(roster(WRONG), year=2026))
    for said in ("Ghi 4 dòng vào sổ", "Đăng ký năm 2026", "Thiếu họ và tên chủ hộ", "Làng Lạ", "trang «DS hộ»",
                 "thôn lấy ở cột".capitalize(), "Ksor H&#x27;Bia", "•••••••••204"):  # fmt: skip
        assert said in page
    assert "064079901204" not in page


def test_columns_that_were_guessed_are_said_and_may_be_chosen(world, browse, brought):
    text = "1;Ksor H'Bia;Làng Ring;5;x\n2;Siu Blơn;Làng Ring;4;\n3;Rơ Mah Tin;Làng Phung;6;x\n"
    made = brought(text.encode(), "ds.csv", kind="households")
    page = page_of(browse, world.minh, made)
    assert "B là Họ và tên chủ hộ" in page and "Không dùng cột E" in page
    made = actions.remap(made.pk, {"!E": "registered"}, by=world.minh)
    assert made.report["tables"][0]["columns"]["registered"] == "E"


def test_problems_are_filtered_by_kind_and_by_words(world, browse, brought):
    address = reverse("intake:one", args=[brought(roster(WRONG)).pk])
    client = browse(world.minh)
    assert "Thiếu họ và tên" not in client.get(address, {"loi": "unknown_village"}).content.decode()
    assert "Thiếu họ và tên" in client.get(address, {"loi": "missing_name"}).content.decode()
    assert "Thiếu họ và tên" in client.get(address, {"q": "b6"}).content.decode()
    assert "Không có dòng nào khớp" in client.get(address, {"q": "xyz"}).content.decode()


def test_problems_come_in_pages(world, browse, brought):
    rows = [(at, "", f"IT-{at}", "Làng Ring", "", "", 2, "") for at in range(1, 60)]
    address = reverse("intake:one", args=[brought(roster([*ROWS, *rows])).pk])
    client = browse(world.minh)
    first, second = (client.get(address, {"trang": page}).content.decode() for page in (1, 2))
    assert "1–40 trong 59 vấn đề" in first and "41–59 trong 59 vấn đề" in second


def test_the_marked_workbook_holds_the_rows_with_their_errors(world, browse, brought):
    answer = browse(world.minh).get(reverse("intake:errors", args=[brought(roster(WRONG), "ho.xlsx").pk]))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][-1] == "Lỗi cần sửa" and "Thiếu họ và tên" in str(rows[5]) and rows[1][-1] is None
    assert "ho%20-%20" in answer.headers["Content-Disposition"]


def test_a_column_of_many_sheets_is_corrected_once(world, browse):
    headings = ("STT", "Họ và tên chủ hộ", "Mã hộ", "Bao nhiêu miệng ăn")
    pages = [Page(name, headings, [(1, f"Ksor {name}", f"IT-{name}", 4)] * 1) for name in ("Làng Ring", "Làng Phung")]
    client = browse(world.minh)
    send(client, ("moi-thon-mot-trang.xlsx", workbook(pages)))
    made = Import.objects.get()
    page = page_of(browse, world.minh, made)
    assert page.count('name="cot:bao nhieu mieng an"') == 1 and "2 dòng và các cột" in page
    client.post(reverse("intake:columns", args=[made.pk]), {"cot:bao nhieu mieng an": "members"})
    client.post(reverse("intake:apply", args=[made.pk]))
    assert [one.details["members"] for one in Subject.objects.all()] == [4, 4]


def test_two_columns_of_one_heading_go_by_their_letters(world, browse):
    client = browse(world.minh)
    data = "STT;Họ và tên chủ hộ;Thôn/làng;Số lượng;Số lượng\n1;Ksor H'Bia;Làng Ring;5;3\n2;Siu Blơn;Làng Ring;4;2\n"
    send(client, ("a.csv", data.encode()))
    made = Import.objects.get()
    client.post(reverse("intake:columns", args=[made.pk]), {"cot:!D": "members", "cot:!E": "adults"})
    made.refresh_from_db()
    columns = made.report["tables"][0]["columns"]
    assert (columns["members"], columns["adults"]) == ("D", "E")


def test_htmx_gets_the_file_alone_after_a_correction(world, browse, brought):
    made = brought(roster())
    answer = browse(world.minh).post(
        reverse("intake:columns", args=[made.pk]), {"cot:so khau": ""}, headers={"HX-Request": "true"}
    )
    part = answer.content.decode()
    assert part.lstrip().startswith('<div id="tep"') and "<html" not in part


def test_a_column_name_nobody_showed_is_left_alone(world, browse, brought):
    made = brought(roster())
    browse(world.minh).post(reverse("intake:columns", args=[made.pk]), {"cot:la": "members", "cot:so khau": "members"})
    made.refresh_from_db()
    assert made.mapping == {}


def test_a_person_changes_the_kind(world, browse, brought):
    made = brought(roster())
    browse(world.minh).post(reverse("intake:kind", args=[made.pk]), {"kind": "citizens"})
    made.refresh_from_db()
    assert (made.kind, made.mapping) == ("citizens", {})
    browse(world.minh).post(reverse("intake:kind", args=[made.pk]), {"kind": "any"})
    made.refresh_from_db()
    assert made.kind == "households"


def test_a_file_read_before_the_round_was_opened_joins_it(world, browse, brought):
    made = brought(roster())
    world.round(2026)
    assert "Của năm" in page_of(browse, world.minh, made)
    browse(world.minh).post(reverse("intake:kind", args=[made.pk]), {"kind": "households", "nam": "2026"})
    browse(world.minh).post(reverse("intake:apply", args=[made.pk]))
    assert Dossier.objects.count() == 3


def test_a_workbook_with_two_lists_gives_both(world, browse):
    rows = [(1, "Ksor H'Nhi", "1/2/1990", "Nữ", "Làng Ring"), (2, "Siu Nam", "3/4/1980", "Nam", "Làng Ring")]
    people = Page("Công dân", ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Thôn/làng"), rows)
    client = browse(world.minh)
    send(client, ("hai-danh-sach.xlsx", workbook([Page("Hộ", HOUSEHOLDS, ROWS), people])))
    first = Import.objects.get()
    client.post(reverse("intake:apply", args=[first.pk]))
    answer = client.post(reverse("intake:kind", args=[first.pk]), {"kind": "citizens"})
    second = Import.objects.exclude(pk=first.pk).get()
    assert answer.headers["Location"] == reverse("intake:one", args=[second.pk])
    assert (first.kind, first.records, second.kind, second.records) == ("households", 4, "citizens", 2)
    again = client.post(reverse("intake:kind", args=[first.pk]), {"kind": "citizens"})
    assert again.headers["Location"] == answer.headers["Location"]


def test_applying_tells_and_offers_the_undo(world, browse, brought):
    made = brought(roster())
    client = browse(world.minh)
    page = client.post(reverse("intake:apply", args=[made.pk]), follow=True).content.decode()
    assert "Đã ghi 4 dòng vào sổ." in page and reverse("intake:undo", args=[made.pk]) in page
    assert f"{reverse('registry:list')}?loai=FAMILY" in page
    page = client.post(reverse("intake:undo", args=[made.pk]), follow=True).content.decode()
    assert "Đã hoàn tác" in page and not Subject.objects.exists()


def test_what_stands_in_the_way_of_an_undo_is_said(world, browse, brought):
    made = actions.apply(brought(roster()).pk, by=world.minh)
    world.dossier(subject=Subject.objects.first())
    page = (
        browse(world.minh).post(reverse("intake:undo", args=[made.pk]), {"reason": "x"}, follow=True).content.decode()
    )
    assert "Không hoàn tác được: đã có hồ sơ lập trên 1 mục" in page


def test_rows_that_fit_nobody_lead_to_the_register(judged, world, browse, brought):
    world.round(2026)
    headings = ("STT", "Thôn/làng", "Họ và tên chủ hộ", "GD-1.1 (50)", "GD-1.2 (50)")
    data = roster([(1, "Làng Ring", "Người Lạ", 10, 10)], headings)
    made = actions.apply(brought(data, year=2026).pk, by=world.minh)
    page = page_of(browse, world.minh, made)
    assert "Không có trong sổ: 1 dòng" in page and "q=Ng%C6%B0%E1%BB%9Di%20L%E1%BA%A1" in page
    assert "Ghi lại các dòng chưa khớp" in page


def test_villages_are_opened_from_the_page(world, browse, brought):
    made = brought(roster(WRONG))
    page = browse(world.minh).post(reverse("intake:villages", args=[made.pk]), {"thon": "Làng Lạ"}, follow=True)
    assert "Đã mở 1 thôn" in page.content.decode() and "Ghi 5 dòng vào sổ" in page.content.decode()


def test_a_file_is_set_aside(world, browse, brought):
    made = brought(roster())
    page = browse(world.minh).post(reverse("intake:discard", args=[made.pk]), follow=True).content.decode()
    assert "Đã bỏ tệp" in page and not Import.objects.exists()


@pytest.mark.parametrize("person", ["ksor", "hoa", "lan", "province", "inspector", "admin", "nobody"])
def test_another_s_file_is_absent(world, browse, brought, person):
    made = brought(roster())
    client = browse(getattr(world, person))
    for name in ("one", "effects", "errors"):
        assert client.get(reverse(f"intake:{name}", args=[made.pk])).status_code == 404
    for name in ("apply", "undo", "columns", "kind", "villages", "discard"):
        assert client.post(reverse(f"intake:{name}", args=[made.pk])).status_code == 404
    assert client.get(LIST, {"xa": world.ia_tor.pk}).status_code == 404
    made.refresh_from_db()
    assert made.state == State.CHECKED


def test_the_list_asks_the_database_a_fixed_number_of_times(world, browse, django_assert_max_num_queries):
    world.round()
    client = browse(world.minh)
    for n in range(6):
        send(client, (f"{n}.xlsx", roster(ROWS[: n % 4 + 1], name=f"Trang {n}")))
    with django_assert_max_num_queries(21):  # may only fall
        client.get(LIST)


class Spoken(run.Progress):
    """Progress that keeps what it was told, and stops the job at a step."""

    def __init__(self, stop_at: int | None = None):
        super().__init__()
        self.said: list[str] = []
        self.stop_at = stop_at

    def step(self, words: str, done: int = 0, total: int | None = None) -> None:
        self.said.append(words)
        if done == self.stop_at:
            raise run.Cancelled


@pytest.fixture
def large(monkeypatch):
    """Files of more than two rows are large."""
    monkeypatch.setattr(jobs, "MANY", 2)


def test_a_large_file_is_written_as_long_work(world, browse, brought, large):
    made = brought(roster())
    client = browse(world.minh)
    client.post(reverse("intake:apply", args=[made.pk]))
    made.refresh_from_db()
    job = Job.objects.get()
    assert (made.state, made.report["job"], actions.busy(made)) == (State.APPLYING, str(job.pk), True)
    page = page_of(browse, world.minh, made)
    assert reverse("jobs:one", args=[job.pk]) in page and "vào sổ…" in page
    # once is enough: neither a second click nor a correction while it waits
    client.post(reverse("intake:apply", args=[made.pk]))
    assert Job.objects.count() == 1
    with pytest.raises(actions.Refused, match="đang được ghi"):
        actions.remap(made.pk, {"so khau": ""}, by=world.minh)
    progress = Spoken()
    result = jobs.apply(progress, by=world.minh, **job.args)
    assert result == {"message": "Đã ghi 4 dòng vào sổ."} and len(progress.said) == 2
    assert Subject.objects.count() == 4
    assert jobs.apply(Spoken(), by=world.minh, **job.args) == result  # a worker that died before saying so


@pytest.mark.parametrize("stop_at", [1, 2])
def test_long_work_that_is_stopped_leaves_nothing(world, browse, brought, large, stop_at):
    made = brought(roster())
    browse(world.minh).post(reverse("intake:apply", args=[made.pk]))
    job = Job.objects.get()
    with pytest.raises(run.Cancelled):
        jobs.apply(Spoken(stop_at), by=world.minh, **job.args)
    run.cancel(job.pk)
    made.refresh_from_db()
    assert not Subject.objects.exists() and actions.standing(made) == State.CHECKED
    page = page_of(browse, world.minh, made)
    assert "Lần ghi trước chưa xong" in page and "Ghi 4 dòng vào sổ" in page
    assert actions.apply(made.pk, by=world.minh).state == State.APPLIED
