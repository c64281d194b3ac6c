"""The criteria as steps on a telephone: one criterion a step, each indicator one large field, nothing pre-ticked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from hieuhoc.dossiers import answering, typed
from hieuhoc.scoring import Criteria, Group, Indicator, Result
from hieuhoc.scoring.lines import MISSING

UNSURE = "?"


@dataclass(frozen=True)
class Step:
    """One criterion with the indicators that are asked, by number from 1."""

    number: int
    group: Group
    asked: tuple[Indicator, ...]


def steps(criteria: Criteria) -> list[Step]:
    """The steps of a set; a criterion of which everything is computed is none."""
    by_group = {
        group: tuple(one for one in criteria.indicators if one.criterion == group.key and one.derived is None)
        for group in criteria.groups
    }
    asked = [(group, indicators) for group, indicators in by_group.items() if indicators]
    return [Step(number, group, indicators) for number, (group, indicators) in enumerate(asked, start=1)]


def first_open(found: list[Step], answers: Mapping[str, Any]) -> int:
    """The first step with something unanswered, else the last."""
    open_ = (step.number for step in found if any(one.key not in answers for one in step.asked))
    return next(open_, len(found))


class Asked(forms.CharField):
    """One indicator: radio buttons where there are few answers, else a large field; cleaned it is the stored value."""

    def __init__(self, criteria: Criteria, indicator: Indicator) -> None:
        self.criteria, self.indicator = criteria, indicator
        choices = _choices(indicator)
        widget: forms.Widget = forms.RadioSelect(choices=choices) if choices else forms.TextInput()
        if not choices:
            mode = "decimal" if indicator.kind in ("score", "number", "level") else "text"
            widget.attrs = {"inputmode": mode, "autocomplete": "off", "class": "hh-large"}
        help_text = "" if choices else typed.hint(indicator)
        super().__init__(label=indicator.label, required=False, widget=widget, help_text=help_text)

    def clean(self, value: Any) -> Any:
        """The value; one that cannot be read or that the set does not take is refused with its sentence."""
        text = str(super().clean(value) or "")
        try:
            read = typed.read(self.indicator, "" if text == UNSURE else text)
        except typed.Unreadable as said:
            raise forms.ValidationError(_plain(self.indicator, str(said))) from said
        wrong = answering.wrong_value(self.criteria, self.indicator.key, read)
        if wrong:
            raise forms.ValidationError(_plain(self.indicator, wrong))
        return read


def _choices(indicator: Indicator) -> list[tuple[str, str]]:
    if indicator.kind == "yes_no":
        return [("Có", "Có"), ("Không", "Không"), (UNSURE, "Chưa rõ")]
    if indicator.kind == "level" and indicator.names:
        named = [(str(n), name) for n, name in enumerate(indicator.names, start=1)]
        return [*named, ("0", "Chưa đạt mức nào"), (UNSURE, "Chưa rõ")]
    return []


def _plain(indicator: Indicator, sentence: str) -> str:
    """The sentence without the key, which nobody at home knows."""
    said = sentence.removeprefix(f"{indicator.key}: ")
    return said[:1].upper() + said[1:]


class StepForm(forms.Form):
    """The fields of one step."""

    def __init__(self, criteria: Criteria, step: Step, answers: Mapping[str, Any], *args: Any, **more: Any) -> None:
        more["initial"] = {one.key: typed.shown(one, answers.get(one.key)) or None for one in step.asked}
        super().__init__(*args, **more)
        for one in step.asked:
            self.fields[one.key] = Asked(criteria, one)


def plainly(criteria: Criteria, sentence: str) -> str:
    """A sentence of the score sheet without the keys of indicators, which nobody at home knows."""
    by_key = criteria.by_key
    keys = "|".join(re.escape(key) for key in sorted(by_key, key=len, reverse=True))

    def said(found: re.Match[str]) -> str:
        label = by_key[found[1]].label
        return label if found[2] else f"«{label}»"

    labels = "|".join(re.escape(one.label) for one in criteria.indicators)
    return re.sub(rf"\b({keys})\b( (?:{labels}))?", said, sentence) if keys else sentence


def sheet(criteria: Criteria, result: Result | None, answers: Mapping[str, Any]) -> list[tuple[Group, int, list[dict]]]:
    """The sheet by criterion: each line with its answer, why, how it stands; and the step where it is changed."""
    lines = {line.key: line for line in result.lines} if result else {}
    at = {step.group.key: step.number for step in steps(criteria)}
    found = []
    for group in criteria.groups:
        rows = [
            _row(criteria, one, lines.get(one.key), answers)
            for one in criteria.indicators
            if one.criterion == group.key
        ]
        found.append((group, at.get(group.key, 0), rows))
    return found


def _row(criteria: Criteria, indicator: Indicator, line: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    low = line is not None and line.passed is False
    missing = line is not None and line.status == MISSING
    return {
        "label": indicator.label,
        "text": typed.shown(indicator, answers.get(indicator.key)),
        "points": indicator.points if indicator.kind == "score" else None,
        "because": plainly(criteria, line.because) if line else "",
        "derived": indicator.derived,
        "stands": "low" if low else "missing" if missing else "",
    }
