"""Something of a provider waits for its council: a registration, a change, or new proof."""

from __future__ import annotations

from django.db import transaction

from providers.models import FieldChange, Provider, Submission
from registry.models import Council, User


@transaction.atomic
def ask_council(provider: Provider, council: Council, by: User | None, answer: str = "") -> Submission:
    """One submission waits at a time: a second sending adds to it, and goes with it to another council."""
    waiting = Submission.objects.waiting().select_for_update(of=("self",)).filter(provider=provider).first()
    if waiting is None:
        waiting = Submission.objects.create(provider=provider, council=council, sent_by=by, answer=answer)
    else:
        waiting.council = council
        waiting.answer = answer or waiting.answer
        waiting.save(update_fields=["council", "answer"])
    FieldChange.objects.waiting().filter(provider=provider).update(submission=waiting)
    return waiting


def ask_about_proof(provider: Provider, by: User | None) -> Submission | None:
    """Have new proof looked at. None: they have not sent their registration yet, and the proof goes with that."""
    was_sent = provider.listed_at is not None or Submission.objects.filter(provider=provider).exists()
    return ask_council(provider, provider.home_council, by) if was_sent else None
