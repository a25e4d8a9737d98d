"""A bank seen from one user: a customer, a holding, an interaction, a task and a message in each position towards him.

All that belongs to a position bears its mark in every text, and its digits begin every number and primary key: whatever
the bank lets out of it, a name, an id or a number, is found in an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.utils import timezone

from crm.models import (
    Assignment,
    Customer,
    CustomerGroupObjectPermission,
    CustomerUserObjectPermission,
    HoldingParty,
)
from crm.services import cover_name
from crm.services.grants import customer_grant
from crm.tests.factories import (
    BalanceFactory,
    CustomerFactory,
    FeedDifferenceFactory,
    HoldingFactory,
    InteractionFactory,
    PartyFactory,
    PositionFactory,
    RelationshipFactory,
    TaskFactory,
)
from finpulse.audit.services import record
from finpulse.identity.models import Cover, User
from finpulse.identity.services import cover_give, unit_place, user_set_roles
from notifications.tests.factories import MessageFactory
from tests.access.sight import HOME, NONE, POSITIONS, RELATIVE, SHARED, SIGHT, sight
from tests.people import make_people, make_units

DAY = timedelta(days=1)
NEVER = 987654321


@dataclass(frozen=True)
class Mark:
    """What betrays a row: a word in its texts, and the digits with which its keys and numbers begin."""

    word: str
    digits: str

    @classmethod
    def of(cls, number: int, name: str) -> Mark:
        return cls(f"Mk{number:02d}{name.replace('_', '')}", f"91000{number:02d}")

    def key(self, place: int) -> int:
        return int(f"{self.digits}{place:02d}")

    @property
    def message_key(self) -> int:
        """Apart from the digits: the outbox tells which messages there are, never what they are about."""
        return self.key(5) + 10_000_000

    def is_in(self, text: str) -> bool:
        return self.word in text or self.digits in text


MARKS = {name: Mark.of(number, name) for number, name in enumerate(POSITIONS)}
# A shared holding is no part of its owner's mark: it may be seen where he may not.
SHARED_MARKS = {name: Mark.of(60 + number, f"{name}_holding") for number, name in enumerate(SHARED)}
ANOTHERS = Mark.of(80, "message_to_another")


@dataclass
class World:
    """The acting user and, by model and position, the rows; and messages to others about his own customer."""

    username: str
    user: User | None
    rows: dict[str, dict[str, Model]] = field(default_factory=dict)
    messages_of_others: list[Model] = field(default_factory=list)

    @property
    def home(self) -> Any:
        """The customer that is the acting user's own."""
        return self.rows["crm.customer"][HOME[self.username]]


def mark_of(model: str, position: str) -> Mark:
    """Give the mark of a row."""
    return SHARED_MARKS[position] if model == "crm.holding" and position in SHARED else MARKS[position]


def hidden_marks(world: World) -> list[Mark]:
    """Give the marks of all rows that the acting user must not know of."""
    return [
        mark_of(model, position)
        for model, rows in world.rows.items()
        for position in rows
        if sight(world.username, position, model) == NONE
    ]


class Builder:
    """Makes the bank around one user."""

    def __init__(self, username: str) -> None:
        self.units = make_units()
        self.people = make_people(self.units)
        self.people.pavel = self._person("pavel", "HEAD", "product_administrator")
        self.username = username
        self.user = getattr(self.people, username, None)
        self.home_unit = self.user.unit if self.user else self.units["NORTH"]
        self.away = self.units["SOUTH" if self.home_unit == self.units["NORTH"] else "NORTH"]
        self.below, _ = unit_place(code="DESK", name="Desk", kind="DESK", parent=self.home_unit, actor=None)
        self.colleague = self._person("colleague", self.home_unit.code, "customer_manager")
        self.stranger = self._person("stranger", self.away.code, "customer_manager")
        # Across units a supervisor gives the cover.
        self.overseer = self._person("overseer", self.away.code, "supervisor")
        # Nobody opens a customer to himself, compliance included.
        self.granter = self._person("granter", "HEAD", "compliance")
        self.world = World(username, self.user)

    def build(self) -> World:
        """Make a customer in each position that the user's line of the table names."""
        positions = SIGHT[self.username]
        for position in sorted(positions, key=lambda name: name in SHARED):
            self._customer(position)
        for position in positions:
            self._relate(position)
        if self.user is not None:
            self.world.user = self.user = User.objects.with_access().get(pk=self.user.pk)
        return self.world

    def _person(self, username: str, unit: str, role: str) -> User:
        user = User.objects.create_user(username, unit=self.units[unit], first_name=username.title())
        user_set_roles(user=user, names=[role], actor=None, reason="a test")
        return User.objects.with_access().get(pk=user.pk)

    def _customer(self, position: str) -> None:
        mark = MARKS[position]
        facts = {"manager": self.stranger, "unit": self.away} | self._facts(position)
        customer = CustomerFactory(
            pk=mark.key(1),
            customer_no=f"{mark.digits}01",
            family_name=mark.word,
            email=f"{mark.word.lower()}@example.org",
            phone=f"+420{mark.digits}9",
            restricted="restricted" in position,
            **facts,
        )
        national_id: Any = Customer._meta.get_field("national_id")
        national_id.seal(customer, f"{mark.digits}0")
        Customer.objects.filter(pk=customer.pk).update(national_id=customer.national_id)
        getattr(self, f"_{position}", self._nothing_more)(customer)
        self._open_to_colleague(customer)
        holding = self._holding(position, customer)
        self._rows(position, customer, holding)

    def _facts(self, position: str) -> dict[str, Any]:
        return {
            "own": {"manager": self.user, "unit": self.home_unit},
            "own_restricted": {"manager": self.user, "unit": self.home_unit},
            "restricted": {"manager": self.colleague, "unit": self.home_unit},
            "same_unit": {"manager": self.colleague, "unit": self.home_unit},
            "unit_below": {"unit": self.below},
            "pool": {"manager": None, "unit": self.home_unit},
            "pool_elsewhere": {"manager": None},
            "manager_of_unit": {"manager": self.colleague},
        }.get(position) or self._covered_facts(position)

    def _covered_facts(self, position: str) -> dict[str, Any]:
        covers = {
            "covered": {},
            "covered_restricted": {},
            "covered_named": {"scope": "SOME"},
            "covered_not_named": {"scope": "SOME"},
            "covered_restricted_named": {},
            "covered_read_only": {"read_only": True},
            "cover_ended": {"starts_at": -2, "ends_at": -1},
            "cover_to_come": {"starts_at": 1, "ends_at": 2},
            "covered_by_another": {"coverer": self.colleague},
        }
        if position not in covers or self.user is None:
            return {}
        covered = self._person(position, self.away.code, "customer_manager")
        self._cover(covered, **({"coverer": self.user} | covers[position]))
        return {"manager": covered}

    def _cover(self, covered: User, *, coverer: User, starts_at: int = -1, ends_at: int = 1, **facts: Any) -> None:
        now = timezone.now()
        cover_give(
            covered=covered,
            coverer=coverer,
            starts_at=now + starts_at * DAY,
            ends_at=now + ends_at * DAY,
            actor=self.overseer,
            reason="a test",
            **facts,
        )

    def _covered_named(self, customer: Customer) -> None:
        cover = Cover.objects.get(covered=customer.manager)
        cover_name(cover_id=cover.pk, customer_id=customer.pk, actor=customer.manager)

    _covered_restricted_named = _covered_named

    def _granted(self, customer: Customer, **facts: Any) -> None:
        facts = {"to_user": self.user, "actor": self.granter} | facts
        if facts["to_user"].has_perm("crm.change_customer"):
            customer_grant(customer_id=customer.pk, reason="a test", **facts)
        else:
            self._granted_before(customer)

    def _granted_before(self, customer: Customer) -> None:
        """Have it stand there for a role that it is no use to: by the service it would be refused, or ended."""
        for codename in ("view_customer", "change_customer"):
            facts = {"permission": Permission.objects.get(codename=codename), "content_object": customer}
            CustomerUserObjectPermission.objects.create(user=self.user, granted_by=self.granter, **facts)

    _restricted_granted = _granted

    def _open_to_colleague(self, customer: Customer) -> None:
        """Have what may be ended."""
        CustomerUserObjectPermission.objects.get_or_create(
            user=self.colleague,
            permission=Permission.objects.get(codename="view_customer"),
            content_object=customer,
            defaults={"granted_by": self.granter, "reason": "a test"},
        )

    def _granted_to_work(self, customer: Customer) -> None:
        self._granted(customer, editable=True)

    def _grant_ended(self, customer: Customer) -> None:
        self._granted(customer, until_at=timezone.now() - DAY, editable=True)

    def _granted_to_another(self, customer: Customer) -> None:
        self._granted(customer, to_user=self.colleague, editable=True)

    def _granted_to_role(self, customer: Customer, role: str = "", until_at: Any = None) -> None:
        group = Group.objects.get(name=role) if role else self.user.groups.get()
        CustomerGroupObjectPermission.objects.create(
            group=group,
            permission=Permission.objects.get(codename="view_customer"),
            content_object=customer,
            granted_by=self.granter,
            reason="a test",
            until_at=until_at,
        )

    def _role_grant_ended(self, customer: Customer) -> None:
        self._granted_to_role(customer, until_at=timezone.now() - DAY)

    def _granted_to_another_role(self, customer: Customer) -> None:
        self._granted_to_role(customer, role="product_administrator")

    def _nothing_more(self, customer: Customer) -> None:
        """The columns say it all."""

    def _holding(self, position: str, customer: Customer) -> Model:
        mark = mark_of("crm.holding", position)
        today = timezone.localdate()
        holding = HoldingFactory(
            pk=mark.key(2),
            customer=customer,
            holding_no=f"{mark.digits}02",
            name=mark.word,
            kind="TERM_DEPOSIT",
            matures_on=today + (1 if position in SHARED else 5) * DAY,
        )
        if position in SHARED:
            part: dict[str, Any] = {
                "authorised": {"role": HoldingParty.Role.AUTHORISED},
                "guarantor": {"role": HoldingParty.Role.GUARANTOR},
                "joint_ended": {"until_on": today},
                "joint_to_come": {"since_on": today + DAY},
            }.get(position, {})
            PartyFactory(holding=holding, customer=self.world.home, **({"role": HoldingParty.Role.JOINT} | part))
        self._parts(position, customer, holding)
        return holding

    def _parts(self, position: str, customer: Customer, holding: Model) -> None:
        """Give the holding what stands behind it. The owner's part is told of where he himself may be seen."""
        mark = mark_of("crm.holding", position)
        HoldingParty.objects.filter(holding=holding, customer=customer).update(amount=int(MARKS[position].digits))
        PositionFactory(pk=mark.key(7), holding=holding, isin=f"X{mark.digits}0001", name=mark.word)
        BalanceFactory(holding=holding, balance=Decimal(mark.digits))

    def _relate(self, position: str) -> None:
        """Let the customer stand to the relative, who bears the row's mark, and the home customer to him."""
        customers = self.world.rows["crm.customer"]
        if position != RELATIVE:
            self.world.rows.setdefault("crm.relationship", {})[position] = RelationshipFactory(
                pk=MARKS[position].key(6), customer=customers[position], related=customers[RELATIVE], kind="DIRECTOR_OF"
            )
            RelationshipFactory(customer=customers[RELATIVE], related=customers[position], kind="SIGNATORY_OF")
        if position != HOME[self.username]:
            pair = {"customer": self.world.home, "related": customers[position]}
            RelationshipFactory(**pair, kind="SPOUSE")
            RelationshipFactory(**pair, kind="SHAREHOLDER_OF", share=Decimal("0.9"))

    def _rows(self, position: str, customer: Customer, holding: Model) -> None:
        mark, today = MARKS[position], timezone.localdate()
        author = self.user or self.colleague
        message = {"kind": "maturity", "subject_type": "crm.holding", "subject_id": holding.pk, "customer": customer}
        message |= {"context": {"matures_on": today.isoformat(), "lead_days": 1}, "deadline_on": today}
        rows = {
            "crm.customer": customer,
            "crm.holding": holding,
            "crm.interaction": InteractionFactory(
                pk=mark.key(3), customer=customer, author=self.colleague, summary=mark.word
            ),
            "crm.task": TaskFactory(
                pk=mark.key(4), customer=customer, title=mark.word, assignee=author, created_by=author, due_on=today
            ),
            "crm.feeddifference": FeedDifferenceFactory(
                pk=mark.key(8), customer=customer, column="city", theirs="Brno"
            ),
            "crm.assignment": Assignment.objects.create(pk=mark.key(9), customer=customer, reason=mark.word),
            "notifications.message": MessageFactory(pk=mark.message_key, recipient=author, **message),
        }
        for seen in (customer, holding):
            record(f"{seen._meta.label_lower}.viewed", actor=self.granter, subject=seen, detail={"surface": "page"})
        for model, row in rows.items():
            self.world.rows.setdefault(model, {})[position] = row
        if position == HOME[self.username]:
            another = MessageFactory(pk=ANOTHERS.message_key, recipient=self.stranger, **message)
            self.world.messages_of_others.append(another)
