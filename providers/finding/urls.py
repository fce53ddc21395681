from django.urls import URLPattern, URLResolver, path

from providers.finding import coverage, preview, still_right, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", views.find, name="find"),
    path("join/preview/", preview.preview, name="join_preview"),
    path("my/<slug:slug>/preview/", preview.preview, name="my_preview"),
    path("providers/<slug:slug>/", views.provider, name="provider"),
    path("providers/<slug:slug>/where/<uuid:service_id>.svg", coverage.coverage_picture, name="coverage_picture"),
    path("still-right/<str:token>/", still_right.still_right, name="still_right"),
]
