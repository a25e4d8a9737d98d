"""Where roles plug in."""

from finpulse.kernel.registries import Subject, admin_urls, subjects


def register() -> None:
    """Mount the pages, and have what a role may do proposed by one and approved by another."""
    from finpulse.identity.admin import roles
    from finpulse.identity.models import Role
    from finpulse.identity.proposals.role_permission import RolePermission
    from finpulse.kernel.proposals import proposal_kinds

    subjects.register("identity.role", Subject(Role, "admin:identity_role"))
    proposal_kinds.register(RolePermission.name, RolePermission())
    admin_urls.register("identity.roles", roles.urls)
