"""Customers opened to one person or role by name: a specialist brought in, need-to-know on a restricted customer."""

from django.db import models

from crm.models.customer import Customer
from finpulse.kernel.access.grants import GrantFacts, GroupObjectPermissionBase, UserObjectPermissionBase


class CustomerUserObjectPermission(UserObjectPermissionBase, GrantFacts):
    """A customer opened to one user."""

    content_object = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class CustomerGroupObjectPermission(GroupObjectPermissionBase, GrantFacts):
    """A customer opened to everybody of one role."""

    content_object = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
