from django.urls import path

from commissioning.notices import views

urlpatterns = [
    path("ocds/", views.about, name="about_ocds"),
    path("ocds/releases/", views.releases, name="ocds_releases"),
    path("ocds/releases/<slug:id>/", views.one_release, name="ocds_release"),
    path("ocds/records/", views.records, name="ocds_records"),
    path("ocds/records/<slug:ocid>/", views.one_record, name="ocds_record"),
]
