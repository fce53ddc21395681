from django.urls import path

from providers.own_data import views

urlpatterns = [
    path("my/<slug:slug>/data/", views.own_data, name="own_data"),
    path("my/<slug:slug>/data/<slug:kind>/", views.take, name="take_own_data"),
]
