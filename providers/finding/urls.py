from django.urls import URLPattern, URLResolver, path

from providers.finding import coverage, map_views, preview, still_right, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", views.find, name="find"),
    path("find/map/", map_views.find_map, name="find_map"),
    path("find/map/points.json", map_views.find_map_data, name="find_map_data"),
    path("find/nobody/", views.nobody_found, name="nobody_found"),
    path("find/nobody/told/", views.council_was_told, name="council_was_told"),
    path("join/preview/", preview.preview, name="join_preview"),
    path("my/<slug:slug>/preview/", preview.preview, name="my_preview"),
    path("providers/<slug:slug>/", views.provider, name="provider"),
    path("providers/<slug:slug>/where/<uuid:service_id>.svg", coverage.coverage_picture, name="coverage_picture"),
    path("still-right/<str:token>/", still_right.still_right, name="still_right"),
]
