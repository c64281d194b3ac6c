"""Score sheets of the five models, in the habits of several officers and in one plain shape."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from demo import habits
from demo.answers import INCOMPLETE, PASS, Questions, answers, outcomes, questions
from demo.books.book import Book, letterhead, on_day
from demo.books.table import NUMBER, RANK, TOTAL, Column, Entry, Fault, roman
from demo.legacy import Typing, to_vni
from demo.villages import Place, Village
from demo.world import Citizen, Household, World

ILLUSTRATIVE = "(Bộ tiêu chí minh họa – không phải văn bản chính thức)"
FAMILIES_SCORED = 97  # of a hundred registered
VILLAGE = Column("village", "Thôn, làng", width=18)
CODE = Column("household_code", "Mã hộ")


@dataclass(frozen=True)
class Scored:
    """A subject's row and how it comes out, derived indicators left aside."""

    entry: Entry
    outcome: str


def judged(scored: Iterable[Scored]) -> dict[str, int]:
    """How many rows without a fault pass, fail and stay incomplete on what was typed."""
    names = {PASS: "pass", INCOMPLETE: "incomplete"}
    found = Counter(names.get(one.outcome, "fail") for one in scored if not one.entry.fault)
    return {name: found[name] for name in ("pass", "fail", "incomplete")}


def score_all(asked: Questions, records: Sequence[dict], rng: Random) -> list[Scored]:
    """A row of scores for each identifying record."""
    drawn = zip(records, outcomes(len(records), rng), strict=True)
    return [Scored(Entry(record | answers(asked, outcome, rng)), outcome) for record, outcome in drawn]


def spoil(scored: list[Scored], asked: Questions, rng: Random) -> list[Scored]:
    """The same rows with three wrong cells: over the maximum, in words, and below nothing."""
    spoilt = list(scored)
    item = rng.choice(asked.typed)
    wrong = (
        Fault("over_maximum", asked.typed[0].key, asked.typed[0].points // 2 + 2),
        Fault("not_a_number", item.key, "khá"),
        Fault("negative", asked.typed[-1].key, -5),
    )
    for at, fault in zip(rng.sample(range(len(spoilt)), min(3, len(spoilt))), wrong, strict=False):
        spoilt[at] = Scored(Entry(spoilt[at].entry.record, fault), spoilt[at].outcome)
    return spoilt


def family_records(homes: Iterable[Household], rng: Random) -> list[dict]:
    """The registered households that were scored, as a score sheet names them."""
    return [
        {"village": home.village.name, "household_code": home.code, "head_name": home.head.name}
        for home in homes
        if home.registered and rng.randrange(100) < FAMILIES_SCORED
    ]


def citizen_records(citizens: Iterable[Citizen]) -> list[dict]:
    """The citizens who were scored, as a score sheet names them."""
    return [
        {
            "village": one.household.village.name,
            "household_code": one.household.code,
            "name": one.person.name,
            "birth_date": one.person.born.year,
            "cccd": one.person.cccd,
            "organisation": one.organisation,
        }
        for one in citizens
        if one.assessed
    ]


def by_labels(asked: Questions, habit: habits.Habit = habits.score_as_typed) -> tuple[Column, ...]:
    """Columns under their criteria, by label alone."""
    return tuple(Column(item.key, f"{item.group}|{item.label}", habit, summed=True, width=11) for item in asked.typed)


def by_keys(asked: Questions, habit: habits.Habit = habits.score_as_typed) -> tuple[Column, ...]:
    """Columns by key with the maximum."""
    return tuple(
        Column(item.key, f"{item.key} ({item.points // 2}đ)", habit, summed=True, width=9) for item in asked.typed
    )


def by_both(asked: Questions) -> tuple[Column, ...]:
    """Columns by key and label."""
    return tuple(
        Column(item.key, f"{item.key}. {item.label}", habits.score_as_typed, summed=True, width=14)
        for item in asked.typed
    )


@dataclass(frozen=True)
class Shape:
    """How a score sheet looks: who is named, how columns are headed, where villages stand."""

    file: str
    who: tuple[Column, ...]
    heads: Callable[[Questions], tuple[Column, ...]]
    village: str  # section, merged or column
    encoding: Typing | None = None
    font: str = "Times New Roman"


NAME = Column("name", "Họ và tên", habits.spaced_name, width=26)
YEAR_BORN = Column("birth_date", "Năm sinh", width=9)
CCCD = Column("cccd", "Số CCCD", habits.cccd_as_typed, width=17)
HEAD = Column("head_name", "Họ và tên chủ hộ", habits.spaced_name, width=26)
STT = Column(NUMBER, "STT", width=6)
SUM = (Column(TOTAL, "Tổng điểm", width=9), Column(RANK, "Xếp loại", width=10))

CITIZEN_SHAPES = (
    Shape("11-cham-diem-cong-dan-1.xlsx", (STT, NAME, YEAR_BORN, CCCD, CODE), by_labels, "section"),
    Shape("12-cham-diem-cong-dan-2.xlsx", (VILLAGE, STT, CODE, NAME, YEAR_BORN, CCCD), by_keys, "merged"),
)
EMPLOYED_SHAPE = Shape(
    "13-cham-diem-cong-dan-don-vi.xlsx",
    (STT, NAME, YEAR_BORN, CCCD, Column("organisation", "Đơn vị công tác", width=34), VILLAGE, CODE),
    by_both,
    "column",
)
FAMILY_SHAPES = (
    Shape("14-cham-diem-gia-dinh-1.xlsx", (VILLAGE, STT, CODE, HEAD), by_keys, "merged"),
    Shape("15-cham-diem-gia-dinh-vni.xlsx", (VILLAGE, STT, CODE, HEAD), by_keys, "merged", to_vni, "VNI-Times"),
    Shape("16-cham-diem-gia-dinh-3.xlsx", (STT, CODE, HEAD), by_labels, "section"),
)


def citizen_books(world: World, seed: int) -> tuple[list[Book], dict[str, int]]:
    """Score sheets of the citizens: two by villages and one for those who work in organisations."""
    asked, rng = questions("cdht-324"), Random(f"{seed}:điểm công dân")
    scored = score_all(asked, citizen_records(world.citizens), rng)
    parts = _by_village([one for one in scored if not one.entry.record["organisation"]], world.place, 2)
    parts.append([one for one in scored if one.entry.record["organisation"]])
    shapes = (*CITIZEN_SHAPES, EMPLOYED_SHAPE)
    return _books(world.place, asked, shapes, parts, "(Theo Quyết định số 324/QĐ-KHVN)", rng)


def family_books(world: World, seed: int) -> tuple[list[Book], dict[str, int]]:
    """Score sheets of the families, by villages."""
    asked, rng = questions("demo-family"), Random(f"{seed}:điểm hộ")
    scored = score_all(asked, family_records(world.households, rng), rng)
    return _books(world.place, asked, FAMILY_SHAPES, _by_village(scored, world.place, 3), ILLUSTRATIVE, rng)


def plain_books(world: World, seed: int) -> tuple[list[Book], dict[str, dict[str, int]]]:
    """All citizens and all families, each in one table without a fault, for measuring."""
    books, counts = [], {}
    for code, shape, under in (
        ("cdht-324", PLAIN_CITIZENS, ""),
        ("demo-family", PLAIN_FAMILIES, ILLUSTRATIVE),
    ):
        asked, rng = questions(code), Random(f"{seed}:{code}")
        citizens = asked.model == "CITIZEN"
        records = citizen_records(world.citizens) if citizens else family_records(world.households, rng)
        scored = score_all(asked, records, rng)
        counts[asked.model] = judged(scored)
        books.append(_book(world.place, asked, shape, [one.entry for one in scored], under, rng))
    return books, counts


def _plain_keys(asked: Questions) -> tuple[Column, ...]:
    return by_keys(asked, habits.plain)


PLAIN_CITIZENS = Shape(
    "cham-diem-cong-dan.xlsx",
    (
        STT,
        VILLAGE,
        CODE,
        Column("name", "Họ và tên", width=26),
        YEAR_BORN,
        Column("cccd", "Số CCCD", width=17),
    ),
    _plain_keys,
    "column",
)
PLAIN_FAMILIES = Shape(
    "cham-diem-gia-dinh.xlsx",
    (STT, VILLAGE, CODE, Column("head_name", "Họ và tên chủ hộ", width=26)),
    _plain_keys,
    "column",
)


def _by_village(scored: Sequence[Scored], place: Place, parts: int) -> list[list[Scored]]:
    order = {village.name: n % parts for n, village in enumerate(place.villages)}
    return [[one for one in scored if order[str(one.entry.record["village"])] == n] for n in range(parts)]


def _books(place: Place, asked: Questions, shapes, parts, under: str, rng: Random):
    books, counts = [], Counter[str]()
    for shape, part in zip(shapes, parts, strict=True):
        spoilt = spoil(part, asked, rng)
        counts.update(judged(spoilt))
        books.append(_book(place, asked, shape, [one.entry for one in spoilt], under, rng))
    return books, dict(counts)


def _book(place: Place, asked: Questions, shape: Shape, entries: list[Entry], under: str, rng: Random) -> Book:
    book = Book(shape.file, "scores", rng, asked.code, asked.model, font=shape.font)
    draft = book.draft("Chấm điểm", (*shape.who, *shape.heads(asked), *SUM))
    draft.enough = asked.mark // 2
    title = asked.title.split(" (")[0].upper()
    draft.title(
        letterhead(place, "HỘI KHUYẾN HỌC"),
        [f"BẢNG TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM {title} NĂM 2026", *filter(None, [under])],
    )
    draft.head(numbered=shape.village == "section")
    _VILLAGES[shape.village](draft, entries, place.villages)
    draft.sign(on_day(place, "12"), "THƯ KÝ", "TỔ TRƯỞNG TỔ THẨM ĐỊNH", ("Phạm Thị Thảo", "Siu Hlơi"))
    if shape.encoding:
        draft.page.typed(shape.encoding)
    return book


def _groups(entries: Sequence[Entry], villages: Sequence[Village]) -> list[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {village.name: [] for village in villages}
    for entry in entries:
        groups[str(entry.record["village"])].append(entry)
    return [(name, group) for name, group in groups.items() if group]


def _in_sections(draft, entries: list[Entry], villages: Sequence[Village]) -> None:
    for n, (name, group) in enumerate(_groups(entries, villages)):
        draft.section(f"{roman(n + 1)}. {name}")
        draft.entries(group)


def _in_merged_cells(draft, entries: list[Entry], villages: Sequence[Village]) -> None:
    for _, group in _groups(entries, villages):
        draft.merged(group)


def _in_a_column(draft, entries: list[Entry], villages: Sequence[Village]) -> None:
    draft.entries(entries)


_VILLAGES = {"section": _in_sections, "merged": _in_merged_cells, "column": _in_a_column}
