"""Coverage in words: distance, named areas across borders, people who come, or any mix of them."""

import pytest
from django.urls import reverse

from providers.models import Coverage, DraftStep
from registry.models import Council
from tests.cast import sign_in
from tests.factories.registrations import register_provider
from tests.providers.joining.typed import typed
from tests.providers.listings.makers import make_district

pytestmark = pytest.mark.usefixtures("postcodes", "council")


@pytest.fixture
def carer(client, provider_user):
    return sign_in(client, provider_user)


@pytest.fixture
def areas(council, other_council):
    """Two districts in each of two councils that share a border."""
    for code, of in [("E07000001", council), ("E07000002", council), ("E07000003", other_council)]:
        make_district(code, of)
    make_district("E07000004", other_council)
    return Council.objects.all()


def where(carer, **changes):
    return carer.post(reverse("join_step", args=["where"]), typed("where", **changes))


def saved():
    return DraftStep.objects.get(step="where").answers


def test_any_mix_of_distance_areas_across_a_border_and_a_place_is_taken(provider_user, areas):
    mix = {"miles": 6, "areas": ["council:E06000022", "district:E07000003"], "place": "Widcombe Social Club"}
    register_provider(provider_user, service={"delivery": ["at_home", "at_ours"]}, where=mix)
    rows = Coverage.objects.order_by("reach")
    assert [(row.reach, row.council_id, row.district_id) for row in rows.exclude(reach="area")] == [
        ("come_to_us", None, None),
        ("distance", None, None),
    ]
    named = {row.council_id or row.district_id for row in rows.filter(reach="area")}
    assert named == {"E06000022", "E07000003"}


def test_areas_of_several_councils_can_be_ticked(carer, areas):
    chosen = ["district:E07000001", "district:E07000003", "district:E07000004"]
    assert where(carer, miles="", areas=chosen).status_code == 302
    assert saved()["areas"] == chosen


def test_a_district_beside_its_whole_council_is_mended_silently(carer, areas):
    where(carer, areas=["council:E06000022", "district:E07000001", "district:E07000003"])
    assert saved()["areas"] == ["council:E06000022", "district:E07000003"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"miles": ""}, "Say how many miles you travel, or tick a whole area"),
        ({"areas": ["council:E99999999"]}, "One of the areas is not on our list any more. Tick the areas again"),
        ({"miles": "200"}, "Type 60 miles or fewer. For more, tick whole areas instead"),
    ],
)
def test_what_is_wrong_says_how_to_mend_it(carer, areas, changes, says):
    page = where(carer, **changes)
    assert page.status_code == 200
    assert says in page.text
