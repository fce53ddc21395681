import datetime
import random
from collections import Counter
from io import StringIO

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone
from PIL import Image

from providers.credentials.evidence import cleaned
from providers.credentials.rules import Status, status
from providers.demonstration import seeding
from providers.demonstration.certificates import example_certificate
from providers.demonstration.proving import invent_credentials
from providers.demonstration.seeding import NoPlaces, seed
from providers.demonstration.teaming import write_teams
from providers.enquiring.shown import usually
from providers.models import (
    Check,
    CouncilListing,
    Credential,
    DbsRecord,
    Enquiry,
    Evidence,
    Identifier,
    Listing,
    Provider,
    ProviderMembership,
    Recommendation,
    Service,
    Submission,
    Team,
    TeamMember,
    Version,
    WeeklyFigure,
    WeeklyHours,
)
from providers.recommending.shown import recommendations
from providers.teams.near import base_of
from registry.audit import sentences
from registry.models import AuditEvent, Council, CouncilMembership, Postcode, User
from registry.models.council_membership import CouncilRole
from tests.providers.demonstration.test_words_of_the_invented import make_spots
from tests.providers.listings.makers import listed
from tests.providers.teams.makers import business

TODAY = datetime.date(2026, 11, 21)
COUNT = 42


@pytest.fixture
def seeded(postcodes):
    assert seed(count=COUNT, today=TODAY) == COUNT
    return Provider.every.filter(is_invented=True)


def test_so_many_providers_are_made_and_every_one_is_marked_as_invented(seeded):
    assert seeded.count() == Provider.every.count() == COUNT
    assert set(seeded.values_list("home_council", flat=True)) == {"E06000022", "E06000054", "E06000066"}


def test_what_is_published_is_frozen_and_found(seeded):
    listed = seeded.exclude(listed_at=None)
    assert Version.objects.count() == listed.count() > COUNT / 2
    assert Listing.objects.count() == Service.every.filter(provider__in=listed).count()
    assert not listed.filter(versions=None).exists()
    assert not Listing.objects.exclude(provider__in=listed).exists()


def test_the_careful_ones_say_hours_other_prices_and_accessibility_and_nobody_a_register_number(seeded):
    services = Service.every.filter(provider__in=seeded)
    assert services.exclude(weekly_hours=None).exists()
    assert services.exclude(extras=None).exists()
    assert services.exclude(accessibility=[]).exists()
    assert not Identifier.objects.filter(provider__in=seeded).exists()
    worked = {(service.pk, day) for service in services for day in service.availability.days}
    assert set(WeeklyHours.objects.values_list("service", "day")) <= worked


def test_customers_have_written_good_and_bad_and_some_of_it_waits(seeded):
    shown = Recommendation.objects.shown().filter(provider__in=seeded)
    told = {said for replied in shown.prefetch_related("replies") for said in replied.replies.all()}
    assert told
    assert all(said.words and said.recommendation.went_badly for said in told)
    assert not shown.filter(
        decided_at__gt=timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time()))
    ).exists()
    assert Recommendation.objects.waiting().exists()
    lead = Provider.every.get(pk=Enquiry.objects.unanswered().values("provider")[:1])
    assert recommendations(lead.pk).has_more
    assert usually(lead.pk, timezone.now())
    assert Enquiry.objects.filter(provider=lead).exclude(answer="").exists()


def test_a_queue_waits_with_certificates_to_open(seeded):
    waiting = Submission.objects.waiting()
    assert waiting.count() >= 6
    for submission in waiting.filter(provider__listed_at=None):
        credentials = Credential.every.filter(provider=submission.provider)
        assert credentials.exists()
        assert not credentials.filter(evidence=None).exists()
        assert not Check.objects.filter(credential__in=credentials).exists()


def test_those_who_wait_with_a_change_say_something_new(seeded):
    changing = Submission.objects.waiting().exclude(provider__listed_at=None)
    assert changing.exists()
    for submission in changing:
        frozen = submission.provider.versions.get().content["services"]
        prices = submission.changes.waiting().filter(fact="price")
        assert sorted(change.was["price_pence"] for change in prices) == sorted(each["price_pence"] for each in frozen)
        assert all(change.will_be["price_pence"] > change.was["price_pence"] for change in prices)
        now = submission.provider.services(manager="every").values_list("price_pence", flat=True)
        assert sorted(now) == sorted(each["price_pence"] for each in frozen)


def test_some_were_sent_back_with_a_reason(seeded):
    sent_back = Submission.objects.filter(decision="sent_back")
    assert sent_back.exists()
    assert not sent_back.filter(reason="").exists()


def test_checks_are_by_people_of_the_council_and_never_in_the_future(seeded):
    for check in Check.objects.select_related("by", "council"):
        assert CouncilMembership.objects.filter(user=check.by, council=check.council, role="checker").exists()
        assert check.seen_on <= TODAY
    assert not DbsRecord.objects.filter(seen_on__gt=TODAY).exists()


def test_every_verb_in_the_audit_has_a_sentence_or_stands_for_itself(seeded):
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"provider.sent", "submission.published", "provider.listed", "credential.seen", "dbs.seen"} <= verbs
    assert all(sentences.sentence(verb) for verb in verbs)


def test_visitors_find_their_own_business(seeded):
    owner = ProviderMembership.objects.get(user__email="provider@demo.nearhand.example")
    reader = ProviderMembership.objects.get(user__email="colleague@demo.nearhand.example")
    other = ProviderMembership.objects.get(user__email="other-provider@demo.nearhand.example")
    assert (owner.role, reader.role, other.role) == ("owner", "reader", "owner")
    assert owner.provider == reader.provider != other.provider
    assert owner.provider.listed_at is not None
    for credential in Credential.every.filter(provider=owner.provider):
        assert credential.checks.filter(outcome="seen").exists()
        assert credential.ends_on is None or credential.ends_on > TODAY


def test_a_checker_who_is_there_does_the_checking(postcodes):
    sheila = User.objects.create_user("sheila@council.example", "Sheila Hobbs")
    wiltshire = Council.objects.get(pk="E06000054")
    CouncilMembership.objects.create(user=sheila, council=wiltshire, role=CouncilRole.CHECKER)
    seed(count=COUNT, today=TODAY)
    assert set(
        Submission.objects.filter(council=wiltshire, decision="published").values_list("decided_by", flat=True)
    ) == {sheila.pk}


def test_the_stored_certificates_are_what_they_say(seeded):
    evidence = list(Evidence.objects.all())
    assert {one.content_type for one in evidence} == {"application/pdf", "image/png"}
    for one in evidence[:12]:
        with one.file.open("rb") as stored:
            assert cleaned(ContentFile(stored.read())).content.size


def test_two_runs_of_the_same_day_make_the_same_words(seeded):
    first = sorted(seeded.values_list("slug", "about"))
    again = sorted(
        (each.slug, each.about) for each in seeding.invent_providers(seeding.spots(COUNT, random.Random(seeding.SEED)))
    )
    assert first == again


def test_credentials_are_in_every_state():
    everybody = seeding.invent_providers(make_spots(400))
    rng = random.Random(3)
    states = Counter(
        status(
            starts_on=claim.starts_on,
            ends_on=claim.ends_on,
            seen=claim.seen_on is not None,
            refused=claim.refused,
            today=TODAY,
        )
        for each in everybody
        for claim in invent_credentials(each, today=TODAY, rng=rng)
    )
    assert set(states) == set(Status) - {Status.DOES_NOT_APPLY}
    assert states[Status.CURRENT] > sum(states.values()) / 2


def test_employers_liability_follows_from_employing_somebody():
    rng = random.Random(3)
    for each in seeding.invent_providers(make_spots(300)):
        kinds = {claim.kind for claim in invent_credentials(each, today=TODAY, rng=rng)}
        assert ("employers_liability" in kinds) == each.employs_anyone


@pytest.mark.parametrize("as_pdf", [True, False])
def test_a_certificate_is_the_same_file_every_time_and_opens(as_pdf, tmp_path):
    content = example_certificate(["Public liability", "Tuesday Kitchen"], as_pdf=as_pdf)
    assert content == example_certificate(["Public liability", "Tuesday Kitchen"], as_pdf=as_pdf)
    path = tmp_path / "certificate"
    path.write_bytes(content)
    if as_pdf:
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == 1
    else:
        with Image.open(path) as picture:
            assert picture.size == (480, 340)


class TestCommand:
    @pytest.fixture(autouse=True)
    def a_demonstration(self, settings):
        settings.DEMO = True

    def run(self, **options):
        out = StringIO()
        call_command("seed_providers", stdout=out, **options)
        return out.getvalue()

    def test_a_second_run_changes_nothing(self, postcodes):
        assert "12 invented providers" in self.run(providers=12, verbosity=0)
        before = AuditEvent.objects.count()
        assert "already" in self.run(providers=12, verbosity=0)
        assert Provider.every.count() == 12
        assert AuditEvent.objects.count() == before

    def test_without_postcodes_it_says_what_to_do(self, db):
        with pytest.raises(CommandError, match="load_postcodes"):
            self.run(verbosity=0)
        assert not Provider.every.exists()

    def test_it_is_refused_where_there_is_no_demonstration(self, settings, db):
        settings.DEMO = False
        with pytest.raises(CommandError, match="DEMO=1"):
            self.run()


def test_where_only_one_council_has_postcodes_the_rest_is_left_out(db):
    Postcode.objects.create(code="TA11HE", easting=322489, northing=125215, district_code="E06000066")
    seed(count=3, today=TODAY)
    assert set(Provider.every.values_list("home_council", flat=True)) == {"E06000066"}
    assert not User.objects.filter(email="provider@demo.nearhand.example").exists()


def test_postcodes_outside_the_towns_are_nobodys_home(db):
    Postcode.objects.create(code="EH11YZ", easting=325597, northing=673676, district_code="E06000066")
    with pytest.raises(NoPlaces):
        seed(count=3, today=TODAY)


def test_those_whom_visitors_sign_in_as_have_been_found(seeded):
    figures = WeeklyFigure.objects.filter(provider__in=seeded)
    assert set(figures.values_list("provider__memberships__user__email", flat=True)) >= {
        "provider@demo.nearhand.example",
        "other-provider@demo.nearhand.example",
    }
    assert figures.count() == 2 * 12
    assert all(figure.opened <= figure.found for figure in figures)


def test_the_listed_stand_on_their_own_councils_list_and_some_on_the_neighbours(seeded):
    listed = seeded.exclude(listed_at=None)
    own = CouncilListing.objects.current().filter(council=F("provider__home_council"))
    assert own.count() == listed.count()
    elsewhere = CouncilListing.objects.exclude(council=F("provider__home_council"))
    assert elsewhere.current().exists()
    assert elsewhere.asked().exists()
    # The neighbour's checker has something to open, and to rely on.
    papers = Evidence.objects.filter(credential__provider__in=elsewhere.values("provider"))
    assert papers.exists()
    for relied in Check.objects.filter(means="relied"):
        assert relied.relies_on.council_id == relied.credential.provider.home_council_id
        assert relied.seen_on == relied.relies_on.seen_on


def test_visitors_have_a_team_that_stands_and_an_invitation_that_waits(seeded):
    lead = Provider.listed.get(memberships__user__email__startswith="provider@")
    names = ("Al's Baths", "Bo's Beds", "Cy's Chairs")
    town = [business(lead.home_council, name, kinds=["cleaning"], base_postcode=lead.base_postcode) for name in names]
    Team.objects.all().delete()
    Listing.objects.filter(provider=lead).update(confirmed_on=timezone.localdate())
    for provider in town:
        provider.services.get().coverage.update(easting=base_of(lead).easting, northing=base_of(lead).northing)
        listed(provider)
    write_teams(lead, timezone.localdate())
    assert Team.objects.standing().of(lead).count() == 1
    invited = TeamMember.objects.invited_at(timezone.now()).get(provider=lead)
    assert not Team.objects.standing().filter(pk=invited.team_id).exists()


def test_where_nobody_works_near_there_is_no_team(seeded):
    lead = Provider.listed.get(memberships__user__email__startswith="provider@")
    Team.objects.all().delete()
    for facts in ({"confirmed_on": None}, {"confirmed_on": timezone.localdate()}):
        Listing.objects.filter(provider=lead).update(**facts)
        Listing.objects.exclude(provider=lead).update(confirmed_on=None)
        write_teams(lead, timezone.localdate())
        assert not Team.objects.exists()
