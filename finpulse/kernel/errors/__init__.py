"""What a service refuses, as one exception that each surface words in its own way."""

from finpulse.kernel.errors.domain import DomainError, EditedMeanwhile, InputError

__all__ = ["DomainError", "EditedMeanwhile", "InputError"]
