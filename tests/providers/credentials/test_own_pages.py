import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from providers.credentials.actions import record_check, set_policy
from providers.credentials.claims import AlreadyCheckedError, claim, correct_credential
from providers.credentials.storage import NotStored
from providers.models import CouncilListing, Credential, Evidence, Submission
from providers.moderation.actions import publish
from tests.cast import sign_in
from tests.providers.credentials.files import pdf, upload
from tests.providers.moderation.makers import certificate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def listed(provider, checker):
    publish(submission=provider.submissions.get(), by=checker)
    provider.refresh_from_db()
    return provider


@pytest.fixture
def owner(client, provider_user):
    return sign_in(client, provider_user)


def words(response):
    return " ".join(response.content.decode().split())


def date(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def insurance(today, **said):
    dates = date("starts_on", today - 9 * DAY) | date("ends_on", today + 300 * DAY)
    return {"issuer": "Markel", "amount_pence": "5 million", **dates, **said}


def training(today, **said):
    return {"issuer": "Mendip Training", **date("starts_on", today - 30 * DAY), **said}


def add(client, provider, kind, said):
    return client.post(reverse("add_credential", args=[provider.slug, kind]), said, follow=True)


def newest(kind):
    return Credential.every.filter(kind=kind, replaced_at=None).latest("created_at")


def see(credential, checker, council, outcome="seen"):
    day = timezone.localdate()
    record_check(credential=credential, council=council, by=checker, outcome=outcome, means="copy", seen_on=day)


def test_new_proof_of_a_listed_provider_waits_for_its_council(owner, listed, today):
    said = insurance(today, cover_per="claim", certificate="", pages=upload(pdf()))
    page = words(add(owner, listed, "professional_indemnity", said))
    made = newest("professional_indemnity")
    assert (made.amount_pence, made.cover_per, made.evidence.count()) == (500_000_000, "claim", 1)
    assert "Professional indemnity insurance £5 million for each claim" in page
    assert "Bath and North East Somerset Council will look at it" in page
    waiting = Submission.objects.waiting().get()
    assert (waiting.provider, waiting.council) == (listed, listed.home_council)
    listed.refresh_from_db()
    assert listed.listed_at is not None


def test_rule_06_new_proof_leaves_the_page_up_and_joins_what_waits(owner, listed, today, family):
    add(owner, listed, "motor_business", {**insurance(today), "amount_pence": ""})
    add(owner, listed, "fire_safety", training(today))
    assert Submission.objects.waiting().count() == 1
    assert family.get(f"/providers/{listed.slug}/").status_code == 200


def test_a_second_press_of_the_button_claims_nothing_more(owner, listed, today):
    for _press in range(2):
        add(owner, listed, "fire_safety", training(today, pages=upload(pdf())))
    assert Credential.every.filter(kind="fire_safety").count() == 1
    assert Evidence.objects.filter(credential__kind="fire_safety").count() == 1


def test_a_last_day_that_the_council_gives_is_never_filled_in_silently(owner, listed, today):
    form = words(owner.get(reverse("add_credential", args=[listed.slug, "fire_safety"])))
    says = "asks for a new one after 12 months"
    assert f"If you leave it empty we fill it in: Bath and North East Somerset Council {says}" in form
    page = words(add(owner, listed, "fire_safety", training(today)))
    assert "We filled in the last day:" in page
    assert "12 months from its date, because Bath and North East Somerset Council asks for a new one then" in page
    assert newest("fire_safety").ends_on is not None


def test_a_provider_that_was_never_sent_tells_its_council_with_its_listing(owner, provider, today):
    provider.submissions.all().delete()
    page = words(add(owner, provider, "fire_safety", training(today)))
    assert "It goes to the council when you send your listing" in page
    assert not Submission.objects.exists()


def test_one_person_is_not_asked_how_many_people_hold_it(owner, listed, today):
    add(owner, listed, "fire_safety", training(today))
    assert newest("fire_safety").held_by == 1
    listed.people = 3
    listed.save()
    page = words(add(owner, listed, "data_protection", training(today, held_by="4")))
    assert "You said that 3 people do the work" in page
    add(owner, listed, "data_protection", training(today, held_by="2"))
    assert newest("data_protection").held_by == 2


def test_training_that_is_in_no_list_is_shown_as_it_was_typed(owner, listed, today):
    page = words(add(owner, listed, "other_training", training(today, level="British Sign Language, level 1")))
    assert "British Sign Language, level 1, held by the one person who does the work" in page


def test_a_level_is_chosen_where_there_are_levels(owner, listed, today):
    assert "Choose which one it is" in words(add(owner, listed, "food_hygiene", training(today)))
    assert "Food hygiene, Level 2" in words(add(owner, listed, "food_hygiene", training(today, level="Level 2")))


def test_a_membership_names_the_body(owner, listed, today):
    said = {"issuer": "Homecare Association", **date("starts_on", today)}
    assert "Member of a trade or professional body: Homecare Association" in words(
        add(owner, listed, "trade_body", said)
    )


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ({"edition": "2025", "whole": "all"}, "Care Certificate, 2025 edition, all 16 standards"),
        ({"edition": "2015", "whole": "all"}, "Care Certificate, 2015 edition, all 15 standards"),
        (
            {"edition": "2025", "whole": "some", "standards": ["1", "10", "16"]},
            "Care Certificate, 2025 edition, 3 of 16 standards",
        ),
    ],
)
def test_the_care_certificate_has_its_edition_and_its_standards(owner, listed, today, said, held):
    assert held in words(add(owner, listed, "care_certificate", training(today, **said)))
    page = words(owner.get(reverse("correct_credential", args=[listed.slug, newest("care_certificate").pk])))
    assert f'value="{said["whole"]}" id="id_whole_{0 if said["whole"] == "all" else 1}" checked' in page


@pytest.mark.parametrize(
    ("kind", "said", "error"),
    [
        ("care_certificate", {"whole": "all"}, "Choose which Care Certificate it is"),
        ("care_certificate", {"edition": "2025", "whole": "some"}, "Tick the standards that are signed off"),
        (
            "care_certificate",
            {"edition": "2015", "whole": "some", "standards": ["16"]},
            "The 2015 Care Certificate has no standard 16",
        ),
        ("fire_safety", {"issuer": ""}, "Type who gave the training"),
        ("fire_safety", date("starts_on", datetime.date(2199, 1, 1)), "The date must be today or before"),
        ("fire_safety", date("ends_on", datetime.date(2001, 1, 1)), "The last day must be after the first date"),
        ("other_training", {"level": "x" * 41}, "there is room for 40 letters"),
        ("treatment", {"amount_pence": "a lot", **date("ends_on", datetime.date(2199, 1, 1))}, "like 5,000,000"),
        (
            "treatment",
            {**date("starts_on", datetime.date(2001, 1, 1)), **date("ends_on", datetime.date(2002, 1, 1))},
            "This one has ended",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_question(owner, listed, today, kind, said, error):
    page = words(add(owner, listed, kind, training(today, pages=upload(pdf()), **said)))
    assert error in page
    assert "Choose the files again: they were not kept" in page
    assert not Credential.every.filter(kind=kind).exists()


def test_rule_04_cover_of_employees_is_five_million_and_only_for_those_who_employ(owner, listed, today):
    add_page = reverse("kinds_to_add", args=[listed.slug])
    assert "Employers" not in words(owner.get(add_page))
    assert owner.get(reverse("add_credential", args=[listed.slug, "employers_liability"])).status_code == 404
    mine = words(owner.get(reverse("my_credentials", args=[listed.slug])))
    assert "Does not apply" in mine
    listed.employs_anyone = True
    listed.save()
    assert "Employers&#x27; liability insurance" in words(owner.get(add_page))
    assert "Employers&#x27; liability insurance</a>" in words(owner.get(reverse("my_credentials", args=[listed.slug])))
    page = words(add(owner, listed, "employers_liability", insurance(today, amount_pence="2 million")))
    assert "The law asks for £5 million or more" in page
    add(owner, listed, "employers_liability", insurance(today, amount_pence="5m"))
    assert newest("employers_liability").amount_pence == 500_000_000


def test_what_the_council_asks_for_and_is_missing_stands_first(owner, listed, administrator, council, today):
    page = words(owner.get(reverse("my_credentials", args=[listed.slug])))
    assert "Moving and handling people</a>" in page
    assert "Bath and North East Somerset Council asks for it" in page
    assert "Show the original in person" in page
    missing = owner.get(reverse("my_credentials", args=[listed.slug])).context["missing"]
    assert [asked.kind.code for asked in missing] == ["moving_and_handling", "safeguarding_adults"]
    months = {"renewal_months": 12}
    set_policy(council=council, by=administrator, kind="moving_and_handling", of_all=False, **months)
    set_policy(council=council, by=administrator, kind="food_hygiene", of_all=False, only_of=["meals"], **months)
    missing = owner.get(reverse("my_credentials", args=[listed.slug])).context["missing"]
    assert [asked.kind.code for asked in missing] == ["safeguarding_adults", "food_hygiene"]


def test_another_council_that_lists_the_provider_asks_too(owner, listed, other_council, other_commissioner):
    CouncilListing.objects.create(
        provider=listed, council=other_council, listed_at=timezone.now(), listed_by=other_commissioner
    )
    missing = owner.get(reverse("my_credentials", args=[listed.slug])).context["missing"]
    assert "Wiltshire Council" in missing[0].councils


def test_a_renewal_begins_with_what_was_said_and_the_old_one_stays(owner, listed, checker, council, today):
    old = newest("public_liability")
    see(old, checker, council)
    where = reverse("renew_credential", args=[listed.slug, old.pk])
    form = owner.get(where).context["form"]
    assert form["issuer"].value() == "Markel"
    assert form["starts_on"].value() == old.ends_on + DAY
    owner.post(where, insurance(today))
    new = newest("public_liability")
    old.refresh_from_db()
    assert (new.renews, old.replaced_at) == (old, None)
    mine = words(owner.get(reverse("my_credentials", args=[listed.slug])))
    assert "You have sent a new one" in mine
    owner.post(where, insurance(today))
    assert Credential.every.filter(kind="public_liability").count() == 2
    see(new, checker, council)
    old.refresh_from_db()
    assert old.replaced_at is not None
    page = words(owner.get(reverse("my_credential", args=[listed.slug, new.pk])))
    assert "Before this one" in page
    assert reverse("my_credential", args=[listed.slug, old.pk]) in page
    assert "replaced by a newer one" in words(owner.get(reverse("my_credential", args=[listed.slug, old.pk])))
    assert owner.get(where).status_code == 404


def test_one_that_ended_while_its_renewal_waits_is_history(owner, listed, today):
    old = newest("public_liability")
    Credential.every.filter(pk=old.pk).update(starts_on=today - 9 * DAY, ends_on=today - DAY)
    mine = words(owner.get(reverse("my_credentials", args=[listed.slug])))
    assert reverse("renew_credential", args=[listed.slug, old.pk]) in mine
    owner.post(reverse("renew_credential", args=[listed.slug, old.pk]), insurance(today))
    mine = words(owner.get(reverse("my_credentials", args=[listed.slug])))
    assert reverse("my_credential", args=[listed.slug, old.pk]) not in mine


def test_one_that_nobody_checked_is_put_right_and_keeps_its_proof(owner, listed, today):
    old = newest("public_liability")
    proof = list(old.evidence.values_list("pk", flat=True))
    where = reverse("correct_credential", args=[listed.slug, old.pk])
    assert "You do not need to send it again" in words(owner.get(where))
    owner.post(where, insurance(today, amount_pence="10m"))
    new = newest("public_liability")
    assert (new.amount_pence, list(new.evidence.values_list("pk", flat=True))) == (1_000_000_000, proof)
    assert new.evidence.get().file
    old.refresh_from_db()
    assert old.replaced_at is not None


def test_a_correction_with_a_new_photo_takes_the_place_of_the_old_one(owner, listed, today):
    old = newest("public_liability")
    owner.post(reverse("correct_credential", args=[listed.slug, old.pk]), insurance(today, pages=upload(pdf(2))))
    assert old.evidence.get().purged_at is not None
    assert newest("public_liability").evidence.get().purged_at is None


def test_one_that_a_council_has_looked_at_is_not_changed_under_it(
    owner, listed, checker, council, today, provider_user
):
    old = newest("public_liability")
    see(old, checker, council)
    where = reverse("correct_credential", args=[listed.slug, old.pk])
    answer = owner.post(where, insurance(today), follow=True)
    assert "A council has looked at this one" in words(answer)
    with pytest.raises(AlreadyCheckedError):
        correct_credential(credential=old, by=provider_user, facts={}, pages=[])


def test_a_full_disk_is_said_and_nothing_is_half_written(owner, listed, today, monkeypatch):
    def full(*_args, **_kwargs):
        raise NotStored

    monkeypatch.setattr("providers.credentials.actions.put_away", full)
    page = words(add(owner, listed, "fire_safety", training(today, pages=upload(pdf()))))
    assert "There was no room to keep this just now" in page
    assert not Credential.every.filter(kind="fire_safety").exists()


def test_a_check_that_comes_between_is_told(owner, listed, today, monkeypatch):
    def meanwhile(**_said):
        raise AlreadyCheckedError

    monkeypatch.setattr("providers.credentials.own_views.claims.correct_credential", meanwhile)
    where = reverse("correct_credential", args=[listed.slug, newest("public_liability").pk])
    assert "A council has looked at this one" in words(owner.post(where, insurance(today), follow=True))


def test_what_is_taken_off_is_gone_with_its_file_if_nobody_looked(owner, listed, checker, council):
    first_aid, cover = newest("first_aid"), newest("public_liability")
    see(cover, checker, council)
    for credential in (first_aid, cover):
        where = reverse("withdraw_credential", args=[listed.slug, credential.pk])
        assert "Take off:" in words(owner.get(where))
        for _press in range(2):
            assert owner.post(where).url == reverse("my_credentials", args=[listed.slug])
    assert not Credential.every.filter(provider=listed, replaced_at=None).exists()
    assert first_aid.evidence.get().purged_at is not None
    assert cover.evidence.get().purged_at is None
    assert "There is nothing here yet" in words(owner.get(reverse("my_credentials", args=[listed.slug])))


def test_an_imported_kind_that_is_none_of_ours_is_shown_and_not_renewed(owner, listed, today):
    gas = Credential.every.create(provider=listed, kind="gas_safe", holder="provider", starts_on=today)
    assert "Gas safe" in words(owner.get(reverse("my_credentials", args=[listed.slug])))
    assert "It does not run out by itself" in words(owner.get(reverse("my_credential", args=[listed.slug, gas.pk])))
    assert owner.get(reverse("renew_credential", args=[listed.slug, gas.pk])).status_code == 404


def test_a_reader_looks_and_changes_nothing(client, listed, colleague):
    sign_in(client, colleague)
    page = words(client.get(reverse("my_credentials", args=[listed.slug])))
    assert "Add something" not in page
    one = words(client.get(reverse("my_credential", args=[listed.slug, newest("first_aid").pk])))
    assert "Take it off" not in one
    assert "Sent on" in one


def test_the_proof_of_another_provider_is_not_found(owner, listed, other_provider):
    theirs = Credential.every.filter(provider=other_provider).first()
    for page in ("my_credential", "renew_credential", "correct_credential", "withdraw_credential"):
        assert owner.get(reverse(page, args=[listed.slug, theirs.pk])).status_code == 404


def test_a_claim_of_a_provider_is_compared_with_its_own_claims_only(listed, other_provider, provider_user, today):
    facts = {"starts_on": today, "issuer": "Mendip Training", "held_by": 1}
    for provider in (listed, other_provider):
        claim(provider=provider, by=provider_user, kind="fire_safety", facts=facts, pages=[])
    assert Credential.every.filter(kind="fire_safety").count() == 2


def test_the_list_costs_the_same_for_many(owner, listed, today, checker, council):
    where = reverse("my_credentials", args=[listed.slug])

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            owner.get(where)
        return len(seen)

    few = cost()
    for kind in ("fire_safety", "data_protection", "lone_working", "end_of_life"):
        for number in range(2):
            made = Credential.every.create(
                provider=listed, kind=kind, holder="workers", held_by=1, starts_on=today - number * DAY
            )
            certificate(made)
            see(made, checker, council)
    assert cost() == few
