"""The one table of addresses. Every door brings its own list; ``docs/reference/pages.md`` names the stable ones."""

from django.urls import URLPattern, URLResolver, include, path

from wangge.api.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("wangge.resident.urls")),
    path("", include("wangge.office.urls")),
]
handler404 = "wangge.office.errors.missing"
handler403 = "wangge.office.errors.forbidden"
handler500 = "wangge.office.errors.broken"
