"""What the tests of the field share: a real phone."""

from hieuhoc.field.tests.phone_browser import phone  # noqa: F401
