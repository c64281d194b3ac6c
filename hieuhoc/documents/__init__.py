"""Word and PDF papers and printed workbooks, made from values (floor 0: knows no tables)."""
