from django.urls import path

from registry.accounts import council_views, demo_views, operator_views, views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/name/", views.account_name, name="account_name"),
    path("account/leave/", views.account_leave, name="account_leave"),
    path("invitations/<uuid:invitation_id>/", views.invitation, name="invitation"),
    path("councils/<slug:code>/", council_views.council, name="council"),
    path("councils/<slug:code>/people/", council_views.council_people, name="council_people"),
    path("councils/<slug:code>/people/<int:membership_id>/end/", council_views.council_end, name="council_end"),
    path("councils/<slug:code>/invite/", council_views.council_invite, name="council_invite"),
    path(
        "councils/<slug:code>/invitations/<uuid:invitation_id>/withdraw/",
        council_views.council_withdraw,
        name="council_withdraw",
    ),
    path("councils/<slug:code>/settings/", council_views.council_settings, name="council_settings"),
    path("councils/<slug:code>/audit/", council_views.council_audit, name="council_audit"),
    path("operator/", operator_views.operator, name="operator"),
    path("operator/councils/<slug:code>/", operator_views.operator_council, name="operator_council"),
    path("operator/councils/<slug:code>/switch/", operator_views.operator_switch, name="operator_switch"),
    path("operator/councils/<slug:code>/invite/", operator_views.operator_invite, name="operator_invite"),
    path("demo/sign-in/<slug:role>/", demo_views.demo_sign_in, name="demo_sign_in"),
    path("demo/mail/", demo_views.demo_mail, name="demo_mail"),
]
