from django.urls import path

from commissioning.opportunities import council_views, outcome_views

ONE = "requirements/<slug:reference>/opportunity/"

urlpatterns = [
    path("requirements/<slug:reference>/publish/", council_views.publish, name="publish_opportunity"),
    path(ONE, council_views.opportunity, name="council_opportunity"),
    path(f"{ONE}publish-again/", council_views.publish_again, name="publish_again"),
    path(f"{ONE}formal-route/", council_views.formal_route, name="formal_route"),
    path(f"{ONE}questions/<uuid:question_id>/", council_views.answer, name="answer_opportunity_question"),
    path(f"{ONE}answers/<uuid:interest_id>/", outcome_views.sent_interest, name="sent_interest"),
    path(f"{ONE}answers/<uuid:interest_id>/your-word/", outcome_views.feedback, name="interest_feedback"),
    path(f"{ONE}lots/<int:lot>/outcome/", outcome_views.lot_outcome, name="lot_outcome"),
    path(f"{ONE}stop/", outcome_views.stop, name="stop_opportunity"),
    path(f"{ONE}tell/", outcome_views.tell, name="tell_outcome"),
]
