"""officers.csv: under which code the core-banking system knows a customer manager."""

from __future__ import annotations

from crm.feed.forms import Column, Form, Row
from crm.feed.load import Load
from crm.feed.parsers import text
from crm.feed.reading import Reading
from crm.feed.refusals import RowRefused, shown
from crm.feed.repeats import once
from crm.feed.report import Counts
from finpulse.identity.models import OfficerCode, User
from finpulse.identity.services import officer_code_set

FORM = Form(
    name="officers.csv",
    columns=(
        Column("officer_code", text(40), required=True),
        Column("username", text(150), required=True),
    ),
    key=("officer_code",),
)


def load(load: Load) -> None:
    """Set the codes; then say which of them lead to somebody who works here."""
    known = dict(OfficerCode.objects.values_list("code", "user_id"))
    if load.has(FORM):
        with load.counted(FORM.name):
            rows = once(load, FORM, Reading(load, FORM).rows())
            users = {
                user.username: user
                for user in User.objects.filter(username__in=[_username(row) for row in rows.values()])
            }
            for code, row in rows.items():
                _set(load, row, code, users.get(_username(row)), known)
    active = set(User.objects.filter(pk__in=known.values(), is_active=True).values_list("pk", flat=True))
    load.officers = {code: user_id for code, user_id in known.items() if user_id in active}


def _username(row: Row) -> str:
    return str(row.values["username"])


def _set(load: Load, row: Row, code: str, user: User | None, known: dict[str, int]) -> None:
    if user is None:
        reason = f"No user {shown(_username(row))} is known here: customers of this officer stay unassigned."
        load.refuse(FORM, row.line, RowRefused("username", reason))
        return
    before = known.get(code)
    if before is not None and before == user.pk:
        load.report.files[FORM.name].add(Counts(unchanged=1))
        return
    if not load.dry_run:
        officer_code_set(code=code, user=user, actor=load.actor)
    known[code] = user.pk
    load.report.files[FORM.name].add(Counts(new=1) if before is None else Counts(changed=1))
