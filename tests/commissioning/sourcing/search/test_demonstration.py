import pytest

from commissioning.models import CouncilList, CouncilNote, SavedSearch
from commissioning.sourcing.search.demonstration import seed_search
from tests.cast import sign_in
from tests.clock import at
from tests.commissioning.sourcing.search.conftest import NOON, names

pytestmark = pytest.mark.django_db


def test_the_commissioner_of_the_demonstration_kept_something(commissioner, council, field, client):
    with at(NOON):
        for _ in range(2):
            seed_search(by=commissioner, council=council, today=NOON.date())
        saved = SavedSearch.objects.get()
        sign_in(client, commissioner)
        response = client.get(f"/commissioning/search/?{saved.query}")
    assert sorted(names(response)) == ["Ana’s Kitchen", "Bradford Meals Ltd"]
    assert len(saved.found) == 2
    assert CouncilList.objects.get().entries.count() == 2
    assert CouncilNote.objects.count() == 1
