"""Rosters of households, in the habits of four officers and in one plain shape."""

from collections.abc import Sequence
from random import Random

from demo import NOTICE, habits
from demo.books.book import Book, letterhead, on_day
from demo.books.table import FREE, NUMBER, Column, Entry, Fault, roman, with_faults
from demo.legacy import to_tcvn3, without_marks
from demo.villages import Place, Village
from demo.world import Household, World

TITLE = "DANH SÁCH HỘ GIA ĐÌNH ĐĂNG KÝ GIA ĐÌNH HỌC TẬP NĂM 2026"
MISSING = Fault("missing_name", "head_name", None)
DUPLICATE = Fault("duplicate", "head_name")


def rosters(world: World, seed: int) -> list[Book]:
    """Four workbooks, each with every fourth village."""
    shapes = (one_table, by_sections, sheet_per_village, old_font)
    return [shape(world, world.place.villages[n::4], Random(f"{seed}:hộ:{n}")) for n, shape in enumerate(shapes)]


def record(home: Household) -> dict:
    """What a roster says of a household."""
    return {
        "village": home.village.name,
        "household_code": home.code,
        "head_name": home.head.name,
        "cccd": home.head.cccd,
        "phone": home.phone,
        "members": home.members,
        "children_school_age": home.children,
        "adults": len(home.people),
        "address": home.address,
        "clan": home.clan,
        "registered": home.registered,
    }


def misspelt(village: str) -> str:
    """A village as somebody types it who does not know it."""
    return f"{village}h"


def _entries(world: World, villages: Sequence[Village], faults: Sequence[Fault], rng: Random) -> list[Entry]:
    """The households of the villages, with wrong rows among them."""
    wanted = {village.name for village in villages}
    good, spare = (
        [Entry(record(home)) for home in homes if home.village.name in wanted]
        for homes in (world.households, world.spare_households)
    )
    return with_faults(good, spare, faults, rng, same=_village)


def _village(entry: Entry) -> object:
    return entry.record["village"]


def _by_village(entries: Sequence[Entry], villages: Sequence[Village]) -> list[tuple[Village, list[Entry]]]:
    groups = [(v, [entry for entry in entries if entry.record["village"] == v.name]) for v in villages]
    return [(village, group) for village, group in groups if group]


def one_table(world: World, villages: Sequence[Village], rng: Random) -> Book:
    """Title block, row of column numbers, gaps, lost zeros, hard spaces, total and signatures."""
    book = Book("01-ho-gia-dinh-2026.xlsx", "households", rng)
    draft = book.draft("DS hộ 2026", _ONE_TABLE)
    draft.title(letterhead(world.place), [TITLE, _under_plan(world.place)])
    draft.head(numbered=True)
    faults = [
        MISSING,
        Fault("unknown_village", "village", misspelt(villages[0].name)),
        Fault("bad_cccd", "cccd", "231045678"),
        Fault("not_a_number", "members", "không rõ"),
        DUPLICATE,
    ]
    first, last = draft.entries(_entries(world, villages, faults, rng), blanks=6)
    draft.total("Tổng cộng", first, last)
    draft.page.add(["", f"Tổng số hộ trong danh sách: {draft.rows} hộ"])
    draft.sign(on_day(world.place, "05"), "NGƯỜI LẬP BIỂU", "TM. HỘI KHUYẾN HỌC XÃ", ("Nguyễn Thị Loan", "Siu Phưn"))
    return book


def _under_plan(place: Place) -> str:
    return f"(Kèm theo Kế hoạch số 12/KH-UBND ngày 15/01/2026 của UBND {place.name[0].lower()}{place.name[1:]})"


_ONE_TABLE = (
    Column(NUMBER, "STT", width=6),
    Column("village", "Thôn/làng", habits.careless_village, width=18),
    Column("household_code", "Mã hộ"),
    Column("head_name", "Họ và tên\nchủ hộ", habits.spaced_name, width=26),
    Column("cccd", "Số CCCD", habits.cccd_as_typed, width=17),
    Column("phone", "Điện thoại", habits.phone_as_typed, width=15),
    Column("members", "Số khẩu", habits.count_as_typed, summed=True, width=9),
    Column("children_school_age", "Trẻ em trong độ tuổi đi học", summed=True, width=10),
    Column("adults", "Người lớn", summed=True, width=9),
    Column("address", "Địa chỉ", width=28),
    Column("clan", "Dòng họ", width=18),
    Column("registered", "Đăng ký năm 2026", habits.tick, width=10),
    Column(FREE, "Ghi chú"),
)


def by_sections(world: World, villages: Sequence[Village], rng: Random) -> Book:
    """Villages in section rows, a header in two rows that comes again, subtotals, hidden rows and column."""
    book = Book("02-ho-theo-tung-thon.xlsx", "households", rng)
    draft = book.draft("Tong hop", _BY_SECTIONS, offset=1)
    draft.title(
        ["ỦY BAN NHÂN DÂN", world.place.name.upper(), "Số:      /DS-UBND"],
        ["DANH SÁCH HỘ GIA ĐÌNH THEO TỪNG THÔN, LÀNG", "Năm 2026", "Đơn vị tính: người"],
    )
    draft.head()
    faults = [MISSING, Fault("negative", "members", -4), DUPLICATE]
    groups = _by_village(_entries(world, villages, faults, rng), villages)
    for n, (village, group) in enumerate(groups):
        if n == 2:
            draft.page.add()
            draft.head()
        draft.section(f"{roman(n + 1)}. {village.name}")
        first, last = draft.entries(group)
        draft.page.hidden_rows.add(rng.randrange(first, last + 1) - 1)
        draft.total(f"Cộng {village.name}" if n % 2 else "Cộng", first, last, at=2)
    draft.page.add(["", "", "", f"TỔNG CỘNG ({'+'.join(roman(n + 1) for n in range(len(groups)))})"], "total")
    draft.page.hidden_columns.add(4)
    draft.sign(on_day(world.place, "10"), "NGƯỜI TỔNG HỢP", "CHỦ TỊCH", ("Bùi Hữu Nghĩa", "Kpuih Glơng"))
    return book


_BY_SECTIONS = (
    Column(NUMBER, "TT", width=6),
    Column("household_code", "MÃ HỘ"),
    Column("head_name", "HỌ TÊN CH.HỘ", habits.shouted_name, width=26),
    Column(FREE, "Ghi chú nội bộ"),
    Column("members", "NHÂN KHẨU|S.khẩu", habits.count_as_typed, summed=True, width=9),
    Column("adults", "NHÂN KHẨU|N.lớn", summed=True, width=9),
    Column("children_school_age", "NHÂN KHẨU|TE đi học", summed=True, width=9),
    Column("phone", "ĐT liên hệ", habits.phone_as_typed, width=15),
    Column("address", "Đ/c", width=28),
    Column("clan", "Dòng họ", width=18),
    Column(FREE, ""),
    Column("registered", "ĐK GĐHT", habits.tick, width=10),
)


def sheet_per_village(world: World, villages: Sequence[Village], rng: Random) -> Book:
    """A sheet a village, named without marks; headings that differ; an empty sheet and a hidden list."""
    book = Book("03-ho-moi-thon-mot-trang.xlsx", "households", rng)
    faults = [Fault("not_a_number", "members", "nhiều"), MISSING]
    for n, (village, group) in enumerate(_by_village(_entries(world, villages, faults, rng), villages)):
        draft = book.draft(without_marks(village.name), _PER_VILLAGE[n % len(_PER_VILLAGE)])
        draft.title(letterhead(world.place)[:1], [f"DANH SÁCH HỘ (trang {n + 1})"], motto=False)
        draft.head()
        draft.entries(group)
        draft.page.add(["", f"Tổng số: {draft.rows} hộ"])
    book.page("Sheet9").add([NOTICE], "notice")
    listed = book.page("DM")
    listed.hidden = True
    listed.add([NOTICE], "notice")
    listed.add(["Danh mục thôn, làng"])
    for village in world.place.villages:
        listed.add([village.name])
    return book


def _per_village(name: str, members: str, adults: str, children: str, phone: str, cccd: str, yes: str):
    return (
        Column(NUMBER, "STT", width=6),
        Column("household_code", "Mã hộ"),
        Column("head_name", name, habits.spaced_name, width=26),
        Column("members", members, habits.count_as_text, width=9),
        Column("adults", adults, habits.count_as_text, width=9),
        Column("children_school_age", children, habits.count_as_text, width=9),
        Column("phone", phone, habits.phone_as_typed, width=15),
        Column("cccd", cccd, habits.cccd_as_typed, width=17),
        Column("clan", "Dòng họ", width=18),
        Column("registered", yes, habits.tick, width=10),
    )


_PER_VILLAGE = (
    _per_village(
        "Chủ hộ",
        "Số nhân khẩu",
        "Số người lớn",
        "Số trẻ đang đi học",
        "Số điện thoại",
        "Số CCCD",
        "Đăng ký GĐHT",
    ),
    _per_village("Họ tên chủ hộ", "Nhân khẩu", "Người lớn", "Trẻ đi học", "SĐT", "CCCD/Định danh", "ĐK"),
    _per_village("Họ và tên chủ hộ", "Số khẩu", "NL", "TE đi học", "Điện thoại", "Số định danh cá nhân", "Đăng ký"),
)


def old_font(world: World, villages: Sequence[Village], rng: Random) -> Book:
    """TCVN3 (.VnTime): village in merged cells, subtotals, headings in the capitals of .VnTimeH."""
    book = Book("04-ho-phong-chu-cu.xlsx", "households", rng, font=".VnTime")
    draft = book.draft("Sheet1", _OLD_FONT)
    draft.title(
        letterhead(world.place)[:1],
        ["DANH SÁCH HỘ GIA ĐÌNH", "NĂM 2026 - BIỂU SỐ 01", "(Ban hành kèm theo Công văn số 07/CV-HKH)"],
        motto=False,
    )
    draft.head()
    draft.page.add(["A", "B", "C", "D", *range(1, 7)], "head")
    faults = [Fault("not_a_number", "members", "?"), DUPLICATE]
    for _, group in _by_village(_entries(world, villages, faults, rng), villages):
        draft.total("cộng", *draft.merged(group), at=3)
    draft.sign(on_day(world.place, "02"), "Người lập biểu", "Chủ tịch hội", ("Lê Thị Hằng", "Ksor Chinh"))
    _in_small_capitals(draft.page)
    draft.page.typed(to_tcvn3)
    return book


def _in_small_capitals(page) -> None:
    """The capital font shows small letters as capitals, so officers type them small."""
    for at, look in page.looks.items():
        if look in ("title", "head"):
            page.rows[at] = [v.lower() if isinstance(v, str) else v for v in page.rows[at]]


_OLD_FONT = (
    Column("village", "Thôn, làng", width=18),
    Column(NUMBER, "STT", width=6),
    Column("household_code", "Mã hộ"),
    Column("head_name", "Họ và tên chủ hộ", habits.spaced_name, width=26),
    Column("members", "Nhân khẩu", habits.count_as_typed, summed=True, width=9),
    Column("children_school_age", "Trẻ em đi học", width=9),
    Column("phone", "Số điện thoại", habits.phone_as_typed, width=15),
    Column("address", "Chỗ ở", width=28),
    Column("clan", "Dòng họ", width=18),
    Column("registered", "Đăng ký", habits.plain_tick, width=10),
)


def plain_roster(world: World, seed: int) -> Book:
    """All households in one table without a fault, for measuring."""
    book = Book("ho-gia-dinh.xlsx", "households", Random(f"{seed}:hộ"))
    draft = book.draft("Hộ gia đình", tuple(_without_habit(column) for column in _ONE_TABLE[:-1]))
    draft.title(letterhead(world.place), [TITLE])
    draft.head()
    draft.entries(Entry(record(home)) for home in world.households)
    return book


def _without_habit(column: Column) -> Column:
    kept = habits.plain_tick if column.key == "registered" else habits.plain
    return Column(column.key, column.label, kept, column.summed, column.width)
