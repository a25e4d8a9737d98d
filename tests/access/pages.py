"""What every other route answers to each role, written down from contracts.md: lists, forms, verbs, other pages.

One line per method, one answer per role: nobody signed in, customer manager, supervisor, administrator, auditor,
compliance, system administrator, product administrator, integration.
"""

from __future__ import annotations

from tests.access.identity_pages import IDENTITY
from tests.access.resources import API
from tests.access.role_mappings import ROLE_MAPPINGS
from tests.access.sign_ins import SIGN_INS
from tests.access.trail import TRAIL
from tests.access.two_people import TWO_PEOPLE

ASKED_BY = ("anonymous", "alice", "dana", "erin", "frank", "grace", "heidi", "pavel", "script")
# A method that a resource does not take is refused by role or by kind: three of them show it.
RARE_METHODS = ("put", "patch", "delete", "head", "options")
RARE_ASKED_BY = ("anonymous", "alice", "heidi")

CONSOLE: dict[str, dict[str, str]] = {
    **ROLE_MAPPINGS,
    **TWO_PEOPLE,
    **TRAIL,
    **IDENTITY,
    **SIGN_INS,
    "": {
        "get": "302 302 302 302 302 302 302 302 302",
        "post": "302 302 302 302 302 302 302 302 302",
    },
    "healthz": {
        "get": "200 200 200 200 200 200 200 200 200",
        "post": "200 200 200 200 200 200 200 200 200",
    },
    "readyz": {
        "get": "200 200 200 200 200 200 200 200 200",
        "post": "200 200 200 200 200 200 200 200 200",
    },
    "oidc/callback/": {
        "get": "302 302 302 302 302 302 302 302 302",
        "post": "405 405 405 405 405 405 405 405 405",
    },
    "oidc/authenticate/": {
        "get": "302 302 302 302 302 302 302 302 302",
        "post": "405 405 405 405 405 405 405 405 405",
    },
    "oidc/backchannel-logout/": {
        "get": "405 405 405 405 405 405 405 405 405",
        "post": "400 400 400 400 400 400 400 400 400",
    },
    "admin/": {
        "get": "302 200 200 200 200 200 200 200 200",
        "post": "302 200 200 200 200 200 200 200 200",
    },
    "admin/style/": {
        "get": "302 200 200 200 200 200 200 200 200",
        "post": "302 405 405 405 405 405 405 405 405",
    },
    "admin/login/": {
        "get": "200 302 302 302 302 302 302 302 302",
        "post": "200 200 200 200 200 200 200 200 200",
    },
    "admin/logout/": {
        "get": "302 302 302 302 302 302 302 302 302",
        "post": "302 302 302 302 302 302 302 302 302",
    },
    "admin/password_change/": {
        "get": "302 200 200 200 200 200 200 200 200",
        "post": "302 200 200 200 200 200 200 200 200",
    },
    "admin/password_change/done/": {
        "get": "302 200 200 200 200 200 200 200 200",
        "post": "302 405 405 405 405 405 405 405 405",
    },
    "admin/autocomplete/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 405 405 405 405 405 405 405 405",
    },
    "admin/jsi18n/": {
        "get": "302 200 200 200 200 200 200 200 200",
        "post": "302 405 405 405 405 405 405 405 405",
    },
    "admin/products/product/": {
        "get": "302 200 200 200 200 200 403 200 200",
        "post": "302 200 200 200 200 200 403 200 200",
    },
    "admin/products/product/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/products/product/<path:object_id>/history/": {
        "get": "302 200 200 200 200 200 404 200 200",
        "post": "302 200 200 200 200 200 404 200 200",
    },
    "admin/products/product/<path:object_id>/change/": {
        "get": "302 200 200 200 200 200 404 200 200",
        "post": "302 405 405 405 405 405 404 405 405",
    },
    "admin/notifications/message/read/": {
        "get": "302 405 405 405 405 405 405 404 405",
        "post": "302 302 302 302 302 302 302 404 302",
    },
    "admin/notifications/message/bulk/read/": {
        "get": "302 302 302 302 302 302 302 404 302",
        "post": "302 302 302 302 302 302 302 404 302",
    },
    "admin/notifications/message/": {
        "get": "302 200 200 200 200 200 200 403 200",
        "post": "302 200 200 200 200 200 200 403 200",
    },
    "admin/notifications/message/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/notifications/outboxentry/<int:object_id>/resend/": {
        "get": "302 404 404 405 404 404 405 404 404",
        "post": "302 404 404 302 404 404 302 404 404",
    },
    "admin/notifications/outboxentry/": {
        "get": "302 403 403 200 403 403 200 403 403",
        "post": "302 403 403 200 403 403 200 403 403",
    },
    "admin/notifications/outboxentry/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/notifications/outboxentry/<path:object_id>/history/": {
        "get": "302 404 404 200 404 404 200 404 404",
        "post": "302 404 404 200 404 404 200 404 404",
    },
    "admin/notifications/outboxentry/<path:object_id>/change/": {
        "get": "302 403 403 200 403 403 200 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/crm/recertification/": {
        "get": "302 404 200 404 200 200 404 404 404",
        "post": "302 404 405 404 405 405 404 404 404",
    },
    # A line of a stranger's list.
    "admin/crm/recertificationitem/<int:object_id>/decide/": {
        "get": "302 404 404 404 404 404 404 404 404",
        "post": "302 404 404 404 404 404 404 404 404",
    },
    "admin/crm/portfolio/": {
        "get": "302 200 200 200 200 200 404 404 200",
        "post": "302 405 405 405 405 405 404 404 405",
    },
    "admin/crm/customer/bulk/task/": {
        "get": "302 302 302 404 404 404 404 404 302",
        "post": "302 302 302 404 404 404 404 404 302",
    },
    "admin/crm/customer/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 200 200 200 200 200 403 403 200",
    },
    "admin/crm/customer/find/": {
        "get": "302 200 200 200 200 200 404 404 200",
        "post": "302 405 405 405 405 405 404 404 405",
    },
    "admin/crm/customer/columns/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 302 302 302 302 302 403 403 302",
    },
    "admin/crm/customer/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/crm/holding/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 200 200 200 200 200 403 403 200",
    },
    "admin/crm/holding/columns/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 302 302 302 302 302 403 403 302",
    },
    "admin/crm/holding/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/crm/interaction/log/": {
        "get": "302 200 200 200 200 200 404 404 200",
        "post": "302 200 200 200 200 200 404 404 200",
    },
    "admin/crm/interaction/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 200 200 200 200 200 403 403 200",
    },
    "admin/crm/interaction/columns/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 302 302 302 302 302 403 403 302",
    },
    "admin/crm/interaction/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/crm/task/bulk/done/": {
        "get": "302 302 302 404 404 404 404 404 302",
        "post": "302 302 302 404 404 404 404 404 302",
    },
    "admin/crm/task/bulk/move/": {
        "get": "302 302 302 404 404 404 404 404 302",
        "post": "302 302 302 404 404 404 404 404 302",
    },
    "admin/crm/task/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 200 200 200 200 200 403 403 200",
    },
    "admin/crm/task/columns/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 302 302 302 302 302 403 403 302",
    },
    "admin/crm/task/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/crm/feeddifference/": {
        "get": "302 200 200 200 200 200 403 403 200",
        "post": "302 200 200 200 200 200 403 403 200",
    },
    "admin/crm/feeddifference/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/crm/feedload/": {
        "get": "302 403 403 200 200 200 200 403 403",
        "post": "302 403 403 200 200 200 200 403 403",
    },
    "admin/crm/feedload/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/crm/feedload/<path:object_id>/history/": {
        "get": "302 404 404 200 200 200 200 404 404",
        "post": "302 404 404 200 200 200 200 404 404",
    },
    "admin/crm/feedload/<path:object_id>/change/": {
        "get": "302 403 403 200 200 200 200 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/kernel/queuedtask/<int:object_id>/retry/": {
        "get": "302 404 404 405 404 404 405 404 404",
        "post": "302 404 404 302 404 404 302 404 404",
    },
    "admin/kernel/queuedtask/": {
        "get": "302 403 403 200 403 403 200 403 403",
        "post": "302 403 403 200 403 403 200 403 403",
    },
    "admin/kernel/queuedtask/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/kernel/queuedtask/<path:object_id>/history/": {
        "get": "302 404 404 200 404 404 200 404 404",
        "post": "302 404 404 200 404 404 200 404 404",
    },
    "admin/kernel/queuedtask/<path:object_id>/change/": {
        "get": "302 403 403 200 403 403 200 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/<app_label>/": {
        "get": "302 302 302 302 302 302 302 302 302",
        "post": "302 302 302 302 302 302 302 302 302",
    },
    "admin/<url>": {
        "get": "302 301 301 301 301 301 301 301 301",
        "post": "302 301 301 301 301 301 301 301 301",
    },
}

PAGES = CONSOLE | API


def answer(path: str, method: str, username: str) -> int:
    """Give the one right status. :raises KeyError: for a route or method without a line."""
    return int(PAGES[path][method].split()[ASKED_BY.index(username)])
