from django.urls import path

from providers.references import views

urlpatterns = [
    path("my/<slug:slug>/references/", views.my_references, name="my_references"),
    path("my/<slug:slug>/references/ask/", views.ask, name="ask_for_reference"),
    path("my/<slug:slug>/references/<uuid:reference_id>/withdraw/", views.withdraw, name="withdraw_reference"),
    path("references/<str:token>/", views.reference, name="reference"),
    path("references/<str:token>/rather-not/", views.rather_not, name="reference_rather_not"),
    path(
        "councils/<slug:code>/references/<uuid:reference_id>/safeguarding/",
        views.safeguarding,
        name="reference_safeguarding",
    ),
]
