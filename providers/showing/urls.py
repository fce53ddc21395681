from django.urls import path

from providers.showing import passport_views, views

urlpatterns = [
    path("p/<slug:code>/", views.short, name="short_address"),
    path("my/<slug:slug>/qr.<slug:kind>", views.qr, name="my_qr"),
    path("my/<slug:slug>/flyer/", views.flyer_page, name="my_flyer"),
    path("my/<slug:slug>/flyer/<slug:size>.pdf", views.flyer_on_paper, name="my_flyer_pdf"),
    path("my/<slug:slug>/passport/", passport_views.my_passport, name="my_passport"),
    path("my/<slug:slug>/passport.pdf", passport_views.passport_on_paper, name="my_passport_pdf"),
    path("my/<slug:slug>/passport/links/", passport_views.make_link, name="make_passport_link"),
    path("my/<slug:slug>/passport/links/<uuid:link_id>/end/", passport_views.end_link, name="end_passport_link"),
    path("passport/<str:token>/", passport_views.by_link, name="passport"),
]
