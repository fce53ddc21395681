import pytest
from django.urls import reverse
from django.utils import timezone

from commissioning.requirements import actions
from commissioning.sourcing.actions import shortlist
from commissioning.summaries.actions import lock_summary
from registry.audit.actions import record
from registry.audit.targets import named
from registry.models import AuditEvent
from tests.cast import sign_in
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.providers.listings.makers import listed, make_provider, make_service

pytestmark = pytest.mark.django_db


def test_line_says_what_it_is_about_by_todays_name(client, administrator, commissioner, council, lock_of_two_lots):
    provider = make_provider(council, "Tuesday Kitchen")
    listed(provider)
    page = sign_in(client, administrator).get(reverse("council_audit", args=[council.pk])).content.decode()
    for words in (
        "Published the provider&#x27;s listing: Tuesday Kitchen",
        "Started a requirement: Lunch and company in Bath",
        "Added a lot: Lunch and company in Bath, Lunches in the city",
        "Changed: payment days",
        "Asked for something of suppliers: Lunch and company in Bath, First aid",
        "Put a service on the shortlist of a lot: Lunches in the city, Lunch with Ana",
        "Locked a procurement summary: Lunch and company in Bath",
    ):
        assert words in page
    assert "commissioning.lot" not in page


@pytest.fixture
def lock_of_two_lots(commissioner, council, postcodes):
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "cooking")
    add_lot(commissioner, made, "lunch-club")
    ask(commissioner, made, "first_aid")
    provider = make_provider(council, "Lunch with Ana")
    cooking = make_service(provider, categories=["cooking"])
    listed(provider)
    shortlist(by=commissioner, lot=made.lots.get(number=1), service=cooking)
    actions.change_requirement(by=commissioner, requirement=made, facts={"payment_days": 7})
    return lock_summary(by=commissioner, requirement=made, now=timezone.now())


def test_line_whose_row_is_gone_keeps_its_id_alone(commissioner, council):
    made = make_requirement(commissioner, council)
    record("requirement.changed", by=commissioner, target=made, council=council)
    made.delete()
    assert {about for _event, about in named(AuditEvent.objects.all())} == {""}


def test_names_take_as_many_queries_for_many_lines_as_for_few(council, django_assert_num_queries):
    for number in range(12):
        listed(make_provider(council, f"Provider {number}"))
    events = list(AuditEvent.objects.all())
    with django_assert_num_queries(1):
        named(events)
