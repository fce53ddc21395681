import pytest

from tests.cast import sign_in
from tests.commissioning.opportunities import makers
from tests.factories.edits import publish_first


@pytest.fixture
def opportunity(requirement, commissioner):
    return makers.publish(commissioner, requirement)


@pytest.fixture
def listed_provider(provider, checker):
    """Rosie's, published by the council."""
    return publish_first(provider, checker)


@pytest.fixture
def as_owner(client, provider_user):
    return sign_in(client, provider_user)
