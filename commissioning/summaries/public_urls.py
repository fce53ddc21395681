from django.urls import path

from commissioning.summaries import public_views

urlpatterns = [
    path("check-a-summary/", public_views.check_summary, name="check_summary"),
    path("check-a-summary/file/", public_views.check_summary_file, name="check_summary_file"),
]
