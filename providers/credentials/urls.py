from django.urls import path

from providers.credentials import views

urlpatterns = [
    path("evidence/<uuid:evidence_id>/", views.evidence, name="evidence"),
    path("providers/<slug:slug>/dbs-certificates/", views.dbs_certificates, name="dbs_certificates"),
    path("providers/<slug:slug>/dbs-certificates/<uuid:dbs_id>/", views.dbs_answer, name="dbs_answer"),
    path("councils/<slug:code>/checks-asked-for/", views.checks_asked_for, name="checks_asked_for"),
]
