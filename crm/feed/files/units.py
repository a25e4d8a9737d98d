"""units.csv: the bank's tree."""

from __future__ import annotations

from collections import defaultdict, deque

from crm.feed.forms import Column, Form, Row
from crm.feed.load import Load
from crm.feed.parsers import choice, text
from crm.feed.reading import Reading
from crm.feed.refusals import RowRefused, shown
from crm.feed.repeats import once
from crm.feed.report import Counts
from finpulse.identity.models import Unit
from finpulse.identity.services import UnitPlaceRefused, unit_place

FORM = Form(
    name="units.csv",
    columns=(
        Column("unit_code", text(40), required=True),
        Column("name", text(120), required=True),
        Column("parent_code", text(40)),
        Column("kind", choice(Unit.Kind)),
    ),
    key=("unit_code",),
)
# Stands in for the id of a unit that a dry run does not make.
NOT_MADE = -1


def load(load: Load) -> None:
    """Place the units, each parent before its children whatever their order in the file."""
    if load.has(FORM):
        with load.counted(FORM.name):
            reading = Reading(load, FORM)
            _Tree(load, once(load, FORM, reading.rows()), has_parents="parent_code" in reading.reader.present).place()
    load.units |= dict(Unit.objects.values_list("code", "id"))


class _Tree:
    """The tree as it will be: what is there, and what the file says of it. Units are few, so all are held."""

    def __init__(self, load: Load, rows: dict[str, Row], *, has_parents: bool) -> None:
        self.load, self.rows, self.has_parents = load, rows, has_parents
        self.known = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        self.parents = {code: unit.parent.code if unit.parent else "" for code, unit in self.known.items()}

    def place(self) -> None:
        """Place what can be placed; what is left over lies below itself."""
        below = defaultdict(list)
        for code in self.rows:
            below[self._parent(code)].append(code)
        waiting = deque(code for code in self.rows if self._parent(code) not in self.rows)
        left = dict(self.rows)
        while waiting:
            code = waiting.popleft()
            self._try(left.pop(code))
            waiting.extend(below[code])
        for row in left.values():
            self.load.refuse(
                FORM, row.line, RowRefused("parent_code", "The unit lies below itself, or below one that does.")
            )

    def _parent(self, code: str) -> str:
        if self.has_parents:
            return str(self.rows[code].values["parent_code"])
        return self.parents.get(code, "")

    def _try(self, row: Row) -> None:
        code = row.values["unit_code"]
        parent = self._parent(code)
        try:
            self._check(code, parent)
            self._put(row, code, parent)
        except RowRefused as refusal:
            self.load.refuse(FORM, row.line, refusal)
        else:
            self.parents[code] = parent

    def _check(self, code: str, parent: str) -> None:
        if parent and parent not in self.parents:
            raise RowRefused("parent_code", f"No unit {shown(parent)} is known here.")
        above = parent
        while above:
            if above == code:
                raise RowRefused("parent_code", f"Unit {shown(parent)} lies below this one.")
            above = self.parents[above]

    def _put(self, row: Row, code: str, parent: str) -> None:
        counts, known = self.load.report.files[FORM.name], self.known.get(code)
        kind = row.values.get("kind") or (known.kind if known else Unit.Kind.BRANCH)
        said = (row.values["name"], kind, parent)
        if known and (known.name, known.kind, self.parents[code]) == said:
            counts.unchanged += 1
            return
        if self.load.dry_run:
            self.load.units.setdefault(code, NOT_MADE)
        else:
            self._write(code, row.values["name"], kind, parent)
        counts.add(Counts(changed=1) if known else Counts(new=1))

    def _write(self, code: str, name: str, kind: str, parent: str) -> None:
        # Read again, since placing another unit may have moved the parent.
        above = Unit.objects.get(code=parent) if parent else None
        try:
            unit_place(code=code, name=name, kind=kind, parent=above, actor=self.load.actor)
        except UnitPlaceRefused as refusal:
            raise RowRefused("parent_code", str(refusal)) from refusal
