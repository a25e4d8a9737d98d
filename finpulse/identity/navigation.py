"""The lines of people, units, tokens, covers and sign-ins in the navigation."""

from finpulse.kernel.registries import NavigationEntry, navigation

LINES = (
    (
        "users",
        NavigationEntry(
            "Administration",
            "People",
            "admin:identity_user_changelist",
            "identification",
            "identity.view_user",
            key="e",
        ),
    ),
    (
        "roles",
        NavigationEntry(
            "Administration", "Roles", "admin:identity_roles", "shield-check", "identity.view_role", key="b"
        ),
    ),
    (
        "units",
        NavigationEntry(
            "Administration",
            "Units",
            "admin:identity_unit_changelist",
            "building-office",
            "identity.view_unit",
            key="u",
        ),
    ),
    (
        "api_tokens",
        NavigationEntry(
            "Administration",
            "API tokens",
            "admin:identity_apitoken_changelist",
            "key",
            "identity.view_apitoken",
            key="z",
        ),
    ),
    (
        "role_mappings",
        NavigationEntry(
            "Administration",
            "Role mappings",
            "admin:identity_claimmapping_changelist",
            "arrows-right-left",
            "identity.view_claimmapping",
            key="m",
        ),
    ),
    (
        "sign_ins",
        NavigationEntry(
            "Audit",
            "Sign-ins",
            "admin:identity_signinattempt_changelist",
            "finger-print",
            "identity.view_signinattempt",
            key="y",
        ),
    ),
    (
        "covers",
        NavigationEntry("My work", "Covers", "admin:identity_covers", "user-group", "identity.view_cover", key="s"),
    ),
)


def register() -> None:
    """Put the lines in the navigation."""
    for name, line in LINES:
        navigation.register(name, line)
