"""The branches of visible_to and editable_by, what inherits them, and where role and scope are joined."""

from bench.closures.patch import DANA, ERIN, FRANK, GIVEN, HOUSE, LISTS, Patch

ROOT, SCOPE, BACKEND = "crm/querysets.py", "finpulse/kernel/access/scope.py", "finpulse/kernel/access/backend.py"
USERS, COVERS = "finpulse/identity/querysets.py", "finpulse/identity/standing_in.py"

VISIBLE_TO = (
    Patch("the manager's own column", ROOT, "Q(manager=user.pk)]", "Q(manager__isnull=False)]"),
    Patch(
        "a colleague covered: not his restricted ones",
        ROOT,
        "Q(manager=colleague, restricted=False)",
        "Q(manager=colleague)",
    ),
    Patch(
        "the reach UNIT is the supervisor's only",
        ROOT,
        "if reach == Reach.UNIT:\n",
        "if access.unit_ids:\n",
    ),
    Patch(
        "a subtree at once: not the restricted",
        ROOT,
        "self.within(Q(unit__in=access.unit_ids, restricted=False), *own",
        "self.within(Q(unit__in=access.unit_ids), *own",
        DANA,
    ),
    Patch(
        "a subtree walked unit by unit: not the restricted",
        ROOT,
        "Q(unit=unit_id, restricted=False)",
        "Q(unit=unit_id)",
        HOUSE,
    ),
    Patch(
        "many units walked at once: not the restricted",
        ROOT,
        "return [Q(unit__in=access.unit_ids, restricted=False)]",
        "return [Q(unit__in=access.unit_ids)]",
        HOUSE,
    ),
    Patch(
        "the reach ALL: not the restricted",
        ROOT,
        "self.within(Q(restricted=False), *own)",
        "self.within(Q(pk__isnull=False), *own)",
        ERIN,
    ),
    Patch(
        "restricted ones for compliance alone",
        ROOT,
        "if reach == Reach.ALL_AND_RESTRICTED",
        "if reach in (Reach.ALL, Reach.ALL_AND_RESTRICTED)",
        ERIN,
    ),
    Patch(
        "nothing for who is deactivated",
        ROOT,
        "        if not user.is_active:\n            return self.none()\n",
        "",
        HOUSE,
    ),
    Patch("a user's grant is his own", ROOT, "filter(in_force(), user=user.pk)", "filter(in_force())"),
    Patch(
        "a role's grant is for who holds the role",
        ROOT,
        "filter(in_force(), group__user=user.pk)",
        "filter(in_force())",
    ),
    Patch("a cover of some opens no others", ROOT, "for cover in covers if cover.everybody}", "for cover in covers}"),
    Patch("those named are the cover's own", ROOT, "cover__in=keys, customer__manager", "customer__manager", GIVEN),
    Patch(
        "those named are in the charge of the covered",
        ROOT,
        'cover__in=keys, customer__manager=F("cover__covered")',
        "cover__in=keys",
        GIVEN,
    ),
    Patch("a user's grant ends", ROOT, "filter(in_force(), user=user.pk)", "filter(user=user.pk)"),
    Patch("a role's grant ends", ROOT, "filter(in_force(), group__user=user.pk)", "filter(group__user=user.pk)"),
    Patch("a grant is for its verb", ROOT, "grants.filter(permission__codename=codename)", "grants.all()"),
    Patch("a cover begins", USERS, "starts_at__lte=now, ends_at__gt=now", "ends_at__gt=now"),
    Patch("a cover ends", USERS, "starts_at__lte=now, ends_at__gt=now", "starts_at__lte=now"),
    Patch("a cover is the coverer's", USERS, "in_force().filter(coverer=user)", "in_force()"),
    Patch(
        "the subtree begins at the own unit",
        USERS,
        'Unit.objects.filter(path__startswith=OuterRef("unit__path"))',
        "Unit.objects.all()",
        DANA,
    ),
)
EDITABLE_BY = (
    Patch(
        "a grant to look edits nothing",
        ROOT,
        'reach_with("crm.change_customer"), covers, "change_customer")',
        'reach_with("crm.change_customer"), covers, "view_customer")',
    ),
    Patch(
        "a read-only cover edits nothing",
        ROOT,
        'access.covers_with("crm.change_customer", changing=True)',
        'access.covers_with("crm.change_customer")',
    ),
    Patch("the read-only covers are told apart", COVERS, "lent and not (changing and self.read_only)", "lent"),
    Patch(
        "a cover lends no more than the covered may", COVERS, "permission in self.held or not self.held", "True", GIVEN
    ),
    Patch(
        "no role lends its reach to another's edits",
        ROOT,
        'user, access.reach_with("crm.change_customer"), covers',
        "user, access.reach, covers",
        HOUSE,
    ),
    Patch(
        "no role lends its reach to another's log",
        ROOT,
        'self._seen_by(user, "crm.add_interaction")',
        'self._seen_by(user, "crm.view_customer")',
        HOUSE,
    ),
)
INHERITED = (
    Patch(
        "what says nothing of its scope is nobody's",
        SCOPE,
        "            return self.none()\n        parent",
        "            return self\n        parent",
        HOUSE,
    ),
    Patch(
        "what hangs on a customer shares his scope",
        SCOPE,
        'return self.filter(**{f"{self.scope_path}__in": allowed.keys_in_scope()})',
        "return self",
    ),
    Patch(
        "a holding is seen through its owners, looked up",
        ROOT,
        "owning.filter(customer__in=customers.keys_in_scope())",
        "owning",
    ),
    Patch(
        "a holding is seen through its owners, walked",
        ROOT,
        'owning.filter(customer__in=customers.values("pk"), holding=OuterRef("pk"))',
        'owning.filter(holding=OuterRef("pk"))',
        ERIN,
    ),
    Patch(
        "only an owner or joint owner opens a holding",
        ROOT,
        "filter(valid_on(timezone.localdate()), role__in=self.model.OWNING)",
        "filter(valid_on(timezone.localdate()))",
    ),
    Patch("a part that has ended opens nothing", ROOT, " & (Q(until_on__isnull=True) | Q(until_on__gt=day))", ""),
    Patch("a part to come opens nothing", ROOT, "(Q(since_on__isnull=True) | Q(since_on__lte=day)) & ", ""),
    Patch(
        "the owner out of scope is marked",
        ROOT,
        'Customer.objects.visible_to(user).filter(pk=OuterRef("customer"))',
        'Customer.objects.filter(pk=OuterRef("customer"))',
    ),
    Patch(
        "a message is its recipient's",
        "notifications/querysets.py",
        "self.filter(about, recipient=user.pk)",
        "self.filter(about)",
        LISTS,
    ),
    Patch(
        "a message shares the scope of what it is about",
        "notifications/querysets.py",
        "self.filter(about, recipient=user.pk)",
        "self.filter(recipient=user.pk)",
    ),
)
ROLE_AND_SCOPE = (
    Patch("the role is asked", BACKEND, " or perm not in user_obj.access.permissions:", ":", FRANK),
    Patch(
        "the row is asked with the role",
        BACKEND,
        "        return obj is None or in_scope(user_obj, perm, obj)\n",
        "        return True\n",
    ),
    Patch(
        "to change asks another question than to see",
        BACKEND,
        '"visible_to" if perm.partition(".")[2].startswith("view_") else "editable_by"',
        '"visible_to"',
    ),
    Patch(
        "a session ends with its user",
        "finpulse/identity/backends.py",
        'select_related("unit").filter(is_active=True)',
        'select_related("unit")',
        HOUSE,
    ),
)
