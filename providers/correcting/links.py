from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from providers.models import Provider


def own_page(provider: Provider) -> str:
    """Where the provider reads what was said to be wrong, for its mail."""
    return settings.SITE_URL + reverse("my_corrections", args=[provider.slug])
