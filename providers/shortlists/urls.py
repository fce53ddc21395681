from django.urls import path

from providers.shortlists import sending_views, views

MINE, SHARED = "shortlist/<str:token>/", "shared-list/<str:token>/"
ONE = f"{MINE}<uuid:service_id>/"

urlpatterns = [
    path("shortlist/", views.mine, name="my_shortlist"),
    path("shortlist/keep/", views.keep, name="keep"),
    path("shortlist/forget/", views.forget_here, name="forget_shortlist"),
    path(MINE, views.shortlist, name="shortlist"),
    path(f"{MINE}side-by-side/", sending_views.side_by_side, name="shortlist_side_by_side"),
    path(f"{MINE}on-paper/", sending_views.on_paper, name="shortlist_on_paper"),
    path(f"{MINE}on-paper/<slug:size>.pdf", sending_views.pdf, name="shortlist_pdf"),
    path(f"{MINE}send/", sending_views.send, name="send_shortlist"),
    path(f"{MINE}send/new-link/", sending_views.new_link, name="new_shortlist_link"),
    path(f"{MINE}remember/", views.remember_here, name="remember_shortlist"),
    path(f"{MINE}delete/", views.delete, name="delete_shortlist"),
    path(f"{ONE}note/", views.note, name="note_on_shortlist"),
    path(f"{ONE}up/", views.move, {"places": -1}, name="move_up_shortlist"),
    path(f"{ONE}down/", views.move, {"places": 1}, name="move_down_shortlist"),
    path(f"{ONE}take-off/", views.take_off, name="take_off_shortlist"),
    path(f"{ONE}put-back/", views.put_back, name="put_back_on_shortlist"),
    path(SHARED, sending_views.shared, name="shared_list"),
    path(f"{SHARED}side-by-side/", sending_views.shared_side_by_side, name="shared_list_side_by_side"),
    path(f"{SHARED}on-paper/", sending_views.shared_on_paper, name="shared_list_on_paper"),
    path(f"{SHARED}on-paper/<slug:size>.pdf", sending_views.shared_pdf, name="shared_list_pdf"),
]
