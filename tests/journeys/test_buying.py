"""A requirement that shut the field is opened, and two small providers answer it together."""

import json

import pytest

from commissioning.models import Requirement
from providers.models import Submission
from providers.moderation.actions import publish
from tests.factories.registrations import register_provider
from tests.journeys import buying
from tests.journeys.visitor import Visitor


@pytest.fixture
def two_providers(postcodes, council, checker, provider_user, other_provider_user):
    """Each has ten hours a week: the lot asks for twenty."""
    marek = {"name": buying.MAREK, "phone": "07700 900 456", "email": "marek@kitchen.example"}
    for user, you in ((provider_user, {}), (other_provider_user, marek)):
        paid = {"payers": ["private", "council"]}
        provider = register_provider(user, you=you, when={"hours_free": 10}, customers=paid)
        publish(submission=Submission.objects.get(provider=provider), by=checker)


@pytest.mark.usefixtures("two_providers")
def test_from_a_shut_requirement_to_a_teams_award(commissioner, provider_user, other_provider_user):
    buyer, rosie, marek = Visitor(commissioner), Visitor(provider_user), Visitor(other_provider_user)
    buying.commissioner_shuts_the_field(buyer)
    buying.commissioner_sees_why(buyer)
    buying.commissioner_opens_it(buyer)
    buying.commissioner_publishes(buyer)
    buying.providers_form_a_team(rosie, marek)
    buying.team_speaks_up(rosie, marek)
    buying.answers_close()
    buying.commissioner_locks(buyer)
    buying.commissioner_tells_what_came_of_it(buyer, Requirement.objects.get().reference)
    buying.team_reads_it(rosie)
    releases = json.loads(Visitor().client.get("/ocds/releases/").content)["releases"]
    awarded = [award for release in releases for award in release.get("awards", [])]
    assert [(award["value"]["amount"], award["relatedLots"]) for award in awarded] == [(23500, ["1"])]
    assert {supplier["name"] for supplier in awarded[0]["suppliers"]} == {buying.ROSIE, buying.MAREK}
