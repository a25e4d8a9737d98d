"""What the pages of the audit trail answer to each role, in the order of `ASKED_BY`."""

from __future__ import annotations

TRAIL: dict[str, dict[str, str]] = {
    "admin/audit/auditevent/": {
        "get": "302 403 403 403 200 200 200 403 403",
        "post": "302 403 403 403 200 200 200 403 403",
    },
    "admin/audit/auditevent/export/": {
        "get": "302 404 404 404 405 405 405 404 404",
        "post": "302 404 404 404 200 200 200 404 404",
    },
    "admin/audit/chain/": {
        "get": "302 404 404 404 200 200 404 404 404",
        "post": "302 404 404 404 405 405 404 404 404",
    },
    "admin/audit/auditevent/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/audit/auditevent/<path:object_id>/history/": {
        "get": "302 404 404 404 200 200 404 404 404",
        "post": "302 404 404 404 200 200 404 404 404",
    },
    # About a customer: for who runs FinPulse there is no such event.
    "admin/audit/auditevent/<path:object_id>/change/": {
        "get": "302 403 403 403 200 200 404 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
}
