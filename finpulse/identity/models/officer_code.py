"""Managers by the name that the core-banking system has for them."""

from __future__ import annotations

from django.db import models

from finpulse.identity.models.user import User


class OfficerCode(models.Model):
    """The name under which the core-banking system knows a customer manager."""

    code = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="officer_codes")

    def __str__(self) -> str:
        return self.code
