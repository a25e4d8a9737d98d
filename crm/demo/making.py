"""A demo bank's parts as text for COPY, made here or by several processes at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from threading import Thread
from typing import NamedTuple

import django

from crm.demo.bank import DemoBank, Recipe
from crm.demo.copy_text import copy_text

# Beyond these the database is what takes the time.
MOST_PROCESSES = 6
Fillings = dict[str, list[str]]


class Block(NamedTuple):
    """Rows of one table."""

    table: str
    rows: int
    text: bytes


class _Maker:
    """What a process that makes parts holds."""

    def __init__(self, recipe: Recipe, fillings: Fillings) -> None:
        self._bank, self._fillings = DemoBank(recipe), fillings

    def part(self, start: int) -> list[Block]:
        part = self._bank.part(start)
        return [
            Block(name, len(getattr(part, name)), copy_text(getattr(part, name), filling))
            for name, filling in self._fillings.items()
        ]


def parts_made_here(recipe: Recipe, fillings: Fillings) -> Iterator[list[Block]]:
    """Yield the parts in order, each as a block per table named in `fillings`."""
    maker = _Maker(recipe, fillings)
    yield from map(maker.part, recipe.starts())


def parts_made_by_processes(recipe: Recipe, fillings: Fillings) -> Iterator[list[Block]]:
    """Yield the same in the same order, made by as many processes as there are processors; few wait to be taken."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    # Started afresh, not forked: a fork would share the database's socket. A call can be read once Django is set up.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=django.setup)
    waiting: deque[Future[list[Block]]] = deque()
    try:
        for start in recipe.starts():
            waiting.append(pool.submit(_make, recipe, fillings, start))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


_makers: list[_Maker] = []


def _make(recipe: Recipe, fillings: Fillings, start: int) -> list[Block]:
    """Make a part in a process of a pool, which serves one recipe only."""
    if not _makers:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        Thread(target=_end_with_parent, daemon=True).start()
        _makers.append(_Maker(recipe, fillings))
    return _makers[0].part(start)


def _end_with_parent() -> None:
    """End when the parent was killed and could not say so."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
