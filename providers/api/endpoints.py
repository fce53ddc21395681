"""The addresses that the OpenAPI document describes."""

from django.urls import path

from providers.api import own_views, provider_views, register_views, search_views, service_views

urlpatterns = [
    path("services/", search_views.ServiceList.as_view(), name="api_services"),
    path("services/<uuid:id>/", service_views.ServiceDetail.as_view(), name="api_service"),
    path("services/<uuid:id>/coverage/", service_views.ServiceCoverage.as_view(), name="api_coverage"),
    path("services/<uuid:id>/availability/", own_views.ServiceAvailability.as_view(), name="api_availability"),
    path("providers/", provider_views.ProviderList.as_view(), name="api_providers"),
    path("providers/<uuid:id>/", provider_views.ProviderDetail.as_view(), name="api_provider"),
    path("providers/<uuid:id>/credentials/", provider_views.ProviderCredentials.as_view(), name="api_credentials"),
    path("providers/<uuid:id>/confirmation/", own_views.ProviderConfirmation.as_view(), name="api_confirmation"),
    path("categories/", register_views.CategoryList.as_view(), name="api_categories"),
    path("councils/", register_views.CouncilList.as_view(), name="api_councils"),
    path("me/", own_views.Me.as_view(), name="api_me"),
]
