"""Addresses of the register."""

from django.urls import path

from wangge.office.register import adding, areas, correcting, flagging, household, lists, placing, searching, sheet

urlpatterns = [
    path("search", searching.search, name="search"),
    path("search/hits", searching.hits, name="search_hits"),
    path("register/<int:area_id>", areas.register, name="register"),
    path("areas/<int:area_id>/households", lists.households, name="households"),
    path("areas/<int:area_id>/residents", lists.residents, name="residents"),
    path("areas/<int:area_id>/households/add", adding.household_add, name="household_add"),
    path("buildings/<int:area_id>", sheet.building, name="building"),
    path("households/<uuid:household_id>", household.household, name="household"),
    path("households/<uuid:household_id>/numbers", household.numbers, name="household_numbers"),
    path("households/<uuid:household_id>/add", adding.resident_add, name="resident_add"),
    path("households/<uuid:household_id>/correct", correcting.household_correct, name="household_correct"),
    path("households/<uuid:household_id>/flags/<uuid:flag_id>/end", flagging.flag_end, name="flag_end"),
    path("households/<uuid:household_id>/flags/<uuid:flag_id>/origin", placing.flag_origin, name="flag_origin"),
    path("residents/<uuid:resident_id>/correct", correcting.resident_correct, name="resident_correct"),
    path("residents/<uuid:resident_id>/flags/add", flagging.flag_add, name="flag_add"),
]
