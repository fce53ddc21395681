import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from registry.access.getters import councils_of, councils_where, get_any_council, get_council
from registry.access.permissions import COUNCIL_ROLES, Permission
from registry.models import Council, User
from registry.models.council_membership import CouncilRole

pytestmark = pytest.mark.django_db


def test_yours_and_allowed_is_given(administrator, council):
    assert get_council(administrator, council.pk, Permission.MANAGE_COUNCIL) == council


def test_yours_but_not_allowed_is_refused(commissioner, council):
    with pytest.raises(PermissionDenied):
        get_council(commissioner, council.pk, Permission.MANAGE_COUNCIL)


@pytest.mark.parametrize("who", ["other_commissioner", "operator"])
def test_not_yours_is_not_there(request, council, who):
    with pytest.raises(Http404):
        get_council(request.getfixturevalue(who), council.pk, Permission.SEE_REQUIREMENTS)


def test_nobody_has_no_council(council):
    assert not councils_of(AnonymousUser()).exists()
    assert not councils_where(AnonymousUser(), Permission.SEE_QUEUE).exists()


def test_a_role_that_has_ended_counts_no_more(commissioner, council):
    commissioner.council_memberships.update(ended_at=timezone.now())
    assert not councils_of(commissioner).exists()


def test_a_council_that_is_switched_off_is_nobodys(administrator, council, operator):
    Council.objects.filter(pk=council.pk).update(switched_on_on=None)
    assert not councils_of(administrator).exists()
    assert get_any_council(operator, council.pk) == council


def test_every_role_has_a_sentence_and_something_it_may_do():
    assert set(COUNCIL_ROLES) == set(CouncilRole)
    assert all(role.sentence and role.permissions for role in COUNCIL_ROLES.values())


def test_people_are_found_by_their_address_however_it_is_written():
    user = User.objects.create_user(" Jo@Example.com ")
    assert User.objects.get_by_natural_key("jo@EXAMPLE.com") == user
