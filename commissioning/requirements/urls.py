from django.urls import path

from commissioning.requirements import condition_views, split_views, step_views, views

urlpatterns = [
    path("", views.requirement_list, name="requirement_list"),
    path("requirements/new/", views.start_requirement, name="start_requirement"),
    path("requirements/<slug:reference>/", views.requirement, name="requirement"),
    path("requirements/<slug:reference>/about/", views.requirement_about, name="requirement_about"),
    path("requirements/<slug:reference>/openness/", views.requirement_openness, name="requirement_openness"),
    path("requirements/<slug:reference>/way/", step_views.requirement_way, name="requirement_way"),
    path("requirements/<slug:reference>/timetable/", step_views.requirement_timetable, name="requirement_timetable"),
    path("requirements/<slug:reference>/questions/", step_views.requirement_questions, name="requirement_questions"),
    path("requirements/<slug:reference>/questions/add/", step_views.add_question, name="add_question"),
    path("requirements/<slug:reference>/questions/<int:number>/", step_views.change_question, name="change_question"),
    path(
        "requirements/<slug:reference>/questions/<int:number>/remove/",
        step_views.remove_question,
        name="remove_question",
    ),
    path("requirements/<slug:reference>/lots/<int:number>/split/", split_views.split_lot, name="split_lot"),
    path("requirements/<slug:reference>/lots/<int:number>/times/", step_views.lot_times, name="lot_times"),
    path(
        "requirements/<slug:reference>/lots/<int:number>/times/<int:time>/remove/",
        step_views.remove_lot_time,
        name="remove_lot_time",
    ),
    path("requirements/<slug:reference>/lots/add/", views.add_lot, name="add_lot"),
    path("requirements/<slug:reference>/lots/<int:number>/", views.change_lot, name="change_lot"),
    path("requirements/<slug:reference>/lots/<int:number>/remove/", views.remove_lot, name="remove_lot"),
    path("requirements/<slug:reference>/conditions/add/", condition_views.add_condition, name="add_condition"),
    path(
        "requirements/<slug:reference>/conditions/<slug:kind>/",
        condition_views.change_condition,
        name="change_condition",
    ),
    path(
        "requirements/<slug:reference>/conditions/<slug:kind>/remove/",
        condition_views.remove_condition,
        name="remove_condition",
    ),
    path(
        "requirements/<slug:reference>/lots/<int:number>/conditions/<slug:kind>/",
        condition_views.change_condition,
        name="change_condition_of_lot",
    ),
    path(
        "requirements/<slug:reference>/lots/<int:number>/conditions/<slug:kind>/remove/",
        condition_views.remove_condition,
        name="remove_condition_of_lot",
    ),
]
