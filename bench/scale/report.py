"""What was measured, as tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import geometric_mean

from bench.scale.measuring import Result
from bench.scale.people import WHO

SLOW, LIMIT = 100, 200
BUDGETS = {"my day": 12, "list": 6, "customer 360": 5, "customer 360, firm": 5, "API customers": 3}
GOALS = {("alice", "list"): 1.15, ("erin", "list"): 1.1, ("dana", "list"): 2.0}
SEARCH_GOAL = 2.5


def print_pages(size: int, results: list[Result]) -> None:
    """Print a line for each page: median/p95 in milliseconds, queries and what was found, for each role."""
    print(f"\n{size:,} customers: median/p95 ms, queries after authentication, found")
    names = list(dict.fromkeys(result.page for result in results))
    by_key = {(result.who, result.page): result for result in results}
    print(f"{'':<30}" + "".join(f"{who:>27}" for who in WHO))
    for page in names:
        cells = [_cell(by_key.get((who, page))) for who in WHO]
        print(f"{page:<30}" + "".join(f"{cell:>27}" for cell in cells))


def _cell(result: Result | None) -> str:
    if result is None:
        return "-"
    return f"{result.median:.0f}/{result.p95:.0f}{'!' if result.p95 >= LIMIT else ''} {result.queries}q {result.found}"


def print_growth(small: list[Result], large: list[Result]) -> None:
    """Print by how much the median of each page grew from the small bank to the large one, against the goals."""
    before = {(result.who, result.page): result.median for result in small}
    growth = {
        (result.who, result.page): result.median / before[result.who, result.page]
        for result in large
        if (result.who, result.page) in before
    }
    print("\nThe large bank's median by the small one's")
    for page in dict.fromkeys(page for _, page in growth):
        cells = [f"{growth[who, page]:.2f}" if (who, page) in growth else "-" for who in WHO]
        print(f"{page:<30}" + "".join(f"{cell:>27}" for cell in cells))
    _print_growth_goals(growth)


def _print_growth_goals(growth: dict[tuple[str, str], float]) -> None:
    for (who, page), goal in GOALS.items():
        print(f"{who}'s {page}: {growth.get((who, page), 0):.2f} (goal at most {goal})")
    searches = {key: ratio for key, ratio in growth.items() if key[1].startswith("search")}
    if searches:
        who, page = max(searches, key=searches.__getitem__)
        print(f"search, all kinds and roles: {geometric_mean(searches.values()):.2f} (goal at most {SEARCH_GOAL})")
        print(f"  the most: {who}, {page.removeprefix('search: ')}, {searches[who, page]:.2f}")


def print_goals(results: Iterable[Result]) -> None:
    """Print what lies over a budget, or that nothing does."""
    slow = [f"{one.who} {one.page}: p95 {one.p95:.0f} ms" for one in results if one.p95 >= LIMIT]
    many = [
        f"{one.who} {one.page}: {one.queries} queries"
        for one in results
        if one.queries > BUDGETS.get(one.page, BUDGETS["list"] if one.page.startswith("search") else 99)
    ]
    print(f"\nPages with a p95 of {LIMIT} ms or more: {'; '.join(slow) or 'none'}")
    print(f"Pages over their budget of queries: {'; '.join(many) or 'none'}")


def write_slow(results: Iterable[Result], path: Path) -> None:
    """Write the statements of slow pages to a file, the slowest page first."""
    slow = sorted((one for one in results if one.p95 >= SLOW), key=lambda one: -one.p95)
    path.write_text("\n\n".join(_statements(one) for one in slow), encoding="utf-8")


def _statements(result: Result) -> str:
    lines = [f"== {result.who} {result.page}: {result.median:.0f}/{result.p95:.0f} ms"]
    return "\n".join([*lines, *(f"{took:.0f} ms: {sql}" for took, sql in result.statements)])
