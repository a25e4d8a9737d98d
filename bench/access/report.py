"""What was measured, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from bench.access.asking import Cost


def print_table(costs: Iterable[Cost]) -> None:
    """Print a line for each asker and question; `times` is by the same read without scope, where there is one."""
    print(f"{'asker':<24}{'question':<34}{'median ms':>10}{'p95 ms':>9}{'queries':>9}{'times':>7}  found")
    bare: dict[str, float] = {}
    for cost in costs:
        base = bare.setdefault(cost.question, cost.median) if cost.who == "without scope" else bare.get(cost.question)
        times = f"{cost.median / base:.2f}" if base else ""
        figures = f"{cost.median:>10.2f}{cost.p95:>9.2f}{cost.queries:>9}{times:>7}"
        print(f"{cost.who:<24}{cost.question:<34}{figures}  {cost.found}", flush=True)
