"""The pages in Chromium: no violation of WCAG 2.2 AA, nothing sticks out, targets big enough, at two widths."""

import pytest
from django.urls import reverse

from hieuhoc.criteria import actions
from hieuhoc.criteria.models import CriteriaVersion
from tests.browser import axe, chromium, shot, small_targets, too_wide, visit  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [360, 1366]


def url(name, *args):
    return reverse(f"criteria:{name}", args=args)


def faults(page):
    return axe(page), too_wide(page), small_targets(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_readable_by_all(visit, world, width):  # noqa: F811
    actions.load_shipped_sets()
    versions = {version.set.code: version for version in CriteriaVersion.objects.select_related("set")}
    family, template = versions["demo-family"], versions["qd242-family"]
    draft = actions.draft_from(family.pk, "2027", by=world.national)
    actions.edit_head(draft.pk, {"pass": {"general": 300}}, by=world.national)
    pages = {
        "list": url("list"),
        "version": url("version", versions["tt24-organisation"].pk),
        "citizens": url("version", versions["cdht-324"].pk),
        "draft": url("version", draft.pk),
        "empty": url("version", template.pk),
        "head": url("head", draft.pk),
        "indicator": url("indicator", draft.pk, "GD-1.1"),
        "group": url("new_group", draft.pk),
        "copy": url("copy", family.pk),
        "create": url("create"),
        "import": url("import", draft.pk),
        "difference": url("difference", draft.pk, family.pk),
    }
    for name, path in pages.items():
        page = visit(path, as_=world.national, width=width)
        found = faults(page)
        shot(page, f"criteria-{name}-{width}")
        assert found == ([], [], []), name
        page.close()


def test_publishing_asks_first_and_by_keyboard(visit, world):  # noqa: F811
    actions.load_shipped_sets()
    family = CriteriaVersion.objects.get(set__code="demo-family")
    draft = actions.draft_from(family.pk, "2027", by=world.national)
    page = visit(url("version", draft.pk), as_=world.national)
    page.get_by_role("button", name="Ban hành").first.focus()
    page.keyboard.press("Enter")
    assert "không sửa, không xóa được nữa" in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")
    assert CriteriaVersion.objects.get(pk=draft.pk).is_draft
    page.get_by_role("button", name="Ban hành").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Ban hành").click()
    page.wait_for_load_state()
    assert page.get_by_text("Bản này không sửa được nữa").first.is_visible()
    assert not CriteriaVersion.objects.get(pk=draft.pk).is_draft
