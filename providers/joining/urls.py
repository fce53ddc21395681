from django.urls import path

from providers.joining import views

urlpatterns = [
    path("join/", views.start, name="join"),
    path("join/another/", views.another, name="join_another"),
    path("join/steps/", views.task_list, name="join_steps"),
    path("join/steps/<slug:step>/", views.step, name="join_step"),
    path("join/services/add/", views.add_service, name="join_add_service"),
    path("join/services/<slug:service>/take-off/", views.take_off_service, name="join_take_off_service"),
    path("join/link/", views.send_link, name="join_send_link"),
    path("join/check/", views.check, name="join_check"),
    path("join/files/<uuid:file_id>/", views.file, name="join_file"),
    path("join/files/<uuid:file_id>/earlier/", views.move_file_up, name="join_move_file_up"),
    path("join/files/<uuid:file_id>/remove/", views.remove_file, name="join_remove_file"),
    path("my/<slug:slug>/steps/", views.task_list, name="my_steps"),
    path("my/<slug:slug>/steps/<slug:step>/", views.step, name="my_step"),
    path("my/<slug:slug>/services/add/", views.add_service, name="my_add_service"),
    path("my/<slug:slug>/services/<slug:service>/take-off/", views.take_off_service, name="my_take_off_service"),
    path("my/<slug:slug>/link/", views.send_link, name="my_send_link"),
    path("my/<slug:slug>/check/", views.check, name="my_check"),
]
