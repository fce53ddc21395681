from django.urls import path

from providers.moderation import asked_views, batch_views, change_views, policy_views, public_words, queue_views, views

SUBMISSION = "checks/<uuid:submission_id>/"
ASKED = "checks/asked/<uuid:listing_id>/"
ONE_BY_ONE = "checks/one-by-one/<slug:code>/"

urlpatterns = [
    path("councils/<slug:code>/changes-at-once/", policy_views.changes_at_once, name="changes_at_once"),
    path("checks/", queue_views.checks, name="checks"),
    path("checks/public-words/", public_words.public_words, name="public_words"),
    path("checks/asked/", asked_views.asked, name="asked"),
    path(ASKED, asked_views.asked_one, name="asked_one"),
    path(f"{ASKED}accept/", asked_views.accept, name="accept_asked"),
    path(f"{ASKED}no/", asked_views.say_no, name="say_no_to_asked"),
    path(f"{ASKED}rely/<int:check_id>/", asked_views.rely_for_asked, name="rely_for_asked"),
    path("checks/look-again/", batch_views.look_again, name="look_again"),
    path(ONE_BY_ONE, batch_views.one_by_one, name="one_by_one"),
    path(f"{ONE_BY_ONE}<uuid:credential_id>/", batch_views.check_one, name="check_one"),
    path(f"{ONE_BY_ONE}take-back/<int:check_id>/", batch_views.take_back, name="take_back"),
    path(f"{ONE_BY_ONE}destroy/<uuid:evidence_id>/", batch_views.destroy_one, name="destroy_one"),
    path(SUBMISSION, views.check_submission, name="check_submission"),
    path(f"{SUBMISSION}rely/<int:check_id>/", asked_views.rely_for_submission, name="rely_for_submission"),
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
