from django.urls import path

from providers.moderation import views

SUBMISSION = "checks/<uuid:submission_id>/"

urlpatterns = [
    path("checks/", views.checks, name="checks"),
    path(SUBMISSION, views.check_submission, name="check_submission"),
    path(f"{SUBMISSION}credentials/<uuid:credential_id>/", views.check_credential, name="check_credential"),
    path(f"{SUBMISSION}destroy/<uuid:evidence_id>/", views.destroy_evidence, name="destroy_evidence"),
    path(f"{SUBMISSION}dbs-certificate-seen/", views.record_dbs, name="record_dbs"),
    path(f"{SUBMISSION}publish/", views.publish_submission, name="publish_submission"),
    path(f"{SUBMISSION}send-back/", views.send_back_submission, name="send_back_submission"),
    path(f"{SUBMISSION}safeguarding/", views.safeguarding, name="safeguarding"),
    path(f"{SUBMISSION}suspend/", views.suspend_provider, name="suspend_provider"),
    path(f"{SUBMISSION}put-back/", views.put_provider_back, name="put_provider_back"),
]
