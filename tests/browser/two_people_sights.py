"""Pages of proposals, restricted customers, assignments, handovers and leavers as somebody may meet them."""

from __future__ import annotations

from tests.browser.sight import Sight, nothing, send

TWO_PEOPLE = (
    *(
        Sight(
            name,
            "admin/crm/customer/<int:object_id>/restrict/",
            "/admin/crm/customer/{household}/restrict/",
            "grace",
            do=do,
            narrow=True,
        )
        for name, do in (("restrict", nothing), ("restrict-errors", send("Propose it")))
    ),
    *(
        Sight(
            f"{verb}{state}",
            f"admin/identity/user/<int:object_id>/{verb}/",
            f"/admin/identity/user/{{{row}}}/{verb}/",
            "heidi",
            do=do,
            narrow=True,
        )
        for verb, row in (("deactivate", "user"), ("reactivate", "leaver"))
        for state, do in (("", nothing), ("-errors", send(verb.capitalize())))
    ),
    Sight("restricted", "admin/crm/restricted/", "/admin/crm/restricted/", "grace", narrow=True),
    Sight("capacities", "admin/crm/capacity/", "/admin/crm/capacity/", "dana", narrow=True),
    Sight("handover", "admin/crm/handover/<int:object_id>/", "/admin/crm/handover/{handover}/", "dana", narrow=True),
    Sight("approvals", "admin/kernel/proposal/", "/admin/kernel/proposal/", "grace", narrow=True),
    Sight("approvals-none", "admin/kernel/proposal/", "/admin/kernel/proposal/"),
    Sight(
        "approval",
        "admin/kernel/proposal/<int:object_id>/",
        "/admin/kernel/proposal/{proposal}/",
        "grace",
        narrow=True,
    ),
)
