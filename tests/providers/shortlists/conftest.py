import datetime

import pytest
from django.utils import timezone

from providers.credentials.actions import record_check
from providers.models import Credential, Service
from providers.shortlists.actions import keep, make_list
from providers.shortlists.links import look_token_of, token_of
from tests.providers.listings.makers import comes_from, goes_anywhere_in, has_space, listed, make_provider, make_service


@pytest.fixture
def rosie(provider, council, checker):
    """Rosie's lunch, listed, her papers seen by her council on 3 March 2026."""
    for credential in Credential.every.filter(provider=provider):
        record_check(
            credential=credential,
            council=council,
            by=checker,
            outcome="seen",
            means="copy",
            seen_on=datetime.date(2026, 3, 3),
        )
    listed(provider)
    return Service.every.get(provider=provider)


@pytest.fixture
def ana(council, postcodes):
    """Lunch at home by Ana, who would rather be rung, and whose people write nothing in."""
    provider = make_provider(council, "Lunch with Ana", slug="ana", prefers_calls=True)
    service = make_service(provider, "Lunch at home", languages=["English", "Portuguese"])
    comes_from(service)
    goes_anywhere_in(service, council=council)
    has_space(service)
    listed(provider)
    return service


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def kept(rosie, ana, today):
    """Rosie's first, then Ana's."""
    made = make_list(by=None, today=today)
    for service in (rosie, ana):
        keep(kept_list=made, service_id=service.pk, by=None, today=today)
    return made


@pytest.fixture
def mine(kept):
    return f"/shortlist/{token_of(kept)}/"


@pytest.fixture
def shared(kept):
    return f"/shared-list/{look_token_of(kept)}/"
