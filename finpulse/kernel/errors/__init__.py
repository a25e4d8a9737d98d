"""What a service refuses, as one exception that each surface words in its own way."""

from finpulse.kernel.errors.domain import DomainError, InputError

__all__ = ["DomainError", "InputError"]
