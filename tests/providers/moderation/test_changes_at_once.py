"""Two checkers who answer the same edit at the same moment, on two connections."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from providers.models import FieldChange, Submission, Version
from providers.moderation.actions import AlreadyDecidedError
from providers.moderation.change_actions import Answer, decide_changes
from providers.moderation.edit import edit_of
from tests.cast import make_staff
from tests.factories.edits import publish_first, send_edit

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_is_told_who_decided_and_nothing_is_done_twice(provider, provider_user, council, checker):
    submission = send_edit(publish_first(provider, checker), provider_user, customers={"price_pence": 3000})
    people = [checker, make_staff("second@checker.example", "Second Checker", council, "checker")]
    seen = edit_of(submission, timezone.localdate()).fingerprint
    pk = FieldChange.objects.get().pk
    together, heard = threading.Barrier(2), []

    def press(by):
        together.wait()
        try:
            mine = Submission.objects.get(pk=submission.pk)
            decide_changes(submission=mine, by=by, answers={pk: Answer(True)}, looked_at=seen)
            heard.append("decided")
        except AlreadyDecidedError as quicker:
            heard.append(str(quicker.submission.decided_by))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    submission.refresh_from_db()
    assert sorted(heard) == sorted(["decided", str(submission.decided_by)])
    assert Version.objects.filter(provider=provider).count() == 2
