"""One customer by running number: who he is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from crm.demo.books import Desk
from crm.demo.dice import Dice, Weighted
from crm.demo.identifiers import customer_uid
from crm.demo.organisations import organisation_facts
from crm.demo.persons import person_facts
from crm.demo.places import HOUSES, STREETS, TOWNS
from crm.demo.plan import BOOKS
from crm.demo.rows import CustomerRow
from crm.models import Customer
from crm.names import search_text, sort_name
from finpulse.kernel.encryption import blind_index, encrypt_field

ORGANISATIONS = 0.15
RESTRICTED = 0.0005
_TABLE = Customer._meta.db_table
_STATUS = Weighted({"ACTIVE": 880, "DORMANT": 45, "CLOSED": 35, "PROSPECT": 30, "DECEASED": 10})
_KYC = Weighted(
    {
        ("CLEAR", "STANDARD"): 78,
        ("CLEAR", "SIMPLIFIED"): 8,
        ("CLEAR", "ENHANCED"): 6,
        ("EXPIRED", "STANDARD"): 5,
        ("PENDING", "STANDARD"): 2.7,
        ("REFUSED", "ENHANCED"): 0.3,
    }
)
_AML = Weighted({"LOW": 84, "MEDIUM": 13, "HIGH": 3})
_RATING = Weighted({"A": 12, "B+": 20, "B": 28, "C+": 16, "C": 10, "D": 3, "": 11})
_CURRENCIES = Weighted({"CZK": 962, "EUR": 30, "USD": 8})


class Named(NamedTuple):
    """What a customer's spelling for lists and searches is made of."""

    customer_no: str
    kind: str
    given_name: str
    family_name: str
    organisation_name: str
    phone: str
    email: str
    registration_no: str


class Maker:
    """Makes customers of one bank. `known` overrides what chance would say: the cast has its own facts."""

    def __init__(self, *, seed: int, today: date, midnight: datetime) -> None:
        """Keep what all customers share; `midnight` is the moment at which the day begins at the bank."""
        self.seed, self.today, self.midnight = seed, today, midnight

    def customer(self, dice: Dice, number: int, row_id: int, desk: Desk, known: dict[str, Any]) -> CustomerRow:
        """Give the customer."""
        is_person = not dice.chance(ORGANISATIONS)
        if "kind" in known:
            is_person = known["kind"] == Customer.Kind.PERSON
        make = person_facts if is_person else organisation_facts
        facts = make(dice, number, seed=self.seed, today=self.today, known=known)
        facts |= self._course(dice, facts, desk) | _home(dice, desk) | known
        return self._row(facts, f"DC{number:06d}", row_id, desk)

    def _course(self, dice: Dice, facts: dict[str, Any], desk: Desk) -> dict[str, Any]:
        """What happened since he came: status, due diligence, dates."""
        status, (kyc_status, kyc_level), aml_risk = _STATUS.draw(dice), _KYC.draw(dice), _AML.draw(dice)
        if status == "DECEASED" and facts["kind"] != Customer.Kind.PERSON:
            status = "ACTIVE"
        joined_on = dice.day(facts["earliest_on"], self.today)
        closed_on = dice.day(joined_on, self.today) if status == "CLOSED" else None
        review_in = dice.below(1080) + (0 if kyc_status == "CLEAR" else -400)
        return {
            "status": status,
            "joined_on": None if status == "PROSPECT" else joined_on,
            "closed_on": closed_on,
            "kyc_status": "PENDING" if status == "PROSPECT" else kyc_status,
            "kyc_level": kyc_level,
            "kyc_review_on": self.today + timedelta(days=review_in),
            "aml_risk": aml_risk,
            # The demo accounts have one each, in the cast.
            "restricted": desk.key >= len(BOOKS) and dice.chance(RESTRICTED),
            "credit_rating": _RATING.draw(dice),
            "currency": _CURRENCIES.draw(dice),
        }

    def _row(self, facts: dict[str, Any], customer_no: str, row_id: int, desk: Desk) -> CustomerRow:
        named = cast(Customer, Named(customer_no=customer_no, **{name: facts[name] for name in Named._fields[1:]}))
        uid = customer_uid(customer_no)
        national_id, tax_id = facts.pop("national_id"), facts.pop("tax_id")
        for name in ("earliest_on", "serial"):
            facts.pop(name, None)
        return CustomerRow(
            id=row_id,
            uid=uid,
            customer_no=customer_no,
            sort_name=sort_name(named),
            search_text=search_text(named),
            national_id=encrypt_field(national_id, column=f"{_TABLE}.national_id", uid=uid),
            national_id_index=blind_index(national_id, column=f"{_TABLE}.national_id"),
            tax_id=encrypt_field(tax_id, column=f"{_TABLE}.tax_id", uid=uid),
            tax_id_index=blind_index(tax_id, column=f"{_TABLE}.tax_id"),
            manager_id=desk.manager_id,
            unit_id=desk.unit_id,
            created_at=self.midnight,
            updated_at=self.midnight,
            **facts,
        )


def _home(dice: Dice, desk: Desk) -> dict[str, Any]:
    town = TOWNS.draw(dice)
    return {
        "address": f"{dice.pick(STREETS)} {dice.below(HOUSES) + 1}",
        **town._asdict(),
        "country": "CZ",
        "booking_branch": desk.unit_code,
    }
