from django.urls import path

from providers.showing import views

urlpatterns = [
    path("p/<slug:code>/", views.short, name="short_address"),
    path("my/<slug:slug>/qr.<slug:kind>", views.qr, name="my_qr"),
    path("my/<slug:slug>/flyer/", views.flyer_page, name="my_flyer"),
    path("my/<slug:slug>/flyer/<slug:size>.pdf", views.flyer_on_paper, name="my_flyer_pdf"),
]
