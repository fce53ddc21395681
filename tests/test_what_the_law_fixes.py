"""Rules that hold across packages: what no page tells of a home, and what no table has room for."""

import json
import re

import pytest
from django.apps import apps
from django.db import models

from providers.models import Coverage, Listing, Provider, Version
from providers.models.provider import Provider as AnyProvider
from registry.models import User
from tests.factories.registrations import register_provider
from tests.providers.listings.makers import listed

HOME = "BA1 5DD"
PUBLIC = [
    "/find/?postcode=BA1&need=lunch",
    "/find/?postcode=BA3&need=lunch",
    "/api/services/?postcode=BA1",
    "/",
    "/find/",
]


@pytest.fixture
def carer_at_home(council, postcodes):
    """Goes out from home and lets people come there too: both circles begin at the door."""
    provider = register_provider(where={"base_postcode": HOME, "come_to_us": True, "place": "The garden room"})
    listed(provider)
    return provider


def given_away(provider):
    """The home in every form in which a page could tell of it."""
    point = Coverage.objects.filter(service__provider=provider, reach="distance").get()
    inward = HOME.split()[1]
    return [HOME, HOME.replace(" ", ""), HOME.replace(" ", "+"), inward, str(point.easting), str(point.northing)]


def test_rule_10_no_public_page_or_feed_says_where_a_home_is(client, carer_at_home):
    service = carer_at_home.services.get()
    for address in [*PUBLIC, f"/providers/{carer_at_home.slug}/", f"/api/services/{service.pk}/"]:
        answer = client.get(address)
        assert answer.status_code == 200
        text = answer.content.decode()
        if "lunch" in address or "services" in address:
            assert "Rosie" in text or "BA3" in address
        assert [word for word in given_away(carer_at_home) if word in text] == []


def test_rule_10_an_approved_version_holds_no_home(carer_at_home):
    frozen = json.dumps(Version.objects.get().content)
    assert [word for word in given_away(carer_at_home) if word in frozen] == []


@pytest.mark.parametrize(
    ("stored", "told"),
    [("BA1 1LZ", "BA1"), ("BA11LZ", "BA1"), ("EH12 9DN", "EH12"), ("SW1A1AA", "SW1A"), ("BA1", "BA1"), ("", "")],
)
def test_rule_10_first_half_of_a_postcode_is_never_the_whole_of_it(stored, told):
    assert Provider(base_postcode=stored).outcode == told


def test_rule_10_a_distance_is_told_to_whole_miles(client, carer_at_home):
    text = client.get("/find/", {"postcode": "BA1 1LZ"}).content.decode()
    assert "away" in text
    assert re.search(r"\d\.\d+ miles? away", text) is None


def names_one(model, wanted):
    related = {field.related_model for field in model._meta.get_fields() if field.many_to_one or field.one_to_one}
    return wanted in related


def test_rule_13_no_table_joins_a_provider_a_person_and_the_time_of_a_visit():
    """The registry introduces; it does not rota, replace, supervise or monitor care."""
    own = [
        model
        for label in ("registry", "providers", "commissioning")
        for model in apps.get_app_config(label).get_models()
    ]
    times = (models.TimeField, models.DurationField)
    assert [model for model in own if any(isinstance(field, times) for field in model._meta.get_fields())] == []
    named = [model.__name__ for model in own if re.search("visit|rota|shift|booking|appointment", model.__name__, re.I)]
    assert named == []
    # Whoever stands beside a provider runs it, wrote or speaks for it, or checked it, on a day; nobody is visited.
    beside = {model.__name__ for model in own if names_one(model, AnyProvider) and names_one(model, User)}
    writes_for_it = {"Draft", "Submission", "FieldChange", "Confirmation", "Reference", "PassportLink"}
    runs_it = {"ProviderMembership", "ProviderInvitation", "ProviderClaim"}
    # Invited a customer to write, or decided for a council on what somebody wrote.
    heard = {"RecommendationInvitation", "Recommendation", "Correction"}
    # Speaks up for it where a council buys, or answers with others; or notes for a council what is thought of it.
    speaks_up = {"Interest", "InterestYes", "OpportunityQuestion", "NoOpportunityMail", "TeamMember", "CouncilNote"}
    assert beside == writes_for_it | runs_it | heard | speaks_up | {"DbsRecord", "Version", "CouncilListing"}
    assert not names_one(Listing, User)
