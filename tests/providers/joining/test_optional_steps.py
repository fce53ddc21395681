"""What makes a listing better and is never in the way: numbers, hours, other prices, accessibility, the open feed."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from providers.joining.actions import save_step, send_draft, start_draft
from providers.joining.flow import Walk
from providers.joining.forms.extras import ExtrasForm
from providers.joining.forms.hours import HoursForm
from providers.joining.forms.numbers import NumbersForm
from providers.joining.said import Said
from providers.models import Draft, DraftStep, Provider, Service
from providers.moderation.edit import edit_of
from tests.cast import sign_in
from tests.factories.edits import decide, publish_first, send_edit
from tests.factories.registrations import register_provider, write_draft
from tests.providers.joining.typed import typed

pytestmark = pytest.mark.usefixtures("postcodes", "council")
MORNING, AFTERNOON = [540, 780], [840, 1020]


@pytest.fixture
def carer(client, provider_user):
    return sign_in(client, provider_user)


def step(name):
    return reverse("join_step", args=[name])


def saved(name):
    return DraftStep.objects.get(step=name).answers


def asked(page):
    return list(page.context["form"].fields)


def change(provider, by, name, facts):
    draft = start_draft(by=by, provider=provider)
    save_step(draft=draft, step=name, facts=facts, by=by)
    send_draft(draft=draft, by=by)


def test_a_registration_is_complete_without_any_of_them(provider_user):
    walk = Walk(write_draft(provider_user), None)
    optional = [one.part for one in walk.steps if one.optional]
    assert optional == ["hours", "extras", "ease", "numbers"]
    assert walk.is_complete
    assert len(walk.needed) == 8


def test_the_task_list_says_that_they_are_optional(carer):
    words = " ".join(BeautifulSoup(carer.get(reverse("join_steps")).content, "html.parser").main.get_text(" ").split())
    for title in ("Your exact hours", "Other prices", "Accessibility", "Numbers you may have"):
        assert f"{title} Optional" in words


def test_a_sole_trader_is_asked_for_no_number_that_it_cannot_have(carer):
    carer.post(step("where"), typed("where"))
    carer.post(step("you"), typed("you"))
    assert asked(carer.get(step("numbers"))) == ["ico", "ppon"]
    carer.post(step("you"), typed("you", legal_form="community_benefit"))
    assert asked(carer.get(step("numbers"))) == ["mutuals", "charity", "ico", "ppon"]
    carer.post(step("service"), typed("service", categories=["washing-and-dressing"]))
    carer.post(step("you"), typed("you", legal_form="company"))
    assert asked(carer.get(step("numbers"))) == ["company", "charity", "cqc_provider", "ico", "ppon"]
    carer.post(step("personal-care"), {"regulatory_basis": "individual"})
    assert asked(carer.get(step("numbers"))) == ["company", "charity", "ico", "ppon"]


def test_a_number_is_mended_or_the_page_says_what_it_looks_like_and_where_it_is(carer):
    carer.post(step("you"), typed("you", legal_form="company"))
    page = carer.post(step("numbers"), {"company": "12345", "ico": "za 123 456"})
    assert page.status_code == 200
    assert "A company number has 8 numbers, or 2 letters and 6 numbers" in page.text
    assert "certificate from Companies House" in page.text
    carer.post(step("numbers"), {"company": " 1234567", "ico": "za 123 456"})
    assert saved("numbers") == {"company": "01234567", "charity": "", "ico": "ZA123456", "ppon": ""}


def test_numbers_are_kept_with_the_provider_and_go_with_the_kind_of_business(provider_user):
    numbers = {"company": "01234567", "ico": "ZA123456", "ppon": ""}
    provider = register_provider(provider_user, you={"legal_form": "company"}, numbers=numbers)
    assert dict(provider.identifiers.values_list("scheme", "value")) == {"company": "01234567", "ico": "ZA123456"}
    form = NumbersForm(said=Said({"you": {"legal_form": "company"}}), initial=numbers, today=None)
    assert form["company"].value() == "01234567"
    again = Walk(Draft.objects.get(), provider)
    assert again.said.answers["numbers"] == {"company": "01234567", "ico": "ZA123456"}
    change(provider, provider_user, "you", again.said.answers["you"] | {"legal_form": "sole_trader"})
    assert list(provider.identifiers.values_list("scheme", flat=True)) == ["ico"]


def test_the_location_that_a_registered_service_names_is_the_providers_and_asked_once(provider_user):
    basis = {"regulatory_basis": "registered", "registration_number": "1-2624556588"}
    care = {"categories": ["washing-and-dressing"]}
    provider = register_provider(provider_user, service=care, personal_care=basis)
    assert dict(provider.identifiers.values_list("scheme", "value")) == {"cqc_location": "1-2624556588"}
    change(provider, provider_user, "personal-care", {"regulatory_basis": "individual", "registration_number": ""})
    assert not provider.identifiers.exists()


@pytest.mark.parametrize(
    ("delivery", "offered", "never"),
    [
        (["at_home"], "Information in easy read", "Step-free"),
        (["at_ours"], "Step-free", None),
        (["out_and_about"], "A vehicle that takes a wheelchair", "Accessible toilet"),
    ],
)
def test_only_what_makes_sense_there_is_asked_about_accessibility(carer, delivery, offered, never):
    carer.post(step("service"), typed("service", delivery=delivery))
    page = carer.get(step("ease"))
    assert offered in page.text
    assert never is None or never not in page.text


def test_prices_at_other_times_and_the_shortest_visit_are_kept(carer):
    carer.post(step("customers"), typed("customers"))
    page = carer.get(step("extras"))
    assert "The price an hour. For example: 22.50" in page.text
    page = carer.post(step("extras"), {"weekend": "lots"})
    assert "Price must be an amount of money" in page.text
    carer.post(step("extras"), {"weekend": "£22", "mileage": "0.45", "minimum_minutes": "45"})
    facts = saved("extras")
    assert (facts["weekend"], facts["mileage"], facts["bank_holiday"], facts["minimum_minutes"]) == (2200, 45, None, 45)
    carer.post(step("customers"), typed("customers", price_unit="mile"))
    assert "mileage" not in asked(carer.get(step("extras")))


def test_another_shortest_visit_on_record_stands_among_the_choices():
    form = ExtrasForm(said=Said({}), initial={"minimum_minutes": 20}, today=None)
    assert ("20", "20 minutes") in form.fields["minimum_minutes"].choices
    assert [label for value, label in form.fields["minimum_minutes"].choices if value in ("60", "120")] == [
        "1 hour",
        "2 hours",
    ]


def test_other_prices_are_in_the_unit_of_the_usual_price_also_after_it_changes(provider_user):
    extras = {"weekend": 2200, "mileage": 45, "evening": None, "minimum_minutes": 45}
    provider = register_provider(provider_user, extras=extras, ease={"accessibility": ["easy_read"]})
    service = Service.every.get()
    assert (service.minimum_minutes, service.accessibility) == (45, ["easy_read"])
    units = dict(service.extras.values_list("extra_for", "price_unit"))
    assert units == {"weekend": "hour", "mileage": "mile"}
    answers = Walk(Draft.objects.get(), provider).said.answers
    assert answers["extras"] == {"weekend": 2200, "mileage": 45, "minimum_minutes": 45}
    assert answers["ease"] == {"accessibility": ["easy_read"]}
    change(provider, provider_user, "customers", answers["customers"] | {"price_unit": "visit"})
    assert dict(service.extras.values_list("extra_for", "price_unit")) == {"weekend": "visit", "mileage": "mile"}


def test_hours_are_typed_once_for_all_days_or_for_a_day_that_differs(carer):
    carer.post(step("when"), typed("when", days=["mon", "tue", "sat"]))
    assert asked(carer.get(step("hours"))) == ["every_day", "mon", "tue", "sat"]
    carer.post(step("hours"), {"every_day": "2-5pm and 9-1", "sat": "10 to noon"})
    assert saved("hours") == {
        "weekly_hours": {"mon": [MORNING, AFTERNOON], "tue": [MORNING, AFTERNOON], "sat": [[600, 720]]}
    }
    page = carer.get(step("hours"))
    assert page.context["form"]["mon"].value() == "9am to 1pm, 2pm to 5pm"
    carer.post(step("hours"), {"every_day": "9-5"})
    page = carer.get(step("hours"))
    assert (page.context["form"]["every_day"].value(), page.context["form"]["mon"].value()) == ("9am to 5pm", None)
    shown = carer.get(reverse("join_check")).text
    assert "Saturday" in shown
    assert "9am to 5pm" in shown


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        ("mornings", "Type the hours for Tuesday like 9am to 5pm"),
        ("10pm to 6am", "The hours for Tuesday go past midnight"),
        ("8-9, 10-11, 12-1", "no more than two lots of hours for Tuesday"),
    ],
)
def test_hours_that_cannot_be_read_are_sent_back_with_what_would_do(carer, hours, says):
    carer.post(step("when"), typed("when", days=["tue"]))
    page = carer.post(step("hours"), {"tue": hours})
    assert says in page.text
    assert hours in page.text


def test_without_days_every_day_can_have_hours():
    form = HoursForm(said=Said({}), initial={}, today=None)
    assert len(form.fields) == 8


def test_hours_are_rows_of_the_service_and_go_with_the_day(provider_user):
    hours = {"weekly_hours": {"mon": [MORNING, AFTERNOON], "tue": [MORNING]}}
    provider = register_provider(provider_user, hours=hours)
    service = Service.every.get()
    assert service.weekly_hours.count() == 3
    answers = Walk(Draft.objects.get(), provider).said.answers
    assert answers["hours"] == hours
    change(provider, provider_user, "when", answers["when"] | {"days": ["tue", "thu"]})
    assert list(service.weekly_hours.values_list("day", flat=True)) == ["tue"]


def test_joining_says_that_a_listing_goes_into_the_open_feed(carer):
    assert "open feed, which anybody may use again" in carer.get(reverse("join")).text


@pytest.mark.parametrize(("posted", "is_out"), [({"stay_out": "on"}, True), ({}, False)])
def test_a_new_listing_stays_out_of_the_open_feed_when_they_say_so(carer, provider_user, posted, is_out):
    write_draft(provider_user)
    page = carer.get(reverse("join_check"))
    assert "Keep my listing out of the open feed" in page.text
    assert "Anybody may take it from there and use it again" in page.text
    carer.post(reverse("join_check"), posted)
    provider = Provider.every.get()
    assert (provider.out_of_feed_since is not None) is is_out
    assert "stay_out" not in carer.get(reverse("my_check", args=[provider.slug])).text


def test_rule_06_a_listed_providers_hours_go_live_at_once_and_the_rest_waits_for_a_yes(provider_user, checker):
    provider = publish_first(register_provider(provider_user), checker)
    submission = send_edit(
        provider,
        provider_user,
        hours={"weekly_hours": {"tue": [MORNING]}},
        extras={"weekend": 2200, "minimum_minutes": 60},
        ease={"accessibility": ["easy_read"]},
        numbers={"ico": "ZA123456"},
    )
    service = Service.every.get()
    assert service.weekly_hours.count() == 1
    assert (service.extras.count(), service.minimum_minutes, service.accessibility) == (0, None, [])
    assert not provider.identifiers.exists()
    edit = edit_of(submission, timezone.localdate())
    told = {str(row.label): row.will_be for item in edit.items for row in item.rows}
    assert told == {
        "Price at weekends": "£22",
        "Shortest visit": "1 hour",
        "Accessibility": "Information in easy read",
        "ICO registration number": "ZA123456",
    }
    decide(submission, checker, yes="all")
    service.refresh_from_db()
    assert (service.extras.get().price_pence, service.minimum_minutes, service.accessibility) == (
        2200,
        60,
        ["easy_read"],
    )
    assert provider.identifiers.get().value == "ZA123456"
    frozen = provider.versions.first().content
    assert frozen["identifiers"] == [{"scheme": "ico", "value": "ZA123456"}]
    assert frozen["services"][0]["hours"] == {"tue": [MORNING]}
