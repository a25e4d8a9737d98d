"""Our own source files, parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import AppConfig

from finpulse.local.complexity import PACKAGES
from tests.services.require import CHECKOUT


def sources() -> list[Path]:
    """Give every Python file of the project, migrations left aside."""
    found = [path for package in PACKAGES for path in sorted((CHECKOUT / package).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def sources_of(config: AppConfig) -> list[Path]:
    """Give the files of one app, its tests left aside."""
    folder = Path(config.path)
    return [path for path in sources() if folder in path.parents and "tests" not in path.relative_to(folder).parts]


@cache
def tree(path: Path) -> ast.Module:
    """Give the file parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Give the full name of every module that a file imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def strings(path: Path) -> Iterator[str]:
    """Give every string of a file but its docstrings."""
    prose = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def named(path: Path) -> str:
    """Give a file's path as a reader knows it."""
    return str(path.relative_to(CHECKOUT))
