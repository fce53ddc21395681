from django.urls import path

from commissioning.summaries import views

urlpatterns = [
    path("requirements/<str:reference>/lock/", views.lock_summary, name="lock_summary"),
    path("summaries/<str:reference>/", views.summary, name="summary"),
    path("summaries/<str:reference>.pdf", views.summary_pdf, name="summary_pdf"),
]
