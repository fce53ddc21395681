from django.urls import path

from providers.profile import views

urlpatterns = [
    path("my/", views.mine, name="my_listing"),
    path("my/<slug:slug>/", views.provider, name="my_provider"),
    path("my/<slug:slug>/sent/", views.sent, name="my_sent"),
]
