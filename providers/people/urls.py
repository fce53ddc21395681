from django.urls import path

from providers.people import views

PEOPLE = "my/<slug:slug>/people/"

urlpatterns = [
    path(PEOPLE, views.people, name="provider_people"),
    path(f"{PEOPLE}invite/", views.invite, name="invite_to_provider"),
    path(f"{PEOPLE}invitations/<uuid:invitation_id>/withdraw/", views.withdraw, name="withdraw_from_provider"),
    path(f"{PEOPLE}<int:membership_id>/role/", views.change_role, name="change_provider_role"),
    path(f"{PEOPLE}<int:membership_id>/end/", views.end, name="end_provider_part"),
    path(f"{PEOPLE}hand-over/", views.hand_over, name="hand_over_provider"),
    path(f"{PEOPLE}leave/", views.leave, name="leave_provider"),
    path("help-to-run/<uuid:invitation_id>/", views.invitation, name="provider_invitation"),
]
