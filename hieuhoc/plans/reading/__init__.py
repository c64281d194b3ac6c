"""The face of the plan reader: `read(data, name)` takes the bytes of a file and gives what it says.

It refuses, with `Refused` and one sentence, a file that holds no text it can take. It reads by rules and a vocabulary
(`words`), so every value is traceable to its characters. One use: `read(path.read_bytes(), path.name).targets`.
"""

from hieuhoc.plans.reading.reader import read, read_blocks
from hieuhoc.plans.reading.result import (
    Activity,
    Caution,
    Duty,
    Head,
    ReadPlan,
    Refused,
    Span,
    Target,
    When,
)

__all__ = [
    "Activity", "Caution", "Duty", "Head", "ReadPlan", "Refused", "Span", "Target", "When", "read", "read_blocks",
]  # fmt: skip
