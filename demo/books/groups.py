"""Rosters of clans, communities and organisations, and their score sheets."""

from collections.abc import Callable
from random import Random

from demo import habits
from demo.answers import Questions, questions
from demo.books.book import Book, letterhead, on_day
from demo.books.scores import ILLUSTRATIVE, by_both, by_keys, score_all
from demo.books.table import FREE, NUMBER, TOTAL, Column, Draft, Entry, Fault, with_faults
from demo.legacy import to_nfd
from demo.names import families, full_name
from demo.pages import Formula, Value
from demo.world import Clan, Community, Organisation, World


def _itself(entry: Entry) -> object:
    return id(entry.record)


def clan_roster(world: World, seed: int, wrong: bool = True) -> Book:
    """An .ods in decomposed Unicode; the fund (1.234,5) belongs to no register."""
    rng = Random(f"{seed}:dòng họ")
    book = Book("05-dong-ho.ods", "clans", rng)
    draft = book.draft("Dòng họ", _CLANS)
    draft.title(
        letterhead(world.place)[:1],
        ["BIỂU TỔNG HỢP DÒNG HỌ ĐĂNG KÝ DÒNG HỌ HỌC TẬP", "Năm 2026"],
        motto=False,
    )
    draft.head()
    entries = [Entry(clan_record(clan)) for clan in world.clans]
    nameless = [Entry({**entries[0].record, "head_name": "Phan Văn Long"})] if entries else []
    faults = [Fault("missing_name", "name", None), Fault("duplicate", "name")] if wrong else []
    draft.total("Cộng", *draft.entries(with_faults(entries, nameless, faults, rng, same=_itself)), at=2)
    draft.sign(on_day(world.place, "06"), "Người lập", "TM. BAN CHẤP HÀNH", ("", "Rah Lan Tơih"))
    draft.page.typed(to_nfd)
    return book


def clan_record(clan: Clan) -> dict:
    """What a roster says of a clan."""
    fund = f"{clan.fund // 10:,}".replace(",", ".") + f",{clan.fund // 10 % 10}"
    return {
        "village": clan.village.name,
        "name": clan.name,
        "head_name": clan.head_name,
        "families": len(clan.families),
        "fund": fund,
        "registered": clan.registered,
    }


_CLANS = (
    Column(NUMBER, "STT"),
    Column("village", "Thôn, làng"),
    Column("name", "Tên dòng họ"),
    Column("head_name", "Trưởng họ"),
    Column("families", "Số gia đình", summed=True),
    Column("fund", "Quỹ khuyến học (nghìn đồng)"),
    Column("registered", "Đăng ký", habits.plain_tick),
)


def community_roster(world: World, seed: int, wrong: bool = True) -> Book:
    """Two tables on a sheet, làng and thôn; thousands with a dot or a space; shares by formula."""
    rng = Random(f"{seed}:cộng đồng")
    book = Book("06-cong-dong-thon-lang.xlsx", "communities", rng)
    first = book.draft("Biểu 03-CĐ", _COMMUNITIES["làng"])
    first.title(
        letterhead(world.place)[:1],
        ["BIỂU 03. CỘNG ĐỒNG HỌC TẬP THÔN, LÀNG", "(Số liệu đến ngày 31/10/2026)"],
    )
    _communities(first, "A. CÁC LÀNG ĐỒNG BÀO DÂN TỘC THIỂU SỐ", [c for c in world.communities if c.village.jrai], [])
    first.page.add()
    first.page.add()
    second = book.draft_on(first.page, _COMMUNITIES["thôn"])
    strange = [Fault("unknown_village", "village", "Thôn Quyết Thắng Mới")] if wrong else []
    _communities(second, "B. CÁC THÔN", [c for c in world.communities if not c.village.jrai], strange)
    second.sign(on_day(world.place, "01"), "NGƯỜI LẬP", "KT. CHỦ TỊCH", ("Đinh Xuân Lộc", "Rơ Mah Klơn"))
    return book


def _communities(draft: Draft, title: str, communities: list[Community], faults: list[Fault]) -> None:
    draft.page.add([title], "title")
    draft.head()
    entries = [Entry(community_record(one)) for one in communities]
    stranger = [Entry({**entries[0].record, "head_name": _anyone(draft.rng)})] if entries else []
    first = len(draft.page.rows) + 1
    for entry in with_faults(entries, stranger, faults, draft.rng, same=_itself):
        row = len(draft.page.rows) + 1
        share = Formula(f"ROUND(F{row}/D{row}*100,2)", _share(entry))
        draft.entry(Entry({**entry.record, "share_percent": share}, entry.fault))
    draft.total("Cộng", first, len(draft.page.rows))


def _anyone(rng: Random) -> str:
    return full_name(rng, jrai=False, sex="male", family=rng.choice(families(False)))


def _share(entry: Entry) -> float:
    enrolled, households = entry.record["registered_households"], entry.record["households"]
    return round(int(str(enrolled)) / int(str(households)) * 100, 2)


def community_record(one: Community) -> dict:
    """What a roster says of a community."""
    return {
        "village": one.village.name,
        "head_name": one.head_name,
        "households": one.households,
        "population": one.population,
        "registered_households": one.registered_households,
        "registered": one.registered,
    }


def _without_kind(value: Value, rng: Random) -> Value:
    """A làng now and then without that word, as its people say it."""
    name = str(value)
    return name.removeprefix("Làng ") if rng.randrange(3) == 0 else name


def _thousands(value: Value, rng: Random) -> Value:
    """A count as number, or as text with a dot or a space for the thousands."""
    count = int(str(value))
    mark = rng.choice((None, ".", " "))
    return count if mark is None or count < 1000 else f"{count:,}".replace(",", mark)


def _community_columns(village: str, head: str, households: str, population: str, enrolled: str) -> tuple[Column, ...]:
    return (
        Column(NUMBER, "STT", width=6),
        Column("village", village, _without_kind, width=20),
        Column("head_name", head, width=26),
        Column("households", households, summed=True),
        Column("population", population, _thousands, summed=True),
        Column("registered_households", enrolled, summed=True),
        Column("share_percent", "Tỷ lệ hộ đăng ký (%)"),
        Column("registered", "Đăng ký CĐHT", habits.plain_tick),
        Column(FREE, "Ghi chú"),
    )


_COMMUNITIES = {
    "làng": _community_columns("Làng", "Già làng, trưởng làng", "Tổng số hộ", "Tổng số nhân khẩu", "Số hộ đăng ký"),
    "thôn": _community_columns("Thôn", "Họ tên trưởng thôn", "Số hộ", "Nhân khẩu", "Hộ ĐK"),
}


def organisation_roster(world: World, seed: int, wrong: bool = True) -> Book:
    """A UTF-8 .csv with a line break inside a heading; `-` where there are no learners."""
    rng = Random(f"{seed}:đơn vị")
    book = Book("07-don-vi.csv", "organisations", rng)
    draft = book.draft("", _ORGANISATIONS)
    title = "DANH SÁCH CƠ QUAN, ĐƠN VỊ ĐĂNG KÝ ĐƠN VỊ HỌC TẬP NĂM 2026"
    draft.title(letterhead(world.place)[:1], [title], motto=False)
    draft.head()
    entries = [Entry(organisation_record(one)) for one in world.organisations]
    spares = [Entry(organisation_record(one)) for one in _SPARES]
    faults = [Fault("missing_name", "name", None), Fault("negative", "staff", -21)] if wrong else []
    draft.total("Tổng cộng", *draft.entries(with_faults(entries, spares, faults, rng, same=_itself)))
    return book


def organisation_record(one: Organisation) -> dict:
    """What a roster says of an organisation."""
    return {
        "name": one.name,
        "kind": one.kind,
        "head_name": one.head_name,
        "staff": one.staff,
        "learners": "-" if one.learners is None else one.learners,
        "registered": one.registered,
    }


_SPARES = (
    Organisation("", "Hợp tác xã", "Phan Thị Thanh Vân", 14, None, False),
    Organisation("Trường Mầm non Hướng Dương", "Trường học", "Võ Ngọc Diệu", 21, 180, False),
)
_ORGANISATIONS = (
    Column(NUMBER, "STT"),
    Column("name", "Tên cơ quan, đơn vị"),
    Column("kind", "Loại hình"),
    Column("head_name", "Thủ trưởng\nđơn vị"),
    Column("staff", "Số CB, CC, VC, NLĐ", summed=True),
    Column("learners", "Số người học"),
    Column("registered", "Đăng ký", habits.plain_tick),
)


def score_books(world: World, seed: int) -> list[Book]:
    """Score sheets of the registered clans, communities and organisations."""
    return [
        _score_book(world, seed, "17-cham-diem-dong-ho.xlsx", "demo-clan", by_both),
        _score_book(world, seed, "18-cham-diem-cong-dong.ods", "demo-community", by_keys),
        _score_book(world, seed, "19-cham-diem-don-vi.csv", "demo-organisation", by_keys),
    ]


_NUMBER = Column(NUMBER, "STT", width=6)
_NAMED = {
    "CLAN": (_NUMBER, Column("name", "Tên dòng họ", width=22), Column("village", "Thôn, làng", width=20)),
    "COMMUNITY": (_NUMBER, Column("village", "Thôn, làng", width=20)),
    "ORGANISATION": (_NUMBER, Column("name", "Tên cơ quan, đơn vị", width=36)),
}


def _records(world: World, model: str) -> list[dict]:
    """The registered subjects of a model, as their roster has them."""
    if model == "CLAN":
        return [clan_record(one) for one in world.clans if one.registered]
    if model == "COMMUNITY":
        return [community_record(one) for one in world.communities if one.registered]
    return [organisation_record(one) for one in world.organisations if one.registered]


def _score_book(
    world: World, seed: int, file: str, code: str, heads: Callable[[Questions], tuple[Column, ...]]
) -> Book:
    asked, rng = questions(code), Random(f"{seed}:{code}")
    book = Book(file, "scores", rng, code, asked.model)
    total = Column(TOTAL, "Tổng điểm tự chấm", width=10)
    draft = book.draft("Chấm điểm", (*_NAMED[asked.model], *heads(asked), total))
    title = asked.title.split(" (")[0].upper()
    draft.title(letterhead(world.place, "HỘI KHUYẾN HỌC"), [f"BẢNG CHẤM ĐIỂM {title} NĂM 2026", ILLUSTRATIVE])
    draft.head()
    draft.entries(one.entry for one in score_all(asked, _records(world, asked.model), rng))
    draft.sign(on_day(world.place, "14"), "Người chấm", "Trưởng ban vận động", ("Võ Đình Sơn", "Kpuih Phưn"))
    return book
