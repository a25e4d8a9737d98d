"""The complexity gate: no function or method above ten, by radon's count of cyclomatic complexity."""

from collections.abc import Iterator
from pathlib import Path

from finpulse.local.state import CHECKOUT

LIMIT = 10
# Found, not listed: a new app is held to it from its first day.
PACKAGES = tuple(sorted(path.parent.name for path in CHECKOUT.glob("*/__init__.py")))


def main() -> int:
    """Print what is too complex and the average; give the exit status."""
    total = count = 0
    too_complex = []
    for path in _files():
        for name, line, complexity in _functions(path):
            total, count = total + complexity, count + 1
            if complexity > LIMIT:
                too_complex.append(f"{path.relative_to(CHECKOUT)}:{line} {name} has complexity {complexity}")
    print("\n".join([*too_complex, f"average complexity {total / max(count, 1):.2f} over {count} functions"]))
    return 1 if too_complex else 0


def _files() -> Iterator[Path]:
    yield from CHECKOUT.glob("*.py")
    for package in PACKAGES:
        yield from (path for path in (CHECKOUT / package).rglob("*.py") if "migrations" not in path.parts)


def _functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """Give the name, line and complexity of each function, those inside classes and functions too."""
    from radon.complexity import cc_visit, sorted_results
    from radon.visitors import Function

    for block in sorted_results(cc_visit(path.read_text(encoding="utf-8"))):
        if isinstance(block, Function):
            yield block.fullname, block.lineno, block.complexity


if __name__ == "__main__":
    raise SystemExit(main())
