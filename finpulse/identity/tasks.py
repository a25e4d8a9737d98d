"""What the clock starts each minute and each hour."""

from celery import shared_task
from django.utils import timezone

from finpulse.identity.services import sign_ins_expire, sign_ins_forget
from finpulse.identity.services.api_token_ends import api_tokens_of_leavers_end


@shared_task(name="identity.end_sign_ins")
def end_sign_ins() -> None:
    """End the sign-ins that are over."""
    sign_ins_expire(now=timezone.now())


@shared_task(name="identity.end_tokens_of_leavers")
def end_tokens_of_leavers() -> None:
    """End the API tokens of who works here no longer."""
    api_tokens_of_leavers_end(now=timezone.now())


@shared_task(name="identity.forget_sign_ins")
def forget_sign_ins() -> None:
    """Forget attempts and sign-ins that are older than they are kept."""
    sign_ins_forget(now=timezone.now())
