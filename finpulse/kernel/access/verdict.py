"""The answer of a policy: yes, or a no that carries its reason."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """True or false, with a sentence fit for the screen when false."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def NO(reason: str) -> Verdict:
    """Give a refusal with its reason."""
    return Verdict(False, reason)
