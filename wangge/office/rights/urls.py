"""Addresses of people's rights and of exports."""

from django.urls import path

from wangge.office.rights import exporting, held, looking

urlpatterns = [
    path("residents/<uuid:resident_id>/held", held.what_is_held, name="what_is_held"),
    path("looks", looking.looks, name="looks"),
    path("looks.csv", looking.looks_csv, name="looks_csv"),
    path("areas/<int:area_id>/export", exporting.register_export, name="register_export"),
]
