"""The well-known customers of the demo bank, by number from 1; everybody else comes by chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crm.demo.cast import alices, beraneks, lipa, others, shapes
from crm.demo.cast.member import Member, Part, Said, Tie, Todo

__all__ = ["CAST", "Member", "Part", "Said", "Tie", "Todo", "cast_of"]

CAST: tuple[Callable[[date], Member], ...] = (
    alices.eliska,
    others.tomas,
    alices.jiri,
    alices.vltava_glass,
    alices.petra,
    alices.marie,
    others.restricted_of_bob,
    others.restricted_of_alice,
    others.minor,
    others.birth_unknown,
    others.hostile_firm,
    others.quoting_cafe,
    others.mononym,
    others.long_name,
    others.hyphens,
    others.right_to_left,
    others.chinese,
    others.greek,
    others.guaranteed,
    others.deceased,
    *beraneks.FAMILY,
    *lipa.GROUP,
    *shapes.SHAPES,
)


def cast_of(today: date) -> dict[int, Member]:
    """Give the members by number, with dates as of today."""
    return {number: member(today) for number, member in enumerate(CAST, start=1)}
