import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Opportunity, OpportunityVersion
from commissioning.models.opportunity import PublicationKind
from commissioning.opportunities import actions
from commissioning.opportunities.actions import Way
from commissioning.requirements import actions as requirements
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.commissioning.makers import add_lot, make_requirement
from tests.commissioning.opportunities.makers import SOUNDING, close, give_times, publish, write

pytestmark = pytest.mark.django_db
PUBLISH = {"kind": "sounding", "is_sealed": "on", "formal_url": "", "formal_note": ""}


def page(client, name, *args):
    return client.get(reverse(name, args=args))


def test_what_is_lacking_is_said_and_nothing_is_published(as_commissioner, commissioner, council):
    bare = make_requirement(commissioner, council)
    shown = page(as_commissioner, "publish_opportunity", bare.reference)
    assert "Add at least one lot." in shown.content.decode()
    assert "Say by what moment answers must be in." in shown.content.decode()
    as_commissioner.post(reverse("publish_opportunity", args=[bare.reference]), PUBLISH)
    assert not Opportunity.objects.exists()
    with pytest.raises(actions.NotReadyError):
        actions.publish(by=commissioner, requirement=bare, way=SOUNDING, now=timezone.now())


def test_the_page_shows_what_everybody_will_see_and_publishes_once(as_commissioner, commissioner, requirement):
    give_times(commissioner, requirement)
    address = reverse("publish_opportunity", args=[requirement.reference])
    assert "Cooked lunches for people" in as_commissioner.get(address).content.decode()
    for _press in range(2):
        there = as_commissioner.post(address, PUBLISH)
        assert there["Location"] == reverse("council_opportunity", args=[requirement.reference])
    opportunity = Opportunity.objects.get()
    assert opportunity.is_sealed
    assert OpportunityVersion.objects.count() == 1
    assert AuditEvent.objects.filter(verb="opportunity.published").count() == 1
    assert as_commissioner.get(address).status_code == 302
    again = actions.publish(by=commissioner, requirement=requirement, way=SOUNDING, now=timezone.now())
    assert again == opportunity


def test_everybody_reads_it_plain_words_first(family, opportunity):
    words = page(family, "opportunity", opportunity.requirement.reference).content.decode()
    assert words.index("In short") < words.index("What is asked of everyone")
    assert "Nothing is bought yet." in words
    assert "It is in 2 parts." in words
    assert "Public liability insurance of at least £2 million" in words
    assert "by the start of the contract" in words
    assert "Bills are paid within 14 days." in words
    assert "Say that you could do it" in words


def test_a_note_of_a_coming_tender_leads_to_the_formal_route(family, commissioner, requirement):
    way = Way(PublicationKind.COMING, formal_url="https://tender.example/1", formal_note="In May")
    publish(commissioner, requirement, way)
    words = page(family, "opportunity", requirement.reference).content.decode()
    assert "The formal tender runs somewhere else." in words
    assert 'href="https://tender.example/1"' in words
    assert "In May" in words


def test_an_edit_of_the_requirement_changes_nothing_that_is_published(family, opportunity, commissioner):
    requirement = opportunity.requirement
    requirements.change_requirement(by=commissioner, requirement=requirement, facts={"title": "Something else"})
    assert "Lunch and company in Bath" in page(family, "opportunity", requirement.reference).content.decode()


def test_a_change_is_published_again_with_its_date_and_both_versions_stay(
    as_commissioner, family, opportunity, commissioner, listed_provider, provider_user
):
    write(provider_user, opportunity, listed_provider)
    requirement = opportunity.requirement
    again = reverse("publish_again", args=[requirement.reference])
    assert "Nothing differs" in as_commissioner.get(again).content.decode()
    requirements.change_requirement(by=commissioner, requirement=requirement, facts={"payment_days": 7})
    assert "The value, or how soon bills are paid" in as_commissioner.get(again).content.decode()
    assert "Say what changed, and why" in as_commissioner.post(again, {"note": ""}).content.decode()
    for _press in range(2):
        as_commissioner.post(again, {"note": "Paid sooner: three of you asked."})
    assert opportunity.versions.count() == 2
    words = page(family, "opportunity", requirement.reference).content.decode()
    assert "Paid sooner: three of you asked." in words
    assert "Bills are paid within 7 days." in words
    before = page(family, "opportunity_version", requirement.reference, 1).content.decode()
    assert "Bills are paid within 14 days." in before
    assert page(family, "opportunity_version", requirement.reference, 3).status_code == 404
    assert page(family, "opportunity_version", requirement.reference, 10**9).status_code == 404
    mails = OutgoingMail.objects.filter(subject__startswith="Changed:")
    assert [mail.to for mail in mails] == [provider_user.email]
    assert "Paid sooner" in mails.get().body


def test_after_closing_nothing_is_published_again(as_commissioner, opportunity, commissioner):
    close(opportunity)
    requirements.change_requirement(by=commissioner, requirement=opportunity.requirement, facts={"payment_days": 7})
    address = reverse("publish_again", args=[opportunity.requirement.reference])
    answer = as_commissioner.post(address, {"note": "Too late"}, follow=True)
    assert "what was published stays as it is" in answer.content.decode()
    assert opportunity.versions.count() == 1


def test_a_change_that_is_not_ready_is_not_published(as_commissioner, opportunity, commissioner):
    requirement = opportunity.requirement
    gone_by = {"closes_at": timezone.now() - datetime.timedelta(hours=1), "questions_until": None}
    requirements.change_requirement(by=commissioner, requirement=requirement, facts=gone_by)
    shown = page(as_commissioner, "publish_again", requirement.reference).content.decode()
    assert "choose a later one" in shown
    with pytest.raises(actions.NotReadyError):
        actions.publish_again(by=commissioner, opportunity=opportunity, note="x", now=timezone.now())


def test_the_formal_route_is_added_later_even_after_closing(as_commissioner, family, opportunity):
    close(opportunity)
    address = reverse("formal_route", args=[opportunity.requirement.reference])
    assert "Enter a web address" in as_commissioner.post(address, {"formal_url": "not one"}).content.decode()
    assert "Enter a web address" in as_commissioner.post(address, {"formal_url": "javascript:x"}).content.decode()
    for _press in range(2):
        as_commissioner.post(address, {"formal_url": "https://tender.example/9", "formal_note": ""})
    assert opportunity.versions.count() == 2
    words = page(family, "opportunity", opportunity.requirement.reference).content.decode()
    assert "https://tender.example/9" in words


def test_the_list_shows_what_is_open_and_filters(family, opportunity, commissioner, other_council, other_commissioner):
    other = make_requirement(other_commissioner, other_council, title="Gardens in Devizes")
    add_lot(other_commissioner, other, "gardening", outcodes=[])
    theirs = publish(other_commissioner, other)

    def titles(query=""):
        words = family.get(f"/opportunities/{query}").content.decode()
        return [title for title in ("Lunch and company in Bath", "Gardens in Devizes") if title in words]

    both = ["Lunch and company in Bath", "Gardens in Devizes"]
    assert titles() == both
    assert titles(f"?council={other_council.pk}") == both[1:]
    assert titles("?kind=cooking") == both[:1]
    assert titles("?kind=nonsense&council=%00&page=999999999") == both
    close(theirs)
    assert titles() == both[:1]
    assert titles("?over=on") == both
    close(opportunity)
    assert "Nothing is open just now." in family.get("/opportunities/").content.decode()


def test_the_feed_is_atom_and_takes_the_same_filters(family, opportunity):
    answer = family.get("/opportunities/feed.atom?kind=cooking")
    assert answer["Content-Type"].startswith("application/atom+xml")
    words = answer.content.decode()
    assert "<title>Lunch and company in Bath</title>" in words
    assert f"/opportunities/{opportunity.requirement.reference}/" in words
    close(opportunity)
    assert "<entry>" not in family.get("/opportunities/feed.atom").content.decode()


def test_staff_of_the_council_are_led_to_their_own_page(as_commissioner, family, opportunity):
    reference = opportunity.requirement.reference
    assert "own page of this" in page(as_commissioner, "opportunity", reference).content.decode()
    assert "own page of this" not in page(family, "opportunity", reference).content.decode()


def test_another_council_finds_nothing(other_commissioner, opportunity):
    client = sign_in(Client(), other_commissioner)
    assert page(client, "council_opportunity", opportunity.requirement.reference).status_code == 404


def test_what_is_not_published_has_no_page(as_commissioner, family, requirement):
    assert page(family, "opportunity", requirement.reference).status_code == 404
    assert page(as_commissioner, "council_opportunity", requirement.reference).status_code == 404
