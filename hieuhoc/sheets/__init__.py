"""The spreadsheet engine: find the table in an officer's workbook, map its columns, check every row.

Pure of rooms: it knows rosters and scores as data (`rosters.py`), not who applies them. `engine.check` reads
in a process of its own and refuses, in one sentence, what cannot be read. Import nothing from here that
needs Django except the models.
"""
