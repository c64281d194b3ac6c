"""Addresses of other folders' pages by url name."""

from urllib.parse import urlencode

from django.urls import reverse


def link(name: str, *args: object, **query: object) -> str:
    """Return the address of the page ``name``, with ``query`` behind it; a name that no page has is an error."""
    address = reverse(name, args=args)
    if not query:
        return address
    return f"{address}?{urlencode({key: value for key, value in query.items() if value not in (None, '')})}"
