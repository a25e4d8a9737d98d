"""Codes of the break-glass account that have been used."""

from __future__ import annotations

from django.db import models


class UsedCode(models.Model):
    """A time step whose code has let somebody in: it lets nobody in again."""

    step = models.BigIntegerField(primary_key=True, help_text="Half minutes since 1970")
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.step)
