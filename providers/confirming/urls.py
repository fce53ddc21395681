from django.urls import path

from providers.confirming import views

urlpatterns = [
    path("my/<slug:slug>/confirm/", views.confirm_mine, name="confirm_mine"),
]
