"""How the reading process hands its report over: JSON, with the columns beside it in one string.

A column of nothing but texts is joined and split many times faster than it is written and read as JSON; one of few
different values is a sign a value, and a list of what each sign means. The reading process may have been taken over by
a hostile file, so what it sends can only ever be values.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

_BETWEEN_VALUES, _BETWEEN_COLUMNS = "\x1f", "\x1e"
_TEXTS, _SIGNS = "texts", "signs"
_FIRST_SIGN = 32  # the next after those that stand between values and columns
_MANY, _FEW = 1000, 5000
_PLAIN = ({str}, {int}, {float}, {bool})


def pack(report: dict[str, Any]) -> bytes:
    """The report as bytes."""
    beside: list[str] = []
    columns = [{key: _packed(values, beside) for key, values in one.items()} for one in report.get("columns", ())]
    if columns:
        report = report | {"columns": columns}
    # dumps, not dump: only the former encodes in one go. It escapes what stands between columns.
    head = json.dumps(report, ensure_ascii=False, separators=(",", ":"))
    # Encoded one by one: most columns are ASCII, and go the faster without the few that are not.
    return _BETWEEN_COLUMNS.encode().join(text.encode() for text in (head, *beside))


def _packed(values: Sequence[Any], beside: list[str]) -> Any:
    """The values themselves, or which of the columns beside the report they are."""
    kinds = set(map(type, values))
    if len(values) > _MANY and kinds - {type(None)} in _PLAIN:
        different = list(dict.fromkeys(values)) if len(set(values[:_MANY])) < _MANY * 0.9 else []
        if 0 < len(different) <= _FEW:
            signs = {value: chr(_FIRST_SIGN + at) for at, value in enumerate(different)}
            beside.append("".join(map(signs.__getitem__, values)))
            return {_SIGNS: len(beside), "values": different}
    return _joined(values, beside) if kinds == {str} else values


def _joined(values: Sequence[str], beside: list[str]) -> Any:
    text = _BETWEEN_VALUES.join(values)
    if text.count(_BETWEEN_VALUES) != len(values) - 1 or _BETWEEN_COLUMNS in text:
        return values
    beside.append(text)
    return {_TEXTS: len(beside)}


def unpack(data: bytes) -> dict[str, Any]:
    """The report out of the bytes; numbers with a point as Decimal."""
    head, *beside = (part.decode() for part in data.split(_BETWEEN_COLUMNS.encode()))
    report = json.loads(head, parse_float=Decimal)
    for one in report.get("columns", ()):
        for key, values in one.items():
            if isinstance(values, dict):
                one[key] = _unpacked(values, beside)
    return report


def _unpacked(packed: dict[str, Any], beside: list[str]) -> list[Any]:
    if _TEXTS in packed:
        return beside[packed[_TEXTS] - 1].split(_BETWEEN_VALUES)
    means = {chr(_FIRST_SIGN + at): value for at, value in enumerate(packed["values"])}
    return list(map(means.__getitem__, beside[packed[_SIGNS] - 1]))
