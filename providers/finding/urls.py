from django.urls import URLPattern, URLResolver, path

from providers.finding import still_right, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", views.find, name="find"),
    path("providers/<slug:slug>/", views.provider, name="provider"),
    path("still-right/<str:token>/", still_right.still_right, name="still_right"),
]
