"""What an import did, by bank."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from products.cdr import ProductFacts

UNKNOWN_BANK = "bank not known"


@dataclass(frozen=True)
class Refusal:
    """A file, or a product in it, that was not loaded. `what` is the product's name, or its place in the file."""

    file: str
    what: str
    reason: str


@dataclass
class BankCounts:
    """Counts of one bank. Criteria are those of the documents read, also where nothing changed.

    `criteria_in_part` are those understood whose words ask for something more, which is checked by hand.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    criteria_understood: int = 0
    criteria_in_part: int = 0
    criteria_verbatim: int = 0
    criteria_refused: int = 0
    rates: int = 0
    rates_opened: int = 0
    rates_closed: int = 0


@dataclass
class ImportReport:
    """The whole import."""

    files: int = 0
    banks: dict[str, BankCounts] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def of(self, bank: str) -> BankCounts:
        """Give the counts of a bank."""
        return self.banks.setdefault(bank or UNKNOWN_BANK, BankCounts())

    @property
    def total(self) -> BankCounts:
        """The sum over all banks."""
        counts: Counter[str] = Counter()
        for bank in self.banks.values():
            counts.update(vars(bank))
        return BankCounts(**counts)

    @property
    def loaded(self) -> int:
        """Products that are now in the catalogue as their documents say."""
        total = self.total
        return total.new + total.changed + total.unchanged

    def read(self, facts: ProductFacts) -> None:
        """Count what a document holds."""
        bank = self.of(facts.bank)
        understood = sum(criterion.understood for criterion in facts.criteria)
        bank.criteria_understood += understood
        bank.criteria_in_part += sum(criterion.more_to_check for criterion in facts.criteria)
        bank.criteria_verbatim += len(facts.criteria) - understood
        bank.rates += len(facts.rates)

    def refuse(self, refusal: Refusal, *, bank: str = "", criteria: int = 0) -> None:
        """Count a product that was not loaded, its criteria with it."""
        self.refusals.append(refusal)
        self.of(bank).refused += 1
        self.of(bank).criteria_refused += criteria
