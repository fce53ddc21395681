import datetime

import pytest
from django.urls import reverse

from providers.credentials.actions import record_check, set_policy
from providers.credentials.policy import Policy, Term, asked, asked_of, policies_of
from providers.credentials.rules import check_is_good
from providers.models import CheckPolicy, Credential
from providers.moderation.facts import facts_of
from registry.models import AuditEvent
from tests.cast import sign_in
from tests.providers.listings.makers import make_category, make_provider, make_service

DRIVING = Term("lifts", "getting-about")
COOKING = Term("cooking", "meals")


def policy(kind="motor_business", *, of_all=False, **by_category):
    names = {code.replace("_", "-"): said for code, said in by_category.items()}
    return Policy(kind, "Motor insurance", "Insurance", of_all, 12, by_category=names)


@pytest.mark.parametrize(
    ("asks", "terms", "answer"),
    [
        (policy(of_all=True), [], True),
        (policy(of_all=True), [COOKING], True),
        (policy(), [COOKING], False),
        (policy(getting_about=True), [DRIVING], True),
        (policy(getting_about=True), [COOKING], False),
        (policy(getting_about=True), [COOKING, DRIVING], True),
        (policy(getting_about=True), [], False),
        (policy(getting_about=True, lifts=False), [DRIVING], False),
        (policy(of_all=True, meals=False), [COOKING], False),
    ],
)
def test_what_is_asked_follows_from_what_somebody_does(asks, terms, answer):
    assert asks.asks(terms) is answer
    assert (asks.kind in asked({asks.kind: asks}, terms, employs_anyone=None)) is answer


@pytest.mark.parametrize(("employs_anyone", "is_asked"), [(True, True), (False, False), (None, False)])
@pytest.mark.parametrize("of_all", [True, False])
def test_rule_04_cover_of_employees_is_asked_of_those_who_employ_and_of_nobody_else(employs_anyone, is_asked, of_all):
    policies = {"employers_liability": policy("employers_liability", of_all=of_all)}
    assert ("employers_liability" in asked(policies, [COOKING], employs_anyone=employs_anyone)) is is_asked


@pytest.mark.parametrize(
    ("months", "today", "good"),
    [
        (None, datetime.date(2040, 1, 1), True),
        (12, datetime.date(2027, 2, 28), True),
        (12, datetime.date(2027, 3, 1), False),
    ],
)
def test_a_check_is_good_through_the_last_day_of_the_councils_months(months, today, good):
    assert check_is_good(seen_on=datetime.date(2026, 3, 1), months=months, today=today) is good


def test_a_provider_is_asked_by_the_services_it_offers(council, administrator):
    provider = make_provider(council)
    driving = make_service(provider, "Lifts", [make_category("lifts", parent="getting-about")])
    make_service(provider, "Lunch", [make_category("cooking", parent="meals")])
    months = {"renewal_months": None, "check_months": 24}
    set_policy(
        council=council, by=administrator, kind="motor_business", of_all=False, only_of=["getting-about"], **months
    )
    assert asked_of(provider, council)["motor_business"].check_months == 24
    driving.ended_at = driving.created_at
    driving.save()
    assert "motor_business" not in asked_of(provider, council)


def test_a_policy_about_one_category_leaves_the_rest_as_it_was(council):
    make_category("cooking", parent="meals")
    CheckPolicy.objects.create(council=council, kind="first_aid", category_id="meals", asked_for=False)
    first_aid = policies_of(council)["first_aid"]
    assert (first_aid.of_all, first_aid.asks([COOKING]), first_aid.asks([DRIVING])) == (True, False, True)
    assert first_aid.renewal_months == 36


def test_the_list_says_of_whom_each_kind_is_asked(client, administrator, council):
    sign_in(client, administrator)
    months = {"renewal_months": 1, "check_months": 24}
    set_policy(council=council, by=administrator, kind="food_hygiene", of_all=False, only_of=["meals"], **months)
    page = client.get(reverse("checks_asked_for", args=[council.pk])).content.decode()
    assert "Asked of: Meals<br>Renewed after 1 month<br>Looked at again after 24 months" in page
    assert "Asked of those who employ anyone" in page
    assert "Asked of everybody<br>Renewed after 36 months" in page
    assert "Not asked for" in page
    assert reverse("check_asked_for", args=[council.pk, "food_hygiene"]) in page


def answer(client, council, kind, **said):
    return client.post(reverse("check_asked_for", args=[council.pk, kind]), said)


def test_an_administrator_sets_of_whom_a_kind_is_asked_and_for_how_long(client, administrator, council):
    sign_in(client, administrator)
    said = {"who": "some", "categories": ["meals", "dementia"], "renewal_months": "24", "check_months": "12"}
    assert answer(client, council, "food_hygiene", **said).url == reverse("checks_asked_for", args=[council.pk])
    kept = policies_of(council)["food_hygiene"]
    assert (kept.of_all, kept.only_of, kept.renewal_months, kept.check_months) == (False, ["dementia", "meals"], 24, 12)
    assert AuditEvent.objects.filter(verb="council.asks_for").count() == 1
    form = client.get(reverse("check_asked_for", args=[council.pk, "food_hygiene"])).context["form"]
    assert form["who"].value() == "some"
    answer(client, council, "food_hygiene", who="all", categories=["meals"], renewal_months="", check_months="")
    kept = policies_of(council)["food_hygiene"]
    assert (kept.of_all, kept.only_of, kept.renewal_months, kept.check_months) == (True, [], None, None)
    answer(client, council, "food_hygiene", who="nobody")
    assert not policies_of(council)["food_hygiene"].asked_for


@pytest.mark.parametrize(
    ("kind", "left_out"),
    [
        ("employers_liability", {"who", "categories", "renewal_months"}),
        ("public_liability", {"renewal_months"}),
        ("dbs", {"check_months"}),
        ("first_aid", set()),
    ],
)
def test_only_what_the_council_can_choose_is_asked(client, administrator, council, kind, left_out):
    sign_in(client, administrator)
    form = client.get(reverse("check_asked_for", args=[council.pk, kind])).context["form"]
    assert {"who", "categories", "renewal_months", "check_months"} - set(form.fields) == left_out


def test_a_question_that_was_not_asked_leaves_things_as_they_are(client, administrator, council):
    sign_in(client, administrator)
    answer(client, council, "employers_liability", check_months="6")
    kept = policies_of(council)["employers_liability"]
    assert (kept.of_all, kept.renewal_months, kept.check_months) == (False, 12, 6)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, "Choose who you ask for it"),
        ({"who": "some"}, "Tick at least one kind of work"),
        ({"who": "all", "renewal_months": "0"}, "whole number of months from 1 to 120"),
        ({"who": "all", "check_months": "121"}, "whole number of months from 1 to 120"),
        ({"who": "all", "check_months": "x"}, "whole number of months from 1 to 120"),
    ],
)
def test_nonsense_is_refused_in_words(client, administrator, council, said, error):
    sign_in(client, administrator)
    assert error in answer(client, council, "first_aid", **said).content.decode()
    assert not CheckPolicy.objects.exists()


def test_a_kind_that_nobody_knows_has_no_page(client, administrator, council):
    sign_in(client, administrator)
    assert client.get(reverse("check_asked_for", args=[council.pk, "magic"])).status_code == 404


def test_a_check_that_is_older_than_the_council_wants_is_to_be_looked_at_again(
    provider, checker, council, administrator
):
    insurance = Credential.every.get(provider=provider, kind="public_liability")
    long_ago = datetime.date(2020, 1, 1)
    record_check(credential=insurance, council=council, by=checker, outcome="seen", means="copy", seen_on=long_ago)
    submission = provider.submissions.get()
    assert not facts_of(submission).held["public_liability"][0].look_again
    set_policy(
        council=council, by=administrator, kind="public_liability", of_all=True, renewal_months=12, check_months=6
    )
    assert facts_of(submission).held["public_liability"][0].look_again
