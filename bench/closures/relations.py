"""What keeps from the reader who stands to his customers, belongs with them or has part in what they own."""

from bench.closures.patch import HEIDI, LISTS, Patch

ROOT, WALK, RESOURCE = "crm/querysets.py", "crm/selectors/connected.py", "crm/api/relations.py"
# The question of the role that begins the page.
ROLE = (
    '    if not request.user.has_perm("crm.view_relationship"):\n'
    '        raise Http404("no relationships for this role")\n'
)
ALICE, ERIN = ("test_relations and alice", "test_relations and erin")

RELATIONS = (
    Patch(
        "relations: an end is in scope, gathered",
        ROOT,
        "return self.filter(gathered[0] | gathered[1])",
        "return self",
        ALICE,
    ),
    Patch("relations: an end is in scope, walked", ROOT, "return self.filter(seen[0] | seen[1])", "return self", ERIN),
    Patch(
        "relations: the end that is in scope is enough, gathered",
        ROOT,
        "self.filter(gathered[0] | gathered[1])",
        "self.filter(gathered[0])",
        ALICE,
    ),
    Patch(
        "relations: the end that is in scope is enough, walked",
        ROOT,
        "self.filter(seen[0] | seen[1])",
        "self.filter(seen[0])",
        ERIN,
    ),
    Patch(
        "relations: an end out of scope is marked",
        ROOT,
        "        seen = Customer.objects.visible_to(user)\n        return self.annotate(",
        "        seen = Customer.objects.all()\n        return self.annotate(",
        ALICE,
    ),
    Patch("relations: an end out of scope is left out", RESOURCE, "if len(seen) == len(ENDS):", "if True:", ALICE),
    Patch(
        "relations: a filter by a customer asks scope",
        RESOURCE,
        "rows.of_customer(value) if in_scope.exists() else rows.none()",
        "rows.of_customer(value)",
        LISTS,
    ),
    Patch(
        "relations: a relative out of scope has no name",
        "crm/selectors/relations.py",
        'Customer.objects.visible_to(user).filter(pk=OuterRef("other"))',
        'Customer.objects.filter(pk=OuterRef("other"))',
    ),
    Patch(
        "relations: household and group keep to the scope",
        WALK,
        "Customer.objects.visible_to(user), today",
        "Customer.objects.all(), today",
        ALICE,
    ),
    Patch(
        "relations: nobody out of scope is walked through",
        WALK,
        "self._seen.looked_up(",
        "Customer.objects.all().looked_up(",
        ALICE,
    ),
    Patch(
        "relations: of a restricted relative there is no row",
        ROOT,
        "super().visible_to(user).filter(**{end: known.looked_up(end) for end in self.model.ENDS})",
        "super().visible_to(user)",
        ERIN,
    ),
    Patch(
        "relations: a restricted relative is not counted",
        WALK,
        "if seen is None and not restricted}",
        "if seen is None}",
        ERIN,
    ),
    Patch(
        "relations: a restricted relative has no line",
        "crm/selectors/relations.py",
        'rows.filter(other=Customer.objects.known_to(user).looked_up("other"))',
        "rows",
        ERIN,
    ),
    Patch("relations: the page asks the role", "crm/admin/relationships.py", ROLE, "", HEIDI),
    Patch(
        "relations: the page narrows",
        "crm/selectors/belonging.py",
        "Customer.objects.visible_to(user).filter(pk=customer_id)",
        "Customer.objects.filter(pk=customer_id)",
    ),
    Patch(
        "relations: a party out of scope is marked",
        "crm/selectors/parts.py",
        'Customer.objects.visible_to(user).filter(pk=OuterRef("customer"))',
        'Customer.objects.filter(pk=OuterRef("customer"))',
    ),
    Patch(
        "relations: a party out of scope is left out",
        "crm/api/parts.py",
        "return shown if party.in_scope else",
        "return shown if True else",
    ),
)
