import pytest
from django.core.files.storage import default_storage


@pytest.fixture
def store(settings):
    """Evidence storage that is no file system, as in production past one machine."""
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    return default_storage
