"""What the pages of proposals, assignments, handovers and leavers answer to each role, in the order of `ASKED_BY`."""

from __future__ import annotations

TWO_PEOPLE: dict[str, dict[str, str]] = {
    "admin/crm/capacity/": {
        "get": "302 404 200 200 404 404 404 404 404",
        # Of nobody whom they see.
        "post": "302 404 404 404 404 404 404 404 404",
    },
    # One between strangers: who sees every customer sees it, and who may hand over.
    "admin/crm/handover/<int:object_id>/": {
        "get": "302 404 404 200 404 200 404 404 404",
        "post": "302 404 404 405 404 405 404 404 404",
    },
    "admin/crm/customer/bulk/assign/": {
        "get": "302 404 302 302 404 404 404 404 404",
        "post": "302 404 302 302 404 404 404 404 404",
    },
    "admin/crm/customer/bulk/handover/": {
        "get": "302 404 302 302 404 302 404 404 404",
        "post": "302 404 302 302 404 302 404 404 404",
    },
    "admin/crm/restricted/": {
        "get": "302 404 404 404 404 200 404 404 404",
        "post": "302 404 404 404 404 405 404 404 404",
    },
    "admin/kernel/proposal/": {
        "get": "302 200 200 200 404 200 200 200 404",
        "post": "302 405 405 405 405 405 405 405 405",
    },
    # One about a customer whom compliance alone may restrict.
    "admin/kernel/proposal/<int:object_id>/": {
        "get": "302 404 404 404 404 200 404 404 404",
        "post": "302 404 404 404 404 405 404 404 404",
    },
    "admin/kernel/proposal/<int:object_id>/approve/": {
        "get": "302 404 404 404 404 405 404 404 404",
        "post": "302 404 404 404 404 302 404 404 404",
    },
    "admin/kernel/proposal/<int:object_id>/refuse/": {
        "get": "302 404 404 404 404 405 404 404 404",
        "post": "302 404 404 404 404 302 404 404 404",
    },
    "admin/kernel/proposal/<int:object_id>/withdraw/": {
        "get": "302 404 404 404 404 405 404 404 404",
        "post": "302 404 404 404 404 302 404 404 404",
    },
    **{
        f"admin/identity/user/<int:object_id>/{verb}/": {
            "get": "302 404 404 404 404 404 200 404 404",
            "post": "302 404 404 404 404 404 200 404 404",
        }
        for verb in ("deactivate", "reactivate")
    },
}
