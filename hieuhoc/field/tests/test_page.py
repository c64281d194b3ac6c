"""The field page in Chromium: opens without a network, is quick and readable, and every screen does what it says."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import expect

from hieuhoc.dossiers import actions as dossiers
from hieuhoc.dossiers.models import Dossier
from hieuhoc.field.models import Envelope
from hieuhoc.field.tests.phone_browser import SEND, SENT, answered, give, shipped
from hieuhoc.rounds.models import Round
from tests.browser import axe, shot, small_targets, too_wide

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_after_one_visit_it_opens_without_a_network(village, phone):
    handset = phone(village.ksor)
    page = handset.cut_off()
    page.reload()
    page.wait_for_selector("text=Ksor H'Bia")
    again = handset.open(wait="#rows a")
    assert again.locator("#rows a").count() == 3
    again.fill("#search", "sIu blon")
    assert [text.startswith("Siu Blơn") for text in again.locator("#rows a").all_text_contents()] == [True]


def test_what_the_commune_says_is_shown_until_it_was_read(village, phone):
    handset = phone(village.ksor)
    page = handset.visit()
    handset.offline()
    give(page, village.bia, "GD-1.1", 5)
    dossiers.answer(Dossier.objects.get(subject=village.bia).pk, {"GD-1.1": 9}, by=village.minh)
    handset.offline(False)
    page.wait_for_selector("text=Hai bản khác nhau")
    page.wait_for_selector("[id='i-GD-1.1-9'][aria-pressed=true]")
    handset.offline()
    give(page, village.bia, "GD-1.3", 5)
    Round.objects.update(state=Round.State.CLOSED)
    handset.offline(False)
    page.wait_for_selector("text=! 1 không nhận")
    handset.look(SEND, wait="#send")
    page.wait_for_selector(".refused")
    shot(page, "field-told")
    page.click(".refused button")
    page.wait_for_selector(SENT)
    assert page.locator(".refused").count() == 0


SCREENS = (
    "#/",
    "#/ds/CLAN",
    "#/muc/{bia}",
    "#/muc/{blon}",
    "#/them/FAMILY",
    "#/rut/{bia}",
    "#/nhan/",
    "#/hop",
    "#/giup",
)


@pytest.mark.parametrize("width", [360, 1366])
def test_every_screen_can_be_read_and_touched(village, phone, width):
    handset = phone(village.ksor)
    page = handset.open(wait="#rows a")
    page.set_viewport_size({"width": width, "height": 640})
    page.wait_for_selector(SENT)
    for number, screen in enumerate(SCREENS):
        handset.look(screen.format(bia=village.bia.pk, blon=village.blon.pk))
        page.wait_for_timeout(150)
        shot(page, f"field-{width}-{number}")
        assert (axe(page), too_wide(page), small_targets(page)) == ([], [], []), screen


def test_everything_the_page_loads_is_under_100_kb(village, phone):
    handset = phone()
    loaded: dict[str, int] = {}
    page = handset.start().new_page()
    page.on("response", lambda told: loaded.update({told.url: len(gzip.compress(told.body()))} if told.ok else {}))
    page.goto(handset.address + "/thuc-dia/")
    page.wait_for_selector("text=Đăng nhập")
    handset.settled(page)
    page.wait_for_load_state("networkidle")
    print({url.rsplit("/", 1)[1] or "page": size for url, size in loaded.items()}, sum(loaded.values()))
    assert len(loaded) > 20 and sum(loaded.values()) < 100_000


def test_the_list_of_300_households_on_a_slow_phone(village, phone):
    village.many = [village.household(f"Ksor Thử {n}", code=f"{n:03}") for n in range(10, 310)]
    round_ = village.round()
    said = {f"GD-{n}": {"value": 7, "by": village.ksor.pk, "at": "", "rev": 1} for n in ("1.1", "1.2", "2.1", "2.2")}
    Dossier.objects.bulk_create(
        Dossier(round=round_, subject=one, model="FAMILY", place=village.ring, state="draft", answers=said)
        for one in village.many
    )
    handset = phone(village.ksor)
    page = handset.cut_off()
    slow = handset.start().new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.reload()
    page.wait_for_selector("#rows a")
    opened = page.evaluate("performance.now()")
    page.click("#rows a")
    page.wait_for_selector("[id='i-GD-1.3-8']")
    tap = """() => new Promise((done) => {
      const begun = performance.now();
      const seen = () => document.querySelector("[id='i-GD-1.3-8'][aria-pressed=true]")
        ? done(performance.now() - begun) : requestAnimationFrame(seen);
      document.getElementById("i-GD-1.3-8").click();
      seen();
    })"""
    told = page.evaluate(tap)
    print(f"six times slower, 303 households: the list after {opened:.0f} ms, an answer after {told:.0f} ms")


def test_a_clan_is_scored_with_its_derived_share_and_a_note_reaches_the_commune(village, phone):
    clan = village.subject("CLAN", "Họ Ksor", code="D1")
    village.dossier(subject=clan)
    handset = phone(village.ksor)
    page = handset.open("#/ds/CLAN", wait="#rows a")
    page.click("text=Họ Ksor")
    give(page, clan, "DH-1.1", 9)
    page.wait_for_selector("text=Tính tự động")
    shot(page, "field-clan")
    page.click("text=Đại diện dòng họ trả lời")
    give(page, clan, "DH-1.2", 6)
    handset.look(f"#/nhan/{clan.pk}", wait="#text")
    page.fill("#text", "Trưởng họ đi vắng, hẹn tuần sau.")
    page.click("#say")
    page.wait_for_selector(SENT)
    told = {one.kind: one.body for one in Envelope.objects.order_by("number")}
    assert told["note"]["text"] == "Trưởng họ đi vắng, hẹn tuần sau." and told["note"]["subject"] == str(clan.pk)
    said = {one.key: one.body["said_by"] for one in Envelope.objects.filter(kind="answer")}
    assert said == {"DH-1.1": "", "DH-1.2": "Đại diện dòng họ"}


def test_who_answers_is_kept_while_the_phone_reads_its_store_again(village, phone):
    page = phone(village.ksor).open(f"#/muc/{village.bia.pk}", wait="[id='i-GD-1.2-7']")
    page.wait_for_selector(SENT)
    page.evaluate(
        """async (subject) => {
          const script = (one) => /field\\/desk[^/]*\\.js/.test(one.name);
          const desk = await import(performance.getEntriesByType("resource").find(script).name);
          const all = IDBObjectStore.prototype.getAll;
          IDBObjectStore.prototype.getAll = function (...asked) {  // between the reading and the end of it
            IDBObjectStore.prototype.getAll = all;
            void desk.saidBy(subject, "Chủ hộ");
            return all.apply(this, asked);
          };
          await desk.reload();
        }""",
        str(village.bia.pk),
    )
    give(page, village.bia, "GD-1.2", 7)
    page.wait_for_selector(SENT)
    assert Envelope.objects.get(kind="answer").body["said_by"] == "Chủ hộ"


def test_entering_leaving_and_handing_in(village, phone):
    handset = phone(village.ksor)
    page = handset.open(f"#/muc/{village.blon.pk}", wait="#register")
    page.click("#register")
    give(page, village.blon, "GD-1.1", 9)
    page.evaluate("document.querySelector('.card.has').scrollIntoView({block: 'center'})")
    shot(page, "field-page", full=False)
    page.click("#submit")
    page.wait_for_selector("text=Đã gửi lên xã")
    page.wait_for_selector(SENT)
    assert Dossier.objects.get(subject=village.blon).state == "submitted"
    handset.look(f"#/rut/{village.blon.pk}", wait="#reason")
    page.click("#withdraw")
    page.wait_for_selector("text=Ghi lý do rút đăng ký.")
    page.fill("#reason", "Gia đình chuyển đi")
    page.click("#withdraw")
    page.wait_for_selector("text=Đăng ký lại năm")
    page.wait_for_selector(SENT)
    dossier = Dossier.objects.get(subject=village.blon)
    assert (dossier.state, dossier.reason) == ("withdrawn", "Gia đình chuyển đi")


def test_a_set_judged_by_levels_asks_for_evidence_and_leaves_the_verdict_to_the_server(village, phone):
    shipped(village, "tt24-organisation")
    levels = village.versions["ORGANISATION"]
    village.round().models.filter(model="ORGANISATION").update(version=levels)
    school = village.subject("ORGANISATION", "Trường mầm non", place=village.ring)
    village.dossier(subject=school)
    handset = phone(village.ksor)
    page = handset.open(f"#/muc/{school.pk}", wait=".card")
    page.wait_for_selector("text=Cần minh chứng")
    page.wait_for_selector("text=Máy chủ kết luận")
    shot(page, "field-levels")
    assert (axe(page), too_wide(page), small_targets(page)) == ([], [], [])
    page.locator(".pair input").nth(0).fill("18")
    page.locator(".pair input").nth(1).fill("20")
    page.locator(".pair input").nth(1).blur()
    page.wait_for_selector("text=▲ chưa gửi")
    page.wait_for_selector(SENT)
    assert {"count": 18, "of": 20} in answered(school).values()


def test_whoever_writes_in_two_villages_goes_from_one_to_the_other(village, phone):
    """Asked for without a network it is said to come, and comes with it; what was written before stays where it was."""
    village.post(village.ksor, "village_recorder", village.phung)
    nextdoor = village.household("Rơ Châm Phưn", place=village.phung)
    handset = phone(village.ksor)
    page = handset.cut_off()
    handset.look(f"#/muc/{nextdoor.pk}", wait="#register")
    page.click("#register")
    give(page, nextdoor, "GD-1.1", 9)
    handset.look(SEND, wait="#place-0")
    page.get_by_role("group", name="Nơi").get_by_role("button", name="Làng Ring").click()
    page.wait_for_selector("text=Sẽ đổi sang Làng Ring khi có mạng")
    shot(page, "field-moving-360")
    page.reload()
    page.wait_for_selector("text=Sẽ đổi sang Làng Ring khi có mạng")
    handset.offline(False)
    page.click("#send")
    page.wait_for_selector(SENT)
    expect(page.locator(".home")).to_contain_text("Làng Ring")
    assert page.get_by_text("Sẽ đổi sang").count() == 0
    give(page, village.bia, "GD-1.2", 7)
    page.wait_for_selector(SENT)
    assert (answered(nextdoor), answered(village.bia)) == ({"GD-1.1": 9}, {"GD-1.1": 8, "GD-1.2": 7})
    handset.look("#/", wait="#rows a")
    assert page.locator("#rows a").count() == 3


def test_two_open_rounds_are_told_apart(village, phone):
    """The year that was chosen stays chosen when the phone starts again, and stands on every screen."""
    last = village.round(village.round().year - 1)
    handset = phone(village.ksor)
    page = handset.cut_off()
    page.get_by_role("group", name="Đợt xét").get_by_role("button", name=f"Năm {last.year}").click()
    page.wait_for_selector(f"h1:has-text('Đợt xét năm {last.year}')")
    shot(page, "field-two-rounds-360")
    page.reload()
    page.wait_for_selector(f"h1:has-text('Đợt xét năm {last.year}')")
    handset.look(f"#/muc/{village.bia.pk}", wait="#register")
    page.click("#register")
    give(page, village.bia, "GD-1.1", 5)
    page.wait_for_selector(f"text=Đợt xét năm {last.year}")
    shot(page, "field-which-round-360")
    handset.offline(False)
    handset.look(SEND, wait="#send")
    page.click("#send")
    page.wait_for_selector(SENT)
    said = {one.round_id: one.answers["GD-1.1"]["value"] for one in Dossier.objects.filter(subject=village.bia)}
    assert said == {last.pk: 5, village.round().pk: 8}


def test_a_year_chosen_in_another_tab_counts(village, phone):
    """Both tabs write into the same box: the last choice is the one, whichever tab made it."""
    this = village.round().year
    village.round(this - 1)
    handset = phone(village.ksor)
    one = handset.visit()
    one.get_by_role("group", name="Đợt xét").get_by_role("button", name=f"Năm {this}").click()
    two = handset.visit()
    two.get_by_role("group", name="Đợt xét").get_by_role("button", name=f"Năm {this - 1}").click()
    two.wait_for_selector(f"h1:has-text('Đợt xét năm {this - 1}')")
    one.evaluate("to => { location.hash = to }", SEND)
    one.click("#send")
    one.evaluate("location.hash = '#/'")
    one.wait_for_selector(f"h1:has-text('Đợt xét năm {this - 1}')")
