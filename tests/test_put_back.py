"""What migrations loaded is there for every test, also after one that really emptied the tables."""

import pytest

from providers.models import Category
from registry.models import Council


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_transactional_test_finds_what_migrations_loaded(time):
    assert Council.objects.count() == 212
    assert Council.objects.get(name="Kent").borders.exists()
    assert Category.objects.exists()
    Council.objects.filter(name="Kent").update(name="Changed by a test")
