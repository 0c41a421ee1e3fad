"""Addresses of the changes of the register."""

from django.urls import path

from wangge.office.changes import births, guests, joining, leaving, moving

urlpatterns = [
    path("households/<uuid:household_id>/move", moving.household_move, name="household_move"),
    path("households/<uuid:household_id>/members/move", moving.residents_move, name="residents_move"),
    path("households/<uuid:household_id>/split", moving.household_split, name="household_split"),
    path("households/<uuid:household_id>/join", joining.household_join, name="household_join"),
    path("households/<uuid:household_id>/birth", births.birth_add, name="birth_add"),
    path("residents/<uuid:resident_id>/join", joining.residents_join, name="residents_join"),
    path("residents/<uuid:resident_id>/leave", leaving.resident_leave, name="resident_leave"),
    path("residents/<uuid:resident_id>/reinstate", leaving.resident_reinstate, name="resident_reinstate"),
    path("residents/<uuid:resident_id>/stay", guests.stay_add, name="stay_add"),
    path("stays/<uuid:stay_id>/end", guests.stay_end, name="stay_end"),
    path("joinings/<uuid:joining_id>/undo", joining.joining_undo, name="joining_undo"),
]
