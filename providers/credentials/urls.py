from django.urls import path

from providers.credentials import own_views, policy_views, views

MINE = "my/<slug:slug>/credentials/"
ASKED_FOR = "councils/<slug:code>/checks-asked-for/"

urlpatterns = [
    path(MINE, own_views.my_credentials, name="my_credentials"),
    path(f"{MINE}add/", own_views.kinds_to_add, name="kinds_to_add"),
    path(f"{MINE}add/<slug:kind>/", own_views.add_credential, name="add_credential"),
    path(f"{MINE}<uuid:credential_id>/", own_views.my_credential, name="my_credential"),
    path(f"{MINE}<uuid:credential_id>/renew/", own_views.renew_credential, name="renew_credential"),
    path(f"{MINE}<uuid:credential_id>/correct/", own_views.correct_credential, name="correct_credential"),
    path(f"{MINE}<uuid:credential_id>/withdraw/", own_views.withdraw_credential, name="withdraw_credential"),
    path("evidence/<uuid:evidence_id>/", views.evidence, name="evidence"),
    path("evidence/<uuid:evidence_id>/pages/<int:number>/", views.evidence_page, name="evidence_page"),
    path("providers/<slug:slug>/dbs-certificates/", views.dbs_certificates, name="dbs_certificates"),
    path("providers/<slug:slug>/dbs-certificates/<uuid:dbs_id>/", views.dbs_answer, name="dbs_answer"),
    path(ASKED_FOR, policy_views.checks_asked_for, name="checks_asked_for"),
    path(f"{ASKED_FOR}<slug:kind>/", policy_views.check_asked_for, name="check_asked_for"),
]
