"""Loading the catalogue from files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from finpulse.audit.services import record
from finpulse.kernel.errors import InputError
from products.cdr import ProductRefused, SourceRefused, product_documents, product_files, read_product
from products.services.product import product_import
from products.services.report import ImportReport, Refusal


class CatalogueImportRefused(InputError):
    """There is nothing to load."""


def catalogue_import(
    *,
    paths: Sequence[Path],
    currency: str,
    today: date,
    actor: Any,
    on_progress: Callable[[int, int], None] = lambda done, of: None,
) -> ImportReport:
    """Load every product of the files and folders, each in its own transaction; a bad one is reported, the rest loads.

    `currency` (ISO 4217) is that of all products. `on_progress` hears the files done and how many there are. One audit
    event tells of the run, beside one for each product that changed.

    :raises CatalogueImportRefused: before anything is loaded, when a path is not there or holds no file.
    """
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise CatalogueImportRefused(f"{currency!r} is no ISO 4217 currency, such as AUD.", field="currency")
    try:
        files = product_files(paths)
    except SourceRefused as error:
        raise CatalogueImportRefused(str(error), field="paths") from error
    run = _Run(currency, today, actor)
    for number, file in enumerate(files, start=1):
        run.load(file)
        on_progress(number, len(files))
    detail = {"files": run.report.files, "fingerprint": run.digest.hexdigest(), **asdict(run.report.total)}
    record("products.catalogue.imported", actor=actor, detail=detail)
    return run.report


class _Run:
    """One import: its report, the hash over its files, and which file each product came from."""

    def __init__(self, currency: str, today: date, actor: Any) -> None:
        self.currency, self.today, self.actor = currency, today, actor
        self.report = ImportReport()
        self.digest = hashlib.sha256()
        self.origins: dict[str, str] = {}

    def load(self, file: Path) -> None:
        """Load every product of one file."""
        self.report.files += 1
        try:
            content = file.read_bytes()
            self.digest.update(content)
            documents = product_documents(content)
        except OSError as error:
            self.report.refuse(Refusal(str(file), "file", f"it cannot be read: {error.strerror}"))
        except SourceRefused as error:
            self.report.refuse(Refusal(str(file), "file", str(error)))
        else:
            for number, document in enumerate(documents, start=1):
                self.load_product(file, number, document)

    def load_product(self, file: Path, number: int, document: Any) -> None:
        """Load one product, or report why not."""
        try:
            facts = read_product(document, currency=self.currency)
            if facts.code in self.origins:
                raise ProductRefused(f"productId {facts.code} came already from {self.origins[facts.code]}")
        except ProductRefused as error:
            named = document if isinstance(document, dict) else {}
            self.report.refuse(
                Refusal(str(file), _text(named.get("name")) or f"product {number}", str(error)),
                bank=_text(named.get("brandName")) or _text(named.get("brand")),
                criteria=_length(named.get("eligibility")),
            )
            return
        self.origins[facts.code] = str(file)
        change = product_import(facts=facts, today=self.today, actor=self.actor)
        self.report.read(facts)
        bank = self.report.of(facts.bank)
        bank.new += change.created
        bank.changed += change.changed
        bank.unchanged += not (change.created or change.changed)
        bank.rates_opened += change.rates_opened
        bank.rates_closed += change.rates_closed


def _text(value: Any) -> str:
    return value.strip()[:120] if isinstance(value, str) else ""


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0
