# ruff: noqa: E501
"""Sentences one by one, under "Mục tiêu đến năm 2025" of a plan of 2022: what each asks, and what asks nothing."""

import pytest

from hieuhoc.plans.reading import read
from hieuhoc.plans.tests.test_papers import in_a_line

AROUND = """Số: 12/KH-UBND
Vân Hồ Hạ, ngày 3 tháng 10 năm 2022
KẾ HOẠCH
Thực hiện Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021 - 2030” trên địa bàn huyện Vân Hồ Hạ
I. MỤC TIÊU
2. Mục tiêu cụ thể đến năm 2025
{}
II. NHIỆM VỤ
"""

ASKED = (
    ("- 70% hộ gia đình đạt “Gia đình học tập”.", "FAMILY recognise households general 2025 >= 70"),
    ("- Có 70% số hộ trở lên đạt danh hiệu Gia đình học tập;", "FAMILY recognise households general 2025 >= 70"),
    ("- 70% trở lên số gia đình đạt danh hiệu Gia đình học tập;", "FAMILY recognise households general 2025 >= 70"),
    (
        "- Từ 70% trở lên gia đình được bình xét, công nhận “Gia đình học tập”",
        "FAMILY recognise households general 2025 >= 70",
    ),
    (
        "- Số gia đình đạt chuẩn “Gia đình học tập” chiếm 70% tổng số hộ trong huyện.",
        "FAMILY recognise households general 2025 >= 70",
    ),
    (
        "- Tỷ lệ gia đình đạt danh hiệu “Gia đình học tập” trên tổng số hộ: 70,5%",
        "FAMILY recognise households general 2025 >= 70.5",
    ),
    ("+ Gia đình học tập đạt từ 70% trở lên", "FAMILY recognise households general 2025 >= 70"),
    ("• Phấn đấu tỷ lệ Gia đình học tập đạt trên 70 %", "FAMILY recognise households general 2025 > 70"),
    ("a) Xây dựng “Gia đình học tập”: 70%", "FAMILY recognise households general 2025 >= 70"),
    ("1.1. Mô hình “Gia đình học tập”: Phấn đấu đạt 70%.", "FAMILY recognise households general 2025 >= 70"),
    ("- Có ≥70% gia đình được công nhận là Gia đình học tập.", "FAMILY recognise households general 2025 >= 70"),
    (
        "- Không dưới bảy mươi phần trăm gia đình đạt danh hiệu “Gia đình học tập”.",
        "FAMILY recognise households general 2025 >= 70",
    ),
    (
        "- Công nhận danh hiệu “Gia đình học tập” cho 70% số hộ gia đình.",
        "FAMILY recognise households general 2025 >= 70",
    ),
    (
        "- Vận động 85% hộ gia đình đăng ký phấn đấu đạt danh hiệu “Gia đình học tập”.",
        "FAMILY register households general 2025 >= 85",
    ),
    (
        "- 85% gia đình đăng ký xây dựng và 70% gia đình được công nhận “Gia đình học tập”.",
        "FAMILY recognise households general 2025 >= 70\nFAMILY register households general 2025 >= 85",
    ),
    (
        "- “Gia đình học tập” đăng ký 85%; công nhận 70%.",
        "FAMILY recognise households general 2025 >= 70\nFAMILY register households general 2025 >= 85",
    ),
    ("- 80% gia đình hội viên đạt “Gia đình học tập”.", "FAMILY recognise member_households general 2025 >= 80"),
    (
        "- 80% số gia đình đăng ký được công nhận “Gia đình học tập”.",
        "FAMILY recognise registered_households general 2025 >= 80",
    ),
    ("- 60% dòng tộc được công nhận Dòng họ học tập.", "CLAN recognise clans general 2025 >= 60"),
    ("- 60% Ban khuyến học dòng họ đạt danh hiệu “Dòng họ học tập”.", "CLAN recognise clans general 2025 >= 60"),
    (
        "- 65% thôn/làng/bản đạt danh hiệu “Cộng đồng học tập” cấp thôn.",
        "COMMUNITY recognise communities general 2025 >= 65",
    ),
    ("- 65% khóm, ấp được công nhận danh hiệu “Ấp học tập”.", "COMMUNITY recognise communities general 2025 >= 65"),
    (
        "- 65% cộng đồng (thôn, bản, tổ dân phố và tương đương) được công nhận đạt danh hiệu “Cộng đồng học tập”.",
        "COMMUNITY recognise communities general 2025 >= 65",
    ),
    (
        "- 90% số xã, thị trấn được công nhận “Cộng đồng học tập” cấp xã.",
        "COMMUNE recognise communes general 2025 >= 90",
    ),
    (
        "- Trên 80% cơ quan, đơn vị, trường học thuộc huyện quản lý đạt danh hiệu “Đơn vị học tập”.",
        "ORGANISATION recognise organisations general 2025 > 80",
    ),
    (
        "- 30% các doanh nghiệp đạt danh hiệu “đơn vị học tập”.",
        "ORGANISATION recognise organisations general 2025 >= 30",
    ),
    (
        "- Công dân học tập: 40% đối với người lao động trong gia đình, dòng họ, cộng đồng; 60% đối với cán bộ trong đơn vị.",
        "CITIZEN recognise staff_in_recognised_organisations general 2025 >= 60\n"
        "CITIZEN recognise workers_in_recognised_groups general 2025 >= 40",
    ),
    (
        "- Tỷ lệ “Công dân học tập” trong các gia đình, dòng họ đạt 40%, trong đơn vị đạt 60%.",
        "CITIZEN recognise staff_in_recognised_organisations general 2025 >= 60\n"
        "CITIZEN recognise workers_in_recognised_groups general 2025 >= 40",
    ),
    (
        "- 50% người trong độ tuổi lao động đạt danh hiệu “Công dân học tập”.",
        "CITIZEN recognise working_age_people general 2025 >= 50",
    ),
    (
        "- 60% đảng viên, cán bộ, công chức, viên chức trong các cơ quan, đơn vị đạt danh hiệu “Công dân học tập”.",
        "CITIZEN recognise staff_in_recognised_organisations general 2025 >= 60",
    ),
    (
        "- 70% gia đình, 65% dòng họ, 65% cộng đồng được công nhận các danh hiệu học tập.",
        "CLAN recognise clans general 2025 >= 65\nCOMMUNITY recognise communities general 2025 >= 65\n"
        "FAMILY recognise households general 2025 >= 70",
    ),
    (
        "- 70% gia đình đạt “Gia đình học tập”, dòng họ đạt 65%, cộng đồng đạt 66%.",
        "CLAN recognise clans general 2025 >= 65\nCOMMUNITY recognise communities general 2025 >= 66\n"
        "FAMILY recognise households general 2025 >= 70",
    ),
    (
        "- Tỷ lệ công nhận: gia đình 70%, dòng họ 65%, cộng đồng 66%, đơn vị 80% đạt danh hiệu học tập.",
        "CLAN recognise clans general 2025 >= 65\nCOMMUNITY recognise communities general 2025 >= 66\n"
        "FAMILY recognise households general 2025 >= 70\nORGANISATION recognise organisations general 2025 >= 80",
    ),
    (
        "- “Gia đình học tập”, “Dòng họ học tập” đạt 70%, 65%.",
        "CLAN recognise clans general 2025 >= 65\nFAMILY recognise households general 2025 >= 70",
    ),
    (
        "- Gia đình, dòng họ học tập đạt lần lượt 70% và 65%.",
        "CLAN recognise clans general 2025 >= 65\nFAMILY recognise households general 2025 >= 70",
    ),
    ("- Gia đình học tập đạt 70%, tăng 5% so với năm 2021.", "FAMILY recognise households general 2025 >= 70"),
    ("- Số gia đình học tập tăng 10% so với năm 2020.", "FAMILY recognise households general 2025 relative 10 points"),
    ("- Nâng tỷ lệ Gia đình học tập lên 75%.", "FAMILY recognise households general 2025 >= 75"),
    ("- Tỷ lệ gia đình học tập tăng từ 60% lên 75%.", "FAMILY recognise households general 2025 >= 75"),
    ("- Gia đình học tập: 70 - 75%.", "FAMILY recognise households general 2025 range 70..75"),
    (
        "- 70% gia đình (xã đặc biệt khó khăn 60%) đạt danh hiệu “Gia đình học tập”.",
        "FAMILY recognise households general 2025 >= 70\nFAMILY recognise households hard 2025 >= 60",
    ),
    (
        "- 70% gia đình đạt danh hiệu “Gia đình học tập”; đối với các xã miền núi đạt 60%.",
        "FAMILY recognise households general 2025 >= 70\nFAMILY recognise households mountain 2025 >= 60",
    ),
    (
        "- 70% gia đình đạt danh hiệu “Gia đình học tập”. Riêng vùng đặc biệt khó khăn, tỷ lệ này là 60%.",
        "FAMILY recognise households general 2025 >= 70\nFAMILY recognise households hard 2025 >= 60",
    ),
    (
        "- 70% gia đình đạt danh hiệu “Gia đình học tập”, 65% dòng họ đạt danh hiệu “Dòng họ học tập” "
        "(các xã khó khăn thấp hơn 10%).",
        "CLAN recognise clans general 2025 >= 65\nCLAN recognise clans hard 2025 relative -10 points\n"
        "FAMILY recognise households general 2025 >= 70\nFAMILY recognise households hard 2025 relative -10 points",
    ),
    (
        "- 70% gia đình đạt danh hiệu “Gia đình học tập” (năm 2030: 80%).",
        "FAMILY recognise households general 2025 >= 70\nFAMILY recognise households general 2030 >= 80",
    ),
    (
        "- Đến hết năm 2024 có 65% gia đình được công nhận “Gia đình học tập”.",
        "FAMILY recognise households general 2024 >= 65",
    ),
    ("- 15 dòng họ trở lên được công nhận “Dòng họ học tập”.", "CLAN recognise clans general 2025 count 15 number"),
    (
        "- Ít nhất có 1.200 gia đình đạt danh hiệu “Gia đình học tập”.",
        "FAMILY recognise households general 2025 count 1200 number",
    ),
    (
        "- 100% cán bộ, hội viên được quán triệt các văn bản về khuyến học.",
        "- train officers_and_members general 2025 >= 100",
    ),
    ("- 100% cán bộ Hội được tập huấn nghiệp vụ.", "- train officers_and_members general 2025 >= 100"),
    ("- 100% chi hội trưởng được bồi dưỡng.", "- train officers_and_members general 2025 >= 100"),
    (
        "- 100% Chủ tịch, Phó Chủ tịch Hội Khuyến học cấp xã tham gia Ban Giám đốc Trung tâm học tập cộng đồng.",
        "- take_part commune_association_chairs general 2025 >= 100",
    ),
    (
        "- 45% cán bộ khuyến học cấp xã tham gia tổ chức hoạt động của Trung tâm học tập cộng đồng.",
        "- take_part commune_officers general 2025 >= 45",
    ),
    ("- 100% thôn, bản có chi hội khuyến học.", "- organise residential_areas general 2025 >= 100"),
    ("- 95% trường học thành lập Ban khuyến học.", "- organise offices_and_schools general 2025 >= 95"),
    ("- Chi hội khuyến học có ở 100% khu dân cư.", ""),
    (
        "- 80% gia đình\ncó con em đi học đạt danh hiệu\n“Gia đình học tập”.",
        "FAMILY recognise households general 2025 >= 80",
    ),
    (
        "- Tỷ lệ người lao động trong các “Gia đình học tập” đạt danh hiệu “Công dân học tập” là 45%.",
        "CITIZEN recognise workers_in_recognised_groups general 2025 >= 45",
    ),
    (
        "- Ít nhất 70% hộ ở khu vực đô thị, 60% hộ ở vùng nông thôn, miền núi đạt “Gia đình học tập”.",
        "FAMILY recognise households general 2025 >= 70\nFAMILY recognise households mountain 2025 >= 60",
    ),
    (
        "- Duy trì 100% khu dân cư, trường học có tổ chức khuyến học.",
        "- organise offices_and_schools general 2025 >= 100\n- organise residential_areas general 2025 >= 100",
    ),
    (
        "- 100% cán bộ chủ chốt Hội Khuyến học được tập huấn; 80% hội viên được tuyên truyền.",
        "- train officers_and_members general 2025 >= 100",
    ),
    ("- Tăng tỷ lệ “Gia đình học tập” thêm 5% mỗi năm.", "FAMILY recognise households general 2025 relative 5 points"),
    (
        "- Về “Đơn vị học tập”, phấn đấu đạt 80% tổng số cơ quan, trường học.",
        "ORGANISATION recognise organisations general 2025 >= 80",
    ),
    (
        "- Đăng ký: GĐHT 90%; DHHT 80%; CĐHT 100%.",
        "CLAN register clans general 2025 >= 80\nCOMMUNITY register communities general 2025 >= 100\n"
        "FAMILY register households general 2025 >= 90",
    ),
    (
        "- Phấn đấu có 8 xã được công nhận “Cộng đồng học tập cấp xã”.",
        "COMMUNE recognise communes general 2025 count 8 number",
    ),
    (
        "- 40% nông dân, công nhân đạt danh hiệu Công dân học tập.",
        "CITIZEN recognise workers_in_recognised_groups general 2025 >= 40",
    ),
    (
        "- Số gia đình được công nhận “Gia đình học tập” đạt 70% trên tổng số gia đình đăng ký.",
        "FAMILY recognise registered_households general 2025 >= 70",
    ),
    (
        "- 100% đơn vị đăng ký xây dựng “Đơn vị học tập”, 80% được công nhận.",
        "ORGANISATION recognise organisations general 2025 >= 80\nORGANISATION register organisations general 2025 >= 100",
    ),
    (
        "- 100% Chủ tịch Hội Khuyến học xã là thành viên Ban Giám đốc Trung tâm học tập cộng đồng.",
        "- take_part commune_association_chairs general 2025 >= 100",
    ),
    (
        "- Tỷ lệ dòng họ có ban khuyến học đạt 70%, tỷ lệ cơ quan có chi hội khuyến học đạt 95%.",
        "- organise clans_hometown_and_religious_groups general 2025 >= 70\n- organise offices_and_schools general 2025 >= 95",
    ),
    (
        "- Đến năm 2025: 70% gia đình, 65% thôn bản, 80% đơn vị và 50% công dân đạt danh hiệu học tập.",
        "CITIZEN recognise citizens general 2025 >= 50\nCOMMUNITY recognise communities general 2025 >= 65\n"
        "FAMILY recognise households general 2025 >= 70\nORGANISATION recognise organisations general 2025 >= 80",
    ),
)
NOT_ASKED = (
    "- Kết quả năm 2021 đạt 68% gia đình học tập.",
    "- Hiện nay, 62% gia đình đã được công nhận “Gia đình học tập”.",
    "- Toàn huyện đã có 12.345 hộ đạt danh hiệu “Gia đình học tập”, chiếm 61%.",
    "- Tính đến tháng 6/2022, tỷ lệ “Dòng họ học tập” là 41%.",
    "- 92,8% người lao động được hỏi cho biết có thêm việc làm nhờ mô hình “Gia đình học tập”.",
    "- Gia đình đạt 80% số điểm trở lên được xét công nhận “Gia đình học tập”.",
    "- Gia đình học tập phải có 100% thành viên trong độ tuổi đi học được đến trường.",
    "- 90% gia đình đạt danh hiệu “Gia đình văn hóa”.",
    "- 100% hộ gia đình được tuyên truyền về mô hình “Gia đình học tập”.",
    "- 95% trẻ 5 tuổi ra lớp; 99% người từ 15 đến 60 tuổi biết chữ.",
    "- Dành 20% quỹ khuyến học để khen thưởng “Gia đình học tập” tiêu biểu.",
    "- Ngân sách tỉnh hỗ trợ 50%, huyện 30%, xã 20% kinh phí.",
    "- 100% trung tâm học tập cộng đồng hoạt động hiệu quả.",
    "- 70% những người đạt danh hiệu “Công dân học tập” có kỹ năng số.",
    "- 80% cán bộ, công chức được bồi dưỡng kỹ năng số.",
    "- Số lượng hội viên đạt tỷ lệ 25% so với dân số.",
    "- Thực hiện 05 mô hình: Gia đình học tập, Dòng họ học tập, Cộng đồng học tập, Đơn vị học tập, Công dân học tập.",
    "- Nghị quyết số 20/NQ-HĐND ngày 15/7/2022, Quyết định 281/QĐ-TTg về “Gia đình học tập”.",
    "- Mỗi năm công nhận mới từ 3 đến 5 dòng họ học tập.",
    "- Có 02/10 xã được công nhận Cộng đồng học tập cấp xã mức độ 2.",
    "- Giảm tỷ lệ hộ nghèo xuống dưới 5%.",
    "- Hội đồng có ít nhất 2/3 thành viên tán thành mới công nhận “Dòng họ học tập”.",
    "- 100% gia đình có tủ sách, góc học tập.",
    "- Quỹ khuyến học bình quân đạt 50.000 đồng/người dân.",
)


@pytest.mark.parametrize(("sentence", "want"), ASKED, ids=[one[:40] for one, _ in ASKED])
def test_a_sentence_is_read_as_it_is_meant(sentence, want):
    plan = read(AROUND.format(sentence).encode())
    assert sorted(map(in_a_line, plan.targets)) == sorted(want.splitlines())


@pytest.mark.parametrize("sentence", NOT_ASKED, ids=[one[:40] for one in NOT_ASKED])
def test_what_asks_nothing_gives_no_target(sentence):
    assert [in_a_line(one) for one in read(AROUND.format(sentence).encode()).targets] == []
