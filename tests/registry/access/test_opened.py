import time

from django import forms

from registry.access.opened import LASTS, LEAST_SECONDS, OpenForm, stamp


class NameForm(OpenForm):
    name = forms.CharField()


def sent(**typed):
    return NameForm({"name": "Sarah", **typed})


def opened_ago(seconds):
    return stamp(time.time() - seconds)


def test_a_page_that_was_read_for_a_moment_is_in_no_haste_and_keeps_its_number():
    page = opened_ago(LEAST_SECONDS + 60)
    first, again = sent(opened=page), sent(opened=page)
    assert not first.opened.is_hasty
    assert first.opened.press == again.opened.press
    assert first.stamp == page


def test_a_page_without_its_mark_or_with_anothers_is_hasty_and_gets_a_new_one():
    for wrong in ("", "nonsense", "a.b:c", opened_ago(60) + "x", opened_ago(LASTS + 60)):
        form = sent(opened=wrong)
        assert form.opened.is_hasty
        assert form.stamp != wrong
        assert NameForm({"name": "Sarah", "opened": form.stamp}).opened.seconds is not None


def test_faster_than_anybody_reads_and_a_filled_trap_are_noticed():
    assert sent(opened=opened_ago(0)).opened.is_hasty
    assert sent(opened=opened_ago(60), subject="Cheap pills").opened.is_hasty
    assert sent(subject="Cheap pills").opened.fell_in


def test_a_page_that_is_only_looked_at_has_a_mark():
    assert NameForm().stamp != NameForm().stamp
