"""What a writing route takes, and which table it must change then. A writing route without a line fails the matrix."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.models import Customer


def _contact(customer: Customer) -> dict[str, Any]:
    return {"initial-city": customer.city, "city": "Brno"}


def _log(customer: Customer) -> dict[str, Any]:
    return {
        "channel": "CALL",
        "direction": "INBOUND",
        "occurred_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "summary": "Wants to renew.",
    }


def _reveal(customer: Customer) -> dict[str, Any]:
    return {"identifier": "NATIONAL_ID", "reason": "He stands at the counter."}


def _logged(customer: Customer) -> dict[str, Any]:
    return _log(customer) | {"customer": customer.pk}


def _planned(customer: Customer) -> dict[str, Any]:
    return {"customer": customer.pk, "title": "Call back", "due_on": _tomorrow()}


def _brought_in(customer: Customer) -> dict[str, Any]:
    """Somebody to whom it is not open yet: of whom it is, the form first says what stands."""
    return {"person": "charlie", "how": "work", "until_on": _tomorrow(), "reason": "Knows leasing."}


def _ended(customer: Customer) -> dict[str, Any]:
    """Each customer of the world is opened to the colleague."""
    return {"person": "colleague"}


def _nothing(customer: Customer) -> dict[str, Any]:
    return {}


def _restricted(customer: Customer) -> dict[str, Any]:
    is_so = Customer.objects.filter(pk=customer.pk, restricted=True).exists()
    return {"restricted": "0" if is_so else "1", "reason": "A public figure."}


def _shown(difference: Customer) -> dict[str, Any]:
    """What the world's differences are shown as."""
    return {"ours": "", "theirs": "Brno"}


def _marked(row: Customer) -> dict[str, Any]:
    """What a list sends of its marked rows once that is confirmed."""
    return {"_selected_action": [row.pk], "confirmed": "yes", "title": "Ask about the loan", "due_on": _tomorrow()}


def _handed_over(row: Customer) -> dict[str, Any]:
    return {"_selected_action": [row.pk], "confirmed": "yes", "to_manager": "bob", "reason": "He retires."}


def _tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


PAYLOADS: dict[tuple[str, str], tuple[Callable[[Customer], dict[str, Any]], str]] = {
    ("admin/crm/customer/<int:object_id>/log/", "post"): (_log, "crm_interaction"),
    ("admin/crm/customer/<int:object_id>/restrict/", "post"): (_restricted, "kernel_proposal"),
    ("admin/crm/customer/<int:object_id>/reveal/", "post"): (_reveal, "crm_identifierreveal"),
    ("admin/crm/customer/<int:object_id>/bring-in/", "post"): (_brought_in, "crm_customeruserobjectpermission"),
    ("admin/crm/customer/<int:object_id>/end-grant/", "post"): (_ended, "crm_customeruserobjectpermission"),
    ("admin/crm/customer/<path:object_id>/change/", "post"): (_contact, "crm_customer"),
    ("admin/crm/task/<int:object_id>/done/", "post"): (_nothing, "crm_task"),
    ("admin/crm/feeddifference/<int:object_id>/keep/", "post"): (_shown, "crm_feeddifference"),
    ("admin/crm/feeddifference/<int:object_id>/take/", "post"): (_shown, "crm_customer"),
    ("api/v1/feed-differences/<str:pk>/keep/", "post"): (_shown, "crm_feeddifference"),
    ("api/v1/feed-differences/<str:pk>/take/", "post"): (_shown, "crm_customer"),
    ("admin/crm/task/bulk/done/", "post"): (_marked, "crm_task"),
    ("admin/crm/task/bulk/move/", "post"): (_marked, "crm_task"),
    ("admin/crm/customer/bulk/handover/", "post"): (_handed_over, "kernel_proposal"),
    ("admin/crm/customer/bulk/task/", "post"): (_marked, "crm_task"),
    ("admin/notifications/message/bulk/read/", "post"): (_marked, "notifications_message"),
    ("admin/notifications/message/<int:object_id>/read/", "post"): (_nothing, "notifications_message"),
    ("api/v1/customers/<str:pk>/", "patch"): (lambda customer: {"city": "Brno"}, "crm_customer"),
    ("api/v1/notifications/<str:pk>/read/", "post"): (_nothing, "notifications_message"),
    ("api/v1/tasks/<str:pk>/done/", "post"): (_nothing, "crm_task"),
    ("api/v1/interactions/", "post"): (_logged, "crm_interaction"),
    ("api/v1/tasks/", "post"): (_planned, "crm_task"),
}


def only_reads(path: str) -> bool:
    """Tell whether a POST there is a page like any other."""
    return path.endswith("/history/") or path == "admin/notifications/message/<path:object_id>/change/"
