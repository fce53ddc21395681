from django.urls import URLPattern, URLResolver, path

from providers.finding import coverage, still_right, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", views.find, name="find"),
    path("providers/<slug:slug>/", views.provider, name="provider"),
    path("providers/<slug:slug>/where/<uuid:service_id>.svg", coverage.coverage_picture, name="coverage_picture"),
    path("still-right/<str:token>/", still_right.still_right, name="still_right"),
]
