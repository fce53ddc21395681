from django.urls import path

from providers.listings import views

urlpatterns = [
    path("categories/", views.categories, name="categories"),
    path("categories.json", views.categories_json, name="categories_json"),
]
