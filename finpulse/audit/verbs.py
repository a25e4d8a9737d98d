"""The trail's verbs in the bank's words. Each app registers those that their own parts do not tell well enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q, TextChoices

from finpulse.kernel.registries import Registry


class Kind(TextChoices):
    """What somebody did with a row, as an auditor asks for it."""

    DID = "did", "Did"
    SAW = "saw", "Saw"
    EXPORTED = "exported", "Exported"
    REVEALED = "revealed", "Revealed"
    ASKED = "asked", "Asked"


@dataclass(frozen=True)
class Words:
    """A verb for the screen, "Contact data edited"; `kind` where the verb's end does not tell it."""

    text: str
    kind: Kind | None = None


verb_words: Registry[Words] = Registry()
_ENDINGS = {
    "viewed": (Kind.SAW, "looked at"),
    "listed": (Kind.SAW, "listed"),
    "searched": (Kind.SAW, "searched for"),
    "exported": (Kind.EXPORTED, "exported"),
    "revealed": (Kind.REVEALED, "revealed"),
    "asked": (Kind.ASKED, "asked"),
}


def register_words(words: Mapping[str, Words | str]) -> None:
    """Register an app's verbs."""
    for verb, said in words.items():
        verb_words.register(verb, said if isinstance(said, Words) else Words(said))


def words_of(verb: str) -> str:
    """Give a verb in words: what is registered, else the noun and what was done with it, "Task added"."""
    if verb in verb_words:
        return verb_words.get(verb).text
    *place, ending = verb.split(".")
    _, done = _ENDINGS.get(ending, (None, ending.replace("_", " ")))
    many = ending in ("listed", "searched")
    return f"{_noun(place, many=many)} {done}".strip().capitalize()


def kind_of(verb: str) -> Kind:
    """Give the kind of a verb."""
    own = verb_words.get(verb).kind if verb in verb_words else None
    return own or _ENDINGS.get(verb.rpartition(".")[2], (Kind.DID, ""))[0]


def of_kind(kind: Kind) -> Q:
    """Give the condition that an event is of a kind. No index answers it: ask it of events narrowed before."""
    if kind == Kind.DID:
        return ~reduce(or_, (of_kind(other) for other in Kind if other != Kind.DID))
    own = {verb: words.kind for verb, words in verb_words.items() if words.kind}
    endings = "|".join(ending for ending, (told, _) in _ENDINGS.items() if told == kind)
    return (Q(verb__regex=rf"\.({endings})$") & ~Q(verb__in=own)) | Q(
        verb__in=[verb for verb, told in own.items() if told == kind]
    )


def _noun(place: list[str], *, many: bool) -> str:
    app, _, model = ".".join(place).partition(".")
    try:
        meta = apps.get_model(app, model)._meta
    except (LookupError, ValueError):
        return model.replace("_", " ")
    return str(meta.verbose_name_plural if many else meta.verbose_name)
