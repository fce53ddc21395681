"""The cast: each a role by name, as the people in the product are. Grown with the actions that make them."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from providers.models import ProviderMembership
from providers.models.provider_membership import ProviderRole
from registry.models import Council, CouncilMembership, User
from registry.models.council_membership import CouncilRole
from tests.factories.registrations import register_provider


def make_council(code, name, nation="England", **fields):
    """Switch a council on. Migrations load all 212; transactional tests empty them away, so make what is missing."""
    switched_on = {"switched_on_on": timezone.localdate(), **fields}
    facts = {"kind": "UTLA", "nation": nation, "name": name, "boundary": {"type": "Polygon", "coordinates": []}}
    council, _ = Council.objects.update_or_create(
        code=code, defaults=switched_on, create_defaults={**facts, **switched_on}
    )
    return council


TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_second_factor(user):
    """An authenticator app whose secret the tests know."""
    totp, _ = Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {"secret": TOTP_SECRET}})
    return totp


def sign_in(client, user):
    """Sign in as the person, with the second step taken, as if the code had been typed a moment ago."""
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    totp = give_second_factor(user)
    client.force_login(user)
    session = client.session
    shown = {"method": "mfa", "at": time.time(), "id": totp.pk, "type": "totp", "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.fixture
def family():
    """Nobody: a family has no account."""
    return Client()


@pytest.fixture
def council(db):
    return make_council("E06000022", "Bath and North East Somerset")


@pytest.fixture
def other_council(db):
    return make_council("E06000054", "Wiltshire")


def make_staff(email, name, council, role):
    user = User.objects.create_user(email, name)
    CouncilMembership.objects.create(user=user, council=council, role=role)
    return user


@pytest.fixture
def commissioner(council):
    return make_staff("commissioner@council.example", "Cora Commissioner", council, CouncilRole.COMMISSIONER)


@pytest.fixture
def second_commissioner(council):
    return make_staff("second@council.example", "Sam Second", council, CouncilRole.COMMISSIONER)


@pytest.fixture
def other_commissioner(other_council):
    return make_staff("other@council.example", "Olu Other", other_council, CouncilRole.COMMISSIONER)


@pytest.fixture
def checker(council):
    return make_staff("checker@council.example", "Chi Checker", council, CouncilRole.CHECKER)


@pytest.fixture
def administrator(council):
    return make_staff("administrator@council.example", "Ada Administrator", council, CouncilRole.ADMINISTRATOR)


@pytest.fixture
def operator(db):
    return User.objects.create_user("operator@site.example", "Ola Operator", is_operator=True)


@pytest.fixture
def provider_user(db):
    return User.objects.create_user("rosie@example.com", "Rosie Carer")


@pytest.fixture
def provider(provider_user, council, postcodes):
    """Rosie's Home Help, sent to its council; `provider_user` owns it."""
    return register_provider(provider_user)


@pytest.fixture
def colleague(provider):
    """Someone of the same provider who may only read."""
    user = User.objects.create_user("colleague@example.com", "Kit Colleague")
    ProviderMembership.objects.create(user=user, provider=provider, role=ProviderRole.READER)
    return user


@pytest.fixture
def other_provider_user(db):
    return User.objects.create_user("marek@example.com", "Marek Maker")


@pytest.fixture
def other_provider(other_provider_user, council, postcodes):
    """Marek's, also sent to the council; nothing to do with Rosie's."""
    you = {"name": "Marek's Garden Help", "phone": "07700 900 456", "email": "marek@garden.example"}
    return register_provider(other_provider_user, you=you)
