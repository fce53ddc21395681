"""What a better listing would add, said in words and never in the way; and a link to come back to it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.joining.link_back import SENT, TooManyLinks, send_link_back
from providers.joining.meter import WISHES, Answered, measure
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.providers.joining.typed import SIMPLE_STEPS, typed

LONG = "I cook a fresh lunch in your kitchen and we eat together. I have looked after my own dad for many years. " * 2
BEST = {
    "customers": {"price_pence": 0},
    "service": {"description": LONG},
    "when": {"hours_free": 0},
    "hours": {"weekly_hours": {"mon": [[540, 600]]}},
    "extras": {"weekend": 2000},
    "ease": {"accessibility": ["step_free"]},
    "you": {"email": "rosie@homehelp.example"},
    "insurance": {"has": "yes"},
    "training": {"has": "yes"},
}


def test_the_best_listing_has_everything():
    meter = measure(Answered(part, facts, f"/{part}/", has_papers=True) for part, facts in BEST.items())
    assert (meter.met, meter.missing) == (meter.of, [])
    assert meter.of == len(WISHES) + 2  # A certificate for each of the two proofs.


def test_an_empty_listing_lacks_everything_and_each_has_its_link():
    meter = measure(Answered(part, {}, f"/{part}/") for part in BEST)
    assert (meter.met, meter.of) == (0, len(WISHES))
    assert {missing.address for missing in meter.missing} == {f"/{part}/" for part in BEST}
    assert str(meter.missing[0].wish.why) == "Families look for a price first."


def test_a_claim_without_its_certificate_asks_for_a_photo():
    (missing,) = measure([Answered("insurance", {"has": "yes"}, "/insurance/")]).missing
    assert str(missing.wish.words) == "Add a photo of the certificate"


def test_each_service_is_measured_by_itself():
    both = [
        Answered("when", {"hours_free": hours}, f"/{hours}/", name) for hours, name in [(3, "Lunch"), (None, "Gardens")]
    ]
    meter = measure(both)
    assert [missing.service for missing in meter.missing] == ["Gardens"]


@pytest.fixture
def carer(client, provider_user, postcodes, council):
    return sign_in(client, provider_user)


def step(name):
    return reverse("join_step", args=[name])


def test_the_list_says_nothing_of_it_before_anything_was_said(carer):
    assert "What families look for" not in carer.get(reverse("join_steps")).text


def test_the_list_says_what_would_help_and_sending_does_not_wait_for_it(carer):
    for name in SIMPLE_STEPS:
        carer.post(step(name), typed(name, **({"email": ""} if name == "you" else {})))
    page = carer.get(reverse("join_steps"))
    meter = page.context["walk"].meter
    assert f"You have {meter.met} of {meter.of} things that families look for." in page.text
    assert "Add an email address for families" in page.text
    assert f'href="{step("you")}"' in page.text
    assert carer.post(reverse("join_check")).status_code == 302
    assert "What families look for" in carer.get(reverse("my_provider", args=["rosies-home-help"])).text


def test_who_may_only_read_is_not_told_what_to_add(client, provider, colleague, postcodes, council):
    page = sign_in(client, colleague).get(reverse("my_provider", args=[provider.slug]))
    assert "What families look for" not in page.text


def test_a_link_back_goes_to_the_persons_own_address_and_holds_no_secret(carer, provider_user):
    page = carer.post(reverse("join_send_link"), follow=True)
    assert f"We have sent a link to {provider_user.email}" in page.text
    letter = OutgoingMail.objects.get()
    assert letter.to == provider_user.email
    assert letter.body.count("http") == 1
    assert f"{reverse('join_steps')}\n" in letter.body
    assert AuditEvent.objects.get(verb=SENT).fields == []


def test_no_more_than_three_links_in_an_hour(carer, provider_user):
    for _ in range(3):
        carer.post(reverse("join_send_link"))
    assert "three links in the last hour" in carer.post(reverse("join_send_link"), follow=True).text
    assert OutgoingMail.objects.count() == 3
    now, later = timezone.now(), timezone.now() + datetime.timedelta(minutes=61)
    with pytest.raises(TooManyLinks):
        send_link_back(by=provider_user, provider=None, address="/join/steps/", now=now)
    send_link_back(by=provider_user, provider=None, address="/join/steps/", now=later)
    assert OutgoingMail.objects.count() == 4
