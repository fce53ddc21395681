from django.urls import path

from commissioning.coops import views

urlpatterns = [
    path("requirements/<slug:reference>/coop/", views.requirement_coop, name="requirement_coop"),
    path("requirements/<slug:reference>/lots/<int:number>/coop/", views.lot_coop, name="lot_coop"),
]
