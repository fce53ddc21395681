from django.urls import path

from commissioning.openness import views

urlpatterns = [
    path("requirements/<slug:reference>/who-could-answer/", views.openness_figure, name="openness_figure"),
]
