from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from providers.open_referral import feed_page, feed_views

HERE = "open-referral/v3"


def both(address: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """With a slash at the end and without: the standard has none, and nobody is sent elsewhere for it."""
    return [path(f"{HERE}{address}", view, name=name), path(f"{HERE}{address}/", view, name=f"{name}_slash")]


urlpatterns = [
    path("open-referral/", feed_page.about_the_feed, name="about_the_feed"),
    *both("", feed_views.root, "feed"),
    path(f"{HERE}/openapi.json", feed_views.openapi, name="feed_openapi"),
    *both("/services", feed_views.services, "feed_services"),
    *both("/services/<uuid:id>", feed_views.one_service, "feed_service"),
    *both("/taxonomies", feed_views.taxonomies, "feed_taxonomies"),
    *both("/taxonomies/<uuid:id>", feed_views.one_taxonomy, "feed_taxonomy"),
    *both("/taxonomy_terms", feed_views.taxonomy_terms, "feed_taxonomy_terms"),
    *both("/taxonomy_terms/<uuid:id>", feed_views.one_taxonomy_term, "feed_taxonomy_term"),
    *both("/service_at_locations", feed_views.service_at_locations, "feed_service_at_locations"),
    *both("/service_at_locations/<uuid:id>", feed_views.one_service_at_location, "feed_service_at_location"),
    *both("/organizations", feed_views.organizations, "feed_organizations"),
    *both("/organizations/<uuid:id>", feed_views.one_organization, "feed_organization"),
    path(f"{HERE}/<path:rest>", feed_views.nothing_here, name="feed_nothing"),
]
