"""Reading beside writing: while the database works on one batch, the next is read."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Give the items, each made in a thread of its own while the one before is worked on; one is held, never more.

    What making an item raises is raised in its place. Making must not use the database.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="feed") as reader:
        coming = reader.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = reader.submit(next, items, None)
            yield item
