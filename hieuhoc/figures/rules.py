"""Pure rules of figures: how many of each stratum a sample takes, what cannot be kept as a figure."""

from collections.abc import Mapping
from typing import Any

from hieuhoc.figures.indicators import COUNTS

LARGEST = 10**11
MOST = 1000  # a share over 100 % is for the checks; more than this is no share
FIRST_YEAR, LAST_YEAR = 1996, 2045


def impossible(said: Mapping[str, Any]) -> str:
    """Why what was said cannot be kept, in a sentence; "" when it can. What only looks wrong is for the checks."""
    if all(said.get(key) is None for key in (*COUNTS, "share")):
        return "Chưa ghi số nào."
    if any(said.get(key) is not None and said[key] < 0 for key in (*COUNTS, "share")):
        return "Số đếm và tỷ lệ không nhỏ hơn 0."
    if any(said.get(key) is not None and said[key] > LARGEST for key in COUNTS):
        return "Số đếm quá lớn."
    if said.get("share") is not None and said["share"] > MOST:
        return "Tỷ lệ quá lớn; ghi phần trăm, ví dụ 74,99."
    return ""


def shared_out(counts: Mapping[int, int], size: int) -> dict[int, int]:
    """How many to draw from each stratum: in proportion, and at least one where the size allows.

    By largest remainder, ties by key, so that the same counts always give the same answer; never more than there are.
    """
    there = {key: count for key, count in counts.items() if count > 0}
    if size >= sum(there.values()):
        return there
    taken = _in_proportion(there, size)
    for key in sorted(set(there) - set(taken)) if size >= len(there) else ():
        taken[max(taken, key=lambda one: (taken[one], -one))] -= 1
        taken[key] = 1
    return taken


def _in_proportion(counts: Mapping[int, int], size: int) -> dict[int, int]:
    """The size shared out by whole numbers: the full parts first, what is left to the largest remainders."""
    total = sum(counts.values())
    if not total:
        return {}
    taken = {key: size * count // total for key, count in counts.items()}
    left = size - sum(taken.values())
    by_remainder = sorted(counts, key=lambda key: (-(size * counts[key] % total), key))
    for key in by_remainder[:left]:
        taken[key] += 1
    return {key: count for key, count in taken.items() if count}
