from django.urls import URLPattern, URLResolver, path

from registry.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("open-data/", views.open_data, name="open_data"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz/", views.health, name="health"),
]
