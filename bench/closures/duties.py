"""What keeps two people's work, the trail and the tokens shut."""

from bench.closures.patch import ALICE, FRANK, HEIDI, Patch

TOKENS, TRAIL = "test_tokens", "finpulse/audit/querysets.py"

DUTIES = (
    Patch(
        "a handover is opened by whom it concerns",
        "crm/admin/charge.py",
        "Handover.objects.visible_to(request.user)",
        "Handover.objects.all()",
        ALICE,
    ),
    Patch(
        "capacities ask the role",
        "crm/admin/charge.py",
        '    if not request.user.has_perm("crm.view_capacity"):\n'
        '        raise Http404("no capacities for this role")\n',
        "",
        HEIDI,
    ),
    Patch(
        "restricted customers are listed for their keepers",
        "crm/admin/restricted.py",
        '    if not request.user.has_perm(PERMISSION):\n        raise Http404("not for this role")\n',
        "",
        FRANK,
    ),
    Patch(
        "the restricted flag is proposed by its keepers",
        "crm/admin/restrict.py",
        "    if not policies.may_keep_restriction(actor, customer):\n"
        '        raise Http404("no such verb for this role")\n',
        "",
        FRANK,
    ),
    Patch(
        "identifiers are shown to roles that have them shown",
        "crm/admin/reveal.py",
        '    if not request.user.has_perm(policies.REVEAL):\n        raise Http404("no identifiers for this role")\n',
        "",
        FRANK,
    ),
    Patch(
        "the trail tells of rows in scope",
        TRAIL,
        'return rows.visible_to(user).looked_up("subject_id")',
        'return rows.looked_up("subject_id")',
        FRANK,
    ),
    Patch(
        "the trail of people and tokens names no customers",
        TRAIL,
        "        if not is_open(user):\n",
        "        if False:\n",
        HEIDI,
    ),
    Patch(
        "a token does what it was made for",
        "finpulse/kernel/api/scopes.py",
        '    if needed and not {needed, f"{EVERYTHING}:{verb}"} & set(held):\n        raise ScopeMissing(needed)\n',
        "",
        TOKENS,
    ),
)
