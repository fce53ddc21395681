import pytest

from tests.cast import sign_in
from tests.providers.teams.makers import business, owner_of


@pytest.fixture
def ana(council, postcodes):
    return business(council, "Ana Cooks", kinds=["cooking", "companionship"])


@pytest.fixture
def ben(council, postcodes):
    return business(council, "Ben Gardens", kinds=["gardening"], days=["wed"], hours=12)


@pytest.fixture
def cat(council, postcodes):
    return business(council, "Cat Cleans", kinds=["cleaning"], days=["sat"], hours=6)


@pytest.fixture
def as_owner_of(client):
    """`as_owner_of(provider)` is a browser in which its owner is signed in."""

    def sign(provider):
        return sign_in(type(client)(), owner_of(provider))

    return sign
