from django.urls import path

from providers.introducing import twin_views

TWIN = "join/is-this-you/<uuid:provider_id>/"

urlpatterns = [
    path("join/is-this-you/", twin_views.is_this_you, name="is_this_you"),
    path(f"{TWIN}another-business/", twin_views.another_business, name="another_business"),
    path(f"{TWIN}ask-the-council/", twin_views.claim, name="claim_provider"),
    path("checks/claims/", twin_views.claims, name="claims"),
    path("checks/claims/<uuid:claim_id>/", twin_views.decide_claim, name="decide_claim"),
]
