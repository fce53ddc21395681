from django.urls import URLPattern, URLResolver, path

from providers.councils import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("my/<slug:slug>/councils/", views.councils, name="my_councils"),
    path("my/<slug:slug>/councils/ask/", views.ask, name="ask_council"),
    path("my/<slug:slug>/councils/<slug:code>/leave/", views.leave, name="leave_council"),
]
