"""A change form whose saving is one call of a service; a refusal is an error of the form, and nothing is saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest

from finpulse.kernel.errors import DomainError, EditedMeanwhile, InputError


class ServiceFormMixin:
    """Runs `save_by_service` while the form is checked, so that a refusal stands beside its field.

    Refusing later, in save_model, would still tell the user that all was saved. What the user was shown comes back with
    the form, so that changed is what he changed; `shown_by` gives it to the service, which writes over nobody's change.
    """

    def save_by_service(self, request: HttpRequest, form: Any, obj: Any) -> None:
        """Call the one service of this form. :raises DomainError: to refuse."""
        raise TypeError(f"{type(self).__name__} has no service to save by")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Give a form that is valid only once the service has done it."""
        base = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        model_admin = self

        class ServiceForm(base):  # type: ignore[misc,valid-type]
            data: Any

            def _post_clean(self) -> None:
                super()._post_clean()
                if self.errors or request.method != "POST":
                    return
                try:
                    with transaction.atomic():
                        model_admin.save_by_service(request, self, self.instance)
                except EditedMeanwhile as meanwhile:
                    self._show_meanwhile(meanwhile)
                except InputError as error:
                    self.add_error(error.field if error.field in self.fields else None, str(error))
                except DomainError as error:
                    self.add_error(None, str(error))

            def _show_meanwhile(self, meanwhile: EditedMeanwhile) -> None:
                """Keep what was typed, and take what is told of now for what the user was shown."""
                self.data = self.data.copy()
                for name, (now, sentence) in meanwhile.fields.items():
                    self.data[self.add_initial_prefix(name)] = now
                    self.add_error(name, sentence)

        for field in ServiceForm.base_fields.values():
            field.show_hidden_initial = True
        return ServiceForm

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing is left to save: the service has done it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing is left to save: the service has done it."""


def shown_by(form: Any) -> dict[str, Any]:
    """Give what stood in the changed fields when the user opened the form."""
    return {name: form.data.get(form.add_initial_prefix(name), "") for name in form.changed_data}
