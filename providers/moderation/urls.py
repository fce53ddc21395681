from django.urls import path

from providers.moderation import change_views, policy_views, queue_views, views

SUBMISSION = "checks/<uuid:submission_id>/"

urlpatterns = [
    path("councils/<slug:code>/changes-at-once/", policy_views.changes_at_once, name="changes_at_once"),
    path("checks/", queue_views.checks, name="checks"),
    path(SUBMISSION, views.check_submission, name="check_submission"),
    path(f"{SUBMISSION}credentials/<uuid:credential_id>/", views.check_credential, name="check_credential"),
    path(f"{SUBMISSION}destroy/<uuid:evidence_id>/", views.destroy_evidence, name="destroy_evidence"),
    path(f"{SUBMISSION}dbs-certificate-seen/", views.record_dbs, name="record_dbs"),
    path(f"{SUBMISSION}changes/", change_views.decide_submission_changes, name="decide_submission_changes"),
    path(f"{SUBMISSION}publish/", views.publish_submission, name="publish_submission"),
    path(f"{SUBMISSION}send-back/", views.send_back_submission, name="send_back_submission"),
    path(f"{SUBMISSION}safeguarding/", views.safeguarding, name="safeguarding"),
    path(f"{SUBMISSION}take/", queue_views.take_submission, name="take_submission"),
    path(f"{SUBMISSION}let-go/", queue_views.let_go_of_submission, name="let_go_of_submission"),
    path(f"{SUBMISSION}suspend/", views.suspend_provider, name="suspend_provider"),
    path(f"{SUBMISSION}put-back/", views.put_provider_back, name="put_provider_back"),
]
