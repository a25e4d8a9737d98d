"""What goes wrong with the local services, in one sentence that says what to do."""


class LocalServiceError(Exception):
    """A local service cannot be used; the message is fit for the terminal as it is."""
