from django.urls import path

from providers.correcting import views

MINE = "my/<slug:slug>/corrections/"
CHECK = "checks/corrections/<uuid:correction_id>/"

urlpatterns = [
    path("providers/<slug:slug>/something-wrong/", views.something_wrong, name="something_wrong"),
    path("providers/<slug:slug>/something-wrong/told/", views.told, name="something_wrong_told"),
    path(MINE, views.mine, name="my_corrections"),
    path(f"{MINE}<uuid:correction_id>/answer/", views.answer, name="answer_correction"),
    path(CHECK, views.check, name="check_correction"),
    path(f"{CHECK}pass-on/", views.pass_on, name="pass_on_correction"),
    path(f"{CHECK}safeguarding/", views.safeguarding, name="correction_safeguarding"),
]
