from django.urls import path

from commissioning.sourcing.search import views

urlpatterns = [
    path("search/", views.field_search, name="field_search"),
    path("search/postcodes/", views.search_postcodes, name="search_postcodes"),
    path("search/found.csv", views.field_csv, name="field_csv"),
    path("search/found.xlsx", views.field_xlsx, name="field_xlsx"),
]
