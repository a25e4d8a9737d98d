"""What the pages of role mappings answer, in the same order of roles as `pages`: who keeps them, and who reads them."""

from __future__ import annotations

ROLE_MAPPINGS: dict[str, dict[str, str]] = {
    "admin/identity/claimmapping/": {
        "get": "302 403 403 403 200 200 200 403 403",
        "post": "302 403 403 403 200 200 200 403 403",
    },
    "admin/identity/claimmapping/add/": {
        "get": "302 403 403 403 403 403 403 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
    "admin/identity/claimmapping/propose/": {
        "get": "302 404 404 404 404 404 200 404 404",
        "post": "302 404 404 404 404 404 200 404 404",
    },
    "admin/identity/claimmapping/<path:object_id>/history/": {
        "get": "302 404 404 404 200 200 200 404 404",
        "post": "302 404 404 404 200 200 200 404 404",
    },
    "admin/identity/claimmapping/<path:object_id>/change/": {
        "get": "302 403 403 403 200 200 200 403 403",
        "post": "302 403 403 403 403 403 403 403 403",
    },
}
