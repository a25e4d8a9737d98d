"""The root of every refusal."""


class DomainError(Exception):
    """A service will not do this now. Its text is a sentence fit for the screen; nothing has been changed.

    In the admin it becomes a form error, in the API a problem document with status 409.
    """

    status = 409
    title = "Refused"


class InputError(DomainError):
    """What was given cannot be right, whoever gives it; `field` names where. 400 in the API."""

    status = 400
    title = "Bad input"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class EditedMeanwhile(DomainError):
    """Somebody else changed what is being edited; `fields` gives for each what it holds now, and a sentence."""

    def __init__(self, fields: dict[str, tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in fields.values()))
        self.fields = fields
