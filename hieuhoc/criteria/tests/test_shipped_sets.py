"""What ships: read without a database, entered once, left alone afterwards."""

from datetime import date

import pytest

from hieuhoc.audit.models import Entry
from hieuhoc.criteria import actions, queries, sets
from hieuhoc.criteria.models import CriteriaSet, CriteriaVersion, Indicator, Status
from hieuhoc.scoring import Criteria

CODES = {
    "cdht-324",
    "tt25-commune",
    "tt25-district",
    "tt25-province",
    "tt24-organisation",
    "tt22-organisation",
    "qd242-family",
    "qd242-clan",
    "qd242-community",
    "qd242-organisation",
    "demo-family",
    "demo-clan",
    "demo-community",
    "demo-organisation",
}
KEYS = {
    "cdht-324": "CD-1.1 CD-1.2 CD-1.3 CD-1.4 CD-2.1 CD-2.2 CD-2.3 CD-2.4 CD-3.1 CD-3.2",
    "tt25-commune": "CDX-1.1 CDX-1.2 CDX-1.3 CDX-2.1 CDX-2.2 CDX-2.3 CDX-3.1 CDX-3.2 CDX-3.3 "
    "CDX-4.1 CDX-4.2 CDX-4.3 CDX-4.4 CDX-5.1 CDX-5.2a CDX-5.2b",
    "tt24-organisation": "DV-1.1 DV-1.2 DV-1.3 DV-1.4 DV-1.5 DV-2.1 DV-2.2 DV-2.3 DV-2.4 DV-2.5 "
    "DV-3.1a DV-3.1b DV-3.2 DV-3.3 DV-3.4 DV-3.5 DV-3.6",
    "tt22-organisation": "D22-1a D22-1b D22-1c D22-2a D22-2b D22-2c D22-2d D22-3a D22-3b D22-3c",
    "demo-family": "GD-1.1 GD-1.2 GD-1.3 GD-2.1 GD-2.2 GD-3.1 GD-3.2 GD-4.1 GD-4.2",
}
SAID_TO_BE_ILLUSTRATIVE = "Bộ tiêu chí minh họa – không phải văn bản chính thức"


def test_every_promised_set_ships():
    assert {criteria.code for criteria in sets.all_sets()} == CODES


@pytest.mark.parametrize(("code", "keys"), KEYS.items())
def test_keys_are_the_promised_ones_in_order(code, keys):
    assert [indicator.key for indicator in sets.load(code).indicators] == keys.split()


@pytest.mark.parametrize("criteria", sets.all_sets(), ids=lambda c: c.code)
def test_a_set_survives_being_written_and_read(criteria):
    assert Criteria.from_dict(criteria.to_dict()) == criteria


@pytest.mark.parametrize("code", ["cdht-324", "tt22-organisation", *(c for c in sorted(CODES) if "demo" in c)])
def test_points_sets_come_to_a_hundred(code):
    assert sets.load(code).maximum == 100


@pytest.mark.parametrize("code", [code for code in sorted(CODES) if code.startswith("qd242")])
def test_what_no_source_states_is_left_empty(code):
    criteria = sets.load(code)
    assert (criteria.indicators, criteria.pass_marks, criteria.complete) == ((), None, False)
    assert criteria.state == "not_entered"


@pytest.mark.parametrize("code", [code for code in sorted(CODES) if code.startswith("demo")])
def test_illustrative_sets_say_so(code):
    assert (sets.load(code).state, sets.load(code).notice) == ("illustrative", SAID_TO_BE_ILLUSTRATIVE)


@pytest.mark.parametrize("code", [code for code in sorted(CODES) if not code.startswith("demo")])
def test_other_sets_name_their_document(code):
    assert sets.load(code).document["number"]
    assert sets.load(code).notice != SAID_TO_BE_ILLUSTRATIVE


@pytest.mark.parametrize(
    ("code", "derived"),
    [
        ("tt25-commune", {"CDX-5.1": ("CITIZEN", "citizens")}),
        ("tt24-organisation", {"DV-3.1a": ("CITIZEN", "staff"), "DV-3.1b": ("CITIZEN", "learners")}),
        ("demo-clan", {"DH-2.1": ("FAMILY", "member_families")}),
        ("demo-community", {"TH-2.1": ("FAMILY", "households")}),
        ("demo-organisation", {"DD-2.1": ("CITIZEN", "staff")}),
    ],
)
def test_derived_shares_say_of_whom_they_are_counted(code, derived):
    found = {i.key: (i.derived.model, i.derived.among) for i in sets.load(code).indicators if i.derived}
    assert found == derived


def test_an_unknown_code_or_version_is_named_with_what_there_is():
    with pytest.raises(sets.UnknownSet, match="cdht-324"):
        sets.load("cdht")
    with pytest.raises(sets.UnknownSet, match="2023"):
        sets.load("cdht-324", "1999")


@pytest.mark.django_db
def test_loading_enters_everything_once_in_few_statements(django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        loaded = actions.load_shipped_sets()
    assert len(loaded.added) == len(CODES)
    assert CriteriaSet.objects.count() == len(CODES)
    assert Indicator.objects.count() == sum(len(criteria.indicators) for criteria in sets.all_sets())
    assert Entry.objects.filter(verb="criteria.load").count() == 1


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    actions.load_shipped_sets()
    before = list(CriteriaVersion.objects.order_by("pk").values())
    again = actions.load_shipped_sets()
    assert (again.added, again.differing) == ([], [])
    assert list(CriteriaVersion.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_the_stored_version_is_the_shipped_one():
    actions.load_shipped_sets()
    for version in CriteriaVersion.objects.select_related("set"):
        assert queries.criteria_of(version.pk) == sets.load(version.set.code, version.version)


@pytest.mark.django_db
def test_empty_templates_stay_drafts_and_the_rest_is_published():
    actions.load_shipped_sets()
    drafts = set(CriteriaVersion.objects.filter(status=Status.DRAFT).values_list("set__code", flat=True))
    assert drafts == {code for code in CODES if code.startswith("qd242")}


@pytest.mark.django_db
def test_the_version_in_force_depends_on_the_day():
    actions.load_shipped_sets()
    assert queries.current("tt22-organisation", date(2024, 1, 25)).version == "2020"
    assert queries.current("tt22-organisation", date(2024, 1, 26)) is None
    assert queries.current("tt24-organisation", date(2024, 1, 25)) is None
    assert queries.current("tt24-organisation", date(2024, 1, 26)).version == "2023"
