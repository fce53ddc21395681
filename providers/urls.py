from django.urls import include, path

urlpatterns = [
    # What most people ask for is looked for first.
    path("", include("providers.finding.urls")),
    path("", include("providers.api.urls")),
    path("", include("providers.open_referral.urls")),
    path("", include("providers.introducing.urls")),
    path("", include("providers.joining.urls")),
    path("", include("providers.people.urls")),
    path("", include("providers.councils.urls")),
    path("", include("providers.teams.urls")),
    path("", include("providers.profile.urls")),
    path("", include("providers.figures.urls")),
    path("", include("providers.confirming.urls")),
    path("", include("providers.credentials.urls")),
    path("", include("providers.references.urls")),
    path("", include("providers.enquiring.urls")),
    path("", include("providers.correcting.urls")),
    path("", include("providers.recommending.urls")),
    path("", include("providers.moderation.urls")),
    path("", include("providers.listings.urls")),
    path("", include("providers.showing.urls")),
    path("", include("providers.shortlists.urls")),
    path("", include("providers.own_data.urls")),
]
