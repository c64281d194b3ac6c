# ruff: noqa: E501
"""Invented plans, as provinces, communes and newspapers write them, each with the targets a careful reader takes from it.

No place, number or figure here is real. A line of `want`: model (- for none), measure, population, area, year, bound, value
(low..high for a range), and "points" or "number" where the unit is not percent.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Paper:
    """A text and what is to be read from it."""

    name: str
    text: str
    want: str
    head: tuple[tuple[str, object], ...] = ()
    warnings: tuple[str, ...] = ()


PAPERS = (
    Paper(
        "province_letters_and_plus",
        """
ỦY BAN NHÂN DÂN
TỈNH LẠC VÂN
Số: 118/KH-UBND
Lạc Vân, ngày 07 tháng 6 năm 2022
KẾ HOẠCH
Thực hiện Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021 - 2030” trên địa bàn tỉnh Lạc Vân
Căn cứ Quyết định số 387/QĐ-TTg ngày 25 tháng 3 năm 2022 của Thủ tướng Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Phấn đấu 100% cơ quan quán triệt Kế hoạch này.
II. MỤC TIÊU
1. Mục tiêu chung
Đến năm 2030, phong trào học tập suốt đời lan tỏa sâu rộng trong toàn tỉnh.
2. Mục tiêu cụ thể
2.1. Giai đoạn 2022 - 2025
a) Tỷ lệ hộ gia đình được công nhận danh hiệu “Gia đình học tập” đạt 72% trở lên.
b) Tỷ lệ dòng họ được công nhận danh hiệu “Dòng họ học tập” đạt tối thiểu 66%.
c) Tỷ lệ thôn, tổ dân phố được công nhận danh hiệu “Cộng đồng học tập” đạt không dưới 67,5%.
d) Trên 82% cơ quan, trường học, doanh nghiệp trên địa bàn cấp xã đạt danh hiệu “Đơn vị học tập”.
đ) 42% người lao động trong các gia đình, dòng họ, cộng đồng học tập và 61% cán bộ, công chức, viên chức trong các đơn vị học tập đạt danh hiệu “Công dân học tập”.
2.2. Giai đoạn 2026 - 2030
a) Tỷ lệ hộ gia đình được công nhận danh hiệu “Gia đình học tập” đạt 81% trở lên.
b) Tỷ lệ dòng họ được công nhận danh hiệu “Dòng họ học tập” đạt tối thiểu 76%.
III. NHIỆM VỤ, GIẢI PHÁP
1. Củng cố 100% trung tâm học tập cộng đồng; bố trí 2% ngân sách cho hoạt động khuyến học.
IV. KINH PHÍ THỰC HIỆN
Ngân sách bảo đảm 70%, xã hội hóa 30%.
""",
        """
FAMILY recognise households general 2025 >= 72
CLAN recognise clans general 2025 >= 66
COMMUNITY recognise communities general 2025 >= 67.5
ORGANISATION recognise organisations general 2025 > 82
CITIZEN recognise workers_in_recognised_groups general 2025 >= 42
CITIZEN recognise staff_in_recognised_organisations general 2025 >= 61
FAMILY recognise households general 2030 >= 81
CLAN recognise clans general 2030 >= 76
""",
        (("number", "118/KH-UBND"), ("place", "Tỉnh Lạc Vân"), ("programme", "387"), ("years", [2021, 2030])),
    ),
    Paper(
        "two_years_in_one_sentence",
        """
UBND XÃ MƯỜNG KHAO
Số: 45/KH-UBND
Mường Khao, ngày 12 tháng 01 năm 2023
KẾ HOẠCH
Triển khai Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021-2030” trên địa bàn xã Mường Khao
I. MỤC TIÊU
- Gia đình học tập: đến năm 2025 đạt 70%, đến năm 2030 đạt 80%;
- Dòng họ học tập: đạt 65% vào năm 2025 và 75% vào năm 2030;
- Cộng đồng học tập: năm 2025: 65%; năm 2030: 75%.
- 80% đơn vị được công nhận “Đơn vị học tập” vào năm 2025, phấn đấu đến năm 2030 đạt 90%.
- Đến năm 2025 và 2030, tỷ lệ “Công dân học tập” trong đơn vị lần lượt đạt 60% và 80%.
II. TỔ CHỨC THỰC HIỆN
1. Hội Khuyến học xã: chủ trì thực hiện.
2. Công chức Văn hóa - Xã hội: tham mưu UBND xã.
Nơi nhận:
- Như trên.
""",
        """
FAMILY recognise households general 2025 >= 70
FAMILY recognise households general 2030 >= 80
CLAN recognise clans general 2025 >= 65
CLAN recognise clans general 2030 >= 75
COMMUNITY recognise communities general 2025 >= 65
COMMUNITY recognise communities general 2030 >= 75
ORGANISATION recognise organisations general 2025 >= 80
ORGANISATION recognise organisations general 2030 >= 90
CITIZEN recognise staff_in_recognised_organisations general 2025 >= 60
CITIZEN recognise staff_in_recognised_organisations general 2030 >= 80
""",
        (("number", "45/KH-UBND"), ("date", "2023-01-12"), ("place", "Xã Mường Khao")),
    ),
    Paper(
        "respective_values",
        """
KẾ HOẠCH
Thực hiện Chương trình 387 năm 2024 trên địa bàn phường Bến Sa
Số: 09/KH-UBND
I. CHỈ TIÊU NĂM 2024
1. Tỷ lệ hộ gia đình, dòng họ, cộng đồng được công nhận các danh hiệu học tập đạt lần lượt là 74%, 60% và 68%.
2. Tỷ lệ đăng ký xây dựng “Gia đình học tập”, “Dòng họ học tập”, “Cộng đồng học tập”, “Đơn vị học tập” tương ứng là 90%; 85%; 100%; 100%.
3. Phấn đấu có ít nhất 05 dòng họ được công nhận danh hiệu “Dòng họ học tập” và 120 công dân được công nhận “Công dân học tập”.
""",
        """
FAMILY recognise households general 2024 >= 74
CLAN recognise clans general 2024 >= 60
COMMUNITY recognise communities general 2024 >= 68
FAMILY register households general 2024 >= 90
CLAN register clans general 2024 >= 85
COMMUNITY register communities general 2024 >= 100
ORGANISATION register organisations general 2024 >= 100
CLAN recognise clans general 2024 count 5 number
CITIZEN recognise citizens general 2024 count 120 number
""",
        (("number", "09/KH-UBND"), ("place", "Phường Bến Sa"), ("years", [2024, 2024])),
    ),
    Paper(
        "hard_areas_with_their_own_values",
        """
QUYẾT ĐỊNH
Về việc phê duyệt Kế hoạch thực hiện Đề án “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng đến năm 2020” tỉnh Hòa Khê
Căn cứ Quyết định số 281/QĐ-TTg ngày 20/02/2014 của Thủ tướng Chính phủ;
(Ban hành kèm theo Quyết định số 977/QĐ-UBND ngày 05 tháng 9 năm 2014 của UBND tỉnh Hòa Khê)
I. MỤC TIÊU
2. Mục tiêu cụ thể đến năm 2020
Phấn đấu 65% gia đình được công nhận danh hiệu “Gia đình học tập”; 45% dòng họ được công nhận danh hiệu “Dòng họ học tập”; 55% cộng đồng (thôn, ấp, khóm) đạt danh hiệu “Cộng đồng học tập”. Đối với các vùng núi, vùng sâu, vùng xa, vùng có điều kiện kinh tế - xã hội đặc biệt khó khăn, các tỷ lệ này tương ứng là 55%, 35% và 45%; 50% các tổ chức, cơ quan, trường học, doanh nghiệp đạt danh hiệu “Đơn vị học tập”.
Riêng các xã miền núi, tỷ lệ “Đơn vị học tập” đạt 40%.
""",
        """
FAMILY recognise households general 2020 >= 65
CLAN recognise clans general 2020 >= 45
COMMUNITY recognise communities general 2020 >= 55
FAMILY recognise households hard 2020 >= 55
CLAN recognise clans hard 2020 >= 35
COMMUNITY recognise communities hard 2020 >= 45
ORGANISATION recognise organisations general 2020 >= 50
ORGANISATION recognise organisations mountain 2020 >= 40
""",
        (("number", "977/QĐ-UBND"), ("date", "2014-09-05"), ("programme", "281"), ("place", "Tỉnh Hòa Khê")),
    ),
    Paper(
        "ranges_and_rises",
        """
KẾ HOẠCH
Thực hiện Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021-2030” trên địa bàn huyện Tân Quảng
Số: 212/KH-UBND
Tân Quảng, ngày 3 tháng 3 năm 2023
II. MỤC TIÊU CỤ THỂ
1. Đến năm 2025:
* Gia đình học tập: từ 70-75%.
* Dòng họ học tập: từ 60% đến 65%.
* Tỷ lệ cộng đồng học tập tăng 5% so với năm 2020.
* Tỷ lệ đơn vị học tập tăng thêm 3 điểm phần trăm so với năm 2022.
* Nâng tỷ lệ công dân học tập từ 30% năm 2023 lên 45%.
2. Hằng năm tăng từ 2 - 3% số gia đình đạt danh hiệu “Gia đình học tập”.
""",
        """
FAMILY recognise households general 2025 range 70..75
CLAN recognise clans general 2025 range 60..65
COMMUNITY recognise communities general 2025 relative 5 points
ORGANISATION recognise organisations general 2025 relative 3 points
CITIZEN recognise citizens general 2025 >= 45
FAMILY recognise households general None relative 2..3 points
""",
        (("place", "Huyện Tân Quảng"), ("date", "2023-03-03")),
        ("year_unknown",),
    ),
    Paper(
        "newspaper_with_results_first",
        """
Huyện Sông Dinh đẩy mạnh xây dựng mô hình học tập
(ĐT) - Ngày 18/4/2023, UBND huyện Sông Dinh ban hành Kế hoạch số 88/KH-UBND về thực hiện Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021 - 2030”.
Năm 2022, toàn huyện có 21.340/31.000 hộ được công nhận “Gia đình học tập”, đạt 68,8%; 61% dòng họ đạt “Dòng họ học tập”. Kết quả này vượt kế hoạch đề ra.
Theo kế hoạch, huyện phấn đấu đến năm 2025 có 75% gia đình được công nhận “Gia đình học tập”, 68% dòng họ được công nhận “Dòng họ học tập” và hơn 70% thôn, khu phố đạt “Cộng đồng học tập”.
Đến năm 2030, các tỷ lệ này lần lượt là 85%, 78% và 80%.
Bà con thôn Hạ rất phấn khởi, 95% hộ dân ủng hộ chủ trương.
NGUYỄN AN
""",
        """
FAMILY recognise households general 2025 >= 75
CLAN recognise clans general 2025 >= 68
COMMUNITY recognise communities general 2025 > 70
FAMILY recognise households general 2030 >= 85
CLAN recognise clans general 2030 >= 78
COMMUNITY recognise communities general 2030 >= 80
""",
        (("number", "88/KH-UBND"), ("date", "2023-04-18"), ("programme", "387"), ("place", "Huyện Sông Dinh")),
    ),
    Paper(
        "newspaper_second_value_by_a_later_year",
        """
UBND tỉnh vừa ban hành Kế hoạch 63/KH-UBND về thực hiện chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng và đơn vị giai đoạn 2023-2030” trên địa bàn tỉnh Đông Hà Giang.
Theo đó, tỉnh đặt mục tiêu đến năm 2025, 38% người lao động trong “Gia đình học tập”, “Dòng họ học tập”, “Cộng đồng học tập” và phải đạt 58% vào năm 2030. 57% cán bộ, công chức, nhân viên trong “Đơn vị học tập” trên địa bàn cấp xã đạt danh hiệu “Công dân học tập” và tiến tới là 79% vào năm 2030.
Phấn đấu 100% lãnh đạo Hội Khuyến học cấp xã tham gia quản lý Trung tâm Học tập cộng đồng. 45% cán bộ làm công tác khuyến học cấp xã tham gia tổ chức các hoạt động của Trung tâm Học tập cộng đồng, được bồi dưỡng, tập huấn về ứng dụng CNTT và lộ trình là 65% đến năm 2030.
""",
        """
CITIZEN recognise workers_in_recognised_groups general 2025 >= 38
CITIZEN recognise workers_in_recognised_groups general 2030 >= 58
CITIZEN recognise staff_in_recognised_organisations general 2025 >= 57
CITIZEN recognise staff_in_recognised_organisations general 2030 >= 79
- take_part commune_association_chairs general 2025 >= 100
- take_part commune_officers general 2025 >= 45
- take_part commune_officers general 2030 >= 65
""",
        (("number", "63/KH-UBND"), ("date", None), ("years", [2023, 2030])),
    ),
    Paper(
        "written_in_words_and_abbreviated",
        """
HỘI KHUYẾN HỌC XÃ PHÚ LƯƠNG
Số: 07/KH-HKH
Phú Lương, ngày 20 tháng 02 năm 2025
KẾ HOẠCH
Công tác khuyến học năm 2025
I. MỤC TIÊU, CHỈ TIÊU
- GĐHT: đăng ký 95 %, công nhận 82 phần trăm trở lên.
- DHHT: đăng ký chín mươi phần trăm, công nhận tám mươi lăm phần trăm.
- CĐHT thôn: công nhận đạt 100 %.
- ĐVHT: công nhận ≥ 90%.
- CDHT: 65% (trong ĐVHT 80%).
- CĐHT cấp xã: phấn đấu đạt.
""",
        """
FAMILY register households general 2025 >= 95
FAMILY recognise households general 2025 >= 82
CLAN register clans general 2025 >= 90
CLAN recognise clans general 2025 >= 85
COMMUNITY recognise communities general 2025 >= 100
ORGANISATION recognise organisations general 2025 >= 90
CITIZEN recognise citizens general 2025 >= 65
CITIZEN recognise staff_in_recognised_organisations general 2025 >= 80
""",
        (("number", "07/KH-HKH"), ("place", "Xã Phú Lương"), ("issuer", "Hội Khuyến học xã Phú Lương")),
    ),
    Paper(
        "titles_of_the_area_itself",
        """
ỦY BAN NHÂN DÂN TỈNH THANH BA
Số: 301/KH-UBND
Thanh Ba, ngày 30 tháng 12 năm 2021
KẾ HOẠCH
Thực hiện Đề án “Xây dựng xã hội học tập giai đoạn 2021 - 2030” trên địa bàn tỉnh Thanh Ba
I. MỤC TIÊU
1. Đến năm 2025
- 70% các huyện, thành phố đạt chuẩn xóa mù chữ mức độ 2.
- 50% số người trong độ tuổi lao động được trang bị kỹ năng sống.
- 23% dân số từ 15 tuổi trở lên được đào tạo trình độ chuyên môn kỹ thuật.
- 40% công dân đạt danh hiệu công dân học tập theo tiêu chí do cơ quan có thẩm quyền ban hành.
- 25% các huyện, thành phố được công nhận danh hiệu huyện học tập, thành phố học tập.
- 80% xã, phường, thị trấn được công nhận “Cộng đồng học tập cấp xã”.
2. Đến năm 2030
- Phấn đấu 60% công dân đạt danh hiệu công dân học tập.
- 100% xã, phường đạt danh hiệu “Cộng đồng học tập”.
""",
        """
CITIZEN recognise citizens general 2025 >= 40
DISTRICT recognise districts general 2025 >= 25
COMMUNE recognise communes general 2025 >= 80
CITIZEN recognise citizens general 2030 >= 60
COMMUNE recognise communes general 2030 >= 100
""",
        (("programme", "1373"), ("number", "301/KH-UBND"), ("date", "2021-12-30")),
    ),
    Paper(
        "older_titles_and_members",
        """
KẾ HOẠCH
Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng đến năm 2020 của thị xã An Châu
Số 15/KH-UBND, An Châu, ngày 10 tháng 4 năm 2015
A. MỤC TIÊU
- 75% gia đình hội viên được công nhận danh hiệu “Gia đình hiếu học”;
- 50% số dòng họ trên địa bàn đạt “Dòng họ khuyến học”;
- 60% khu dân cư đạt “Cộng đồng khuyến học”.
- 100% cán bộ, hội viên Hội Khuyến học được tập huấn.
""",
        """
FAMILY recognise member_households general 2020 >= 75
CLAN recognise clans general 2020 >= 50
COMMUNITY recognise communities general 2020 >= 60
- train officers_and_members general 2020 >= 100
""",
        (("programme", "281"), ("place", "Thị xã An Châu")),
    ),
    Paper(
        "of_registered_ones",
        """
Số: 21/KH-UBND
Xuân Đài, ngày 14 tháng 02 năm 2024
KẾ HOẠCH
Thực hiện Chương trình 387 trên địa bàn xã Xuân Đài năm 2024
II. CHỈ TIÊU
1. Có 85% hộ gia đình đăng ký xây dựng “Gia đình học tập”, trong đó 80% số hộ đăng ký được công nhận.
2. Tỷ lệ dòng họ được công nhận “Dòng họ học tập” trên tổng số dòng họ đăng ký đạt 90%.
3. Công nhận “Cộng đồng học tập” đạt 95% số thôn đăng ký.
4. 100% cơ quan, trường học đăng ký và được công nhận “Đơn vị học tập”.
""",
        """
FAMILY register households general 2024 >= 85
FAMILY recognise registered_households general 2024 >= 80
CLAN recognise registered_clans general 2024 >= 90
COMMUNITY recognise registered_communities general 2024 >= 95
ORGANISATION recognise organisations general 2024 >= 100
""",
        (("years", [2024, 2024]),),
    ),
    Paper(
        "nothing_of_this_is_a_target",
        """
Số: 31/BC-HKH
BÁO CÁO
Kết quả thực hiện Chương trình 387 năm 2023 trên địa bàn xã Ngọc Lâm
I. KẾT QUẢ ĐẠT ĐƯỢC
1. Toàn xã có 1.385/1.847 hộ đạt danh hiệu “Gia đình học tập” (74,99%), tăng 3,2% so với năm 2022.
2. 12/15 dòng họ được công nhận “Dòng họ học tập”, đạt 80%.
3. Gia đình đạt từ 80% tổng số điểm trở lên được công nhận “Gia đình học tập”.
4. Chi 15% kinh phí cho tập huấn; 100% hộ dân dùng nước sạch, 92% gia đình đạt danh hiệu “Gia đình văn hóa”.
II. NHIỆM VỤ
1. Củng cố chi hội khuyến học ở 100% thôn.
""",
        "",
        (("place", "Xã Ngọc Lâm"),),
        ("no_targets", "missing_date"),
    ),
    Paper(
        "past_and_goal_in_one_sentence",
        """
KẾ HOẠCH
Thực hiện Chương trình 387 trên địa bàn thị trấn Phước Bửu giai đoạn 2023-2025
Số: 5/KH-UBND
Phước Bửu, ngày 02 tháng 5 năm 2023
I. MỤC TIÊU
1. Kết quả năm 2021 đạt 68% gia đình học tập; phấn đấu năm 2025 đạt 75%.
2. Đến nay đã có 60% dòng họ được công nhận “Dòng họ học tập”, phấn đấu đến năm 2025 có 70% dòng họ được công nhận.
3. Tỷ lệ “Cộng đồng học tập” năm 2022 đạt 62%, năm 2023 đạt 66%, năm 2025 đạt 72%.
""",
        """
FAMILY recognise households general 2025 >= 75
CLAN recognise clans general 2025 >= 70
COMMUNITY recognise communities general 2023 >= 66
COMMUNITY recognise communities general 2025 >= 72
""",
        (("years", [2023, 2025]),),
    ),
    Paper(
        "organising_and_training",
        """
UBND HUYỆN KRÔNG NÔ
Số: 66/KH-UBND
Krông Nô, ngày 8 tháng 8 năm 2022
KẾ HOẠCH
Thực hiện Quyết định số 387/QĐ-TTg trên địa bàn huyện Krông Nô
1. Mục tiêu đến năm 2025
1.1. Về tổ chức Hội
- 100% xã, thị trấn có Hội Khuyến học hoạt động hiệu quả.
- 100% thôn, buôn, tổ dân phố có chi hội khuyến học.
- 90% trường học, cơ quan có ban khuyến học; 60% dòng họ, cơ sở tôn giáo có ban khuyến học.
1.2. Về bồi dưỡng
- 100% cán bộ Hội Khuyến học các cấp được bồi dưỡng nghiệp vụ.
- 50% cán bộ làm công tác khuyến học cấp xã được tập huấn về công nghệ thông tin.
- 90% cán bộ, công chức được tập huấn kỹ năng số.
- Tỷ lệ khu dân cư có chi hội khuyến học đạt 100%.
""",
        """
- organise communes general 2025 >= 100
- organise residential_areas general 2025 >= 100
- organise offices_and_schools general 2025 >= 90
- organise clans_hometown_and_religious_groups general 2025 >= 60
- train officers_and_members general 2025 >= 100
- train commune_officers general 2025 >= 50
""",
        (("place", "Huyện Krông Nô"),),
    ),
    Paper(
        "headings_name_the_title",
        """
KẾ HOẠCH
Thực hiện Chương trình 387 trên địa bàn xã Đại Lộc giai đoạn 2024 - 2030
Số:       /KH-UBND
Đại Lộc, ngày    tháng    năm 2024
I. MỤC TIÊU
1. “Gia đình học tập”
a) Đăng ký: năm 2025 đạt 80%, năm 2030 đạt 95%.
b) Công nhận: năm 2025 đạt 72%, năm 2030 đạt 84%.
2. “Công dân học tập”
- Trong gia đình, dòng họ, cộng đồng: 40%.
- Trong cơ quan, đơn vị: 60%.
3. Đối với thôn đặc biệt khó khăn
- 60% gia đình được công nhận “Gia đình học tập”.
""",
        """
FAMILY register households general 2025 >= 80
FAMILY register households general 2030 >= 95
FAMILY recognise households general 2025 >= 72
FAMILY recognise households general 2030 >= 84
CITIZEN recognise workers_in_recognised_groups general None >= 40
CITIZEN recognise staff_in_recognised_organisations general None >= 60
FAMILY recognise households hard None >= 60
""",
        (("number", None), ("date", None), ("years", [2024, 2030])),
        ("missing_number", "missing_date", "year_unknown"),
    ),
    Paper(
        "citizens_programme",
        """
Số: 140/KH-UBND
Hàm Yên, ngày 25 tháng 9 năm 2022
KẾ HOẠCH
Thực hiện Chương trình “Xây dựng mô hình Công dân học tập giai đoạn 2021 - 2030” trên địa bàn huyện Hàm Yên
II. Mục tiêu
Phấn đấu đến năm 2025: 100% cán bộ, hội viên Hội Khuyến học các cấp được học tập quán triệt các tiêu chí xây dựng mô hình “Công dân học tập”; 40% người lớn trong gia đình học tập, dòng họ học tập, cộng đồng học tập (thôn, khu phố và tương đương); 60% cán bộ, công chức, viên chức, người lao động trong đơn vị học tập cấp xã, cấp huyện đạt danh hiệu “Công dân học tập”; 70% những người đạt danh hiệu “Công dân học tập” đều phải có kỹ năng số, trong đó 60% thành thạo kỹ năng số.
""",
        """
- train officers_and_members general 2025 >= 100
CITIZEN recognise workers_in_recognised_groups general 2025 >= 40
CITIZEN recognise staff_in_recognised_organisations general 2025 >= 60
""",
        (("programme", "677"), ("place", "Huyện Hàm Yên")),
    ),
    Paper(
        "newspaper_list_after_a_lead",
        """
Chương trình học tập suốt đời giai đoạn 2021-2030
Theo đó, Chương trình đặt mục tiêu cụ thể đến năm 2025 như sau:
– 100% cán bộ và hội viên của Hội Khuyến học được học tập quán triệt các chủ trương.
– 71% gia đình được công nhận đạt danh hiệu “Gia đình học tập”, 64% dòng họ được công nhận đạt danh hiệu “Dòng họ học tập”.
– 41 % người lao động trong “Gia đình học tập”, “Dòng họ học tập”. Cộng đồng học tập”, 62% cán bộ, công chức, nhân viên trong “Đơn vị học tập” trên địa bàn cấp xã đạt danh hiệu “Công dân học tập”.
– Phần đấu 100% Chủ tịch hoặc Phó chủ tịch Hội khuyến học cấp xã tham gia quản lý trung tâm học tập cộng đồng.
""",
        """
- train officers_and_members general 2025 >= 100
FAMILY recognise households general 2025 >= 71
CLAN recognise clans general 2025 >= 64
CITIZEN recognise workers_in_recognised_groups general 2025 >= 41
CITIZEN recognise staff_in_recognised_organisations general 2025 >= 62
- take_part commune_association_chairs general 2025 >= 100
""",
        (),
        ("missing_number", "missing_date"),
    ),
    Paper(
        "shared_title_and_several_titles",
        """
KẾ HOẠCH
Xây dựng các mô hình học tập năm 2025 của phường Tây Hồ Nam
Số: 77/KH-UBND
Tây Hồ Nam, ngày 6 tháng 1 năm 2025
I. MỤC TIÊU
1. 78% gia đình, dòng họ được công nhận đạt danh hiệu “Gia đình học tập”, “Dòng họ học tập”.
2. 70% gia đình, dòng họ được công nhận lại danh hiệu “Gia đình học tập”, góp phần xây dựng “Cộng đồng học tập”.
3. Gia đình, dòng họ, cộng đồng, đơn vị học tập đạt 75%.
""",
        """
FAMILY recognise households general 2025 >= 78
CLAN recognise clans general 2025 >= 78
FAMILY recognise households general 2025 >= 70
FAMILY recognise households general 2025 >= 75
CLAN recognise clans general 2025 >= 75
COMMUNITY recognise communities general 2025 >= 75
ORGANISATION recognise organisations general 2025 >= 75
""",
    ),
    Paper(
        "counts_of_a_commune",
        """
UBND XÃ NẬM CẮN
Số: 18/KH-UBND
Nậm Cắn, ngày 15 tháng 3 năm 2023
KẾ HOẠCH
Thực hiện Chương trình 387 năm 2023
I. MỤC TIÊU
- Phấn đấu trong năm 2023 công nhận thêm 35 gia đình học tập, 02 dòng họ học tập.
- Có từ 3 bản trở lên được công nhận “Cộng đồng học tập”.
- Xây dựng thí điểm 01 đơn vị học tập.
- Mỗi bản có 01 dòng họ học tập.
- 1.250 hộ đăng ký xây dựng “Gia đình học tập” (chiếm 80% số hộ).
- Tổ chức 04 lớp tập huấn, in 1.000 tờ rơi, 02 năm tổng kết một lần.
""",
        """
FAMILY recognise households general 2023 count 35 number
CLAN recognise clans general 2023 count 2 number
COMMUNITY recognise communities general 2023 count 3 number
FAMILY register households general 2023 count 1250 number
FAMILY register households general 2023 >= 80
""",
        (("place", "Xã Nậm Cắn"), ("years", [2023, 2023])),
    ),
    Paper(
        "decision_attached_after_the_merger",
        """
ỦY BAN NHÂN DÂN TỈNH ĐÔNG THÁI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 2210/QĐ-UBND | Đông Thái, ngày 11 tháng 11 năm 2025 |
QUYẾT ĐỊNH
Ban hành Kế hoạch thực hiện Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị” trên địa bàn tỉnh Đông Thái giai đoạn 2025 - 2030
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Quyết định số 387/QĐ-TTg ngày 25 tháng 3 năm 2022 của Thủ tướng Chính phủ;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thực hiện Chương trình.
Điều 2. Quyết định này thay thế Quyết định số 555/QĐ-UBND ngày 01/02/2022.
KẾ HOẠCH
Thực hiện Chương trình trên địa bàn tỉnh Đông Thái
(Kèm theo Quyết định số 2210/QĐ-UBND ngày 11 tháng 11 năm 2025 của UBND tỉnh Đông Thái)
I. QUAN ĐIỂM, MỤC TIÊU
1. Quan điểm
Học tập suốt đời là quyền của mọi người.
2. Mục tiêu đến năm 2030
- Ít nhất 80% hộ gia đình tại các xã, phường và 70% hộ gia đình tại các xã miền núi được công nhận “Gia đình học tập”.
- 75% dòng họ (xã miền núi 65%) được công nhận “Dòng họ học tập”.
""",
        """
FAMILY recognise households general 2030 >= 80
FAMILY recognise households mountain 2030 >= 70
CLAN recognise clans general 2030 >= 75
CLAN recognise clans mountain 2030 >= 65
""",
        (("number", "2210/QĐ-UBND"), ("date", "2025-11-11"), ("place", "Tỉnh Đông Thái"), ("years", [2025, 2030])),
    ),
    Paper(
        "text_leads_without_bullets",
        """
KẾ HOẠCH
Thực hiện Chương trình 387 giai đoạn 2022 - 2030 trên địa bàn quận Bình An
Số: 33/KH-UBND
Bình An, ngày 9 tháng 9 năm 2022
I- MỤC TIÊU
1- Mục tiêu chung
Xây dựng xã hội học tập.
2- Mục tiêu cụ thể
Đến năm 2025:
70% gia đình đạt danh hiệu Gia đình học tập.
65% dòng họ đạt danh hiệu Dòng họ học tập.
Đến năm 2030:
80% gia đình đạt danh hiệu Gia đình học tập.
75% dòng họ đạt danh hiệu Dòng họ học tập.
II- NHIỆM VỤ
""",
        """FAMILY recognise households general 2025 >= 70
CLAN recognise clans general 2025 >= 65
FAMILY recognise households general 2030 >= 80
CLAN recognise clans general 2030 >= 75""",
        (("place", "Quận Bình An"), ("years", [2022, 2030])),
    ),
    Paper(
        "same_bullet_for_lead_and_items",
        """
KẾ HOẠCH
Thực hiện Chương trình 387 giai đoạn 2022 - 2030 tại đặc khu Cô Lăng
I. MỤC TIÊU
- Đến năm 2025:
- Gia đình học tập 70%;
- Dòng họ học tập 65%;
- Đến năm 2030:
- Gia đình học tập 80%;
- Dòng họ học tập 75%.
""",
        """FAMILY recognise households general 2025 >= 70
CLAN recognise clans general 2025 >= 65
FAMILY recognise households general 2030 >= 80
CLAN recognise clans general 2030 >= 75""",
        (("place", "Đặc khu Cô Lăng"),),
    ),
    Paper(
        "unnumbered_headings",
        """
ỦY BAN NHÂN DÂN
THÀNH PHỐ HẢI TÂN
Số: 1207/KH-UBND
Hải Tân, ngày 30 tháng 5 năm 2022
KẾ HOẠCH
Thực hiện Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021 - 2030” trên địa bàn thành phố Hải Tân
MỤC TIÊU
Mục tiêu đến năm 2025
Tỷ lệ gia đình, dòng họ, cộng đồng, đơn vị đạt danh hiệu học tập lần lượt là 70, 65, 65 và 80%.
Mục tiêu đến năm 2030
Tỷ lệ gia đình, dòng họ, cộng đồng, đơn vị đạt danh hiệu học tập lần lượt là 80%; 75%; 75%; 90%.
GIẢI PHÁP
Tuyên truyền đến 100% hộ gia đình.
""",
        """FAMILY recognise households general 2025 >= 70
CLAN recognise clans general 2025 >= 65
COMMUNITY recognise communities general 2025 >= 65
ORGANISATION recognise organisations general 2025 >= 80
FAMILY recognise households general 2030 >= 80
CLAN recognise clans general 2030 >= 75
COMMUNITY recognise communities general 2030 >= 75
ORGANISATION recognise organisations general 2030 >= 90""",
        (("place", "Thành phố Hải Tân"), ("number", "1207/KH-UBND")),
    ),
    Paper(
        "two_values_before_one_noun",
        """
Số: 3/KH-UBND
Ea Tul, ngày 9 tháng 9 năm 2022
KẾ HOẠCH
Thực hiện Chương trình 387 giai đoạn 2022 - 2030 trên địa bàn xã Ea Tul
I. MỤC TIÊU
- Đến năm 2025 và năm 2030, toàn xã có 70% và 80% gia đình được công nhận “Gia đình học tập”.
- Giai đoạn 2022-2025 đạt 65% dòng họ học tập; giai đoạn 2026-2030 đạt 75%.
- Cộng đồng học tập: 65% (2025); 75% (2030).
- “Cộng đồng học tập” (cấp xã): phấn đấu 100% năm 2030.
- 100% cán bộ, đảng viên đăng ký xây dựng “Gia đình học tập”.
- 100% gia đình hội viên đăng ký xây dựng “Gia đình học tập” hằng năm.
""",
        """FAMILY recognise households general 2025 >= 70
FAMILY recognise households general 2030 >= 80
CLAN recognise clans general 2025 >= 65
CLAN recognise clans general 2030 >= 75
COMMUNITY recognise communities general 2025 >= 65
COMMUNITY recognise communities general 2030 >= 75
COMMUNE recognise communes general 2030 >= 100
FAMILY register member_households general None >= 100""",
        (("place", "Xã Ea Tul"),),
    ),
    Paper(
        "district_by_model_with_years_below",
        """
UBND HUYỆN TRÀ BÌNH
Số: 501/KH-UBND
Trà Bình, ngày 20/10/2022
KẾ HOẠCH
Thực hiện Chương trình 387
II. MỤC TIÊU CỤ THỂ
1. Mô hình “Gia đình học tập”:
- Năm 2025: 70% trở lên số hộ đạt danh hiệu;
- Năm 2030: 80% trở lên số hộ đạt danh hiệu.
2. Mô hình “Dòng họ học tập”:
- Đến năm 2025 có 65% số dòng họ đạt danh hiệu; đến năm 2030 có 75%.
3. Mô hình “Công dân học tập”:
- Đến năm 2025: 40% người lao động trong các gia đình, dòng họ, cộng đồng học tập; 60% cán bộ, công chức, viên chức trong đơn vị học tập.
""",
        """FAMILY recognise households general 2025 >= 70
FAMILY recognise households general 2030 >= 80
CLAN recognise clans general 2025 >= 65
CLAN recognise clans general 2030 >= 75
CITIZEN recognise workers_in_recognised_groups general 2025 >= 40
CITIZEN recognise staff_in_recognised_organisations general 2025 >= 60""",
        (("place", "Huyện Trà Bình"), ("number", "501/KH-UBND"), ("date", "2022-10-20")),
    ),
    Paper(
        "newspaper_interview",
        """
Xã Hương Trà: Nhiều cách làm hay trong xây dựng xã hội học tập
Ông Trần Văn Bảy, Chủ tịch Hội Khuyến học xã, cho biết: “Năm 2023, xã có 1.120 hộ đạt Gia đình học tập, chiếm 72,3%. Chúng tôi phấn đấu đến cuối năm 2025, tỷ lệ này đạt 80%”.
Cùng với đó, xã đặt chỉ tiêu 100% thôn đạt danh hiệu Cộng đồng học tập, ít nhất 10 dòng họ được công nhận Dòng họ học tập vào năm 2025.
Trước đó, 86% học sinh của xã đỗ tốt nghiệp; quỹ khuyến học tăng 12% so với năm 2022.
""",
        """FAMILY recognise households general 2025 >= 80
COMMUNITY recognise communities general 2025 >= 100
CLAN recognise clans general 2025 count 10 number""",
        (("place", "Xã Hương Trà"),),
    ),
    Paper(
        "resolution_style",
        """
NGHỊ QUYẾT
Về công tác khuyến học, khuyến tài, xây dựng xã hội học tập giai đoạn 2025 - 2030
Số: 17-NQ/TU
Nam Lĩnh, ngày 19 tháng 5 năm 2025
I. TÌNH HÌNH
Đến cuối năm 2024, toàn tỉnh có 76,4% gia đình, 61% dòng họ đạt các danh hiệu học tập, vượt chỉ tiêu đề ra.
II. QUAN ĐIỂM, MỤC TIÊU
1. Mục tiêu đến năm 2030
- Trên 85% số hộ gia đình được công nhận “Gia đình học tập”; trên 75% số dòng họ, 80% số cộng đồng dân cư được công nhận danh hiệu tương ứng.
- Hằng năm có ít nhất 90% đơn vị đạt danh hiệu “Đơn vị học tập”.
- 100% cán bộ, hội viên Hội Khuyến học được bồi dưỡng; 100% thôn, tổ dân phố có chi hội khuyến học.
- Vùng đặc biệt khó khăn: 75% hộ gia đình được công nhận “Gia đình học tập”.
""",
        """FAMILY recognise households general 2030 > 85
CLAN recognise clans general 2030 > 75
COMMUNITY recognise communities general 2030 >= 80
ORGANISATION recognise organisations general 2030 >= 90
- train officers_and_members general 2030 >= 100
- organise residential_areas general 2030 >= 100
FAMILY recognise households hard 2030 >= 75""",
        (("number", "17-NQ/TU"), ("date", "2025-05-19"), ("years", [2025, 2030])),
    ),
    Paper(
        "targets_in_a_long_paragraph",
        """
Số: 61/KH-UBND
Lộc Ninh Đông, ngày 1 tháng 4 năm 2024
KẾ HOẠCH
Xây dựng các mô hình học tập năm 2024 trên địa bàn xã Lộc Ninh Đông
1. Mục đích
Nâng cao nhận thức.
2. Chỉ tiêu
Phấn đấu trong năm 2024, có 1.450 hộ đăng ký Gia đình học tập, đạt 92% trở lên; công nhận 1.300 hộ, đạt 82,5%; 18/20 dòng họ đăng ký Dòng họ học tập; 100% thôn đăng ký Cộng đồng học tập, công nhận 90%; 100% trường học, cơ quan đăng ký Đơn vị học tập, công nhận 95%; 65% cán bộ, công chức, viên chức trong các đơn vị đạt Công dân học tập.
""",
        """FAMILY register households general 2024 count 1450 number
FAMILY register households general 2024 >= 92
FAMILY recognise households general 2024 count 1300 number
FAMILY recognise households general 2024 >= 82.5
COMMUNITY register communities general 2024 >= 100
COMMUNITY recognise communities general 2024 >= 90
ORGANISATION register organisations general 2024 >= 100
ORGANISATION recognise organisations general 2024 >= 95
CITIZEN recognise staff_in_recognised_organisations general 2024 >= 65""",
        (("place", "Xã Lộc Ninh Đông"),),
    ),
)
