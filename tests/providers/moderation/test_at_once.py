import threading

import pytest
from django.db import connection

from providers.models import Submission, Version
from providers.moderation import actions
from tests.cast import make_staff
from tests.providers.moderation.makers import sent

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_checkers_who_press_at_the_same_moment_make_one_decision(council, checker):
    submission = sent(council)
    people = [checker, make_staff("second@checker.example", "Second Checker", council, "checker")]
    together, heard = threading.Barrier(2), []

    def decide(by):
        together.wait()
        try:
            actions.publish(submission=Submission.objects.get(pk=submission.pk), by=by)
            heard.append("published")
        except actions.AlreadyDecidedError as quicker:
            heard.append(str(quicker.submission.decided_by))
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[by]) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    submission.refresh_from_db()
    assert sorted(heard) == sorted(["published", str(submission.decided_by)])
    assert Version.objects.filter(provider=submission.provider).count() == 1
