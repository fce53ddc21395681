"""The page as it will look, before anybody published it: the same template, from what was said so far."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.joining.access import get_walk
from providers.joining.actions import send_draft
from providers.joining.preview import content_of
from providers.listings.actions import list_provider
from providers.models import Draft, Provider
from tests.cast import sign_in
from tests.factories.registrations import write_draft
from tests.providers.joining.test_services import add
from tests.providers.joining.typed import SIMPLE_STEPS, typed
from tests.reading import words_of_page

pytestmark = pytest.mark.usefixtures("postcodes", "council")


@pytest.fixture
def carer(client, provider_user):
    return sign_in(client, provider_user)


def step(name):
    return reverse("join_step", args=[name])


def without(content):
    """What only rows can have: ids, papers and an address of its own."""
    kept = {name: value for name, value in content.items() if name not in {"slug", "credentials", "services"}}
    services = [
        {name: value for name, value in service.items() if name != "id"} | {"categories": sorted(service["categories"])}
        for service in content["services"]
    ]
    return kept | {"services": sorted(services, key=lambda service: service["name"])}


SAID = [
    {},
    {"service": {"categories": ["washing-and-dressing"]}, "personal_care": {"regulatory_basis": "individual"}},
    {
        "service": {"categories": ["washing-and-dressing"], "delivery": ["at_home", "at_ours"]},
        "personal_care": {"regulatory_basis": "registered", "registration_number": "1-1234567890"},
        "where": {"areas": ["council:E06000022"], "place": "Town Hall", "place_postcode": "BA1 1LZ"},
        "when": {"space": "away", "away_until": "2099-03-01", "hours_free": None},
    },
]


@pytest.mark.parametrize("said", SAID)
def test_the_preview_says_what_will_be_frozen(provider_user, checker, said):
    draft = write_draft(provider_user, **said)
    add(draft, provider_user)
    content = content_of(get_walk(provider_user), timezone.localdate())
    provider = send_draft(draft=draft, by=provider_user).provider
    frozen = list_provider(provider=provider, by=checker, now=timezone.now()).content
    assert without(content).keys() == without(frozen).keys()
    told, published = without(content), without(frozen)
    # The CQC location follows from a registered service once it is sent.
    for each in (told, published):
        each["identifiers"] = [held for held in each["identifiers"] if held["scheme"] != "cqc_location"]
    assert told == published


def test_a_change_is_previewed_over_what_is_on_record(carer, provider, provider_user):
    carer.post(reverse("my_step", args=[provider.slug, "you"]), typed("you", name="Rosie's Kitchen"))
    page = carer.get(reverse("my_preview", args=[provider.slug]))
    assert "Rosie&#x27;s Kitchen" in page.text
    assert "Preview" in page.text
    assert Provider.every.get().name == "Rosie's Home Help"


def test_before_a_name_and_a_place_there_is_nothing_to_show(carer):
    page = carer.get(reverse("join_preview"))
    assert "There is nothing to show yet" in page.text
    assert not Draft.objects.exists()


def test_a_registration_that_is_half_written_has_a_preview(carer):
    for name in ("you", "where"):
        carer.post(step(name), typed(name))
    page = carer.get(reverse("join_preview")).text
    assert "A service without a name yet" in page
    assert "Not checked yet" in page
    assert "Listed is not recommended." in page


def test_rule_10_the_preview_shows_town_and_first_half_of_the_postcode_alone(carer):
    for name in SIMPLE_STEPS:
        carer.post(step(name), typed(name))
    page = " ".join(words_of_page(carer.get(reverse("join_preview")).content))
    assert "Larkhall, Bath BA1" in page
    assert "1LZ" not in page
    assert reverse("join_preview") in carer.get(reverse("join_check")).text
    assert reverse("join_preview") in carer.get(reverse("join_steps")).text
