"""What the tests of the field share: a real phone, and the village it is in."""

from hieuhoc.field.tests.phone_browser import phone, village

__all__ = ["phone", "village"]
