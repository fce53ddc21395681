from django.urls import path

from commissioning.summaries import views

urlpatterns = [
    path("requirements/<slug:reference>/lock/", views.lock_summary, name="lock_summary"),
    path("summaries/<slug:reference>/", views.summary, name="summary"),
    path("summaries/<slug:reference>/for-publishing/", views.summary_for_publishing, name="summary_for_publishing"),
    path("summaries/<slug:reference>/in-easier-words/", views.summary_in_easier_words, name="summary_in_easier_words"),
    path("summaries/<slug:reference>.pdf", views.summary_pdf, name="summary_pdf"),
    path("summaries/<slug:reference>/<slug:edition>.pdf", views.summary_pdf, name="summary_paper"),
]
