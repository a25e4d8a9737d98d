"""What each route that names a row of a customer answers, written down from domain.md and contracts.md.

One line per method, one answer per asker: nobody signed in; a role without part in the module; a role that reads,
towards a row out of its scope and one within; a role that works, towards a row out of its scope, one that it may only
look at and one that it may change. "-" is an asker who does not exist for that model.
"""

from __future__ import annotations

ASKERS = ("nobody", "no role", "reads, hidden", "reads, seen", "works, hidden", "works, look", "works, work")

ROWS: dict[str, dict[str, str]] = {
    "api/v1/customers/<str:pk>/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 405 405 405",
        "patch": "401 403 403 403 404 403 200",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/holdings/<str:pk>/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/customers/<str:pk>/household/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 405 405 405",
        "patch": "401 403 403 403 405 405 405",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/customers/<str:pk>/group/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 405 405 405",
        "patch": "401 403 403 403 405 405 405",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/customers/<str:pk>/figures/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 405 405 405",
        "patch": "401 403 403 403 405 405 405",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/customers/<str:pk>/months/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 405 405 405",
        "patch": "401 403 403 403 405 405 405",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/holdings/<str:pk>/parties/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/holdings/<str:pk>/positions/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/holdings/<str:pk>/balances/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/relationships/<str:pk>/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/interactions/<str:pk>/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 405 405 405",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/notifications/<str:pk>/": {
        "get": "401 403 - - 404 200 200",
        "post": "401 403 - - 403 403 403",
        "put": "401 403 - - 405 405 405",
        "patch": "401 403 - - 405 405 405",
        "delete": "401 403 - - 403 403 403",
        "head": "401 403 - - 404 200 200",
        "options": "401 403 - - 200 200 200",
    },
    "api/v1/notifications/<str:pk>/read/": {
        "get": "401 403 - - 405 405 405",
        "post": "401 403 - - 404 200 200",
        "put": "401 403 - - 405 405 405",
        "patch": "401 403 - - 405 405 405",
        "delete": "401 403 - - 403 403 403",
        "head": "401 403 - - 405 405 405",
        "options": "401 403 - - 200 200 200",
    },
    "api/v1/tasks/<str:pk>/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 405 405 405",
        "put": "401 403 403 403 405 405 405",
        "patch": "401 403 403 403 405 405 405",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/tasks/<str:pk>/done/": {
        "get": "401 403 405 405 405 405 405",
        "post": "401 403 403 403 404 403 200",
        "put": "401 403 403 403 405 405 405",
        "patch": "401 403 403 403 405 405 405",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 405 405 405 405 405",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/feed-differences/<str:pk>/": {
        "get": "401 403 404 200 404 200 200",
        "post": "401 403 403 403 403 403 403",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 404 200 404 200 200",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/feed-differences/<str:pk>/keep/": {
        "get": "401 403 405 405 405 405 405",
        "post": "401 403 403 403 404 403 200",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 405 405 405 405 405",
        "options": "401 403 200 200 200 200 200",
    },
    "api/v1/feed-differences/<str:pk>/take/": {
        "get": "401 403 405 405 405 405 405",
        "post": "401 403 403 403 404 403 200",
        "put": "401 403 403 403 403 403 403",
        "patch": "401 403 403 403 403 403 403",
        "delete": "401 403 403 403 403 403 403",
        "head": "401 403 405 405 405 405 405",
        "options": "401 403 200 200 200 200 200",
    },
    "admin/crm/feeddifference/<int:object_id>/keep/": {
        "get": "302 404 404 405 404 405 405",
        "post": "302 404 404 302 404 302 302",
    },
    "admin/crm/feeddifference/<int:object_id>/take/": {
        "get": "302 404 404 405 404 405 405",
        "post": "302 404 404 302 404 302 302",
    },
    "admin/crm/feeddifference/<path:object_id>/history/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 200 404 200 200",
    },
    "admin/crm/feeddifference/<path:object_id>/change/": {
        "get": "302 403 404 200 404 200 200",
        "post": "302 403 403 403 403 403 403",
    },
    "admin/crm/customer/<int:object_id>/eligibility/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 405 404 405 405",
    },
    "admin/notifications/message/<int:object_id>/read/": {
        "get": "302 404 - - 404 405 405",
        "post": "302 404 - - 404 302 302",
    },
    "admin/notifications/message/<path:object_id>/history/": {
        "get": "302 404 - - 404 200 200",
        "post": "302 404 - - 404 200 200",
    },
    "admin/notifications/message/<path:object_id>/change/": {
        "get": "302 404 - - 404 302 302",
        "post": "302 404 - - 404 302 302",
    },
    "admin/crm/customer/<int:object_id>/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 405 404 405 405",
    },
    "admin/crm/customer/<int:object_id>/relationships/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 405 404 405 405",
    },
    "admin/crm/customer/<int:object_id>/who-sees/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 405 404 405 405",
    },
    "admin/crm/customer/<int:object_id>/reveal/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 302 404 302 302",
    },
    "admin/crm/customer/<int:object_id>/trail/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 405 404 405 405",
    },
    "admin/crm/customer/<int:object_id>/restrict/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 302 404 302 302",
    },
    "admin/crm/customer/<int:object_id>/bring-in/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 302 404 302 302",
    },
    "admin/crm/customer/<int:object_id>/end-grant/": {
        "get": "302 404 404 405 404 405 405",
        "post": "302 404 404 302 404 302 302",
    },
    "admin/crm/customer/<int:object_id>/log/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 200 404 302 302",
    },
    "admin/crm/customer/<path:object_id>/history/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 200 404 200 200",
    },
    "admin/crm/customer/<path:object_id>/change/": {
        "get": "302 403 404 200 404 200 200",
        "post": "302 403 403 403 404 403 302",
    },
    "admin/crm/holding/<path:object_id>/history/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 200 404 200 200",
    },
    "admin/crm/holding/<path:object_id>/change/": {
        "get": "302 403 404 200 404 200 200",
        "post": "302 403 403 403 403 403 403",
    },
    "admin/crm/interaction/<path:object_id>/history/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 200 404 200 200",
    },
    "admin/crm/interaction/<path:object_id>/change/": {
        "get": "302 403 404 200 404 200 200",
        "post": "302 403 403 403 403 403 403",
    },
    "admin/crm/task/<int:object_id>/done/": {
        "get": "302 404 404 405 404 405 405",
        "post": "302 404 404 302 404 302 302",
    },
    "admin/crm/task/<path:object_id>/history/": {
        "get": "302 404 404 200 404 200 200",
        "post": "302 404 404 200 404 200 200",
    },
    "admin/crm/task/<path:object_id>/change/": {
        "get": "302 403 404 200 404 200 200",
        "post": "302 403 403 403 403 403 403",
    },
    # These name the row in the body.
    "admin/crm/task/bulk/done/": {
        "post": "302 404 404 404 302 302 302",
    },
    "admin/crm/task/bulk/move/": {
        "post": "302 404 404 404 302 302 302",
    },
    "admin/crm/customer/bulk/task/": {
        "post": "302 404 404 404 302 302 302",
    },
    "admin/crm/customer/bulk/handover/": {
        "post": "302 404 302 302 302 302 302",
    },
    "admin/notifications/message/bulk/read/": {
        "post": "302 404 - - 302 302 302",
    },
    "api/v1/interactions/": {
        "post": "401 403 403 403 404 201 201",
    },
    "api/v1/tasks/": {
        "post": "401 403 403 403 404 403 201",
    },
}  # fmt: skip

# Of whom it takes more than to see the row: to anybody else there is no such page.
ONLY_FOR: dict[str, tuple[str, ...]] = {
    "admin/crm/customer/<int:object_id>/restrict/": ("grace",),
    "admin/crm/customer/bulk/handover/": ("dana", "erin", "grace"),
    "admin/crm/customer/<int:object_id>/reveal/": ("alice", "bob", "charlie", "dana", "erin", "grace"),
    "admin/crm/customer/<int:object_id>/bring-in/": ("dana", "grace"),
    "admin/crm/customer/<int:object_id>/end-grant/": ("dana", "grace"),
}
# Where dana sees a customer and yet does not say to whom he is opened: he is restricted, or of another unit.
NOT_OPENED_BY = {"dana": ("own_restricted", "restricted_granted", "covered", "granted_to_work")}


def answer(path: str, method: str, asker: str) -> int:
    """Give the one right status. :raises KeyError: for a route or method without a line."""
    return int(ROWS[path][method].split()[ASKERS.index(asker)])


def is_fixed(path: str, method: str) -> bool:
    """Tell whether a role gets the same answer whatever the row is."""
    _, _, hidden, seen, *working = ROWS[path][method].split()
    return hidden == seen and len(set(working)) == 1


def is_twin(path: str, method: str) -> bool:
    """Tell whether a method goes the way of another one of the same row, or a page the way of the row's own."""
    return method in ("head", "options") or path.endswith("/history/") or (path, method) in POSTS_LIKE_GET


POSTS_LIKE_GET = {
    ("admin/crm/customer/<int:object_id>/", "post"),
    ("admin/crm/customer/<int:object_id>/eligibility/", "post"),
    ("admin/crm/customer/<int:object_id>/relationships/", "post"),
    ("admin/crm/customer/<int:object_id>/who-sees/", "post"),
    ("admin/crm/customer/<int:object_id>/trail/", "post"),
    ("admin/notifications/message/<int:object_id>/read/", "get"),
    ("admin/notifications/message/<path:object_id>/change/", "post"),
    ("admin/crm/task/<int:object_id>/done/", "get"),
    ("admin/crm/feeddifference/<int:object_id>/keep/", "get"),
    ("admin/crm/feeddifference/<int:object_id>/take/", "get"),
    ("admin/crm/customer/<int:object_id>/end-grant/", "get"),
}
