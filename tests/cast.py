"""The cast: each a role by name, as the people in the product are. Grown with the actions that make them."""

import pytest
from django.utils import timezone

from registry.models import Council, CouncilMembership, User
from registry.models.council_membership import CouncilRole


def make_council(code, name, nation="England", **fields):
    """Switch a council on. Migrations load all 212; transactional tests empty them away, so make what is missing."""
    switched_on = {"switched_on_on": timezone.localdate(), **fields}
    facts = {"kind": "UTLA", "nation": nation, "name": name, "boundary": {"type": "Polygon", "coordinates": []}}
    council, _ = Council.objects.update_or_create(
        code=code, defaults=switched_on, create_defaults={**facts, **switched_on}
    )
    return council


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
