"""How a row of each listed model is made for a customer and the colleague in charge of him."""

from finpulse.audit.services import record

ROWS = {"audit.auditevent": lambda customer, user: record("audit.test.made", actor=user, subject=customer)}
