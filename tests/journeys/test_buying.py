"""A requirement that shut the field is opened, and two small providers answer it together."""

import json

from tests.journeys import buying
from tests.journeys.visitor import Visitor


def test_from_a_shut_requirement_to_a_teams_award(
    postcodes, council, checker, commissioner, provider_user, other_provider_user
):
    buying.list_two_providers(checker, provider_user, other_provider_user)
    buying.walk(Visitor(commissioner), Visitor(provider_user), Visitor(other_provider_user))
    releases = json.loads(Visitor().client.get("/ocds/releases/").content)["releases"]
    awarded = [award for release in releases for award in release.get("awards", [])]
    assert [(award["value"]["amount"], award["title"]) for award in awarded] == [(23500, "Lunches in BA1")]
    assert {supplier["name"] for supplier in awarded[0]["suppliers"]} == {buying.ROSIE, buying.MAREK}
