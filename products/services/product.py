"""One product becomes what its document says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from finpulse.audit.services import record
from products.cdr import ProductFacts
from products.models import Constraint, Criterion, Fee, Product
from products.services.rates import rates_follow

_LISTS = ("rates", "criteria", "fees", "constraints")
_COLUMNS = tuple(field.name for field in fields(ProductFacts) if field.name not in _LISTS)


@dataclass(frozen=True)
class Change:
    """What an import did to one product."""

    created: bool = False
    changed: bool = False
    rates_opened: int = 0
    rates_closed: int = 0


@transaction.atomic
def product_import(*, facts: ProductFacts, today: date, actor: Any) -> Change:
    """Make the product what its document says. The same document again changes nothing.

    A rate whose figure changed, or that is gone, ends today and stays as history; a new figure begins today. Criteria,
    fees and constraints are replaced where they differ. `actor` None is FinPulse itself.
    """
    columns = {name: getattr(facts, name) for name in _COLUMNS}
    product, created = Product.objects.select_for_update().get_or_create(code=facts.code, defaults=columns)
    if not created and product.fingerprint == facts.fingerprint:
        return Change()
    rewritten = not created and _rewrite(product, columns)
    opened, closed = rates_follow(product=product, facts=facts.rates, today=today)
    replaced = _replace_lists(product, facts)
    if not any((created, rewritten, opened, closed, replaced)):
        return Change()
    detail = {"rates_opened": opened, "rates_closed": closed, "replaced": replaced, "fingerprint": facts.fingerprint}
    record(f"products.product.{'created' if created else 'changed'}", actor=actor, subject=product, detail=detail)
    return Change(created, not created, opened, closed)


def _rewrite(product: Product, columns: dict[str, Any]) -> bool:
    """Put the document's own facts in their columns; tell whether any but the fingerprint changed."""
    Product.objects.filter(pk=product.pk).update(**columns, imported_at=timezone.now())
    return any(getattr(product, name) != value for name, value in columns.items() if name != "fingerprint")


def _replace_lists(product: Product, facts: ProductFacts) -> list[str]:
    """Replace what differs among criteria, fees and constraints; give the names of those that did."""
    lists: tuple[tuple[type[Model], Sequence[Any]], ...] = (
        (Criterion, facts.criteria),
        (Fee, facts.fees),
        (Constraint, facts.constraints),
    )
    return [model._meta.label_lower for model, rows in lists if _replace(model, product, rows)]


def _replace(model: type[Model], product: Product, rows: Sequence[Any]) -> bool:
    """Put these rows in the place of the product's, unless they are the same; tell whether anything changed."""
    manager = model._default_manager
    wanted = [vars(row) for row in rows]
    names = list(wanted[0]) if wanted else ["position"]
    kept = manager.filter(product=product).order_by("position")
    if list(kept.values(*names)) == wanted:
        return False
    kept.delete()
    manager.bulk_create([model(product=product, **row) for row in wanted])
    return True
