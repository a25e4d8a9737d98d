"""What keeps two people's work, the trail and the tokens shut."""

from bench.closures.patch import ALICE, FRANK, Patch

TOKENS, TRAIL = "test_tokens", "finpulse/audit/querysets.py"
RECERTIFICATION, OPENS = "test_recertification", "test_a_page_opens and frank"

DUTIES = (
    Patch(
        "a handover is opened by whom it concerns",
        "crm/admin/charge.py",
        "Handover.objects.visible_to(request.user)",
        "Handover.objects.all()",
        OPENS,
    ),
    Patch(
        "capacities ask the role",
        "crm/admin/charge.py",
        '    if not request.user.has_perm("crm.view_capacity"):\n'
        '        raise Http404("no capacities for this role")\n',
        "",
        OPENS,
    ),
    Patch(
        "restricted customers are listed for their keepers",
        "crm/admin/restricted.py",
        '    if not request.user.has_perm(PERMISSION):\n        raise Http404("not for this role")\n',
        "",
        OPENS,
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
        "test_trail",
    ),
    Patch(
        "the trail of people and tokens names no customers",
        TRAIL,
        "        if not is_open(user):\n",
        "        if False:\n",
        "test_trail",
    ),
    Patch(
        "a token does what it was made for",
        "finpulse/kernel/api/scopes.py",
        '    if needed and not {needed, f"{EVERYTHING}:{verb}"} & set(held):\n        raise ScopeMissing(needed)\n',
        "",
        TOKENS,
    ),
    Patch(
        "customers are opened by who answers for access",
        "crm/admin/bring_in.py",
        "    if not actor_of(request).access.roles & ANSWER_FOR_ACCESS:\n"
        '        raise Http404("no such verb for this role")\n',
        "",
        ALICE,
    ),
    Patch(
        "who else sees a customer is told to who answers for access",
        "crm/admin/seers.py",
        "seers_by_reason(customer) if may else None",
        "seers_by_reason(customer)",
        "test_seers",
    ),
    Patch(
        "what others did with a customer is told to who answers for access",
        "crm/admin/trail.py",
        "only_by=None if may else actor",
        "only_by=None",
        "test_trail",
    ),
    Patch(
        "what a colleague may do is told to who answers for him",
        "finpulse/identity/selectors/people.py",
        "return rows.filter(near | Q(pk=user.pk)) if near else rows.filter(pk=user.pk)",
        "return rows",
        "test_user_access",
    ),
    Patch(
        "what a colleague sees names customers in scope",
        "crm/selectors/user_access.py",
        "seen = Customer.objects.visible_to(reader)",
        "seen = Customer.objects.all()",
        "test_user_access",
    ),
    Patch(
        "a list to recertify is its reviewer's",
        "crm/admin/recertification.py",
        "pk=object_id, recertification__reviewer=actor_of(request).pk",
        "pk=object_id",
        RECERTIFICATION,
    ),
    Patch(
        "a grant to recertify names a customer in scope",
        "crm/selectors/recertification.py",
        "Customer.objects.visible_to(user).filter(pk__in=keys).in_bulk()",
        "Customer.objects.filter(pk__in=keys).in_bulk()",
        RECERTIFICATION,
    ),
    Patch(
        "a book to recertify counts customers in scope",
        "crm/selectors/recertification.py",
        "Customer.objects.visible_to(user).filter(manager__in=",
        "Customer.objects.filter(manager__in=",
        RECERTIFICATION,
    ),
    Patch(
        "a proposal is opened by whom it concerns",
        "finpulse/kernel/proposals/querysets.py",
        "return self._asked(lambda kind: kind.seen_by(user))",
        "return self",
        "test_a_page_opens and erin",
    ),
)
