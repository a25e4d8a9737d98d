"""What people type is looked at before it is kept."""

from crm.card_numbers import find_card_number
from finpulse.kernel.errors import InputError


def checked_text(text: str, *, field: str, longest: int) -> str:
    """Give the text without outer blanks.

    :raises InputError: when it is empty, too long, holds a NUL or a full card number.
    """
    text = text.strip()
    if not text:
        raise InputError("Write a few words.", field=field)
    if len(text) > longest:
        raise InputError(f"At most {longest:,} characters; these are {len(text):,}.", field=field)
    if "\x00" in text:
        raise InputError("The text holds a character that cannot be kept.", field=field)
    if find_card_number(text):
        raise InputError("This holds a full card number. Write the last four digits only.", field=field)
    return text
