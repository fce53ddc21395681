"""The site's addresses: each floor keeps its own, named as strings so that nothing below imports what is above."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("registry.accounts.allauth_urls")),
    path("", include("registry.accounts.urls")),
    path("", include("registry.pages.urls")),
    path("", include("providers.urls")),
    path("", include("commissioning.public_urls")),
    path("commissioning/", include("commissioning.urls")),
]

handler400 = "registry.pages.errors.bad_request"
handler403 = "registry.pages.errors.permission_denied"
handler404 = "registry.pages.errors.not_found"
handler500 = "registry.pages.errors.server_error"
