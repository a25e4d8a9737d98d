"""What is wrong with the bank's switches, said before anything runs."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from finpulse.kernel.proposals.kinds import proposal_kinds


def check_switches(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name each verb of DUAL_CONTROL_OFF that there is not: misspelt, it would stay on and nobody would know."""
    unknown = [name for name in settings.DUAL_CONTROL_OFF if name not in proposal_kinds]
    known = ", ".join(name for name, _ in proposal_kinds.items())
    return [Error(f"DUAL_CONTROL_OFF names {name}; there are {known}.", id="kernel.E001") for name in unknown]
