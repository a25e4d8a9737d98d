"""What was measured, as tables on the standard output: a bench is run to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median, quantiles

from bench.frame.browser import KINDS, NETWORKS, Visit
from bench.frame.measuring import CACHES, Measured
from bench.frame.pages import Page
from bench.frame.server import Served

WEIGHED = tuple(dict.fromkeys(KINDS.values()))


def print_served(served: Iterable[tuple[Page, dict[str, Served]]]) -> None:
    """Print what the server does for each page."""
    print(
        f"\nServer: ms of the HTML over HTTP, median, and queries\n{'':<38}{'ours':>10}{'stock':>10}{'ours/stock':>12}"
    )
    for page, by_console in served:
        ours, stock = by_console["ours"], by_console["stock"]
        print(f"  {page.name}")
        _row("  ms", ours.milliseconds, stock.milliseconds)
        _row("  queries", ours.queries, stock.queries)


def print_all(measured: list[Measured]) -> None:
    """Print weights and times of each page."""
    for one in measured:
        _print_weight(one)
        _print_times(one)


def _print_weight(one: Measured) -> None:
    print(f"\n{one.page.name}: bytes, median\n{'':<38}{'ours':>10}{'stock':>10}{'ours/stock':>12}")
    for cache in CACHES:
        for kind in WEIGHED:
            _line(f"{cache} cache, {kind} as sent", one, cache, lambda visit, kind=kind: visit.sent[kind])
        _line(f"{cache} cache, all as sent", one, cache, lambda visit: visit.sent.total())
        _line(f"{cache} cache, requests", one, cache, lambda visit: visit.requests.total())
    for how, words in (("gzip", "all, gzip alike"), ("plain", "all, not compressed")):
        _row(words, *(one.sizes[name][how].total() for name in ("ours", "stock")))


def _line(words: str, one: Measured, cache: str, cost: Callable[[Visit], float]) -> None:
    _row(words, *(median(cost(visit) for visit in one.of(name, cache)) for name in ("ours", "stock")))


def _row(words: str, ours: float, stock: float) -> None:
    ratio = f"{ours / stock:.2f}" if stock else "-"
    print(f"  {words:<36}{ours:>10,.0f}{stock:>10,.0f}{ratio:>12}")


def _print_times(one: Measured) -> None:
    for network in NETWORKS:
        for cache in CACHES:
            pairs = [one.visits.get((name, network.name, cache), []) for name in ("ours", "stock")]
            if all(pairs):
                print(f"  {network.name}, {cache} cache: median / p90 ms")
                for what in pairs[0][0].times:
                    _times(what, *([visit.times[what] or 0 for visit in visits] for visits in pairs))


def _times(what: str, ours: list[float], stock: list[float]) -> None:
    digits = 3 if what == "layout shift" else 0
    cells = [f"{median(times):.{digits}f} / {_p90(times):.{digits}f}" for times in (ours, stock)]
    ratio = f"{median(ours) / median(stock):.2f}" if median(stock) else "-"
    print(f"    {what:<26}{cells[0]:>18}{cells[1]:>18}{ratio:>12}")


def _p90(times: list[float]) -> float:
    return quantiles(times, n=10)[-1] if len(times) > 1 else times[0]
