"""Circles: the few of a part among whom families are found. Their numbers lie far apart, in one desk's book."""

from __future__ import annotations

from functools import lru_cache

PEOPLE = 8
CIRCLES = 250
AT_A_TIME = CIRCLES * PEOPLE
# A step for each seat, prime to the number of circles: birth dates follow numbers, and couples are not all alike.
_STEPS = (1, 63, 117, 171, 203, 89, 37, 149)


def circle_of(place: int) -> int:
    """Give the circle, within its part, of who has this place among all that chance makes (from 0)."""
    seat, chair = divmod(place % AT_A_TIME, CIRCLES)
    return chair * _STEPS[seat] % CIRCLES


def rank(place: int, count: int) -> int:
    """Give the place in an order of the same `count` in which the members of a circle follow one another."""
    part, inside = divmod(place, AT_A_TIME)
    return part * AT_A_TIME + _ranks(min(AT_A_TIME, count - part * AT_A_TIME))[inside]


@lru_cache(maxsize=4)
def _ranks(size: int) -> list[int]:
    order = sorted(range(size), key=circle_of)
    ranks = [0] * size
    for position, inside in enumerate(order):
        ranks[inside] = position
    return ranks
