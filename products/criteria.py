"""May a customer apply? Each criterion is answered by a rule: yes, no or not known, with a sentence for the screen.

A pre-check, never a credit decision. Only kind of customer, date of birth and country of residence enter; where the
facts or the bank's words leave any doubt the answer is "not known". Another kind is one more entry of RULES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from products.models import Criterion
from products.wording import Asked, kind_label, own_words, requirement

PERSON = "PERSON"


class Outcome(StrEnum):
    """The answer of one rule, or of all rules of a product."""

    YES = "YES"
    NO = "NO"
    NOT_KNOWN = "NOT_KNOWN"


@dataclass(frozen=True)
class CustomerFacts:
    """All that rules may know.

    `kind` is PERSON or ORGANISATION; `country` is where he lives, ISO 3166 alpha-2, "" when not known.
    """

    kind: str
    birth_on: date | None
    country: str
    today: date

    @property
    def is_person(self) -> bool:
        """Whether the customer is a natural person."""
        return self.kind == PERSON

    @property
    def age(self) -> int | None:
        """Whole years today, None when not known. Born on 29 February, one turns older on 1 March of a common year."""
        if self.birth_on is None or self.birth_on > self.today:
            return None
        before_birthday = (self.today.month, self.today.day) < (self.birth_on.month, self.birth_on.day)
        return self.today.year - self.birth_on.year - before_birthday


@dataclass(frozen=True)
class Check:
    """The answer to one criterion."""

    outcome: Outcome
    sentence: str


Rule = Callable[[CustomerFacts, Asked], Check]


def check(facts: CustomerFacts, asked: Asked) -> Check:
    """Answer one criterion."""
    rule = (RULES if asked.understood else UNREAD_RULES).get(asked.kind, by_hand)
    return rule(facts, asked)


def overall(checks: Iterable[Check]) -> Outcome:
    """Give no if any is no, else not known if any is not known, else yes."""
    outcomes = {answer.outcome for answer in checks}
    return next((outcome for outcome in (Outcome.NO, Outcome.NOT_KNOWN) if outcome in outcomes), Outcome.YES)


def min_age(facts: CustomerFacts, asked: Asked) -> Check:
    """The least age in whole years, reached on that birthday, as every bank words it."""
    return _by_age(facts, asked, lambda age, threshold: age >= threshold)


def max_age(facts: CustomerFacts, asked: Asked) -> Check:
    """Only customers younger than that age (Consumer Data Standards, Product Eligibility Types)."""
    return _by_age(facts, asked, lambda age, threshold: age < threshold)


def _by_age(facts: CustomerFacts, asked: Asked, passes: Callable[[int, int], bool]) -> Check:
    if not facts.is_person:
        return _of_applicant(asked)
    if facts.age is None or asked.threshold is None:
        return _answer(Outcome.NOT_KNOWN, asked, "date of birth not known")
    return _decided(passes(facts.age, asked.threshold), asked, str(facts.age))


def natural_person(facts: CustomerFacts, asked: Asked) -> Check:
    """Only for persons."""
    return _decided(facts.is_person, asked, f"this customer is {_who(facts)}")


def business(facts: CustomerFacts, asked: Asked) -> Check:
    """Only for businesses; a person may be one where the product's words admit sole traders."""
    if facts.is_person and asked.admits_sole_traders:
        return _answer(Outcome.NOT_KNOWN, asked, "this customer is a person; whether a sole trader, check by hand")
    return _decided(not facts.is_person, asked, f"this customer is {_who(facts)}")


def residency(facts: CustomerFacts, asked: Asked) -> Check:
    """Residence of one country, judged by where a person lives and never by nationality."""
    if not facts.is_person:
        return _of_applicant(asked)
    if not facts.country:
        return _answer(Outcome.NOT_KNOWN, asked, "the customer's country is not known")
    return _decided(facts.country == asked.country, asked, f"the customer's country is {facts.country}")


def residency_unread(facts: CustomerFacts, asked: Asked) -> Check:
    """Words that also admit citizens or visa holders: where a person lives does not decide them."""
    if not facts.is_person or not facts.country:
        return by_hand(facts, asked)
    finding = f"lives in {facts.country}; citizenship or visa to be checked by hand: “{own_words(asked)}”"
    return _answer(Outcome.NOT_KNOWN, asked, finding)


def by_hand(facts: CustomerFacts, asked: Asked) -> Check:
    """What no rule can read."""
    words = own_words(asked)
    return Check(Outcome.NOT_KNOWN, f"{kind_label(asked.kind)}: check by hand" + (f": “{words}”" if words else ""))


RULES: dict[str, Rule] = {
    Criterion.Kind.MIN_AGE: min_age,
    Criterion.Kind.MAX_AGE: max_age,
    Criterion.Kind.NATURAL_PERSON: natural_person,
    Criterion.Kind.BUSINESS: business,
    Criterion.Kind.RESIDENCY_STATUS: residency,
}
UNREAD_RULES: dict[str, Rule] = {Criterion.Kind.RESIDENCY_STATUS: residency_unread}


def _who(facts: CustomerFacts) -> str:
    return "a person" if facts.is_person else "an organisation"


def _of_applicant(asked: Asked) -> Check:
    return _answer(Outcome.NOT_KNOWN, asked, "of the person who applies for the organisation; check by hand")


def _decided(passed: bool, asked: Asked, finding: str) -> Check:
    """A no is a no; a yes stays open while the bank's words ask for more than the rule has read."""
    if passed and asked.more_to_check:
        return _answer(Outcome.NOT_KNOWN, asked, f"{finding}; the rest to be checked by hand: “{own_words(asked)}”")
    return _answer(Outcome.YES if passed else Outcome.NO, asked, finding)


def _answer(outcome: Outcome, asked: Asked, finding: str) -> Check:
    asked_for = requirement(asked)
    return Check(outcome, f"{asked_for}{',' if ':' in asked_for else ':'} {finding}")
