"""What the routes of signing in answer, in the columns of pages.py."""

from __future__ import annotations

SIGN_INS: dict[str, dict[str, str]] = {
    # Off unless it is configured.
    "break-glass/": {
        "get": "404 404 404 404 404 404 404 404 404",
        "post": "404 404 404 404 404 404 404 404 404",
    },
    "admin/identity/signinattempt/": {
        "get": "302 403 403 403 200 200 200 403 403",
        "post": "302 403 403 403 200 200 200 403 403",
    },
    "admin/identity/signinattempt/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/identity/signinattempt/<path:object_id>/history/": {
        "get": "302 404 404 404 200 200 200 404 404",
        "post": "302 404 404 404 200 200 200 404 404",
    },
    "admin/identity/signinattempt/<path:object_id>/change/": {
        "get": "302 403 403 403 200 200 200 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/identity/signinsession/": {
        "get": "302 200 200 200 200 200 200 200 200",
        "post": "302 405 405 405 405 405 405 405 405",
    },
    "admin/identity/signinsession/others/end/": {
        "get": "302 405 405 405 405 405 405 405 405",
        "post": "302 302 302 302 302 302 302 302 302",
    },
    "admin/identity/signinsession/<int:object_id>/end/": {
        "get": "302 404 404 404 404 404 405 404 404",
        "post": "302 404 404 404 404 404 302 404 404",
    },
    "admin/identity/user/<int:object_id>/sessions/": {
        "get": "302 404 404 404 404 404 200 404 404",
        "post": "302 404 404 404 404 404 405 404 404",
    },
    "admin/identity/user/<int:object_id>/sessions/end/": {
        "get": "302 404 404 404 404 404 405 404 404",
        "post": "302 404 404 404 404 404 302 404 404",
    },
}
