"""What keeps the API shut."""

from bench.closures.patch import FRANK, LISTS, Patch

RESOURCE, API = "finpulse/kernel/api/viewsets.py", "finpulse/kernel/api/permissions.py"

RESOURCES = (
    Patch(
        "get_queryset narrows a resource",
        RESOURCE,
        "rows.visible_to(self.request.user) if is_scoped(rows.model) else rows",
        "rows",
    ),
    Patch(
        "a customer named in a body is looked up in scope",
        RESOURCE,
        "model._default_manager.visible_to(self.request.user)",
        "model._default_manager.all()",
    ),
    Patch(
        "a resource asks the role, to read too",
        API,
        "request.user.is_authenticated and request.user.has_perm(self.name(request, view))",
        "request.user.is_authenticated",
        FRANK,
    ),
    Patch(
        "a resource asks of the row", API, "return request.user.has_perm(self.name(request, view), obj)", "return True"
    ),
    Patch(
        "a filter by a foreign key looks nothing up",
        "finpulse/kernel/api/filters.py",
        '        ForeignKey: {"filter_class": NumberFilter},\n',
        "",
        LISTS,
    ),
    Patch(
        "a filter by a party asks scope",
        "crm/api/customers.py",
        "rows.owned_by(value) if in_scope.exists() else rows.none()",
        "rows.owned_by(value)",
        LISTS,
    ),
    Patch(
        "an owner out of scope is left out",
        "crm/api/serializers.py",
        'if not getattr(holding, "owner_in_scope", False):',
        "if False:",
    ),
)
