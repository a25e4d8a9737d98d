"""Words that break pages which trust them, put into every column of a row that takes words, and the oracle."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from django.db.models import CharField, EmailField, Field, Model, TextField, URLField

from finpulse.kernel.encryption import EncryptedTextField

# An element and an attribute of this name exist only where words became markup.
MARK = "b-zq"
BROKEN_OUT = f"\"'><{MARK} onzq=1>"
WORDS = (
    f"{BROKEN_OUT}<script>zq</script>",
    f"{BROKEN_OUT}{{{{ 7*7 }}}}zq{{% now 'Y' %}}",
    f"=cmd|'/c calc'!A1{BROKEN_OUT}",
    f"{BROKEN_OUT}\u202eodd\u202c\u2066\x01\x08\x1b[31m\x7f\ufeff",
    f"{BROKEN_OUT}😀👩‍👩‍👧‍👦 Žluťoučký ﷽",
    f"{BROKEN_OUT}{'W' * 300}",
    f"{BROKEN_OUT}\r\nBcc: zq@example.org\t</textarea></title><!--",
)
# Keys and codes that the code itself reads; what a person or a feed writes is everything else.
KEYS = {
    "crm.customer": {"customer_no", "sort_name", "search_text", "national_id_index", "tax_id_index"},
    "crm.feeddifference": {"column"},
    "crm.holding": {"holding_no"},
    "kernel.proposal": {"kind", "subject_type", "fingerprint"},
    "identity.claimmapping": {"issuer"},
    "identity.unit": {"path"},
    "identity.user": {"username", "password", "oidc_issuer", "oidc_subject"},
    "notifications.message": {"key", "scope_type", "subject_type"},
    "products.product": {"code", "fingerprint"},
    "products.rate": {"key"},
}
SHORTEST = len(BROKEN_OUT)


def spoil(row: Model, number: int) -> None:
    """Put hostile words into every column of a row that a person or a feed writes, another in each."""
    values = {field.attname: _words(field, number + place) for place, field in enumerate(columns(row))}
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def columns(row: Model) -> list[Field]:
    """Give the columns that take free words."""
    keys = KEYS.get(row._meta.concrete_model._meta.label_lower, set())
    return [field for field in row._meta.concrete_fields if field.name not in keys and _takes_words(field)]


def escaped_out_of(page: str) -> Iterator[str]:
    """Give each place at which words became markup, or were run as a template."""
    found = _Reader()
    found.feed(page)
    yield from found.leaks
    if "49zq" in page:
        yield "a template was run"


def _takes_words(field: Field) -> bool:
    long_enough = field.max_length is None or field.max_length >= SHORTEST
    takes = isinstance(field, CharField | TextField) and not isinstance(field, EncryptedTextField)
    return takes and not field.choices and not field.unique and long_enough


def _words(field: Field, number: int) -> str:
    words = WORDS[number % len(WORDS)]
    if isinstance(field, URLField):
        words = "https://hostile.example/" + words
    elif isinstance(field, EmailField):
        words = BROKEN_OUT + "@hostile.example"
    return words[: field.max_length]


class _Reader(HTMLParser):
    """Reads a page as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.leaks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element or attribute that only hostile words can have made, and a script of theirs."""
        if MARK in tag or any("zq" in name for name, _ in attrs):
            self.leaks.append(f"line {self.getpos()[0]}: <{tag}>")

    def handle_data(self, data: str) -> None:
        """Note a script of theirs."""
        if self.cdata_elem == "script" and "zq" in data:
            self.leaks.append(f"line {self.getpos()[0]}: script {data[:60]}")
