from django.urls import include, path

from providers.api import key_views, page

urlpatterns = [
    path("api/", page.api, name="api"),
    path("api/schema/", page.Schema.as_view(), name="api_schema"),
    path("api/", include("providers.api.endpoints")),
    path("account/api-keys/", key_views.api_keys, name="api_keys"),
    path("account/api-keys/<uuid:key_id>/end/", key_views.end_api_key, name="end_api_key"),
]
