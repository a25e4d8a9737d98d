"""What stands above a page about a row, whatever the page is: an app says it of its own rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest

from finpulse.kernel.registries import Registry

# Asked of the row that a page is about; gives a sentence, or "" where there is nothing to say.
Banner = Callable[[HttpRequest, Any], str]
banners: Registry[Banner] = Registry()
# Where a page keeps the row in its context: its own pages, the stock form, the stock history.
NAMES = ("customer", "original", "object")


def banners_of(request: HttpRequest, context: dict[str, Any]) -> Iterator[str]:
    """Yield what there is to say above a page with this context."""
    row = next((context[name] for name in NAMES if context.get(name) is not None), None)
    if row is not None:
        yield from filter(None, (banner(request, row) for banner in banners))
