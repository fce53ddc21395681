from django.urls import path

from commissioning.requirements import views

urlpatterns = [
    path("", views.requirement_list, name="requirement_list"),
    path("requirements/new/", views.start_requirement, name="start_requirement"),
    path("requirements/<slug:reference>/", views.requirement, name="requirement"),
    path("requirements/<slug:reference>/about/", views.requirement_about, name="requirement_about"),
    path("requirements/<slug:reference>/openness/", views.requirement_openness, name="requirement_openness"),
    path("requirements/<slug:reference>/lots/add/", views.add_lot, name="add_lot"),
    path("requirements/<slug:reference>/lots/<int:number>/", views.change_lot, name="change_lot"),
    path("requirements/<slug:reference>/lots/<int:number>/remove/", views.remove_lot, name="remove_lot"),
    path("requirements/<slug:reference>/conditions/add/", views.add_condition, name="add_condition"),
    path("requirements/<slug:reference>/conditions/<slug:kind>/", views.change_condition, name="change_condition"),
    path(
        "requirements/<slug:reference>/conditions/<slug:kind>/remove/", views.remove_condition, name="remove_condition"
    ),
]
