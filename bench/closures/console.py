"""What keeps the console shut."""

from bench.closures.patch import HEIDI, HOUSE, LISTS, ROUTES, Patch

PAGE = "finpulse/kernel/admin/scoped.py"
# The question of the role that begins a view.
ROLE = '    if not request.user.has_perm("crm.view_customer"):\n        raise Http404("no customers for this role")\n'

CONSOLE = (
    Patch("get_queryset narrows", PAGE, "rows.visible_to(request.user) if is_scoped(rows.model) else rows", "rows"),
    Patch(
        "a form's foreign key narrows",
        PAGE,
        "        _narrow(db_field, request, kwargs)\n        return super().formfield_for_foreignkey",
        "        return super().formfield_for_foreignkey",
        HOUSE,
    ),
    Patch(
        "a form's many-to-many narrows",
        PAGE,
        "        _narrow(db_field, request, kwargs)\n        return super().formfield_for_manytomany",
        "        return super().formfield_for_manytomany",
        HOUSE,
    ),
    Patch(
        "no address deletes, none redirects any id",
        PAGE,
        'stock = [url for url in super().get_urls() if url.name and not url.name.endswith("_delete")]',
        "stock = super().get_urls()",
        ROUTES,
    ),
    Patch(
        "no row is there for who has no part in it",
        PAGE,
        "super().get_object(request, object_id, from_field) if self.has_view_permission(request) else None",
        "super().get_object(request, object_id, from_field)",
        HEIDI,
    ),
    Patch(
        "seeing asks of the row",
        PAGE,
        'self._may(request, "view", obj) or self._may(request, "change", obj)',
        'self._may(request, "view", None)',
        HOUSE,
    ),
    Patch(
        "changing asks of the row",
        PAGE,
        '        return self._may(request, "change", obj)\n',
        '        return self._may(request, "change", None)\n',
    ),
    Patch(
        "nothing is deleted",
        PAGE,
        'erased by its own verb."""\n        return False',
        'erased by its own verb."""\n        return True',
        HOUSE,
    ),
    Patch("no bulk action comes along", PAGE, "    actions = None\n", "", HOUSE),
    Patch(
        "out of scope is 404, not a redirect",
        PAGE,
        '        raise Http404(f"no {opts.verbose_name} {object_id} in scope")',
        "        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)",
    ),
    Patch(
        "no lookup crosses a relation",
        PAGE,
        "return own and super().lookup_allowed(",
        "return super().lookup_allowed(",
        LISTS,
    ),
    Patch(
        "an inline asks the role", PAGE, '        return self._may(request, "view", None)', "        return True", HOUSE
    ),
    Patch(
        "pages that packages bring along stay out",
        "finpulse/admin_site.py",
        "admin_class is not None and issubclass(admin_class, ScopedModelAdmin)",
        "admin_class is not None",
        ROUTES,
    ),
    Patch(
        "no address of a row's public page",
        "finpulse/admin_site.py",
        'if getattr(url, "name", None) != "view_on_site"',
        "",
        ROUTES,
    ),
    Patch("the customer page asks the role", "crm/admin/page.py", ROLE, "", HEIDI),
    Patch(
        "the customer page narrows",
        "crm/selectors/page.py",
        "Customer.objects.visible_to(user).filter(pk=customer_id)",
        "Customer.objects.filter(pk=customer_id)",
    ),
    Patch("logging's first page asks the role", "crm/admin/log_interaction.py", ROLE, "", "opens and heidi"),
    Patch(
        "a search narrows, in the bar and where one logs",
        "crm/selectors/search.py",
        "Customer.objects.visible_to(user)",
        "Customer.objects.all()",
        LISTS,
    ),
    Patch(
        "my day's tasks are narrowed",
        "crm/selectors/my_day.py",
        "Task.objects.visible_to(user)",
        "Task.objects.all()",
        LISTS,
    ),
    Patch(
        "my day's maturities are narrowed",
        "crm/selectors/my_day.py",
        "Holding.objects.visible_to(user)",
        "Holding.objects.all()",
        LISTS,
    ),
    Patch(
        "my day counts the scope",
        "crm/selectors/my_day.py",
        "count_of(Customer.objects.visible_to(user), CAP + 1)",
        "count_of(Customer.objects.all(), CAP + 1)",
        LISTS,
    ),
    Patch(
        "of another party the role only",
        "crm/selectors/holding_rows.py",
        "party.customer if party.in_scope else None",
        "party.customer",
    ),
    Patch(
        "advice asks scope",
        "advisory/admin/eligibility.py",
        "Customer.objects.visible_to(request.user)",
        "Customer.objects.all()",
    ),
    Patch(
        "marking all as read keeps to the scope",
        "notifications/services/read.py",
        "Message.objects.visible_to(actor)",
        "Message.objects.filter(recipient=actor)",
        LISTS,
    ),
)
