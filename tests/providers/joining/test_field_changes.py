"""A listed provider's edit: changes of single facts that wait, or live at once."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.joining.answers import answers_of, recorded
from providers.joining.facts import within_band
from providers.joining.retention import purge_changes
from providers.models import FieldChange, Listing, Provider, Service, Submission, Version
from providers.moderation.actions import put_back, suspend
from providers.moderation.policy_actions import set_moderation_policy
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.factories.edits import decide, publish_first, send_edit
from tests.providers.joining.typed import typed

pytestmark = pytest.mark.usefixtures("postcodes", "council")
DEAR = {"price_pence": 3000}


@pytest.fixture
def listed(provider, checker):
    return publish_first(provider, checker)


@pytest.fixture
def edit(listed, provider_user):
    return lambda **steps: send_edit(listed, provider_user, **steps)


def price():
    return Service.every.get().price_pence


def waiting():
    return {change.fact: (change.was, change.will_be) for change in FieldChange.objects.waiting()}


def outcomes():
    return [(change.fact, change.outcome) for change in FieldChange.objects.order_by("made_at", "pk")]


def test_rule_06_an_edit_never_takes_the_approved_version_down(client, family, edit, listed, checker):
    page, api = f"/providers/{listed.slug}/", "/api/services/"
    find = "/find/?postcode=BA1+1LZ&need=cook+lunch"

    def families_see(name, pounds):
        assert name in family.get(page).text
        assert pounds in family.get(page).text
        assert name in family.get(find).text
        assert name in family.get(api).text

    submission = edit(service={"name": "Dinner for two"}, customers=DEAR, you={"name": "Rosie & Co"})
    assert set(waiting()) == {"name", "price"}
    assert len(FieldChange.objects.waiting()) == 3
    families_see("Lunch and company at home", "£18.50")
    decide(submission, checker, no=["price"])
    families_see("Lunch and company at home", "£18.50")
    decide(submission, checker, yes="all")
    families_see("Dinner for two", "£18.50")
    assert "Rosie &amp; Co" in family.get(page).text
    assert Provider.listed.filter(pk=listed.pk).exists()


def test_rule_06_rows_and_version_stay_until_a_yes(edit, checker):
    frozen = Version.objects.get().content
    submission = edit(customers=DEAR)
    assert price() == 1850
    assert Version.objects.get().content == frozen
    assert waiting() == {
        "price": ({"price_pence": 1850, "price_unit": "hour"}, {"price_pence": 3000, "price_unit": "hour"})
    }
    assert FieldChange.objects.get().submission == submission
    decide(submission, checker, yes=["price"])
    assert price() == Listing.objects.get().price_pence == 3000
    submission.refresh_from_db()
    assert (submission.decision, submission.decided_by) == ("published", checker)
    assert Version.objects.first().approved_by == checker


def test_a_second_edit_of_a_waiting_fact_takes_the_place_of_the_first(edit):
    first = edit(customers=DEAR)
    assert edit(customers={"price_pence": 4000}) == first
    assert outcomes() == [("price", "withdrawn"), ("price", "")]
    assert waiting()["price"][0]["price_pence"] == 1850


def test_sending_it_again_as_it_waits_changes_nothing(edit):
    edit(customers=DEAR)
    edit(customers=DEAR)
    assert outcomes() == [("price", "")]


def test_saying_what_is_approved_again_takes_the_change_back_and_nobody_is_asked(edit):
    edit(customers=DEAR)
    assert edit(customers={"price_pence": 1850}) is None
    assert outcomes() == [("price", "withdrawn")]
    assert not Submission.objects.waiting().exists()
    assert AuditEvent.objects.filter(verb="submission.withdrawn").count() == 1


def test_the_forms_show_what_was_last_said(client, edit, listed, provider_user):
    edit(customers=DEAR, where={"town": "Widcombe, Bath"})
    assert recorded(listed)["customers"]["price_pence"] == 1850
    assert answers_of(None, listed)["customers"]["price_pence"] == 3000
    page = sign_in(client, provider_user).get(reverse("my_step", args=[listed.slug, "where"])).text
    assert 'value="Widcombe, Bath"' in page


def test_harmless_facts_go_live_at_once_and_are_on_record(edit, family, listed):
    when = {"space": "away", "away_until": "2099-03-01", "hours_free": 2, "days": ["fri"], "parts": ["evening"]}
    assert edit(when=when) is None
    assert not Submission.objects.waiting().exists()
    assert {outcome for _fact, outcome in outcomes()} == {"at_once"}
    row = Listing.objects.get()
    assert (row.space, row.days) == ("away", ["fri"])
    assert Version.objects.count() == 2
    assert Version.objects.first().approved_by is None
    assert AuditEvent.objects.filter(verb="change.at_once").count() == 4
    assert not OutgoingMail.objects.filter(subject="We have your registration").count() > 1


def test_a_price_may_walk_within_the_band_and_no_further(edit):
    for pence in (1950, 2030):
        assert edit(customers={"price_pence": pence}) is None
        assert price() == pence
    # A tenth above what a person approved is £20.35, however small this step is.
    assert edit(customers={"price_pence": 2040}) is not None
    assert price() == 2030


def test_what_a_person_accepts_is_the_new_middle_of_the_band(edit, checker):
    edit(customers={"price_pence": 2030})
    decide(edit(customers={"price_pence": 2200}), checker, yes="all")
    assert edit(customers={"price_pence": 2400}) is None
    assert edit(customers={"price_pence": 2500}) is not None


def test_the_council_sets_the_band(edit, council, administrator):
    set_moderation_policy(council=council, by=administrator, price_change_percent=0, relies_on_other_councils=True)
    assert edit(customers={"price_pence": 1860}) is not None


@pytest.mark.parametrize(
    ("approved", "wanted", "is_near"),
    [
        ((2000, "hour"), (2200, "hour"), True),
        ((2000, "hour"), (1800, "hour"), True),
        ((2000, "hour"), (2201, "hour"), False),
        ((2000, "hour"), (2000, "visit"), False),
        ((0, "hour"), (1, "hour"), False),
        ((None, ""), (2000, "hour"), False),
    ],
)
def test_near_enough(approved, wanted, is_near):
    old, new = ({"price_pence": pence, "price_unit": unit} for pence, unit in (approved, wanted))
    assert within_band(approved=old, wanted=new, percent=10) is is_near


def test_the_base_moves_with_its_circle_once_it_is_accepted(edit, listed, checker, council):
    before = Listing.objects.get().easting
    submission = edit(where={"base_postcode": "BA1 8HE", "miles": 9})
    assert set(waiting()) == {"base", "reach"}
    decide(submission, checker, yes=["base"])
    listed.refresh_from_db()
    coverage = Service.every.get().coverage.get()
    assert (listed.base_postcode, listed.home_council) == ("BA1 8HE", council)
    assert (Listing.objects.get().easting != before, coverage.metres) == (True, 9656)
    decide(submission, checker, yes=["reach"])
    assert Service.every.get().coverage.get().metres == 14484


def test_kinds_and_grounds_are_one_question(edit, checker):
    submission = edit(
        service={"categories": ["washing-and-dressing"]}, personal_care={"regulatory_basis": "individual"}
    )
    assert set(waiting()) == {"kinds"}
    assert Service.every.get().regulatory_basis == "not_personal_care"
    decide(submission, checker, yes="all")
    service = Service.every.get()
    assert service.regulatory_basis == "individual"
    assert [term.pk for term in service.categories.all()] == ["washing-and-dressing"]
    edit(service={"categories": ["cooking"]})
    assert waiting()["kinds"][1] == {
        "categories": ["cooking"],
        "regulatory_basis": None,
        "registration_number": None,
    }


def test_certificates_alone_are_no_change_and_are_looked_at(edit):
    submission = edit(insurance={"issuer": "Aviva"})
    assert submission is not None
    assert not FieldChange.objects.exists()


def test_what_goes_live_at_once_is_told_on_the_page(client, listed, provider_user):
    sign_in(client, provider_user)
    client.post(reverse("my_step", args=[listed.slug, "when"]), typed("when", space="full"))
    page = client.post(reverse("my_check", args=[listed.slug]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("my_provider", args=[listed.slug])
    assert "Families see it already" in page.text


def test_rule_15_the_audit_of_a_change_names_the_fact_and_no_value(edit, checker):
    decide(edit(customers=DEAR, you={"phone": "07700 900 999"}), checker, yes=["price"], no=["phone"])
    lines = AuditEvent.objects.filter(verb__startswith="change.")
    assert sorted((line.verb, *line.fields) for line in lines) == [
        ("change.accepted", "price"),
        ("change.proposed", "phone"),
        ("change.proposed", "price"),
        ("change.refused", "phone"),
    ]


def test_a_provider_that_is_taken_down_edits_as_a_listed_one_does(edit, listed, checker, council):
    suspend(provider=listed, council=council, by=checker, reason="Call us.")
    submission = edit(customers=DEAR, when={"space": "full"})
    assert not Provider.listed.exists()
    put_back(provider=listed, council=council, by=checker)
    assert Listing.objects.get().price_pence == 1850
    assert Listing.objects.get().space == "full"
    decide(submission, checker, yes="all")
    assert Listing.objects.get().price_pence == 3000


def test_decided_changes_are_forgotten_after_two_years_and_prices_stay(edit, checker):
    decide(edit(customers=DEAR, you={"phone": "07700 900 999"}), checker, yes="all")
    edit(you={"phone": "07700 900 111"})
    today = timezone.localdate()
    assert purge_changes(today) == 0
    assert purge_changes(today + datetime.timedelta(days=731)) == 1
    assert outcomes() == [("price", "accepted"), ("phone", "")]
