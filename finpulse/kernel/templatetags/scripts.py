"""What of the admin's own scripts a form needs. Most need none: facts to read, or fields that are typed into."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.admin.widgets import ForeignKeyRawIdWidget, RelatedFieldWidgetWrapper
from django.forms import BaseForm, Media

register = template.Library()

LEADS_ELSEWHERE = (RelatedFieldWidgetWrapper, ForeignKeyRawIdWidget)


@register.simple_tag(takes_context=True)
def needed_media(context: template.Context) -> Media | None:
    """Give the page's scripts and styles if a field, or a row that may be added, works by them; otherwise None."""
    inlines = context.get("inline_admin_formsets") or ()
    needed = _needs_script(context["adminform"].form) or any(_is_worked_in(inline) for inline in inlines)
    return context["media"] if needed else None


def _needs_script(form: BaseForm) -> bool:
    widgets = [field.widget for field in form.fields.values()]
    return bool(form.media.render_js()) or any(isinstance(widget, LEADS_ELSEWHERE) for widget in widgets)


def _is_worked_in(inline: Any) -> bool:
    return bool(inline.has_add_permission or inline.has_change_permission or inline.has_delete_permission)
