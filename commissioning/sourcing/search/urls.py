from django.urls import path

from commissioning.sourcing.search import keeping_views, saved_views, views

urlpatterns = [
    path("search/", views.field_search, name="field_search"),
    path("search/postcodes/", views.search_postcodes, name="search_postcodes"),
    path("search/found.csv", views.field_csv, name="field_csv"),
    path("search/found.xlsx", views.field_xlsx, name="field_xlsx"),
    path("search/save/", saved_views.save_search, name="save_search"),
    path("search/saved/", saved_views.saved_searches, name="saved_searches"),
    path("search/saved/<uuid:key>/", saved_views.saved_search, name="saved_search"),
    path("search/saved/<uuid:key>/delete/", saved_views.delete_search, name="delete_search"),
    path("search/no-more-mail/<str:token>/", saved_views.stop_digest, name="stop_digest"),
    path("search/keep/", keeping_views.keep_found, name="keep_found"),
    path("search/compare/", keeping_views.compare_found, name="compare_found"),
    path("search/compare/these/", keeping_views.choose_compared, name="choose_compared"),
    path("search/lists/", keeping_views.council_lists, name="council_lists"),
    path("search/lists/<uuid:key>/", keeping_views.council_list, name="council_list"),
    path("search/lists/<uuid:key>/take-off/", keeping_views.take_off_list, name="take_off_list"),
    path("search/lists/<uuid:key>/rename/", keeping_views.rename_list, name="rename_list"),
    path("search/lists/<uuid:key>/delete/", keeping_views.delete_list, name="delete_list"),
    path("search/notes/about/<uuid:provider_id>/", keeping_views.council_notes, name="council_notes"),
    path("search/notes/about/<uuid:provider_id>/write/", keeping_views.write_note, name="write_note"),
    path("search/notes/<uuid:key>/delete/", keeping_views.delete_note, name="delete_note"),
]
