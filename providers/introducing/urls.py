from django.urls import path

from providers.introducing import twin_views, views

TWIN = "join/is-this-you/<uuid:provider_id>/"
INTRODUCED = "checks/introduced/"
PHONE = "checks/register/<uuid:draft_id>/"

urlpatterns = [
    path("join/is-this-you/", twin_views.is_this_you, name="is_this_you"),
    path(f"{TWIN}another-business/", twin_views.another_business, name="another_business"),
    path(f"{TWIN}ask-the-council/", twin_views.claim, name="claim_provider"),
    path("join/invited/<uuid:draft_id>/", views.introduced_me, name="introduced_me"),
    path("checks/claims/", twin_views.claims, name="claims"),
    path("checks/claims/<uuid:claim_id>/", twin_views.decide_claim, name="decide_claim"),
    path("checks/invite/", views.invite, name="invite_provider"),
    path("checks/register/", views.register, name="register_by_phone"),
    path(f"{PHONE}steps/", views.phone_steps, name="phone_steps"),
    path(f"{PHONE}steps/<slug:step>/", views.phone_step, name="phone_step"),
    path(f"{PHONE}check/", views.phone_check, name="phone_check"),
    path(INTRODUCED, views.introduced, name="introduced"),
    path(f"{INTRODUCED}<uuid:draft_id>/send-again/", views.send_again, name="send_introduction_again"),
    path(f"{INTRODUCED}<uuid:draft_id>/withdraw/", views.withdraw, name="withdraw_introduction"),
]
