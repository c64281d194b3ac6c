"""The kinds of files a commune brings in, in words."""

LABELS = {
    "households": "danh sách hộ gia đình",
    "clans": "danh sách dòng họ",
    "communities": "danh sách cộng đồng thôn",
    "organisations": "danh sách đơn vị",
    "citizens": "danh sách công dân",
    "scores": "bảng chấm điểm",
}
