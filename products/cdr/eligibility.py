"""Reading who may apply. What is not certain keeps the bank's words and is checked by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from products.cdr.document import Document
from products.cdr.facts import CriterionFacts
from products.models import Criterion

# The Consumer Data Right is Australian law: "resident" in these documents is a resident of Australia (ISO 3166).
COUNTRY = "AU"
OLDEST = 120

_AGE = re.compile(
    r"(?P<years>[0-9]{1,3})\s*(?:years?(?: old| of age)?)?(?: (?:or|and) (?:older|over|above))?\+?\.?", re.IGNORECASE
)
_AGE_AGAIN = re.compile(
    r"(?:you |applicants? |customers? )?must be (?:aged )?(?P<years>[0-9]{1,3}) years (?:of age|old)"
    r"(?: (?:or|and) (?:older|over|above))?(?: to apply)?\.?",
    re.IGNORECASE,
)
# Others than the applicant: nothing to check about him.
_OTHER_PERSON = re.compile(r"additional card ?holders? must be [0-9]{1,3} years (?:of age|old)\.?", re.IGNORECASE)
_RESIDENT = re.compile(
    r"(?:you |applicants? |customers? )?(?:must )?(?:be )?(?:an )?australian residents?"
    r"(?P<more> with an australian residential and mailing address)?\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Reading:
    """What was read with certainty from a criterion's words."""

    threshold: int | None = None
    country: str = ""
    more_to_check: bool = False


def read_criteria(product: Document) -> Iterator[CriterionFacts]:
    """Give the product's criteria in the document's order.

    :raises ProductRefused: when one has no type, since leaving it out would let people apply whom the bank excludes.
    """
    parts = list(product.parts("eligibility"))
    traders = _names_sole_traders(product, parts)
    for position, part in enumerate(parts):
        kind = part.required("eligibilityType", longest=40)
        value, info = part.text("additionalValue"), part.text("additionalInfo")
        reader = READERS.get(kind)
        reading = reader(value, info) if reader else None
        yield CriterionFacts(
            position=position,
            kind=kind,
            value=value,
            info=info,
            info_uri=part.web_address("additionalInfoUri"),
            understood=reading is not None,
            admits_sole_traders=kind == Criterion.Kind.BUSINESS and traders,
            **vars(reading or _Reading()),
        )


def _names_sole_traders(product: Document, parts: list[Document]) -> bool:
    """Any of the product's words may say that a business is also a person who trades."""
    texts = [product.text("description")]
    texts += [part.text(name) for part in parts for name in ("additionalValue", "additionalInfo")]
    return any("sole trader" in " ".join(text.split()).casefold() for text in texts)


def _read_age(value: str, info: str) -> _Reading | None:
    years = _years(_AGE, value)
    if years is None:
        return None
    said_again = _years(_AGE_AGAIN, info) == years or _OTHER_PERSON.fullmatch(info) is not None
    return _Reading(threshold=years, more_to_check=bool(info) and not said_again)


def _years(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.fullmatch(" ".join(text.split()))
    years = int(found["years"]) if found else 0
    return years if 0 < years <= OLDEST else None


def _read_by_type(value: str, info: str) -> _Reading | None:
    """The type alone says who; any words beside it ask for more."""
    return _Reading(more_to_check=bool(value or info))


def _read_residency(value: str, info: str) -> _Reading | None:
    """Residence alone can be read. A text that also lets citizens or visa holders in depends on what is not known."""
    found = [_RESIDENT.fullmatch(" ".join(text.split())) for text in (value, info) if text]
    if not found or not all(found):
        return None
    return _Reading(country=COUNTRY, more_to_check=any(match["more"] for match in found if match))


READERS: dict[str, Callable[[str, str], _Reading | None]] = {
    Criterion.Kind.MIN_AGE: _read_age,
    Criterion.Kind.MAX_AGE: _read_age,
    Criterion.Kind.NATURAL_PERSON: _read_by_type,
    Criterion.Kind.BUSINESS: _read_by_type,
    Criterion.Kind.RESIDENCY_STATUS: _read_residency,
}
