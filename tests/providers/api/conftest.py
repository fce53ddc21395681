import pytest
from django.utils import timezone

from providers.api.actions import make_key
from tests.providers.finding.conftest import ana, hall, roving  # noqa: F401


@pytest.fixture
def give_key():
    """Headers with a fresh key of a person; `second_step` as of staff who signed in with both."""

    def give(user, *, second_step=False, days=30):
        _row, key = make_key(name="A test", days=days, after_second_step=second_step, by=user, now=timezone.now())
        return {"Authorization": f"Bearer {key}"}

    return give
