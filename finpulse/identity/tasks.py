"""What the clock starts each minute and each hour."""

from celery import shared_task
from django.utils import timezone

from finpulse.identity.services import attempts_prune, sign_ins_expire
from finpulse.identity.services.api_token_ends import api_tokens_of_leavers_end


@shared_task(name="identity.end_sign_ins")
def end_sign_ins() -> None:
    """End the sign-ins that are over."""
    sign_ins_expire(now=timezone.now())


@shared_task(name="identity.end_tokens_of_leavers")
def end_tokens_of_leavers() -> None:
    """End the API tokens of who works here no longer."""
    api_tokens_of_leavers_end(now=timezone.now())


@shared_task(name="identity.prune_sign_ins")
def prune_sign_ins() -> None:
    """Forget attempts that are older than they are kept."""
    attempts_prune(now=timezone.now())
