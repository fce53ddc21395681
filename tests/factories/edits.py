"""A listed provider that changes what it says, through the product's own actions."""

from django.utils import timezone

from providers.joining.actions import save_step, send_draft, start_draft
from providers.joining.answers import answers_of
from providers.models import Draft, Submission
from providers.moderation.actions import publish
from providers.moderation.change_actions import Answer, decide_changes
from providers.moderation.edit import edit_of


def publish_first(provider, by):
    """Say yes to a registration; gives the provider as it is then."""
    publish(submission=Submission.objects.waiting().get(provider=provider), by=by)
    provider.refresh_from_db()
    return provider


def send_edit(provider, by, **steps):
    """Save and send some steps; what is not named of a step stays as it was last said. `customers={...}`."""
    draft = start_draft(by=by, provider=provider)
    for name, facts in steps.items():
        step = name.replace("_", "-")
        said = answers_of(Draft.objects.get(pk=draft.pk), provider).get(step, {})
        save_step(draft=draft, step=step, facts=said | facts, by=by)
    return send_draft(draft=draft, by=by)


def decide(submission, by, yes=(), no=(), reason="", why="No, thank you."):
    """Accept the facts named in `yes` ("all" of them), refuse those in `no`."""
    edit = edit_of(submission, timezone.localdate())
    answers = {
        item.change.pk: Answer(item.change.fact not in no, why if item.change.fact in no else "")
        for item in edit.items
        if item.change.fact in no or yes == "all" or item.change.fact in yes
    }
    return decide_changes(submission=submission, by=by, answers=answers, looked_at=edit.fingerprint, reason=reason)
