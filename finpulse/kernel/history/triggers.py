"""The triggers that keep a row as it was, one by one: where nothing watched changes, they cost a comparison.

A nightly feed changes balances on every row; a trigger per statement would have to join all of them to find nothing.
"""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from pghistory.trigger import Event
from pgtrigger.compiler import Trigger, UpsertTriggerSql

from finpulse.kernel.history.context import SETTING


class KeptTriggerSql(UpsertTriggerSql):
    """A trigger that no session can tell to look away: pgtrigger's own may be, by a setting that anybody can make."""

    def get_template(self) -> str:
        """Give the statements. Migrations refer to them: a change of the text needs a class of another name."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}()
            RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE PROCEDURE {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class OldRow(Event):
    """Writes what is kept of the old row, the names of what changed, and who acts or, untold, the database's user."""

    def get_func(self, model: Any) -> str:
        """Give the function's body."""
        history: Any = self.event_model
        columns = {name: f'OLD."{name}"' for name in history.kept_columns()}
        columns |= {
            "pgh_created_at": "now()",
            "pgh_label": f"'{self.label}'",
            "pgh_obj_id": 'OLD."id"',
            "pgh_changed": self._changed(history.watched_columns()),
            "pgh_context": f"COALESCE(NULLIF(current_setting('{SETTING}', true), '')::jsonb, "
            "jsonb_build_object('actor', NULL, 'database_user', session_user))",
        }
        names = ", ".join(f'"{name}"' for name in columns)
        into = f'INSERT INTO "{history._meta.db_table}" ({names})'
        return f"{into} VALUES ({', '.join(columns.values())}); RETURN NULL;"

    def compile(self, model: Any) -> Trigger:
        """Compile to statements of our own template."""
        compiled = super().compile(model)
        return Trigger(name=compiled.name, sql=KeptTriggerSql(**compiled.sql.kwargs))

    def _changed(self, watched: list[str]) -> str:
        if self.operation == pgtrigger.Delete:
            return "ARRAY[]::text[]"
        each = ", ".join(f"""CASE WHEN {_differs(name)} THEN '{name.removesuffix("_index")}' END""" for name in watched)
        return f"array_remove(ARRAY[{each}]::text[], NULL)"


class _Keeps:
    def add_event_trigger(self, event_model: Any) -> None:
        """Register our trigger."""
        condition = None
        if self.operation == pgtrigger.Update:  # type: ignore[attr-defined]
            condition = pgtrigger.Condition(" OR ".join(map(_differs, event_model.watched_columns())))
        trigger = OldRow(  # type: ignore[no-untyped-call]
            event_model=event_model,
            label=self.label,  # type: ignore[attr-defined]
            name=f"keep_{self.label}",  # type: ignore[attr-defined]
            row="OLD",
            operation=self.operation,  # type: ignore[attr-defined]
            condition=condition,
            level=pgtrigger.Row,
        )
        pgtrigger.register(trigger)(event_model.pgh_tracked_model)


class KeepUpdate(_Keeps, pghistory.UpdateEvent):
    """Keeps the row before an update that changes something watched."""

    row = "OLD"
    condition = None


class KeepDelete(_Keeps, pghistory.DeleteEvent):
    """Keeps the row before it is deleted."""


def _differs(column: str) -> str:
    return f'OLD."{column}" IS DISTINCT FROM NEW."{column}"'
