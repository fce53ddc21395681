import datetime

import page as referee
import pytest
from django.test import Client
from django.utils import timezone

from providers.credentials.actions import answer_about_dbs, record_check
from providers.models import Credential, Identifier, PassportLink, Provider
from providers.showing.actions import make_link
from providers.showing.links import SIGNER, address_of
from providers.showing.retention import purge_passport_links
from registry.models import AuditEvent
from tests.cast import sign_in
from tests.reading import words_of_page, words_of_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_owner(client, provider_user):
    return sign_in(client, provider_user)


@pytest.fixture
def link(rosie, provider_user):
    return make_link(provider=rosie, made_for="Mrs Hill", days=30, by=provider_user, now=timezone.now())


def opened(link):
    """As whoever was sent it: signed in nowhere."""
    return Client().get(path_of(link))


def path_of(link):
    return "/" + address_of(link).split("/", 3)[3]


def words_behind(link):
    return " ".join(words_of_page(opened(link).content))


def home(provider):
    return f"/my/{provider.slug}/passport/"


def test_the_pdf_is_pdf_ua_1_with_the_words_of_the_page(as_owner, rosie, link, checker, council, tmp_path):
    lapsed = Credential.every.create(
        provider=rosie,
        kind="food_hygiene",
        holder="workers",
        held_by=1,
        starts_on=datetime.date(2020, 1, 1),
        ends_on=datetime.date(2023, 1, 1),
    )
    seen = {"outcome": "seen", "means": "original", "seen_on": datetime.date(2020, 2, 1)}
    record_check(credential=lapsed, council=council, by=checker, **seen)
    Credential.every.create(
        provider=rosie, kind="complaints_policy", holder="provider", starts_on=datetime.date(2026, 1, 1)
    )
    pdf = as_owner.get(f"/my/{rosie.slug}/passport.pdf").content
    path = tmp_path / "passport.pdf"
    path.write_bytes(pdf)
    result = referee.validate_pdf(path, profile=referee.ValidationProfile.PDF_UA_1)
    assert result.is_compliant, [failure.rule_id for failure in result.failures]
    assert words_of_pdf(pdf) == words_of_page(opened(link).content)
    words = " ".join(words_of_pdf(pdf))
    today, waiting, ended = words.index("Holds today"), words.index("Waiting"), words.index("Ended")
    assert today < words.index("Public liability") < waiting < words.index("Complaints policy") < ended
    assert ended < words.index("Food hygiene") < words.index("ended on 1 January 2023")


def test_rule_12_it_says_what_was_seen_by_whom_when_and_how(rosie, link):
    words = words_behind(link)
    for said in (
        "Public liability insurance £5 million",
        "From Markel, number MK-123",
        "Seen by Bath and North East Somerset Council on 3 March 2026. How: Saw a copy or photograph",
        "Listed is not recommended",
        f"/p/{rosie.short_code}",
        "How things stood on",
    ):
        assert said in words


def test_rule_05_what_lapsed_moves_under_ended_by_itself(rosie, link):
    Credential.every.filter(kind="public_liability").update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    words = words_behind(link)
    assert words.index("Ended") < words.index("Public liability")


def test_what_a_council_refused_is_nobodys_business(rosie, link, council, checker):
    first_aid = Credential.every.get(kind="first_aid")
    refused = {"outcome": "not_accepted", "means": "copy", "seen_on": timezone.localdate()}
    record_check(credential=first_aid, council=council, by=checker, **refused)
    assert "First aid" not in words_behind(link)


def test_rule_01_a_dbs_certificate_is_told_of_only_after_a_yes(rosie, link, dbs, provider_user):
    assert "DBS" not in words_behind(link)
    answer_about_dbs(dbs=dbs, by=provider_user, publicly=True, with_councils=False)
    words = words_behind(link)
    assert "DBS certificate seen by Bath and North East Somerset Council on" in words
    for kept in ("Enhanced", "1234", "5 January 2026"):
        assert kept not in words


def test_rule_10_it_never_says_where_a_home_is(rosie, link):
    assert rosie.base_postcode.split()[1] not in opened(link).text


def test_numbers_on_public_registers_are_on_it(rosie, link):
    Identifier.objects.create(provider=rosie, scheme="ico", value="ZA123456")
    assert "ICO registration number ZA123456" in words_behind(link)


def test_papers_without_an_issuer_or_a_number_say_what_there_is(rosie, link):
    Credential.every.filter(kind="public_liability").update(issuer="")
    Credential.every.filter(kind="first_aid").update(issuer="", reference="")
    words = words_behind(link)
    assert "Number MK-123" in words
    assert "St John Ambulance" not in words


def test_none_is_said_where_nothing_holds(rosie, link):
    Credential.every.all().delete()
    assert "Holds today, and seen by a council None." in words_behind(link)


def test_a_link_is_made_shown_and_ended_with_one_press(as_owner, rosie):
    page = as_owner.post(f"{home(rosie)}links/", {"made_for": "Mrs Hill", "days": "90"}, follow=True).text
    link = PassportLink.objects.get()
    assert address_of(link) in page
    assert (link.expires_at - link.made_at).days == 90
    assert opened(link).status_code == 200
    for _press in range(2):
        page = as_owner.post(f"{home(rosie)}links/{link.pk}/end/", follow=True).text
    assert address_of(link) not in page
    assert "ended on" in page
    over = opened(link)
    assert over.status_code == 404
    assert "This link no longer works" in over.text
    verbs = AuditEvent.objects.filter(verb__startswith="passport").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["passport.link_made", "passport.link_ended"]


def test_how_long_is_one_of_three(as_owner, rosie):
    page = as_owner.post(f"{home(rosie)}links/", {"days": "365"})
    assert "days-error" in page.text or "error" in page.text
    assert not PassportLink.objects.exists()


def test_an_expired_or_forged_link_opens_nothing(link):
    begun = timezone.now() - datetime.timedelta(days=31)
    PassportLink.objects.update(made_at=begun, expires_at=begun + datetime.timedelta(days=30))
    assert opened(link).status_code == 404
    for forged in (link.pk.hex, f"{link.pk.hex}.{'a' * 43}", SIGNER.sign("nonsense"), "%00"):
        assert Client().get(f"/passport/{forged}/").status_code == 404


@pytest.mark.parametrize("gone", ["suspended", "left", "unlisted"])
def test_a_link_shows_nothing_of_one_that_the_public_may_not_see(rosie, link, checker, gone):
    changes = {
        "suspended": {"suspended_at": timezone.now(), "suspended_by": checker},
        "left": {"left_at": timezone.now()},
        "unlisted": {"listed_at": None},
    }
    Provider.every.filter(pk=rosie.pk).update(**changes[gone])
    over = opened(link)
    assert over.status_code == 404
    assert "Rosie" not in over.text


def test_what_a_link_opens_is_kept_by_nobody(link):
    for answer in (opened(link), Client().get("/passport/nonsense/")):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"


def test_the_pdf_waits_for_a_listing_and_for_its_turn(as_owner, provider, monkeypatch):
    assert as_owner.get(f"/my/{provider.slug}/passport.pdf").status_code == 404
    assert "as soon as families can see your page" in as_owner.get(home(provider)).text
    as_owner.post(f"{home(provider)}links/", {"days": "7"})
    assert not PassportLink.objects.exists()


def test_too_many_in_a_minute_are_refused(as_owner, rosie, monkeypatch):
    monkeypatch.setattr("providers.showing.passport_views.PDFS_A_MINUTE", 0)
    assert as_owner.get(f"/my/{rosie.slug}/passport.pdf").status_code == 429


def test_a_link_of_another_provider_cannot_be_ended(client, link, other_provider, other_provider_user):
    stranger = sign_in(client, other_provider_user)
    assert stranger.post(f"/my/{other_provider.slug}/passport/links/{link.pk}/end/").status_code == 404
    assert opened(link).status_code == 200


def test_links_are_forgotten_when_they_have_long_been_over(link, rosie, provider_user):
    today = timezone.localdate()
    old = make_link(
        provider=rosie, made_for="", days=7, by=provider_user, now=timezone.now() - datetime.timedelta(days=120)
    )
    assert purge_passport_links(today) == 1
    assert not PassportLink.objects.filter(pk=old.pk).exists()
    assert purge_passport_links(today) == 0
