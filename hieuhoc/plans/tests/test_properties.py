"""What must hold of any plan: noise and the form of Unicode change nothing, spans point at their values."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from hieuhoc.plans.reading import read
from hieuhoc.plans.reading.document import plain
from hieuhoc.plans.tests.papers import PAPERS
from hieuhoc.plans.tests.test_papers import in_a_line

NOISE = (
    "Ngày 12/5/2021, 35 đại biểu dự hội nghị; kinh phí 20% do ngân sách cấp.",
    "Theo Quyết định số 489/QĐ-TTg ngày 08/4/2020, hội viên đóng 10.000 đồng.",
    "Tăng cường tuyên truyền trên 100% loa truyền thanh.",
    "Kết quả năm 2019 đạt 41% gia đình học tập.",
)
GOALS = (
    ("{value}% gia đình được công nhận đạt danh hiệu “Gia đình học tập”", "FAMILY recognise households"),
    ("{value}% dòng họ đăng ký xây dựng “Dòng họ học tập”", "CLAN register clans"),
    ("Tỷ lệ thôn đạt danh hiệu “Cộng đồng học tập” đạt {value}%", "COMMUNITY recognise communities"),
    ("“Đơn vị học tập” đạt từ {value}% trở lên", "ORGANISATION recognise organisations"),
)
BULLETS = ("- ", "+ ", "* ", "• ", "a) ", "– ", "")
VALUES = st.integers(1, 100)
SPACES = st.sampled_from((" ", "  ", "\u00a0", " \u200b"))


@st.composite
def plans(draw):
    """A plan of one year with some goals in some dress, and what it asks."""
    chosen = draw(st.lists(st.sampled_from(GOALS), min_size=1, max_size=4, unique=True))
    year = draw(st.sampled_from((2025, 2030)))
    bullet = draw(st.sampled_from(BULLETS))
    lines, want = [f"I. MỤC TIÊU ĐẾN NĂM {year}"], set()
    for said, counts in chosen:
        value = draw(VALUES)
        lines.append(f"{bullet}{said.format(value=value)}{draw(st.sampled_from(';.'))}")
        want.add(f"{counts} general {year} >= {value}")
    return lines, want


@settings(max_examples=60, deadline=None)
@given(plans(), st.lists(st.sampled_from(NOISE), max_size=3), SPACES, st.data())
def test_noise_between_goals_and_spaces_change_nothing(plan, noise, space, data):
    lines, want = plan
    for sentence in noise:
        lines.insert(data.draw(st.integers(1, len(lines))), f"- {sentence}")
    text = "\n".join(lines).replace(" ", space)
    assert set(map(in_a_line, read(text.encode()).targets)) == want


@settings(max_examples=60, deadline=None)
@given(plans(), st.integers(30, 90))
def test_lines_broken_by_a_page_change_nothing(plan, width):
    lines, want = plan
    broken = "\n\n".join(part for line in lines for part in _broken(line, width))
    assert set(map(in_a_line, read(broken.encode()).targets)) == want


@settings(max_examples=40, deadline=None)
@given(plans())
def test_decomposed_unicode_reads_the_same(plan):
    text = "\n".join(plan[0])
    one, two = (read(unicodedata.normalize(form, text).encode()) for form in ("NFC", "NFD"))
    assert (one.text, one.targets) == (two.text, two.targets)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PAPERS), st.integers(0, 10**6))
def test_any_piece_of_a_plan_is_read_without_harm(paper, cut):
    piece = paper.text[cut % len(paper.text) :] + "Hết văn bản kế hoạch của xã."
    plan = read(piece.encode())
    for one in plan.targets:
        assert plan.text[one.span.start : one.span.end]
        assert one.sentence in plan.text


def test_every_value_points_at_its_characters():
    for paper in PAPERS:
        plan = read(paper.text.encode())
        assert unicodedata.is_normalized("NFC", plan.text)
        for one in plan.targets:
            said = plan.text[one.span.start : one.span.end]
            number = f"{abs(one.value).normalize():f}".replace(".", ",")
            assert number in said.replace(".", "") or "mươi" in said, (paper.name, said)
            assert said in one.sentence
        for name, span in plan.head.spans:
            assert plan.text[span.start : span.end].strip(), (paper.name, name)


@given(st.text(alphabet='“”"‘’–—-*_ÀàĐđƯư\u0300 UỷQuýHOÀhoá20%.,;\n\t|', max_size=80))
def test_the_copy_to_match_in_has_the_same_length(text):
    assert len(plain(text)) == len(text)


def _broken(line, width):
    """A line in pieces of at most `width` characters, broken between words as a page does."""
    parts = [""]
    for word in line.split(" "):
        if len(parts[-1]) + len(word) > width:
            parts.append("")
        parts[-1] = f"{parts[-1]} {word}".strip()
    return [part for part in parts if part]
