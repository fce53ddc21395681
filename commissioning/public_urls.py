"""What of commissioning anybody may open, at addresses without its name."""

from django.urls import include, path

urlpatterns = [
    path("", include("commissioning.summaries.public_urls")),
    path("", include("commissioning.opportunities.public_urls")),
    path("", include("commissioning.notices.urls")),
]
