"""What the pages of people, roles, covers and tokens answer to each role, in the order of `ASKED_BY`."""

from __future__ import annotations

IDENTITY: dict[str, dict[str, str]] = {
    "admin/identity/api-tokens/": {
        "get": "302 200 200 200 200 200 200 200 404",
        "post": "302 405 405 405 405 405 405 405 404",
    },
    # A stranger's: nobody but who answers for it fetches it.
    "admin/identity/api-tokens/<int:object_id>/fetch/": {
        "get": "302 404 404 404 404 404 404 404 404",
        "post": "302 404 404 404 404 404 404 404 404",
    },
    "admin/identity/api-tokens/make/": {
        "get": "302 200 200 200 200 200 200 200 404",
        "post": "302 200 200 200 200 200 200 200 404",
    },
    "admin/identity/apitoken/": {
        "get": "302 403 403 403 403 403 200 403 403",
        "post": "302 403 403 403 403 403 200 403 403",
    },
    # A stranger's token: who looks after all of them ends it.
    "admin/identity/apitoken/<int:object_id>/revoke/": {
        "get": "302 404 404 404 404 404 200 404 404",
        "post": "302 404 404 404 404 404 302 404 404",
    },
    "admin/identity/apitoken/<path:object_id>/change/": {
        "get": "302 403 403 403 403 403 200 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/identity/apitoken/<path:object_id>/history/": {
        "get": "302 404 404 404 404 404 200 404 404",
        "post": "302 404 404 404 404 404 200 404 404",
    },
    "admin/identity/apitoken/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/identity/apitoken/propose/": {
        "get": "302 404 404 404 404 404 200 404 404",
        "post": "302 404 404 404 404 404 200 404 404",
    },
    "admin/identity/cover/": {
        "get": "302 200 200 404 200 200 404 404 404",
        "post": "302 405 405 404 405 405 404 404 404",
    },
    "admin/identity/cover/<int:object_id>/customers/": {
        "get": "302 404 404 404 200 200 404 404 404",
        "post": "302 404 404 404 404 404 404 404 404",
    },
    # A stranger's cover: who audits sees it and ends none.
    "admin/identity/cover/<int:object_id>/end/": {
        "get": "302 404 404 404 405 405 404 404 404",
        "post": "302 404 404 404 302 302 404 404 404",
    },
    "admin/identity/cover/give/": {
        "get": "302 200 200 404 404 404 404 404 404",
        "post": "302 200 200 404 404 404 404 404 404",
    },
    "admin/identity/person/find/": {
        "get": "302 200 200 200 404 200 200 404 404",
        "post": "302 405 405 405 404 405 405 404 404",
    },
    "admin/identity/role/": {
        "get": "302 404 404 404 200 200 200 404 404",
        "post": "302 404 404 404 405 405 405 404 404",
    },
    # The auditor's role: an auditor does not change it, nor does compliance.
    "admin/identity/role/<int:object_id>/": {
        "get": "302 404 404 404 200 200 200 404 404",
        "post": "302 404 404 404 404 404 200 404 404",
    },
    "admin/identity/unit/": {
        "get": "302 403 403 200 200 200 200 403 403",
        "post": "302 403 403 200 200 200 200 403 403",
    },
    "admin/identity/unit/<path:object_id>/change/": {
        "get": "302 403 403 200 200 200 200 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/identity/unit/<path:object_id>/history/": {
        "get": "302 404 404 200 200 200 200 404 404",
        "post": "302 404 404 200 200 200 200 404 404",
    },
    "admin/identity/unit/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/identity/user/": {
        "get": "302 403 200 403 200 200 200 403 403",
        "post": "302 403 200 403 200 200 200 403 403",
    },
    "admin/identity/user/<int:object_id>/access/": {
        "get": "302 404 404 404 200 200 200 404 404",
        "post": "302 404 404 404 405 405 405 404 404",
    },
    "admin/identity/user/<path:object_id>/change/": {
        "get": "302 403 404 403 200 200 200 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/identity/user/<path:object_id>/history/": {
        "get": "302 404 404 404 200 200 200 404 404",
        "post": "302 404 404 404 200 200 200 404 404",
    },
    "admin/identity/user/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
}
