"""The verbs of people and access in words, and of what system administrators read in the trail."""

ADMINISTRATION = (
    "identity.user",
    "identity.officercode",
    "identity.apitoken",
    "identity.claimmapping",
    "identity.role",
)
WORDS = {
    "identity.claim_mapping.set": "Role mapping set",
    "identity.break_glass.opened": "Break-glass account opened",
    "identity.cover.called_off": "Cover called off before it began",
    "identity.officer_code.set": "Officer code of the core-banking system given",
    "identity.role.permission_added": "Permission given to a role",
    "identity.role.permission_removed": "Permission taken from a role",
    "identity.user.made_at_sign_in": "User made at the first sign-in",
    "identity.user.placed": "Put into a unit by the identity provider",
    "identity.user.roles_set": "Roles set",
    "identity.user.session_ended": "Sign-in ended",
    "identity.user.sign_in_bound": "Bound to an account of the identity provider",
    "identity.user.sign_in_held": "Held after too many failures to sign in",
    "identity.user.signed_in": "Signed in",
}
