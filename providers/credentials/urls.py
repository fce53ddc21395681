from django.urls import path

from providers.credentials import policy_views, views

ASKED_FOR = "councils/<slug:code>/checks-asked-for/"

urlpatterns = [
    path("evidence/<uuid:evidence_id>/", views.evidence, name="evidence"),
    path("providers/<slug:slug>/dbs-certificates/", views.dbs_certificates, name="dbs_certificates"),
    path("providers/<slug:slug>/dbs-certificates/<uuid:dbs_id>/", views.dbs_answer, name="dbs_answer"),
    path(ASKED_FOR, policy_views.checks_asked_for, name="checks_asked_for"),
    path(f"{ASKED_FOR}<slug:kind>/", policy_views.check_asked_for, name="check_asked_for"),
]
