"""What each role may do with API tokens."""

from finpulse.identity.roles import ROLES as ALL_ROLES

# An integration has tokens that two people agreed on.
# Everybody may let a script do part of what he may do himself; who looks after the house sees that it ends.
ROLES: dict[str, tuple[str, ...]] = dict.fromkeys(ALL_ROLES, ("identity.add_apitoken",)) | {
    "integration": (),
    "system_administrator": ("identity.add_apitoken", "identity.view_apitoken", "identity.change_apitoken"),
}
