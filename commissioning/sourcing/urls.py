from django.urls import path

from commissioning.sourcing import views

urlpatterns = [
    path("requirements/<slug:reference>/lots/<int:number>/field/", views.lot_field, name="lot_field"),
    path("requirements/<slug:reference>/lots/<int:number>/shortlist/", views.change_shortlist, name="change_shortlist"),
]
