"""The shipped catalogue in the test database, for the tests of one folder.

Loaded outside the tests' transactions and taken away again, so that the small world of other folders
never meets a second nation. A folder that wants it imports `loaded` and `country` in its conftest.
"""

import pytest
from django.db import connection

from hieuhoc.places.load import load
from hieuhoc.places.models import Unit


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE places_unit CASCADE")


@pytest.fixture
def country(loaded, db) -> None:
    """The whole catalogue; loaded again if another test emptied the tables."""
    if not Unit.objects.filter(catalogue_key="nation:VN:").exists():
        load()
