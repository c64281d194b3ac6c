"""Numbers, days, shares and states as Vietnamese readers expect them; built into every template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django import forms, template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.timezone import localdate, localtime

from hieuhoc.common import numbers
from hieuhoc.web import errors, htmx, states
from hieuhoc.web.links import link as address_of

register = template.Library()
MISSING = "chưa có"
SOON_DAYS = 7
register.filter("tone", states.tone)
register.filter("sign", states.sign)
register.simple_tag(address_of, name="link")
register.simple_tag(lambda name: errors.PROBLEMS[name], name="problem")


@register.filter
def vn_int(value: object) -> str:
    """1234 → "1.234"; nothing known → "chưa có"."""
    return MISSING if value in (None, "") else numbers.vn_int(int(str(value)))


@register.filter
def vn_number(value: object) -> str:
    """1234.5 → "1.234,5"; nothing known → "chưa có"."""
    return MISSING if value in (None, "") else numbers.vn_number(Decimal(str(value)))


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """A day → "21/11/2026"; a moment → "21/11/2026 14:05" in Vietnam's time; nothing → ""."""
    if not value:
        return ""
    if isinstance(value, datetime):
        return localtime(value).strftime("%d/%m/%Y %H:%M")
    return f"{value:%d/%m/%Y}"


@register.filter
def percent(count: int | None, of: int | None) -> str:
    """1385|percent:1847 → "74,99 %", never across a target; "" when there is nobody to count."""
    return "" if count is None or not of else numbers.percent(count, of)


@register.filter
def whole(count: int | None, of: int | None) -> int:
    """The share as a whole percent, cut off, for the length of a bar (0 to 100)."""
    return min(100, int(count) * 100 // int(of)) if count and of else 0


@register.simple_tag
def share(count: int | None, of: int | None, unit: str = "") -> str:
    """1385 of 1847 "hộ" → "1.385/1.847 hộ · 74,99 %"; missing and nobody are said, not shown as zero."""
    if count is None or of is None:
        return "chưa có số liệu"
    counts = f"{numbers.vn_int(int(count))}/{numbers.vn_int(int(of))} {unit}".strip()
    if not of:
        return f"{counts} · không có đối tượng để tính"
    shown = numbers.percent(count, of).replace(" ", "\u00a0")
    return format_html("<span>{} ·</span> <span>{}</span>", counts, shown)


@register.filter
def due(day: date | None) -> str:
    """A deadline in words: "còn 12 ngày (5/12/2026)", "hạn hôm nay", "quá hạn 3 ngày (…)"."""
    if not day:
        return ""
    left = (day - localdate()).days
    if left == 0:
        return "hạn hôm nay"
    words = f"còn {left} ngày" if left > 0 else f"quá hạn {-left} ngày"
    return f"{words} ({day:%d/%m/%Y})"


@register.filter
def due_tone(day: date | None) -> str:
    """The class "is-late" after the day, "is-soon" in the last week, else ""."""
    if not day:
        return ""
    left = (day - localdate()).days
    return "is-late" if left < 0 else "is-soon" if left <= SOON_DAYS else ""


@register.filter
def undo_address(message: object) -> str:
    """The address behind ``extra_tags="undo:/…"`` of a message, or ""."""
    return htmx.undo_of(getattr(message, "extra_tags", ""))


@register.filter
def page_links(page: Page) -> Iterator[int | str]:
    """Page numbers to show, with "…" where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def control(field: forms.BoundField) -> str:
    """A form's control with the class its kind needs; its label, hint and errors are drawn around it."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        css = "form-check-input"
    elif isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)):
        return str(field)
    else:
        css = "form-select" if isinstance(widget, forms.Select) else "form-control"
    return field.as_widget(attrs={"class": f"{widget.attrs.get('class', '')} {css}".strip()})


@register.filter
def kind_of(field: forms.BoundField) -> str:
    """ "choices" for radio and several check boxes, "check" for one check box, "hidden", else "plain"."""
    widget = field.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "hidden" if widget.is_hidden else "plain"


@register.simple_tag(takes_context=True)
def pages_address(context: template.Context, key: str, number: int) -> str:
    """The present address with another page number; the filters stay."""
    query = context["request"].GET.copy()
    query[key] = str(number)
    return f"?{query.urlencode()}"
