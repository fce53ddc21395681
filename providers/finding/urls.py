from django.urls import URLPattern, URLResolver, path

from providers.finding import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", views.find, name="find"),
    path("providers/<slug:slug>/", views.provider, name="provider"),
]
