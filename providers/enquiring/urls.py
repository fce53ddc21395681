from django.urls import path

from providers.enquiring import answering, views

MINE = "my/<slug:slug>/enquiries/"

urlpatterns = [
    path("providers/<slug:slug>/ask/", views.ask, name="ask_provider"),
    path("providers/<slug:slug>/ask/look-in-your-mail/", views.look_in_mail, name="enquiry_look_in_mail"),
    path("enquiries/<str:token>/", views.enquiry, name="enquiry"),
    path("enquiries/<str:token>/take-back/", views.withdraw, name="withdraw_enquiry"),
    path("enquiries/<str:token>/ask-nothing-later/", views.ask_nothing_later, name="enquiry_ask_nothing_later"),
    path("enquiries/confirm/<str:token>/", views.confirm, name="confirm_enquiry"),
    path("enquiries/answer/<str:token>/", answering.by_link, name="answer_enquiry_by_link"),
    path("enquiries/answer/<str:token>/done/", answering.done_by_link, name="enquiry_done_by_link"),
    path(MINE, answering.mine, name="my_enquiries"),
    path(f"{MINE}<uuid:enquiry_id>/", answering.one, name="my_enquiry"),
    path(f"{MINE}<uuid:enquiry_id>/answer/", answering.answer, name="answer_my_enquiry"),
    path(f"{MINE}<uuid:enquiry_id>/done/", answering.done, name="my_enquiry_done"),
    path(f"{MINE}<uuid:enquiry_id>/delete/", answering.delete, name="delete_my_enquiry"),
]
