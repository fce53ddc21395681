import datetime

import pytest
from django.utils import timezone

from providers.credentials.actions import record_check, record_dbs
from providers.models import Credential
from tests.providers.listings.makers import listed


@pytest.fixture
def rosie(provider, council, checker):
    """Rosie's Home Help, listed, her two papers seen by her council on 3 March 2026."""
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
    return provider


@pytest.fixture
def dbs(rosie, council, checker):
    """Seen, and not shown to anybody before Rosie's own yes."""
    return record_dbs(
        provider=rosie,
        council=council,
        by=checker,
        level="enhanced",
        issued_on=datetime.date(2026, 1, 5),
        seen_on=timezone.localdate(),
        means="original",
        last_four="1234",
    )
