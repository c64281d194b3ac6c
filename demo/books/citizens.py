"""Rosters of citizens: two by villages, in the habits of two officers, and one of those in organisations."""

from collections.abc import Sequence
from datetime import date
from random import Random

from demo import habits
from demo.books.book import Book, letterhead, on_day
from demo.books.households import misspelt
from demo.books.table import FREE, NUMBER, Column, Entry, Fault, with_faults
from demo.legacy import to_tones_apart
from demo.villages import Village
from demo.world import Citizen, World

MISSING = Fault("missing_name", "name", None)
TITLE = "DANH SÁCH CÔNG DÂN ĐĂNG KÝ DANH HIỆU “CÔNG DÂN HỌC TẬP”"


def rosters(world: World, seed: int) -> list[Book]:
    """Three workbooks: every second village, the other villages, the organisations."""
    villages = world.place.villages
    return [
        every_kind_of_date(world, villages[0::2], Random(f"{seed}:công dân:0")),
        men_and_women(world, villages[1::2], Random(f"{seed}:công dân:1")),
        of_organisations(world, Random(f"{seed}:công dân:2")),
    ]


def record(one: Citizen) -> dict:
    """What a roster says of a citizen."""
    born: date | int = one.person.born if one.person.day_known else one.person.born.year
    return {
        "name": one.person.name,
        "birth_date": born,
        f"birth_date_{one.person.sex}": born,
        "sex": one.person.sex,
        "cccd": one.person.cccd,
        "village": one.household.village.name,
        "household_code": one.household.code,
        "group": one.group,
        "organisation": one.organisation,
        "registered": one.registered,
    }


def _entries(world: World, villages: Sequence[Village], faults: Sequence[Fault], rng: Random) -> list[Entry]:
    """Those of the villages who work in no organisation, with wrong rows among them."""
    wanted = {village.name for village in villages}
    good, spare = (
        [Entry(record(c)) for c in citizens if c.household.village.name in wanted and not c.organisation]
        for citizens in (world.citizens, world.spare_citizens)
    )
    return with_faults(good, spare, faults, rng, same=lambda entry: entry.record["village"])


def every_kind_of_date(world: World, villages: Sequence[Village], rng: Random) -> Book:
    """Tones typed apart from their letters; days and years in every form; groups by number or in words."""
    book = Book("08-cong-dan-1.xlsx", "citizens", rng)
    draft = book.draft("CDHT", _EVERY_KIND_OF_DATE)
    draft.title(letterhead(world.place), [TITLE, "NĂM 2026"])
    draft.head(numbered=True)
    faults = [
        Fault("bad_birth_date", "birth_date", "31/02/1985"),
        Fault("unknown_village", "village", misspelt(villages[-1].name)),
        Fault("bad_cccd", "cccd", "6407512345"),
        Fault("bad_birth_date", "birth_date", "12/05/2031"),
        MISSING,
    ]
    draft.entries(_entries(world, villages, faults, rng))
    draft.page.add(["", f"Danh sách này có {draft.rows} người./."])
    draft.sign(on_day(world.place, "08"), "Người lập danh sách", "XÁC NHẬN CỦA UBND XÃ", ("Hồ Thị Kim Oanh", ""))
    draft.page.typed(to_tones_apart)
    return book


_EVERY_KIND_OF_DATE = (
    Column(NUMBER, "TT", width=6),
    Column("name", "Họ và tên", habits.shouted_name, width=26),
    Column("birth_date", "Ngày, tháng,\nnăm sinh", habits.date_as_typed),
    Column("sex", "Giới tính", habits.sex_in_words, width=9),
    Column("cccd", "Số CCCD", habits.cccd_as_typed, width=17),
    Column("village", "Thôn/làng", habits.careless_village, width=18),
    Column("household_code", "Mã hộ"),
    Column("group", "Nhóm đối tượng", habits.group_as_typed, width=28),
    Column("registered", "Đăng ký", habits.tick, width=10),
    Column(FREE, "Ghi chú"),
)


def men_and_women(world: World, villages: Sequence[Village], rng: Random) -> Book:
    """A windows-1258 .csv with the year of birth in a column for men or in one for women."""
    book = Book("09-cong-dan-nam-nu.csv", "citizens", rng, encoding="cp1258")
    draft = book.draft("", _MEN_AND_WOMEN)
    draft.title(letterhead(world.place)[:1], ["DANH SÁCH CÔNG DÂN HỌC TẬP - KHỐI NHÂN DÂN"], motto=False)
    draft.head()
    faults = [
        Fault("unknown_village", "village", misspelt(villages[0].name)),
        Fault("bad_cccd", "cccd", "23145678"),
        MISSING,
    ]
    draft.entries(_entries(world, villages, faults, rng))
    draft.page.add(["", f"Tổng cộng: {draft.rows} người"])
    draft.page.typed(to_tones_apart)
    return book


_MEN_AND_WOMEN = (
    Column(NUMBER, "STT"),
    Column("name", "Họ và tên"),
    Column("birth_date_male", "Năm sinh|Nam", habits.date_in_full),
    Column("birth_date_female", "Năm sinh|Nữ", habits.date_in_full),
    Column("village", "Thôn"),
    Column("household_code", "Mã hộ"),
    Column("cccd", "Số CCCD"),
    Column("group", "Nhóm đối tượng"),
    Column("registered", "Đăng ký", habits.plain_tick),
)


def of_organisations(world: World, rng: Random) -> Book:
    """Those who work in the commune's organisations, with the name of each."""
    book = Book("10-cong-dan-don-vi.xlsx", "citizens", rng)
    draft = book.draft("Khối cơ quan", _OF_ORGANISATIONS)
    draft.title(letterhead(world.place), ["DANH SÁCH CÔNG DÂN HỌC TẬP - KHỐI CƠ QUAN, ĐƠN VỊ", "NĂM 2026"])
    draft.head()
    order = [body.name for body in world.organisations]
    employed = sorted((c for c in world.citizens if c.organisation), key=lambda c: order.index(c.organisation))
    entries = [Entry(record(one)) for one in employed]
    mixed = with_faults(entries, [], [Fault("duplicate", "name")], rng, same=lambda entry: entry.record["village"])
    draft.entries(mixed)
    draft.sign(on_day(world.place, "09"), "Người lập", "CHỦ TỊCH HỘI", ("Trần Thị Hằng", "Rơ Mah Klơn"))
    return book


_OF_ORGANISATIONS = (
    Column(NUMBER, "STT", width=6),
    Column("organisation", "Đơn vị công tác", width=36),
    Column("name", "Họ và tên", habits.spaced_name, width=26),
    Column("birth_date", "Ngày sinh", habits.date_in_full),
    Column("sex", "Nam/Nữ", habits.sex_in_words, width=9),
    Column("cccd", "Số CCCD", habits.cccd_as_typed, width=17),
    Column("village", "Thôn, làng nơi ở", width=18),
    Column("household_code", "Mã hộ"),
    Column("group", "Nhóm đối tượng", width=10),
    Column("registered", "Đăng ký CDHT", habits.tick, width=10),
)


def plain_roster(world: World, seed: int) -> Book:
    """All citizens in one table without a fault, for measuring."""
    book = Book("cong-dan.xlsx", "citizens", Random(f"{seed}:công dân"))
    draft = book.draft("Công dân", _PLAIN)
    draft.title(letterhead(world.place), [TITLE, "NĂM 2026"])
    draft.head()
    draft.entries(Entry(record(one)) for one in world.citizens)
    return book


_PLAIN = (
    Column(NUMBER, "STT", width=6),
    Column("name", "Họ và tên", width=26),
    Column("birth_date", "Ngày sinh", habits.date_in_full),
    Column("sex", "Giới tính", habits.sex_in_words, width=9),
    Column("cccd", "Số CCCD", width=17),
    Column("village", "Thôn/làng", width=18),
    Column("household_code", "Mã hộ"),
    Column("group", "Nhóm đối tượng", width=10),
    Column("organisation", "Đơn vị công tác", width=36),
    Column("registered", "Đăng ký", habits.plain_tick, width=10),
)
