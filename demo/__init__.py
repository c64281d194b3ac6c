"""Makers of the demonstration world: a commune's year 2026 with invented people in real places.

`python -m demo.make OUT_DIR` writes the workbooks a commune officer would have. Nobody in them exists:
see `names` and `identity` for how that is made sure, and `NOTICE`, which stands on every sheet.
"""

NOTICE = "Dữ liệu trình diễn – người và số liệu không có thật"
