"""Files and folders of product documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any


class SourceRefused(Exception):
    """A path or file cannot be read; its text says why."""


def product_files(paths: Iterable[Path]) -> list[Path]:
    """Give the files named, and the *.json files of the folders named with all below them, each once, in order.

    :raises SourceRefused: for a path that is not there, or when no file is found.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(path.rglob("*.json"))))
        elif path.is_file():
            found[path] = None
        else:
            raise SourceRefused(f"There is no file or folder {path}.")
    if not found:
        raise SourceRefused("There is no *.json file in what was given.")
    return list(found)


def product_documents(content: bytes) -> list[Any]:
    """Give the products of a file: one, one wrapped in {"data": …}, or a list of either.

    Numbers keep every digit (Decimal). :raises SourceRefused: when it is no JSON or holds no product.
    """
    try:
        parsed = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
        documents = list(_unwrapped(parsed))
    except UnicodeDecodeError as error:
        raise SourceRefused("it is not UTF-8 text") from error
    except RecursionError as error:
        raise SourceRefused("it is nested too deeply") from error
    except ValueError as error:
        raise SourceRefused(f"it is no JSON: {error}") from error
    if not documents:
        raise SourceRefused("it holds no product")
    return documents


def _unwrapped(parsed: Any) -> Iterator[Any]:
    if isinstance(parsed, list):
        for part in parsed:
            yield from _unwrapped(part)
    elif isinstance(parsed, dict) and "data" in parsed and "productId" not in parsed:
        yield from _unwrapped(parsed["data"])
    else:
        yield parsed


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
