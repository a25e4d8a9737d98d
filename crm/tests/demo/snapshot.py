"""A demo bank as it can be compared with another: natural keys in place of ids, identifiers opened."""

from django.db.models import Model

from crm.models import (
    Balance,
    Customer,
    ExchangeRate,
    Holding,
    HoldingParty,
    Interaction,
    Position,
    Relationship,
    Task,
)


def snapshot():
    """Give every row of the demo bank, in an order that does not depend on ids."""
    return {
        "customers": [_customer(each) for each in Customer.objects.filter(source="demo").order_by("customer_no")],
        "holdings": _rows(Holding, "customer__customer_no"),
        "parties": _rows(HoldingParty, "holding__holding_no", "customer__customer_no"),
        "positions": _rows(Position, "holding__holding_no"),
        "relationships": _rows(Relationship, "customer__customer_no", "related__customer_no"),
        "balances": _rows(Balance, "holding__holding_no"),
        "rates": _rows(ExchangeRate),
        "interactions": _rows(Interaction, "customer__customer_no", "author__username"),
        "tasks": _rows(Task, "customer__customer_no", "assignee__username"),
    }


def _customer(customer):
    opened = {name: Customer._meta.get_field(name).reveal(customer) for name in ("national_id", "tax_id")}
    return {name: value for name, value in vars(customer).items() if name not in {"id", "_state"}} | opened


def _rows(model: type[Model], *natural: str):
    own = [field.attname for field in model._meta.concrete_fields if not field.primary_key and not field.is_relation]
    return sorted(model._base_manager.values_list(*natural, *own), key=repr)
