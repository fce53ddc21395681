from django.urls import include, path

urlpatterns = [
    path("", include("commissioning.summaries.urls")),
    path("", include("commissioning.opportunities.urls")),
    path("", include("commissioning.sourcing.search.urls")),
    path("", include("commissioning.sourcing.urls")),
    path("", include("commissioning.market.urls")),
    path("", include("commissioning.coops.urls")),
    path("", include("commissioning.openness.urls")),
    path("", include("commissioning.requirements.urls")),
]
