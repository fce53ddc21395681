from django.urls import path

from providers.figures import views

urlpatterns = [
    path("my/<slug:slug>/figures/", views.figures, name="my_figures"),
]
